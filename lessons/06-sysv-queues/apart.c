/*
 * The child goes into an IPC namespace of its own.  Does it still find the
 * parent's queue, by the key or by the number?
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KEY = 0x51 };

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
run_child(int queue)
{
	struct msqid_ds status;

	check(unshare(CLONE_NEWUSER | CLONE_NEWIPC), "unshare");
	if (msgget(KEY, 0) == -1)
		printf("child, by the key: %s\n", strerror(errno));
	if (msgctl(queue, IPC_STAT, &status) == -1)
		printf("child, by the number: %s\n", strerror(errno));
	printf("child: made one of that key: %s\n",
	       msgget(KEY, IPC_CREAT | IPC_EXCL | 0600) == -1 ?
	       strerror(errno) : "yes");
}

int
main(void)
{
	int queue = check(msgget(KEY, IPC_CREAT | IPC_EXCL | 0600), "msgget");

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	if (check(fork(), "fork") == 0) {
		run_child(queue);
		return 0;
	}
	check(wait(NULL), "wait");
	printf("parent, by the key: %s\n",
	       msgget(KEY, 0) == queue ? "there it is" : "gone");
	check(msgctl(queue, IPC_RMID, NULL), "msgctl");
	return 0;
}
