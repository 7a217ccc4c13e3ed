/* Any bytes as a schedule, and its words for shared memory.  */
#include "config.h"

#include "schedule/schedule.h"
#include "tests/fuzz/fuzz.h"
#include "tracer/trace.h"

#include <stdlib.h>
#include <string.h>

static void
read_shared(const char *words)
{
	struct learned *l = learned_new();

	if (learned_read(l, words) == 0 && learned_count(l) > strlen(words))
		abort();
	learned_free(l);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct schedule s, again;
	struct buf once = BUF_INIT, twice = BUF_INIT;
	char *why = NULL;

	if (schedule_parse(&s, (const char *)data, size, "f", &why) < 0) {
		if (!why || strncmp(why, "f:", 2) != 0 || s.step)
			abort();
		free(why);
		return 0;
	}
	if (s.shared)
		read_shared(s.shared);
	schedule_write(&once, &s);
	if (schedule_parse(&again, buf_str(&once), once.len, "f", &why) < 0)
		abort();
	schedule_write(&twice, &again);
	if (once.len != twice.len || memcmp(once.data, twice.data, once.len))
		abort();
	buf_release(&once);
	buf_release(&twice);
	schedule_release(&s);
	schedule_release(&again);
	return 0;
}
