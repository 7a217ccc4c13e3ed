/*
 * orders WORD...: the sender, a child, sends each WORD to its parent as a
 * real-time signal with a number: u3 is the urgent order 3, n7 the normal order
 * 7.  The parent prints the orders of each kind.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ORDERS_MAX = 100 };

#define URGENT SIGRTMIN
#define NORMAL (SIGRTMIN + 1)
#define LAST   (SIGRTMIN + 2)	/* no more will come */

struct orders {
	int n;
	int at[ORDERS_MAX];
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

/* To do: send each word to that process, with sigqueue(3), and then LAST.  */
static void
send_all(pid_t to, char **words)
{
	(void)to;
	(void)words;
}

/* Somebody sends the same signal, but no order.  This is not to be changed.  */
static void
run_stranger(pid_t to)
{
	check(kill(to, URGENT), "kill");
	_exit(0);
}

/* To do: take what the sender sends, until LAST.  */
static void
take_all(struct orders *urgent, struct orders *normal)
{
	(void)urgent;
	(void)normal;
}

static void
print(const char *kind, const struct orders *o)
{
	printf("%s:", kind);
	for (int i = 0; i < o->n; i++)
		printf(" %d", o->at[i]);
	printf("\n");
}

int
main(int argc, char **argv)
{
	struct orders urgent = { 0 }, normal = { 0 };

	if (argc > ORDERS_MAX)
		return 2;
	if (check(fork(), "fork") == 0) {
		send_all(getppid(), argv + 1);
		_exit(0);
	}
	if (check(fork(), "fork") == 0)
		run_stranger(getppid());
	take_all(&urgent, &normal);
	print("urgent", &urgent);
	print("normal", &normal);
	check(wait(NULL), "wait");
	check(wait(NULL), "wait");
	return 0;
}
