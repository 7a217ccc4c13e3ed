/*
 * Sending without sleeping: IPC_NOWAIT.  The queue is made small first.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>

struct message {
	long type;
	char text[64];
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

static void
try_send(int queue, long size)
{
	struct message m = { .type = 1 };

	if (msgsnd(queue, &m, size, IPC_NOWAIT) == -1)
		printf("%ld bytes: %s\n", size, strerror(errno));
	else
		printf("%ld bytes: sent\n", size);
}

int
main(void)
{
	int queue = check(msgget(IPC_PRIVATE, 0600), "msgget");
	struct msqid_ds status;
	struct message m;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	check(msgctl(queue, IPC_STAT, &status), "IPC_STAT");
	status.msg_qbytes = 100;
	check(msgctl(queue, IPC_SET, &status), "IPC_SET");
	if (msgrcv(queue, &m, sizeof(m.text), 0, IPC_NOWAIT) == -1)
		printf("nothing there: %s\n", strerror(errno));
	try_send(queue, 60);
	try_send(queue, 60);
	try_send(queue, 40);
	check(msgctl(queue, IPC_RMID, NULL), "msgctl");
	return 0;
}
