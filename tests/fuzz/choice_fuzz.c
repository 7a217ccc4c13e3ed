/* Any text as a choice.  */
#include "config.h"

#include "schedule/choice.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size), *why = NULL;
	struct buf out = BUF_INIT;
	struct choice c, again;

	if (choice_parse(text, &c, &why) == 0) {
		choice_write(&out, &c);
		if (choice_parse(buf_str(&out), &again, &why) < 0 ||
		    !choice_equal(&c, &again))
			abort();
	} else if (!why) {
		abort();
	}
	buf_release(&out);
	free(text);
	free(why);
	return 0;
}
