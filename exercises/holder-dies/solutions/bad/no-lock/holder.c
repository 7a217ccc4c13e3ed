/*
 * holder: two workers take turns with nothing, and one of them is killed at some
 * time.  The other must be able to go on.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
	int turns;		/* how many workers had theirs */
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

static void
take(struct shared *s)
{
	(void)s;
}

static void
give(struct shared *s)
{
	(void)s;
}

static void
work(struct shared *s, const char *done)
{
	take(s);
	s->turns = s->turns + 1;
	if (done)
		printf("%s\n", done);
	give(s);
}

int
main(void)
{
	struct shared *s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE,
				MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t victim;

	if (s == MAP_FAILED)
		return 1;
	victim = (pid_t)check(fork(), "fork");
	if (victim == 0) {
		work(s, NULL);
		return 0;
	}
	if (check(fork(), "fork") == 0) {
		work(s, "done");
		return 0;
	}
	check(kill(victim, SIGKILL), "kill");
	check(wait(NULL), "wait");
	check(wait(NULL), "wait");
	return 0;
}
