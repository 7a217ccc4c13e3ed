/* Any text as a set of signals.  */
#include "config.h"

#include "event/sigset.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct buf out = BUF_INIT;
	uint64_t set = 0, again = 1;

	if (sigset_parse(text, &set)) {
		sigset_write(&out, set);
		if (!sigset_parse(buf_str(&out), &again) || again != set)
			abort();
	} else if (set) {
		abort();
	}
	buf_release(&out);
	free(text);
	return 0;
}
