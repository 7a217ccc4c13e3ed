/*
 * Things that can go wrong with a System V queue, done on purpose.
 *
 *	errors [NAME]		only the one of that name
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>

enum { KEY = 0x51 };

static struct {
	long type;
	char text[9000];
} m;

static long
no_queue(int queue)
{
	(void)queue;
	return msgget(KEY + 1, 0600);
}

static long
already_there(int queue)
{
	(void)queue;
	return msgget(KEY, IPC_CREAT | IPC_EXCL | 0600);
}

static long
type_zero(int queue)
{
	m.type = 0;
	return msgsnd(queue, &m, 5, 0);
}

static long
too_large(int queue)
{
	m.type = 1;
	return msgsnd(queue, &m, 8193, 0);
}

static long
small_buffer(int queue)
{
	m.type = 1;
	if (msgsnd(queue, &m, 100, 0) == -1)
		return -1;
	return msgrcv(queue, &m, 50, 0, 0);
}

static long
cut_off(int queue)
{
	m.type = 1;
	if (msgsnd(queue, &m, 100, 0) == -1)
		return -1;
	return msgrcv(queue, &m, 50, 0, MSG_NOERROR);
}

static long
nothing_there(int queue)
{
	return msgrcv(queue, &m, 50, 0, IPC_NOWAIT);
}

static long
no_room(int queue)
{
	m.type = 1;
	while (msgsnd(queue, &m, 4096, IPC_NOWAIT) == 0)
		;
	return -1;
}

static long
removed(int queue)
{
	msgctl(queue, IPC_RMID, NULL);
	return msgrcv(queue, &m, 50, 0, 0);
}

static const struct {
	const char *name;
	long (*go)(int queue);
} tries[] = {
	{ "no-queue", no_queue },
	{ "already-there", already_there },
	{ "type-zero", type_zero },
	{ "too-large", too_large },
	{ "small-buffer", small_buffer },
	{ "cut-off", cut_off },
	{ "nothing-there", nothing_there },
	{ "no-room", no_room },
	{ "removed", removed },
};

int
main(int argc, char *argv[])
{
	size_t i;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	for (i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		int queue;

		if (argc > 1 && strcmp(argv[1], tries[i].name) != 0)
			continue;
		queue = msgget(KEY, IPC_CREAT | 0600);
		if (queue == -1 || tries[i].go(queue) == -1)
			printf("%s: %s\n", tries[i].name, strerror(errno));
		else
			printf("%s: it worked\n", tries[i].name);
		msgctl(queue, IPC_RMID, NULL);
	}
	return 0;
}
