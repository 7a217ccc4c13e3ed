/* Any bytes as the table that says when each was handed in.  */
#include "base/buf.h"
#include "base/utc.h"
#include "grade/class.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct problems p = PROBLEMS_INIT;
	struct class c = CLASS_INIT;
	struct buf text = BUF_INIT;
	int64_t when;
	int ret;

	class_add(&c, "/class/anna.tar");
	class_add(&c, "/class/ben");
	buf_add(&text, data, size);
	ret = class_take_times(&c, "f", buf_str(&text), text.len, &p);
	if ((ret < 0) != (p.n > 0))
		abort();
	/* What was taken is a moment as it is written here.  */
	for (size_t i = 0; i < c.n; i++)
		if (c.one[i].submitted_at &&
		    !utc_parse(c.one[i].submitted_at, &when))
			abort();
	class_release(&c);
	problems_release(&p);
	buf_release(&text);
	return 0;
}
