/*
 * orders WORD...: the sender, a child, sends each WORD to its parent as a
 * real-time signal with a number: u3 is the urgent order 3, n7 the normal order
 * 7.  The parent prints the orders of each kind.
 */
#include <errno.h>
#include <sched.h>
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

static void
send_all(pid_t to, char **words)
{
	union sigval value;

	for (; *words; words++) {
		value.sival_int = atoi(*words + 1);
		while (sigqueue(to, **words == 'u' ? URGENT : NORMAL,
				value) == -1 && errno == EAGAIN)
			sched_yield();
	}
	sigqueue(to, LAST, value);
}

/* Somebody sends the same signal, but no order.  This is not to be changed.  */
static void
run_stranger(pid_t to)
{
	check(kill(to, URGENT), "kill");
	_exit(0);
}

static struct orders *kinds[2];
static volatile sig_atomic_t over;

/* All others are held back meanwhile, so that LAST cannot overtake any.  */
static void
on_signal(int signal, siginfo_t *info, void *context)
{
	struct orders *o = kinds[signal != URGENT];

	(void)context;
	if (signal == LAST)
		over = 1;
	else if (info->si_code == SI_QUEUE && o->n < ORDERS_MAX)
		o->at[o->n++] = info->si_value.sival_int;
}

static void
take_all(struct orders *urgent, struct orders *normal)
{
	sigset_t none;

	kinds[0] = urgent;
	kinds[1] = normal;
	sigemptyset(&none);
	while (!over)
		sigsuspend(&none);
}

static void
begin(void)
{
	struct sigaction action = { .sa_sigaction = on_signal,
				    .sa_flags = SA_SIGINFO };

	for (int signal = URGENT; signal <= LAST; signal++)
		sigaddset(&action.sa_mask, signal);
	check(sigprocmask(SIG_BLOCK, &action.sa_mask, NULL), "sigprocmask");
	for (int signal = URGENT; signal <= LAST; signal++)
		check(sigaction(signal, &action, NULL), "sigaction");
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
	begin();
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
