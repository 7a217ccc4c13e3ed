/* Any line may come as a header.  */
#include "tests/fuzz/fuzz.h"

#include "event/event.h"

#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct header first, second;
	struct buf line = BUF_INIT, again = BUF_INIT;
	char *why = NULL;

	if (header_parse((const char *)data, size, &first, &why) == 0) {
		header_write(&line, &first);
		if (header_parse(line.data, line.len, &second, &why) < 0 ||
		    first.seed != second.seed)
			abort();
		/* Bytes that are not UTF-8 were written as '?': from then on
		 * nothing may change.  */
		header_write(&again, &second);
		if (again.len != line.len ||
		    memcmp(again.data, line.data, line.len) != 0)
			abort();
	} else if (!why) {
		abort();
	}
	free(why);
	buf_release(&line);
	buf_release(&again);
	return 0;
}
