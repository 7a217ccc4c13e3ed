/* small: a message of one byte, and a buffer of eight.  */
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <unistd.h>

int
main(void)
{
	struct mq_attr attr = { .mq_maxmsg = 8, .mq_msgsize = 16 };
	mqd_t q = mq_open("/small", O_RDWR | O_CREAT, 0600, &attr);
	char text[8];

	if (q == (mqd_t)-1 || mq_unlink("/small") == -1)
		return 1;
	mq_send(q, "a", 1, 0);
	if (mq_receive(q, text, sizeof(text), NULL) == -1)
		perror("mq_receive");
	return 0;
}
