/*
 * A user of a POSIX message queue, for tests: priorities, limits, time-outs,
 * notification by a signal and by a thread, and each error that can be had on
 * purpose.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 3, SIZE = 64 };

static const char name[] = "/ipclab-mqueuer";
static volatile sig_atomic_t told;

static void
on_message(int signal)
{
	(void)signal;
	told++;
}

static void
put(mqd_t q, const char *text, unsigned priority)
{
	mq_send(q, text, strlen(text), priority);
}

static void
get(mqd_t q)
{
	char text[SIZE];
	unsigned priority;

	mq_receive(q, text, sizeof(text), &priority);
}

static void
get_within(mqd_t q, long ms)
{
	struct timespec until;
	char text[SIZE];

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += ms * 1000000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	mq_timedreceive(q, text, sizeof(text), NULL, &until);
}

static void
alone(mqd_t q)
{
	struct pollfd p = { .fd = q, .events = POLLIN | POLLOUT };
	struct mq_attr nonblock = { .mq_flags = O_NONBLOCK }, old;
	char small[8], large[SIZE + 1] = "";

	put(q, "low", 1);
	put(q, "high", 9);
	put(q, "low too", 1);
	poll(&p, 1, -1);
	mq_setattr(q, &nonblock, &old);
	put(q, "does not fit", 1);
	mq_receive(q, small, sizeof(small), NULL);
	mq_send(q, large, sizeof(large), 0);
	put(q, "no such priority", 40000);
	get(q);
	get(q);
	get(q);
	get(q);
	mq_setattr(q, &old, NULL);
	get_within(q, 20);
}

/* One sleeps for a message and is handed it; then one sleeps for room.  */
static void
two(mqd_t q)
{
	if (fork() == 0) {
		for (int i = 0; i < 6; i++)
			get(q);
		_exit(0);
	}
	for (int i = 0; i < 5; i++)
		put(q, "abcdef" + i, 2);
	put(q, "last", 2);
	wait(NULL);
}

static void
notified(mqd_t q)
{
	struct sigevent how = { .sigev_notify = SIGEV_SIGNAL,
				.sigev_signo = SIGUSR1 };
	sigset_t usr1, none;

	sigemptyset(&none);
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	sigprocmask(SIG_BLOCK, &usr1, NULL);
	signal(SIGUSR1, on_message);
	mq_notify(q, &how);
	if (fork() == 0) {
		mq_notify(q, &how);	/* EBUSY */
		put(q, "first", 0);
		put(q, "second", 0);
		_exit(0);
	}
	while (!told)
		sigsuspend(&none);
	wait(NULL);
	mq_notify(q, &how);		/* not empty: nothing comes */
	get(q);
	get(q);
	put(q, "third", 0);
	get(q);
	mq_notify(q, &how);
	mq_notify(q, NULL);
}

/* Any closing by the process ends its registration; a child's does not.  */
static void
closed(mqd_t q)
{
	struct sigevent how = { .sigev_notify = SIGEV_NONE };

	mq_notify(q, &how);
	if (fork() == 0) {
		mq_close(q);
		_exit(0);
	}
	wait(NULL);
	close(dup(q));
	mq_notify(q, &how);
	dup2(1, dup(q));
	mq_notify(q, NULL);
}

static void
on_thread(union sigval v)
{
	(void)v;
	told = 3;
}

static void
threaded(mqd_t q)
{
	struct sigevent how = { .sigev_notify = SIGEV_THREAD,
				.sigev_notify_function = on_thread };

	if (mq_notify(q, &how) < 0)
		return;
	put(q, "for a thread", 0);
	while (told != 3)
		usleep(1000);
	get(q);
}

int
main(void)
{
	struct mq_attr attr = { .mq_maxmsg = MOST, .mq_msgsize = SIZE };
	struct mq_attr bad = { .mq_maxmsg = -1, .mq_msgsize = SIZE };
	mqd_t q = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attr);

	if (q == (mqd_t)-1)
		return 1;
	mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attr);
	mq_open("/ipclab-none", O_RDONLY);
	mq_open("/ipclab-bad", O_RDWR | O_CREAT, 0600, &bad);
	alone(q);
	two(q);
	notified(q);
	closed(q);
	threaded(q);
	mq_unlink(name);
	mq_unlink(name);
	put(q, "still there", 2);
	get(q);
	return mq_close(q);
}
