/* Wrong: the parent reads until nobody can write, and can write itself.  To be
 * found: it waits for itself, each time.  */
#include "must.h"

static int ends[2];

static void
run_writer(void)
{
	close(ends[0]);
	must(write(ends[1], "x", 1) == 1, "the letter is sent");
	close(ends[1]);
}

int
main(void)
{
	int letters = 0;
	char letter;

	must(pipe(ends) == 0, "there is a pipe");
	start(run_writer);
	while (read(ends[0], &letter, 1) == 1)
		letters++;
	must(letters == 1, "the letter comes");
	close(ends[0]);
	return finish(1);
}
