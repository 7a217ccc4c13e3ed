/*
 * Ends before the others are looked at.
 */
#include <unistd.h>

int
main(void)
{
	_exit(0);
}
