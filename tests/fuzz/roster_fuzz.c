/* Any bytes as a roster.csv.  */
#include "base/buf.h"
#include "grade/roster.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct problems p = PROBLEMS_INIT;
	struct buf text = BUF_INIT;
	struct roster r;
	int ret;

	buf_add(&text, data, size);
	ret = roster_read(&r, "f", buf_str(&text), text.len, &p);
	if ((ret < 0) != (p.n > 0))
		abort();
	for (size_t i = 0; ret == 0 && i < r.n; i++)
		if (roster_find(&r, r.person[i].id) != &r.person[i])
			abort();
	roster_release(&r);
	problems_release(&p);
	buf_release(&text);
	return 0;
}
