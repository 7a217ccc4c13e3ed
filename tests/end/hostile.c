/*
 * Programs that are not as they should be, one for each argument
 * (explore_faults.sh); a number is the exit status.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static char *self;

static int
nothing(void)
{
	return 0;
}

static int
steps(void)
{
	char c = 0;
	int ends[2], rc = pipe(ends);

	while (rc == 0)
		rc = write(ends[1], &c, 1) != 1 || read(ends[0], &c, 1) != 1;
	return 0;
}

static int
forks(void)
{
	for (;;)
		if (fork() < 0)
			return 9;
}

static int
execs(void)
{
	for (;;) {
		pid_t pid = fork();

		if (pid < 0)
			return 9;
		if (pid == 0)
			execl(self, self, "execs", (char *)0);
	}
}

/* Pages of one file, again and again: its memory grows, not the machine's.  */
static int
allocates(void)
{
	enum { SIZE = 32 << 20 };
	int fd = memfd_create("pages", 0);

	if (ftruncate(fd, SIZE) != 0)
		return 9;
	while (mmap(NULL, SIZE, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd,
		    0) != MAP_FAILED)
		;
	return 9;
}

static char *
get(size_t size)
{
	char *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		exit(9);
	madvise(p, size, MADV_HUGEPAGE);
	return p;
}

static int
allocates_many(void)
{
	enum { SIZE = 150 << 20 };

	for (int i = 0; i < 20; i++)
		if (fork() == 0) {
			memset(get(SIZE), 1, SIZE);
			pause();
		}
	while (wait(0) > 0)
		;
	return 0;
}

static int
opens(void)
{
	while (open("/dev/null", O_RDONLY) >= 0)
		;
	return errno == EMFILE ? 24 : 9;
}

static int
prints(void)
{
	static char text[1 << 16];

	memset(text, 'x', sizeof(text));
	while (write(1, text, sizeof(text)) > 0)
		;
	return 9;
}

static int
writes(void)
{
	static char text[1 << 20];
	int fd = open("big", O_RDWR | O_CREAT | O_TRUNC, 0600);

	while (write(fd, text, sizeof(text)) > 0)
		;
	return 9;
}

static int
rounds_two(void)
{
	if (fork() == 0)
		for (;;)
			;
	wait(0);
	return 0;
}

static int
uring(void)
{
	char params[120] = { 0 };

	return syscall(SYS_io_uring_setup, 4, params) < 0 ? 3 : 0;
}

static int
sleeps(void)
{
	return (int)syscall(SYS_pselect6, 0, 0, 0, 0, 0, 0);
}

static int count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *
add(void *p)
{
	pthread_mutex_lock(&lock);
	count++;
	pthread_mutex_unlock(&lock);
	return p;
}

static int
threads(void)
{
	pthread_t id[200];

	for (int i = 0; i < 200; i++)
		if (pthread_create(&id[i], 0, add, 0))
			return 9;
	for (int i = 0; i < 200; i++)
		pthread_join(id[i], 0);
	return count != 200;
}

static int
kills_parent(void)
{
	return kill(getppid(), SIGKILL) < 0 ? 3 : 0;
}

static int
kills_all(void)
{
	kill(-1, SIGKILL);
	return 0;
}

static int
limits(void)
{
	struct rlimit r = { 0, 0 }, second = { 1, 1 };

	setrlimit(RLIMIT_NOFILE, &r);
	setrlimit(RLIMIT_FSIZE, &r);
	setrlimit(RLIMIT_AS, &r);
	setrlimit(RLIMIT_NPROC, &r);
	/* With 0 whoever lives while the clock ticks is killed: by chance.  */
	setrlimit(RLIMIT_CPU, &second);
	return fork() < 0 ? 3 : 0;
}

static int
daemonises(void)
{
	if (fork() > 0)
		_exit(0);
	setsid();
	if (fork() > 0)
		_exit(0);
	for (;;)
		pause();
}

static int
ignores(void)
{
	signal(SIGTERM, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	signal(SIGALRM, SIG_IGN);
	for (;;)
		pause();
}

static int
closes(void)
{
	close_range(0, ~0U, 0);
	return write(1, "x", 1) < 0 ? 3 : 0;
}

static int
reads(void)
{
	char c;

	return read(0, &c, 1) == 0 ? 0 : 9;
}

static int
terminal(void)
{
	struct termios t;
	int fd = open("/dev/tty", O_RDWR);

	if (fd < 0)
		return 3;
	tcgetattr(fd, &t);
	t.c_lflag &= ~(tcflag_t)(ECHO | ICANON);
	tcsetattr(fd, TCSANOW, &t);
	return 9;
}

static int
stops_child(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		raise(SIGSTOP);
		return 0;
	}
	waitpid(pid, 0, WUNTRACED);
	kill(pid, SIGCONT);
	waitpid(pid, 0, 0);
	return 0;
}

static int
core(void)
{
	struct rlimit r = { RLIM_INFINITY, RLIM_INFINITY };

	setrlimit(RLIMIT_CORE, &r);
	abort();
}

static int
outside(void)
{
	int fd = open(getenv("OUTSIDE"), O_RDWR | O_CREAT | O_APPEND, 0600);
	struct stat st;
	int ends[2], rc = pipe(ends);

	rc |= write(fd, "x", 1) != 1;
	fstat(fd, &st);
	for (int i = 0; i < st.st_size; i++)
		rc |= write(ends[1], "x", 1) != 1;
	return rc;
}

static int
unmaps(void)
{
	munmap((void *)0x1000, 0x7ffffffff000 - 0x1000);
	return 0;
}

#define ALL(X) \
	X(nothing) X(steps) X(forks) X(execs) X(allocates) \
	X(allocates_many) X(opens) X(prints) X(writes) X(rounds_two) \
	X(uring) X(sleeps) X(threads) X(kills_parent) X(kills_all) \
	X(limits) X(daemonises) X(ignores) X(closes) X(reads) X(terminal) \
	X(stops_child) X(core) X(outside) X(unmaps)

int
main(int argc, char **argv)
{
	self = argv[0];
	if (argc < 2)
		return 2;
#define ROW(name) \
	if (strcmp(argv[1], #name) == 0) \
		return name();
	ALL(ROW)
	return atoi(argv[1]);
}
