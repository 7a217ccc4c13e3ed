/* Any bytes as a result: refused with a reason, or the same when it is written
 * and read again; and any bytes as text of a submission.  */
#include "config.h"

#include "report/result.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf once = BUF_INIT, twice = BUF_INIT;
	struct result r, again;
	char *why = NULL, *text;

	text = result_text((const char *)data, size, 4096);
	if (strlen(text) > 4096 + 3)
		abort();
	free(text);
	if (result_read(&r, (const char *)data, size, "f", &why) < 0) {
		if (!why)
			abort();
		free(why);
		result_release(&r);
		return 0;
	}
	result_write(&once, &r, true);
	if (result_read(&again, once.data, once.len, "f", &why) < 0)
		abort();
	result_write(&twice, &again, true);
	if (once.len != twice.len || memcmp(once.data, twice.data, once.len))
		abort();
	result_release(&r);
	result_release(&again);
	buf_release(&once);
	buf_release(&twice);
	return 0;
}
