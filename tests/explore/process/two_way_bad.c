/* Wrong: the parent writes all before it reads any of the answer.  To be found:
 * both pipes are full, which needs pipes of one page (pipe(7), capacity).  */
#include <string.h>

#include "must.h"

enum { BLOCK = 1024, BLOCKS = 10 };

static int there[2], back[2];

static void
run_echo(void)
{
	char block[BLOCK];
	ssize_t n;

	close(there[1]);
	close(back[0]);
	while ((n = read(there[0], block, BLOCK)) > 0)
		must(write(back[1], block, n) == n, "the echo is whole");
}

static void
take(ssize_t size)
{
	char block[BLOCK];
	ssize_t n;

	while (size > 0) {
		n = read(back[0], block, size < BLOCK ? size : BLOCK);
		must(n > 0, "the echo comes");
		size -= n;
	}
}

int
main(void)
{
	static char block[BLOCK];

	must(pipe(there) == 0 && pipe(back) == 0, "there are pipes");
	start(run_echo);
	close(there[0]);
	close(back[1]);
	memset(block, 'x', sizeof(block));
	for (int i = 0; i < BLOCKS; i++)
		must(write(there[1], block, BLOCK) == BLOCK, "all is sent");
	take(BLOCK * BLOCKS);
	close(there[1]);
	close(back[0]);
	return finish(1);
}
