/*
 * How much does a queue hold?  The writer sends 20 messages, the reader takes
 * them all.
 *
 *	full [SIZE]		bytes of a message; 1024
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MESSAGES = 20, MOST = 8192 };

struct message {
	long type;
	char text[MOST];
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

/* The first is all 'a', the second all 'b', and so on.  */
static void
run_writer(int queue, long size)
{
	struct message m = { .type = 1 };
	int i;

	for (i = 0; i < MESSAGES; i++) {
		memset(m.text, 'a' + i, size);
		check(msgsnd(queue, &m, size, 0), "msgsnd");
	}
}

static void
run_reader(int queue)
{
	struct message m;
	long total = 0, wrong = 0, n, i;
	int k;

	for (k = 0; k < MESSAGES; k++) {
		n = check(msgrcv(queue, &m, sizeof(m.text), 0, 0), "msgrcv");
		for (i = 0; i < n; i++)
			wrong += m.text[i] != 'a' + k;
		total += n;
	}
	printf("reader: %ld bytes came, %ld of them wrong\n", total, wrong);
}

int
main(int argc, char *argv[])
{
	long size = argc > 1 ? strtol(argv[1], NULL, 10) : 1024;
	int queue;

	if (size < 0 || size > MOST) {
		fprintf(stderr, "full: a size is 0 to %d bytes\n", MOST);
		return 2;
	}
	queue = check(msgget(IPC_PRIVATE, 0600), "msgget");
	if (check(fork(), "fork") == 0) {
		run_reader(queue);
		return 0;
	}
	run_writer(queue, size);
	check(wait(NULL), "wait");
	check(msgctl(queue, IPC_RMID, NULL), "msgctl");
	return 0;
}
