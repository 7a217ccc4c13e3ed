/* Any line may come as a header.  */
#include "tests/fuzz/fuzz.h"

#include "event/event.h"

#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct header first, second;
	struct buf line = BUF_INIT;
	char *why = NULL;

	if (header_parse((const char *)data, size, &first, &why) == 0) {
		header_write(&line, &first);
		if (header_parse(line.data, line.len, &second, &why) < 0 ||
		    strcmp(first.command, second.command) != 0 ||
		    first.seed != second.seed)
			abort();
	} else if (!why) {
		abort();
	}
	free(why);
	buf_release(&line);
	return 0;
}
