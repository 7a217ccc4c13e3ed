/* Sets of signals, as text.  */
#include "config.h"

#include "event/sigset.h"

#include "event/names.h"

#include <string.h>

enum { MANY = SIGNAL_LAST * 2 / 3 };

void
sigset_write(struct buf *out, uint64_t set)
{
	bool most = __builtin_popcountll(set) >= MANY;
	size_t from;

	if (most)
		set = ~set;
	buf_adds(out, most ? "~[" : "[");
	from = out->len;
	for (int i = 1; i <= SIGNAL_LAST; i++)
		if (sigset_has(set, i))
			buf_addf(out, "%s%s", out->len > from ? " " : "",
				 signal_name(i) + 3);
	buf_addc(out, ']');
}

bool
sigset_parse(const char *text, uint64_t *set)
{
	bool most = *text == '~';
	uint64_t found = 0;

	text += most;
	if (*text++ != '[')
		return false;
	while (*text && *text != ']') {
		char name[16];
		size_t n = strcspn(text, " ]");
		int signal;

		if (n == 0 || n >= sizeof(name))
			return false;
		memcpy(name, text, n);
		name[n] = '\0';
		signal = signal_number(name);
		if (signal < 1)
			return false;
		found |= sigset_bit(signal);
		text += n;
		text += *text == ' ';
	}
	if (*text != ']')
		return false;
	*set = most ? ~found : found;
	return true;
}
