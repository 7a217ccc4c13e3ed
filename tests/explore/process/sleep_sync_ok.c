/* Right: the parent waits for the letter.  */
#include <fcntl.h>
#include <mqueue.h>

#include "must.h"

static mqd_t queue;

static void
run_writer(void)
{
	must(mq_send(queue, "x", 1, 0) == 0, "the letter can be sent");
}

int
main(void)
{
	struct mq_attr size = { .mq_maxmsg = 1, .mq_msgsize = 1 };
	char name[32], letter;

	snprintf(name, sizeof(name), "/sleep_sync.%d", getpid());
	queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &size);
	must(queue != -1, "there is a queue of that name");
	mq_unlink(name);
	start(run_writer);
	must(mq_receive(queue, &letter, 1, NULL) == 1, "the letter is there");
	mq_close(queue);
	return finish(1);
}
