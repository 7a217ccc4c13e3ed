/* Right: the queue is removed on both ways out.  */
#include <sys/ipc.h>
#include <sys/msg.h>

#include "must.h"

struct message { long type; char letter; };

static int queue;

static void
run_writer(void)
{
	struct message message = { 1, 'x' };

	/* Perhaps nobody waits for it any more, and the queue is gone.  */
	msgsnd(queue, &message, 1, 0);
}

int
main(void)
{
	struct message message;

	queue = msgget(IPC_PRIVATE, 0600);
	must(queue != -1, "there is a queue");
	start(run_writer);
	if (msgrcv(queue, &message, 1, 1, IPC_NOWAIT) == -1) {
		msgctl(queue, IPC_RMID, NULL);
		return finish(1);
	}
	must(message.letter == 'x', "the letter is whole");
	msgctl(queue, IPC_RMID, NULL);
	return finish(1);
}
