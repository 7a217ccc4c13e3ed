/*
 * Wrong on purpose: a clock in shared memory.  It was 9:59; the writer sets
 * it to 10:00, in two steps.  The reader looks.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct clock {
	int hours, minutes;
};

/* Pass the result of a system call on; stop with a message if it failed.  */
static long
check(long result, const char *what)
{
	if (result == -1) {
		perror(what);
		exit(1);
	}
	return result;
}

static struct clock *now;

static void
run_writer(void)
{
	now->hours = 10;
	now->minutes = 0;
}

static void
run_reader(void)
{
	int hours = now->hours, minutes = now->minutes;

	printf("reader: it is %d:%02d\n", hours, minutes);
}

int
main(void)
{
	now = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(now == MAP_FAILED ? -1 : 0, "mmap");
	now->hours = 9;
	now->minutes = 59;
	if (check(fork(), "fork") == 0) {
		run_reader();
		return 0;
	}
	run_writer();
	check(wait(NULL), "wait");
	return 0;
}
