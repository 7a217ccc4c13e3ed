/*
 * WRONG on purpose: the receiver takes out what is there and arms the bell
 * afterwards.  What comes in between, nobody hears.
 */
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIZE = 64 };

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

/* Tell me, once, when a message comes into the empty queue.  */
static void
arm(mqd_t queue)
{
	struct sigevent how = {
		.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1,
	};

	check(mq_notify(queue, &how), "mq_notify");
}

/* Take all that is there; how many were there?  */
static int
drain(mqd_t queue)
{
	char text[SIZE];
	long n;
	int taken = 0;

	while ((n = mq_receive(queue, text, SIZE, NULL)) != -1) {
		printf("receiver: %.*s\n", (int)n, text);
		taken++;
	}
	return taken;
}

static void
run_receiver(mqd_t queue, const sigset_t *usr1)
{
	int signal, taken;

	arm(queue);
	taken = drain(queue);		/* what came before */
	while (taken < 2) {
		check(sigwait(usr1, &signal) ? -1 : 0, "sigwait");
		taken += drain(queue);
		arm(queue);
	}
}

int
main(void)
{
	struct mq_attr attr = { .mq_maxmsg = 4, .mq_msgsize = SIZE };
	mqd_t queue = check(mq_open("/bell", O_CREAT | O_RDWR | O_NONBLOCK,
				    0600, &attr), "mq_open");
	sigset_t usr1;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	check(sigprocmask(SIG_BLOCK, &usr1, NULL), "sigprocmask");
	if (check(fork(), "fork") == 0) {
		run_receiver(queue, &usr1);
		return 0;
	}
	check(mq_send(queue, "one", 3, 0), "mq_send");
	check(mq_send(queue, "two", 3, 0), "mq_send");
	check(wait(NULL), "wait");
	check(mq_unlink("/bell"), "mq_unlink");
	return 0;
}
