/* Any bytes as a C source: its tokens stand in order, and every mutant is the
 * source with what it says put in.  */
#include "config.h"

#include "author/mutant.h"
#include "author/lexeme.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { BYTES_MAX = 2000 };	/* mutants of a long text take long */

static void
look_at_tokens(const char *text, size_t size)
{
	const char *at = text;
	struct lexemes t;

	lexemes_read(&t, text, size);
	for (size_t i = 0; i < t.n; i++) {
		if (t.at[i].at < at || t.at[i].n == 0)
			abort();
		at = t.at[i].at + t.at[i].n;
	}
	if (at > text + size)
		abort();
	lexemes_release(&t);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct mutants m;

	look_at_tokens(text, size);
	if (size > BYTES_MAX)
		return 0;
	mutants_make(&m, text, size);
	for (size_t i = 0; i < m.n; i++) {
		size_t n = size;

		free(mutant_apply(&m.at[i], text, &n));
	}
	mutants_release(&m);
	return 0;
}
