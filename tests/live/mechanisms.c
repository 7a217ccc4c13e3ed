/*
 * Small programs for mechanisms.sh, one a word: each uses a mechanism in the
 * ways that the lab must follow, and ends with 0.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <poll.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void
operate(int set, int num, int by, int flags)
{
	struct sembuf op = { num, by, flags };

	if (semop(set, &op, 1) < 0)
		_exit(1);
}

/* Two take turns; one is killed while it holds what it took with SEM_UNDO. */
static int
semaphores(void)
{
	int set = semget(IPC_PRIVATE, 2, IPC_CREAT | 0600);
	unsigned short first[] = { 1, 0 };

	semctl(set, 0, SETALL, first);
	for (int i = 0; i < 2; i++)
		if (fork() == 0) {
			operate(set, 0, -1, SEM_UNDO);
			operate(set, 1, 1, 0);
			raise(SIGKILL);
		}
	operate(set, 1, -2, 0);
	while (wait(NULL) > 0)
		;
	return semctl(set, 0, GETVAL) != 1 || semctl(set, 0, IPC_RMID) < 0;
}

static int
semaphore(void)
{
	sem_t *s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	sem_init(s, 1, 0);
	if (fork() == 0)
		return sem_wait(s);
	sem_post(s);
	wait(NULL);
	return sem_destroy(s);
}

static int
named(void)
{
	sem_t *s = sem_open("/ipclab-test", O_CREAT | O_EXCL, 0600, 1);

	if (s == SEM_FAILED)
		return 1;
	sem_unlink("/ipclab-test");
	sem_wait(s);
	if (fork() == 0)
		return sem_wait(s);
	sem_post(s);
	wait(NULL);
	return sem_close(s);
}

static int
counter(void)
{
	int many = eventfd(2, EFD_CLOEXEC), one = eventfd(2, EFD_SEMAPHORE);
	int set = epoll_create1(EPOLL_CLOEXEC);
	struct epoll_event event = { .events = EPOLLIN };
	uint64_t value = 3;

	epoll_ctl(set, EPOLL_CTL_ADD, many, &event);
	if (read(many, &value, sizeof(value)) != 8 || value != 2)
		return 1;
	if (fork() == 0) {
		if (epoll_wait(set, &event, 1, -1) != 1)
			return 1;
		return read(many, &value, sizeof(value)) != 8 || value != 4;
	}
	value = 4;
	if (write(many, &value, sizeof(value)) != 8)
		return 1;
	wait(NULL);
	return read(one, &value, sizeof(value)) != 8 || value != 1;
}

static int
lock(void)
{
	struct flock l = { .l_type = F_WRLCK, .l_start = 5, .l_len = 10 };
	int fd = open("locked", O_RDWR | O_CREAT, 0600), other, tried[2];
	char c;

	fcntl(fd, F_SETLKW, &l);
	if (pipe(tried) < 0)
		return 1;
	if (fork() == 0) {
		close(fd);
		other = open("locked", O_RDWR);
		l.l_start = 0;
		if (fcntl(other, F_SETLK, &l) == 0 ||
		    write(tried[1], "x", 1) != 1)
			return 1;
		return fcntl(other, F_SETLKW, &l);
	}
	if (read(tried[0], &c, 1) != 1)
		return 1;
	if (flock(fd, LOCK_EX) < 0)
		return 1;
	l.l_type = F_UNLCK;
	fcntl(fd, F_SETLK, &l);
	wait(NULL);
	return unlink("locked");
}

/* Expirations that nobody read are counted; setting it again forgets them.  */
static int
timer(void)
{
	struct itimerspec v = { { 2, 0 }, { 3, 0 } }, left;
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
	struct pollfd p = { .fd = fd, .events = POLLIN };
	uint64_t n;

	if (timerfd_settime(fd, 0, &v, NULL) < 0 ||
	    timerfd_gettime(fd, &left) < 0 || left.it_value.tv_sec != 3)
		return 1;
	if (read(fd, &n, sizeof(n)) != 8 || n != 1)
		return 2;
	sleep(5);
	if (poll(&p, 1, -1) != 1 || read(fd, &n, sizeof(n)) != 8 || n != 2)
		return 3;
	sleep(3);
	if (timerfd_settime(fd, 0, &v, &left) < 0 || poll(&p, 1, 0) != 0)
		return 4;
	/* Of two times the earlier comes first.  */
	if (poll(&p, 1, 2000) != 0 || poll(&p, 1, 5000) != 1)
		return 5;
	/* Ticks that nobody waits for hold no sleep up.  */
	v = (struct itimerspec){ { 0, 1000 }, { 0, 1000 } };
	if (timerfd_settime(fd, 0, &v, NULL) < 0 || sleep(1) != 0 ||
	    read(fd, &n, sizeof(n)) != 8 || n != 1000000)
		return 6;
	return 0;
}

