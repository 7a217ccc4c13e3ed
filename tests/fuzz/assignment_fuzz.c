/* Any bytes as an assignment.yaml.  */
#include "grade/assignment.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

/* No time and no score makes a mark that cannot be.  */
static void
try_marks(const struct assignment *a)
{
	const struct assignment_exercise *e;

	for (size_t i = 0; (e = assignment_exercise(a, i)); i++)
		for (int64_t late = 0; late < 10 * 86400; late += 40000) {
			int lost = late_loses(&a->policy, a->policy.due + late);
			int64_t mark = assignment_mark(a, e, 7, 10, 1, lost);

			if (lost < 0 || lost > 100 || mark < 0 ||
			    mark > e->points.value * 100)
				abort();
		}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct problems p = PROBLEMS_INIT;
	struct assignment a;
	int ret = assignment_read(&a, "f", (const char *)data, size, &p);

	if ((ret < 0) != (p.n > 0))
		abort();
	if (ret == 0)
		try_marks(&a);
	assignment_release(&a);
	problems_release(&p);
	return 0;
}
