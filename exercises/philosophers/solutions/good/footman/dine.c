/*
 * Four philosophers, each a process, sit at a round table, with a fork between
 * each two.  To eat, one needs the fork at the left and the one at the right.
 */
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SEATS = 4 };

struct table {
	int eating[SEATS];	/* stay the first */
	sem_t fork_at[SEATS];	/* 1: it lies on the table */
	sem_t chairs;
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
eat(struct table *t, int seat)
{
	t->eating[seat] = 1;
	check(write(1, "eats\n", 5), "write");
	t->eating[seat] = 0;
}

static void
set_up(struct table *t)
{
	for (int i = 0; i < SEATS; i++)
		check(sem_init(&t->fork_at[i], 1, 1), "sem_init");
	check(sem_init(&t->chairs, 1, SEATS - 1), "sem_init");
}

/* At most three sit down: one of them has both forks.  */
static void
dine(struct table *t, int seat)
{
	int left = seat, right = (seat + 1) % SEATS;

	sem_wait(&t->chairs);
	sem_wait(&t->fork_at[left]);
	sem_wait(&t->fork_at[right]);
	eat(t, seat);
	sem_post(&t->fork_at[right]);
	sem_post(&t->fork_at[left]);
	sem_post(&t->chairs);
}

int
main(void)
{
	struct table *t = mmap(NULL, sizeof(*t), PROT_READ | PROT_WRITE,
			       MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (t == MAP_FAILED)
		return 1;
	set_up(t);
	for (int i = 0; i < SEATS; i++)
		if (check(fork(), "fork") == 0) {
			dine(t, i);
			return 0;
		}
	for (int i = 0; i < SEATS; i++)
		check(wait(NULL), "wait");
	return 0;
}