static void
rang(int signal)
{
	(void)signal;
}

/* A sleep that is broken off says what is left of it, and so do alarms, in
 * the nearest second.  */
static int
left(void)
{
	struct timespec much = { 3, 700000000 }, rest = { 0, 0 };
	struct itimerval v = { { 0, 0 }, { INT64_MAX, 0 } };

	signal(SIGALRM, rang);
	alarm(1);
	if (nanosleep(&much, &rest) == 0 || errno != EINTR ||
	    rest.tv_sec != 2 || rest.tv_nsec != 700000000)
		return 1;
	alarm(10);
	if (nanosleep(&much, NULL) < 0 || alarm(0) != 6)
		return 2;
	if (setitimer(ITIMER_REAL, &v, NULL) < 0 ||
	    getitimer(ITIMER_REAL, &v) < 0 || v.it_value.tv_sec < 1000000 ||
	    setitimer(ITIMER_REAL, NULL, NULL) < 0 || alarm(0) != 0)
		return 3;
	return 0;
}

/* Times that are none: the lab's clock refuses them as the kernel does.  */
static int
refused(void)
{
	static const struct itimerval bad[] = {
		{ { 0, 0 }, { -1, 0 } }, { { 0, 0 }, { 0, 1000000 } },
		{ { 0, -1 }, { 1, 0 } }, { { -1, 0 }, { 1, 0 } },
	};
	struct itimerspec v;
	timer_t id;
	int fd = timerfd_create(CLOCK_MONOTONIC, 0);

	if (timer_create(CLOCK_MONOTONIC, NULL, &id) < 0)
		return 1;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		v.it_value.tv_sec = bad[i].it_value.tv_sec;
		v.it_value.tv_nsec = bad[i].it_value.tv_usec * 1000;
		v.it_interval.tv_sec = bad[i].it_interval.tv_sec;
		v.it_interval.tv_nsec = bad[i].it_interval.tv_usec * 1000;
		if (setitimer(ITIMER_REAL, &bad[i], NULL) == 0 ||
		    errno != EINVAL)
			return 2;
		if (timer_settime(id, 0, &v, NULL) == 0 || errno != EINVAL)
			return 3;
		if (timerfd_settime(fd, 0, &v, NULL) == 0 || errno != EINVAL)
			return 4;
	}
	return alarm(0) != 0 || timer_gettime(id, &v) < 0 ||
	       v.it_value.tv_sec != 0 || v.it_value.tv_nsec != 0;
}

/* A timer that rings for ever, and a sleep that it does not end: nobody comes
 * back from here.  */
static int
endless(void)
{
	struct itimerspec v = { { 1, 0 }, { 1, 0 } };
	int ends[2], fd = timerfd_create(CLOCK_MONOTONIC, 0);
	char c;

	signal(SIGALRM, SIG_IGN);
	if (pipe(ends) < 0 || timerfd_settime(fd, 0, &v, NULL) < 0 ||
	    setitimer(ITIMER_REAL, &(struct itimerval){ { 1, 0 }, { 1, 0 } },
		      NULL) < 0)
		return 1;
	return read(ends[0], &c, 1) != 1;
}

/* 77: it is forbidden here.  */
static int
ring(void)
{
	struct io_uring_params p = { 0 };
	long fd = syscall(SYS_io_uring_setup, 4, &p);

	if (fd < 0)
		return 77;
	return syscall(SYS_io_uring_enter, fd, 0, 0, 0, NULL, 0) != 0;
}

static const struct {
	const char *name;
	int (*run)(void);
} programs[] = {
	{ "semaphores", semaphores }, { "semaphore", semaphore },
	{ "named", named }, { "counter", counter }, { "lock", lock },
	{ "timer", timer }, { "left", left }, { "refused", refused },
	{ "endless", endless }, { "ring", ring },
};

int
main(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
		if (argc > 1 && strcmp(argv[1], programs[i].name) == 0)
			return programs[i].run();
	return 2;
}
