/*
 * The subject of tests: one small scenario for each name, run as
 * `subject NAME`.  Ordinary programs; they know nothing of the lab.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static void
say(const char *text)
{
	if (write(1, text, strlen(text)) < 0)
		_exit(99);
}

static int
do_fill(void)
{
	char bytes[4096] = "a";
	int fd[2], i;

	if (pipe(fd) < 0)
		return 1;
	if (fork() == 0) {
		close(fd[1]);
		while (read(fd[0], bytes, sizeof(bytes)) > 0)
			;
		_exit(0);
	}
	close(fd[0]);
	for (i = 0; i < 17; i++)
		if (write(fd[1], bytes, sizeof(bytes)) < 0)
			return 1;
	close(fd[1]);
	wait(NULL);
	return 0;
}

static int
do_large(void)
{
	static char bytes[100000];
	int fd[2];

	if (pipe(fd) < 0)
		return 1;
	if (fork() == 0) {
		close(fd[1]);
		while (read(fd[0], bytes, 4096) > 0)
			;
		_exit(0);
	}
	close(fd[0]);
	if (write(fd[1], bytes, sizeof(bytes)) != sizeof(bytes))
		return 1;
	close(fd[1]);
	wait(NULL);
	return 0;
}

static int
do_sleep(void)
{
	time_t before = time(NULL);
	struct timespec day = { 86400, 0 };

	clock_nanosleep(CLOCK_MONOTONIC, 0, &day, NULL);
	sleep(3600);
	return time(NULL) - before == 90000 ? 0 : 1;
}

static int
do_poll(void)
{
	struct pollfd p = { .events = POLLIN };
	struct timeval tv = { 7, 0 };
	time_t before = time(NULL);
	int fd[2];

	if (pipe(fd) < 0)
		return 1;
	p.fd = fd[0];
	if (poll(&p, 1, 60000) != 0 || select(0, NULL, NULL, NULL, &tv) != 0)
		return 1;
	return time(NULL) - before == 67 ? 0 : 1;
}

/* select(2) tells how much of the time is left.  */
static int
do_left(void)
{
	struct timeval tv = { 5, 0 };
	fd_set set;
	int fd[2];

	if (pipe(fd) < 0)
		return 1;
	if (fork() == 0) {
		sleep(1);
		_exit(write(fd[1], "x", 1));
	}
	FD_ZERO(&set);
	FD_SET(fd[0], &set);
	if (select(fd[0] + 1, &set, NULL, NULL, &tv) != 1)
		return 1;
	return tv.tv_sec == 4 && tv.tv_usec == 0 ? 0 : 1;
}

static void
on_signal(int s)
{
	(void)s;
	say("handler\n");
}

static int
do_alarm(void)
{
	struct sigaction sa = { .sa_handler = on_signal };
	int fd[2];
	char c;

	if (pipe(fd) < 0 || sigaction(SIGALRM, &sa, NULL) < 0)
		return 1;
	alarm(10);
	return read(fd[0], &c, 1) == -1 && errno == EINTR ? 0 : 1;
}

static int
do_deadlock(void)
{
	int a[2], b[2];
	char c;

	if (pipe(a) < 0 || pipe(b) < 0)
		return 1;
	if (fork() == 0)
		_exit(read(a[0], &c, 1) + write(b[1], "x", 1));
	return read(b[0], &c, 1) + write(a[1], "x", 1);
}

static void *
add_bytes(void *arg)
{
	for (int i = 0; i < 3; i++)
		if (write(*(int *)arg, "x", 1) != 1)
			return arg;
	return NULL;
}

static int
do_threads(void)
{
	pthread_t t[8];
	char bytes[64];
	int fd[2];

	if (pipe(fd) < 0)
		return 1;
	for (int i = 0; i < 8; i++)
		pthread_create(&t[i], NULL, add_bytes, &fd[1]);
	for (int i = 0; i < 8; i++)
		pthread_join(t[i], NULL);
	return read(fd[0], bytes, sizeof(bytes)) == 24 ? 0 : 1;
}

static int
do_spawn(void)
{
	char *const argv[] = { "true", NULL };
	pid_t pid;
	int status;

	if (posix_spawn(&pid, "/bin/true", NULL, NULL, argv, environ) != 0)
		return 1;
	if (waitpid(pid, &status, 0) != pid || status != 0)
		return 1;
	pid = vfork();
	if (pid == 0) {
		execl("/bin/true", "true", (char *)NULL);
		_exit(1);
	}
	return waitpid(pid, &status, 0) == pid && status == 0 ? 0 : 1;
}

