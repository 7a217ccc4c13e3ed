/* order: four messages of three priorities, and what comes first.  */
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int
main(void)
{
	struct mq_attr attr = { .mq_maxmsg = 8, .mq_msgsize = 16 };
	mqd_t q = mq_open("/order", O_RDWR | O_CREAT, 0600, &attr);
	char text[16];

	if (q == (mqd_t)-1 || mq_unlink("/order") == -1)
		return 1;
	mq_send(q, "a", 1, 5);
	mq_send(q, "b", 1, 1);
	mq_send(q, "c", 1, 9);
	mq_send(q, "d", 1, 5);
	for (int i = 0; i < 4; i++)
		if (mq_receive(q, text, sizeof(text), NULL) == 1)
			printf("%c", text[0]);
	printf("\n");
	return 0;
}
