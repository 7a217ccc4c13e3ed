/* Any text as a tape: refused, or the same when it is written and read again,
 * and its schedule is one.  */
#include "config.h"

#include "explore/tape.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES = 8 };

struct names {
	int n;
	char name[NAMES][NAME_MAX_LEN];
};

static int
number_of(void *with, const char *name)
{
	struct names *all = with;

	for (int i = 0; i < all->n; i++)
		if (strcmp(all->name[i], name) == 0)
			return i;
	if (all->n == NAMES)
		return -1;
	COPY_STR(all->name[all->n], name);
	return all->n++;
}

static const char *
name_of(const void *with, int actor)
{
	const struct names *all = with;

	return all->name[actor];
}

static void
must_be_a_schedule(const struct tape *t, const struct names *names)
{
	struct schedule s = SCHEDULE_INIT;

	tape_schedule(t, &s, name_of, names);
	schedule_release(&s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct tape t = TAPE_INIT, again = TAPE_INIT;
	struct buf once = BUF_INIT, twice = BUF_INIT;
	struct names names = { .n = 0 };

	if (tape_parse(&t, text, number_of, &names) == 0) {
		tape_write(&once, &t, name_of, &names);
		if (tape_parse(&again, buf_str(&once), number_of, &names) < 0)
			abort();
		tape_write(&twice, &again, name_of, &names);
		if (strcmp(buf_str(&once), buf_str(&twice)) != 0)
			abort();
		must_be_a_schedule(&t, &names);
	}
	tape_release(&t);
	tape_release(&again);
	buf_release(&once);
	buf_release(&twice);
	free(text);
	return 0;
}
