/* Wrong: a batch is to be taken as a whole, but goes into the queue one item at
 * a time.  To be found: some of the batch is taken, and not all.  */
#include <fcntl.h>
#include <mqueue.h>
#include <semaphore.h>

#include "must.h"

enum { BATCH = 3 };

static mqd_t queue;
static sem_t *turn;

static void
run_putter(void)
{
	for (char item = 0; item < BATCH; item++)
		must(mq_send(queue, &item, 1, 0) == 0, "there is room");
}

static void
run_taker(void)
{
	int taken = 0;
	char item;

	while (mq_receive(queue, &item, 1, NULL) == 1)
		must(item == taken++, "items come in order");
	must(taken == 0 || taken == BATCH, "a batch is whole");
}

int
main(void)
{
	struct mq_attr size = { .mq_maxmsg = BATCH, .mq_msgsize = 1 };
	char name[32];
	int status;

	snprintf(name, sizeof(name), "/queue.%d", getpid());
	queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL | O_NONBLOCK, 0600,
			&size);
	must(queue != -1, "there is a queue of that name");
	mq_unlink(name);
	turn = share(sizeof(*turn));
	must(sem_init(turn, 1, 1) == 0, "a semaphore can be made");
	start(run_putter);
	start(run_taker);
	status = finish(2);
	mq_close(queue);
	return status;
}
