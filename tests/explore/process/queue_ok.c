/* Right: who puts or takes a batch has the semaphore until it is whole.  */
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
	sem_wait(turn);
	for (char item = 0; item < BATCH; item++)
		must(mq_send(queue, &item, 1, 0) == 0, "there is room");
	sem_post(turn);
}

static void
run_taker(void)
{
	int taken = 0;
	char item;

	sem_wait(turn);
	while (mq_receive(queue, &item, 1, NULL) == 1)
		must(item == taken++, "items come in order");
	sem_post(turn);
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
