/* urgent: the queue has room for two, and holds two.  Then the sender sends
 * what is urgent.  */
#include <fcntl.h>
#include <mqueue.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(void)
{
	struct mq_attr attr = { .mq_maxmsg = 2, .mq_msgsize = 16 };
	mqd_t q = mq_open("/urgent", O_RDWR | O_CREAT, 0600, &attr);
	char text[16];

	if (q == (mqd_t)-1 || mq_unlink("/urgent") == -1)
		return 1;
	mq_send(q, "old", 3, 1);
	mq_send(q, "new", 3, 1);
	if (fork() == 0)
		_exit(mq_send(q, "now", 3, 9) == 0 ? 0 : 1);
	mq_receive(q, text, sizeof(text), NULL);
	return wait(NULL) == -1;
}
