/*
 * notify: two messages are sent, and the receiver is told by SIGUSR1 when
 * there is something in the empty queue.  It counts what it got.
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MESSAGES = 2 };

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
send_all(mqd_t q)
{
	for (int i = 0; i < MESSAGES; i++)
		check(mq_send(q, "x", 1, 0), "mq_send");
}

/* Ask to be told of the next message that comes into the empty queue.  */
static void
ask(mqd_t q)
{
	struct sigevent how = { .sigev_notify = SIGEV_SIGNAL,
				.sigev_signo = SIGUSR1 };

	check(mq_notify(q, &how), "mq_notify");
}

/* Take what there is; how many.  */
static int
drain(mqd_t q)
{
	char text[16];
	int n = 0;

	while (mq_receive(q, text, sizeof(text), NULL) != -1)
		n++;
	if (errno != EAGAIN)
		check(-1, "mq_receive");
	return n;
}

static void
receive_all(mqd_t q, const sigset_t *usr1)
{
	int got = 0, signal;

	while (got < MESSAGES) {
		sigwait(usr1, &signal);
		ask(q);
		got += drain(q);
	}
	printf("%d\n", got);
}

int
main(void)
{
	struct mq_attr attr = { .mq_maxmsg = 4, .mq_msgsize = 16 };
	mqd_t q = mq_open("/notify", O_RDWR | O_CREAT | O_NONBLOCK, 0600,
			  &attr);
	sigset_t usr1;

	if (q == (mqd_t)-1 || mq_unlink("/notify") == -1)
		return 1;
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	sigprocmask(SIG_BLOCK, &usr1, NULL);
	ask(q);
	if (check(fork(), "fork") == 0) {
		send_all(q);
		_exit(0);
	}
	receive_all(q, &usr1);
	check(wait(NULL), "wait");
	return 0;
}
