/* Any line may come as an event; what is read is written and read again.  */
#include "tests/fuzz/fuzz.h"

#include "event/event.h"

#include <stdlib.h>
#include <string.h>

static struct event first, second;

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf line = BUF_INIT, again = BUF_INIT, people = BUF_INIT;
	char *why = NULL, arg[64];

	if (event_parse((const char *)data, size, &first, &why) == 0) {
		event_write(&line, &first);
		if (memchr(line.data, '\n', line.len) !=
		    line.data + line.len - 1)
			abort();
		if (event_parse(line.data, line.len, &second, &why) < 0)
			abort();
		/* Bytes that are not UTF-8 were written as '?': from then on
		 * nothing may change.  */
		event_write(&again, &second);
		if (again.len != line.len ||
		    memcmp(again.data, line.data, line.len) != 0)
			abort();
		event_describe(&people, &first, NULL);
		event_arg(&first, "path", arg, sizeof(arg));
		event_arg_int(&first, "fd", -1);
	} else if (!why) {
		abort();
	}
	free(why);
	buf_release(&line);
	buf_release(&again);
	buf_release(&people);
	return 0;
}
