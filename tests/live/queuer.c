/*
 * A user of a System V message queue, for tests: all calls, with and without
 * sleeping, and each error that can be had on purpose.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

struct message {
	long type;
	char text[9000];
};

static struct message m;

static int
put(int q, long type, const char *text, int flags)
{
	m.type = type;
	strcpy(m.text, text);
	return msgsnd(q, &m, strlen(text), flags);
}

static int
get(int q, size_t room, long type, int flags)
{
	memset(&m, 0, sizeof(m));
	return (int)msgrcv(q, &m, room, type, flags);
}

/* Types by choice, and errors.  */
static void
alone(int q)
{
	put(q, 3, "three", 0);
	put(q, 1, "one", 0);
	put(q, 2, "two", 0);
	put(q, 1, "one again", 0);
	put(q, 0, "no such type", 0);
	get(q, 100, 1, MSG_COPY | IPC_NOWAIT);
	get(q, 100, 7, IPC_NOWAIT);
	get(q, 2, 2, IPC_NOWAIT);
	get(q, 2, 2, IPC_NOWAIT | MSG_NOERROR);
	get(q, 100, -3, 0);
	get(q, 100, 3, MSG_EXCEPT);
	get(q, 100, 0, 0);
	put(q, 5, "", 0);
	get(q, 100, 0, 0);
	m.type = 1;
	msgsnd(q, &m, sizeof(m.text), 0);
}

/* The limit, and a sender that sleeps for it.  */
static void
filled(int q)
{
	struct msqid_ds ds;
	int i;

	msgctl(q, IPC_STAT, &ds);
	ds.msg_qbytes = 20;
	msgctl(q, IPC_SET, &ds);
	put(q, 1, "0123456789", 0);
	put(q, 2, "abcdefghij", 0);
	put(q, 3, "z", IPC_NOWAIT);
	if (fork() == 0) {
		put(q, 3, "from a sleeper", 0);
		_exit(0);
	}
	for (i = 0; i < 3; i++)
		get(q, 100, 0, 0);
	wait(NULL);
}

/* A receiver that sleeps is handed the message; then the queue goes.  */
static void
handed(int q)
{
	if (fork() == 0) {
		get(q, 100, 2, 0);
		get(q, 100, -2, 0);
		put(q, 9, "answer", 0);
		get(q, 100, 4, 0);
		_exit(errno == EIDRM);
	}
	put(q, 3, "not this", 0);
	put(q, 2, "this", 0);
	put(q, 1, "and this", 0);
	get(q, 100, 9, 0);
	get(q, 100, 0, 0);
	msgctl(q, IPC_RMID, NULL);
	wait(NULL);
	put(q, 1, "gone", 0);
}

int
main(void)
{
	struct msqid_ds ds;
	int q = msgget(0x10551ab, IPC_CREAT | IPC_EXCL | 0600);

	if (q == -1)
		return 1;
	msgget(0x10551ab, IPC_CREAT | IPC_EXCL | 0600);
	msgget(0x10551ab, 0);
	msgget(0x10551ac, 0600);
	alone(q);
	filled(q);
	handed(q);
	q = msgget(IPC_PRIVATE, 0600);
	put(q, 1, "left", 0);
	msgctl(q, IPC_STAT, &ds);
	msgctl(0, MSG_INFO, &ds);
	return msgctl(q, IPC_RMID, NULL);
}