/* A child that its tracer should not see.  */
static int
do_escape(void)
{
	struct clone_args args = { .flags = CLONE_UNTRACED,
				   .exit_signal = SIGCHLD };
	long pid = syscall(SYS_clone, CLONE_UNTRACED | SIGCHLD, 0, 0, 0, 0);

	if (pid == 0) {
		say("one\n");
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	pid = syscall(SYS_clone3, &args, sizeof(args));
	if (pid == 0) {
		say("two\n");
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	return 0;
}

static unsigned long long
ticks(void)
{
#ifdef __x86_64__
	return __builtin_ia32_rdtsc();
#else
	return 0;
#endif
}

/* All that two runs of one schedule must not see differ.  */
static int
do_entropy(void)
{
	const unsigned char *r = (void *)getauxval(AT_RANDOM);
	struct timespec ts;
	struct timeval tv;
	uint64_t random[3] = { 0 };
	char line[400];
	int fd = open("/dev/urandom", O_RDONLY), local;

	clock_gettime(CLOCK_REALTIME, &ts);
	gettimeofday(&tv, NULL);
	if (getrandom(&random[0], 8, 0) != 8 || read(fd, &random[1], 8) != 8)
		return 1;
	memcpy(&random[2], r, 8);
	snprintf(line, sizeof(line), "%llx %p %p %p %d %d %lld.%ld %lld.%ld "
		 "%llx %llx %llx\n", ticks(), (void *)&local, (void *)do_entropy,
		 malloc(10), (int)getpid(), (int)getppid(),
		 (long long)ts.tv_sec, ts.tv_nsec, (long long)tv.tv_sec,
		 (long)tv.tv_usec, (unsigned long long)random[0],
		 (unsigned long long)random[1], (unsigned long long)random[2]);
	say(line);
	return 0;
}

/* Two children draw; the parent says what each of them got.  */
static int
do_draw(void)
{
	uint64_t *drawn = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	char line[80];

	if (drawn == MAP_FAILED)
		return 1;
	for (int i = 0; i < 2; i++)
		if (fork() == 0)
			_exit(getpgid(0) < 0 ||
			      getrandom(&drawn[i], sizeof(*drawn), 0) < 0);
	while (wait(NULL) > 0)
		;
	snprintf(line, sizeof(line), "%llx %llx\n",
		 (unsigned long long)drawn[0], (unsigned long long)drawn[1]);
	say(line);
	return 0;
}

static int
do_stop(void)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		raise(SIGSTOP);
		_exit(7);
	}
	if (waitpid(pid, &status, WUNTRACED) != pid || !WIFSTOPPED(status))
		return 1;
	kill(pid, SIGCONT);
	return waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 7
	       ? 0 : 1;
}

static int
do_sigpipe(void)
{
	int fd[2], status;
	pid_t pid;

	if (pipe(fd) < 0)
		return 1;
	close(fd[0]);
	pid = fork();
	if (pid == 0)
		_exit(write(fd[1], "x", 1));
	return waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) &&
	       WTERMSIG(status) == SIGPIPE ? 0 : 1;
}

static int
do_fifo(void)
{
	char c;
	int fd;

	if (mkfifo("subject.fifo", 0600) < 0)
		return 1;
	if (fork() == 0) {
		fd = open("subject.fifo", O_WRONLY);
		_exit(write(fd, "f", 1) == 1 ? 0 : 1);
	}
	fd = open("subject.fifo", O_RDONLY);
	if (read(fd, &c, 1) != 1 || read(fd, &c, 1) != 0)
		return 1;
	wait(NULL);
	return unlink("subject.fifo");
}

static int
do_files(void)
{
	int fd = open("subject.new", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int again = dup(fd);

	if (write(fd, "state=ready", 11) != 11 || lseek(again, 6, SEEK_SET) != 6)
		return 1;
	if (write(fd, "done!", 5) != 5 || flock(fd, LOCK_EX) < 0)
		return 1;
	close(fd);
	close(again);
	if (rename("subject.new", "subject.state") < 0)
		return 1;
	return unlink("subject.state");
}

static int
do_flood(void)
{
	char block[4096];

	memset(block, 'y', sizeof(block));
	for (;;)
		if (write(1, block, sizeof(block)) < 0)
			return 1;
}

static int
do_bomb(void)
{
	for (;;)
		if (fork() < 0)
			return 1;
}

static int
do_stubborn(void)
{
	signal(SIGTERM, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	for (;;)
		pause();
}

static int
do_closes(void)
{
	syscall(SYS_close_range, 0, ~0U, 0);
	return open("/dev/null", O_RDONLY) == 0 ? 0 : 1;
}

static int
do_crash(void)
{
	raise(SIGSEGV);
	return 0;
}

static void *
exec_true(void *arg)
{
	execl("/bin/true", "true", (char *)NULL);
	return arg;
}

/* A thread that is not the first replaces the whole process.  */
static int
do_exec_thread(void)
{
	pthread_t t;

	pthread_create(&t, NULL, exec_true, NULL);
	pthread_join(t, NULL);
	return 1;
}

static int
do_spin(void)
{
	for (volatile int i = 0;; i++)
		;
}

static const struct {
	const char *name;
	int (*run)(void);
} scenarios[] = {
	{ "fill", do_fill }, { "large", do_large }, { "sleep", do_sleep },
	{ "poll", do_poll }, { "left", do_left }, { "alarm", do_alarm },
	{ "deadlock", do_deadlock }, { "threads", do_threads },
	{ "spawn", do_spawn }, { "escape", do_escape },
	{ "entropy", do_entropy }, { "draw", do_draw }, { "stop", do_stop },
	{ "sigpipe", do_sigpipe }, { "fifo", do_fifo }, { "files", do_files },
	{ "flood", do_flood }, { "bomb", do_bomb },
	{ "stubborn", do_stubborn }, { "closes", do_closes },
	{ "crash", do_crash }, { "exec-thread", do_exec_thread },
	{ "spin", do_spin },
};

int
main(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(scenarios) / sizeof(*scenarios); i++)
		if (argc > 1 && strcmp(argv[1], scenarios[i].name) == 0)
			return scenarios[i].run();
	return 98;
}
