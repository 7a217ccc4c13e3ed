/*
 * What does a message cost?  Each is sent and taken by this process itself, so
 * that nobody sleeps, and what is left is the call and the copying.
 *
 *	cost [TIMES]		100000
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <time.h>

enum { MOST = 8192 };

static struct {
	long type;
	char text[MOST];
} m = { .type = 1 };

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

static double
now(void)
{
	struct timespec t;

	check(clock_gettime(CLOCK_MONOTONIC, &t), "clock_gettime");
	return t.tv_sec * 1e9 + t.tv_nsec;
}

static double
measure(int queue, long size, long times)
{
	double begin = now();
	long i;

	for (i = 0; i < times; i++) {
		check(msgsnd(queue, &m, size, 0), "msgsnd");
		check(msgrcv(queue, &m, size, 0, 0), "msgrcv");
	}
	return (now() - begin) / times;
}

int
main(int argc, char *argv[])
{
	long times = argc > 1 ? strtol(argv[1], NULL, 10) : 100000, size;
	int queue = check(msgget(IPC_PRIVATE, 0600), "msgget");

	measure(queue, MOST, times / 10);	/* warm up */
	for (size = 1; size <= MOST; size *= 8)
		printf("%5ld bytes: %7.0f ns\n", size,
		       measure(queue, size, times));
	printf("%5d bytes: %7.0f ns\n", MOST, measure(queue, MOST, times));
	check(msgctl(queue, IPC_RMID, NULL), "msgctl");
	return 0;
}
