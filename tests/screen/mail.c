/*
 * Both kinds of queue: the sender puts messages in, the receiver waits for one
 * that is not there.  So it ends in a deadlock.
 */
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

static void
put(int queue, long type, const char *text)
{
	struct { long type; char text[64]; } m = { type, "" };

	strcpy(m.text, text);
	msgsnd(queue, &m, strlen(text), 0);
}

int
main(void)
{
	struct mq_attr attr = { .mq_maxmsg = 3, .mq_msgsize = 64 };
	struct sigevent how = {
		.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1,
	};
	int queue = msgget(IPC_PRIVATE, 0600);
	mqd_t jobs = mq_open("/jobs", O_CREAT | O_RDWR, 0600, &attr);

	if (fork() == 0) {
		mq_notify(jobs, &how);
		msgrcv(queue, &attr, sizeof(attr), 9, 0);
		return 0;
	}
	put(queue, 3, "three");
	put(queue, 1, "a message that is longer than the others are");
	mq_send(jobs, "wash", 4, 1);
	mq_send(jobs, "fire", 4, 9);
	mq_send(jobs, "cook", 4, 1);
	wait(NULL);
	return 0;
}
