/*
 * What session_test.c drives, one program a word.  It is never sanitized: the
 * calls that a sanitizer makes of its own would be steps, too.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int
pair(void)
{
	char text[16];
	int fd[2];

	if (pipe(fd) < 0)
		return 1;
	if (fork() == 0) {
		ssize_t n = read(fd[0], text, 9);

		printf("%zd from %d\n", n, getppid());
		return 0;
	}
	if (write(fd[1], "hello you", 9) != 9)
		return 1;
	wait(NULL);
	return 0;
}

/* Counts its runs in a file: nothing that the lab controls.  */
static int
counts(void)
{
	char text[8] = "0";
	int fd = open("count", O_RDWR | O_CREAT, 0600);
	ssize_t n = pread(fd, text, sizeof(text) - 1, 0);

	text[0]++;
	n = pwrite(fd, text, 1, 0);
	close(fd);
	fd = open("/dev/null", O_WRONLY);
	n = write(fd, text, text[0] - '0');
	return n < 0;
}

static int
asks(void)
{
	char name[64];

	printf("name? ");
	fflush(stdout);
	if (!fgets(name, sizeof(name), stdin))
		return 1;
	printf("hello %s", name);
	return 0;
}

static int
sleeps(void)
{
	struct timespec hour = { 3600, 0 };
	time_t before = time(NULL);

	if (fork() == 0) {
		nanosleep(&hour, NULL);
		printf("child\n");
		return 0;
	}
	hour.tv_sec *= 2;
	nanosleep(&hour, NULL);
	printf("%ld hours\n", (long)(time(NULL) - before) / 3600);
	return 0;
}

/* Lives until it is killed, and holds a FIFO open as long as it does.  */
static int
lives(void)
{
	int fd[2];
	char byte;

	if (open("alive", O_WRONLY) < 0 || pipe(fd) < 0)
		return 1;
	return read(fd[0], &byte, 1) < 0;
}

static int
spins(void)
{
	volatile unsigned long n = 0;

	if (write(1, "x", 1) != 1)
		return 1;
	for (;;)
		n++;
}

static void
on_signal(int number)
{
	(void)number;
	if (write(1, "caught\n", 7) < 0)
		_exit(1);
}

static int
catches(void)
{
	signal(SIGUSR1, on_signal);
	pause();
	return 3;
}

static void *
thread(void *fd)
{
	for (int i = 0; i < 5; i++)
		if (write(*(int *)fd, "x", 1) != 1)
			return NULL;
	return NULL;
}

static int
threads(void)
{
	pthread_t t[3];
	char text[16];
	int fd[2];

	if (pipe(fd) < 0)
		return 1;
	for (int i = 0; i < 3; i++)
		pthread_create(&t[i], NULL, thread, &fd[1]);
	for (int i = 0; i < 3; i++)
		pthread_join(t[i], NULL);
	return read(fd[0], text, sizeof(text)) != 15;
}

static int
talks(void)
{
	char byte = 'x';
	int fd[2];

	if (pipe(fd) < 0)
		return 1;
	for (int i = 0; i < 100; i++)
		if (write(fd[1], &byte, 1) != 1 || read(fd[0], &byte, 1) != 1)
			return 1;
	return 0;
}

static int
copies(void)
{
	static char text[8192];
	int fd[2];

	if (pipe(fd) < 0 || write(fd[1], "0123456789", 10) != 10)
		return 1;
	return read(fd[0], text, sizeof(text)) == 10 ? 0 : 5;
}

static const struct {
	const char *name;
	int (*run)(void);
} subjects[] = {
	{ "pair", pair }, { "counts", counts }, { "asks", asks },
	{ "sleeps", sleeps }, { "lives", lives }, { "spins", spins },
	{ "catches", catches }, { "threads", threads }, { "talks", talks },
	{ "copies", copies },
};

int
main(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(subjects) / sizeof(subjects[0]); i++)
		if (argc > 1 && strcmp(argv[1], subjects[i].name) == 0)
			return subjects[i].run();
	return 2;
}
