#include "all.h"

int
main(int argc, char **argv)
{
	(void)argc;
	return honest(argv);
}
