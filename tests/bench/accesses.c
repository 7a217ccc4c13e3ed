/* A subject of many accesses: N times an increment, of private or of shared
 * memory.  */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static long own;

int
main(int argc, char **argv)
{
	long n = argc > 2 ? atol(argv[2]) : 1000;
	long *counter = &own;

	if (argc > 1 && strcmp(argv[1], "shared") == 0)
		counter = mmap(NULL, sizeof(*counter), PROT_READ | PROT_WRITE,
			       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (long i = 0; i < n; i++)
		(*counter)++;
	return *counter != n;
}
