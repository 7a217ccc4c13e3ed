/* Wrong: two count without a lock, and one works for a while before.  To be
 * found: a lost count; its sleep has nothing to do with it, as the same comes
 * in the other order.  */
#include "must.h"

static volatile int *count;

static void
add(void)
{
	int old = __atomic_load_n(count, __ATOMIC_SEQ_CST);

	__atomic_store_n(count, old + 1, __ATOMIC_SEQ_CST);
}

static void
work_and_add(void)
{
	usleep(1000);
	add();
}

int
main(void)
{
	int failed;

	count = share(sizeof(*count));
	start(add);
	start(work_and_add);
	failed = finish(2);
	must(*count == 2, "both have counted");
	return failed;
}
