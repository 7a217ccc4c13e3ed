/* Calls through an inline function of a system header (sys.h, compiled as
 * /usr/include/... by a #line), as <unistd.h> has them when fortified.  */
#include <unistd.h>

#line 1 "/usr/include/bits/sys.h"
static inline __attribute__((always_inline)) int
in_a_header(void)
{
	return getppid();
}

static inline __attribute__((always_inline)) int
in_a_header_twice(void)
{
	return in_a_header() + 1;
}
#line 20 "inlined.c"
static inline __attribute__((always_inline)) int
our_own(void)
{
	return in_a_header_twice();	/* here: own */
}

int
main(void)
{
	our_own();
	return in_a_header() < 0;	/* here: main */
}
