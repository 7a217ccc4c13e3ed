/* Correct: the receiver counts what it got, not its turns.  Nothing is to be
 * found.  */
#include <pthread.h>

#include "must.h"

enum { SIZE = 10, TURNS = 7 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int buffer[SIZE], head, tail;

static void *
run_sender(void *unused)
{
	for (int item = 0; item < TURNS; item++) {
		pthread_mutex_lock(&lock);
		buffer[tail] = item;
		tail = (tail + 1) % SIZE;
		pthread_mutex_unlock(&lock);
	}
	return unused;
}

static void *
run_receiver(void *unused)
{
	int got = 0;

	for (int turn = 0; turn < TURNS; turn++) {
		pthread_mutex_lock(&lock);
		if (head != tail) {
			must(buffer[head] == got, "items come in order");
			head = (head + 1) % SIZE;
			got++;
		}
		pthread_mutex_unlock(&lock);
	}
	return unused;
}

int
main(void)
{
	pthread_t sender, receiver;

	pthread_create(&sender, NULL, run_sender, NULL);
	pthread_create(&receiver, NULL, run_receiver, NULL);
	pthread_join(sender, NULL);
	pthread_join(receiver, NULL);
	return 0;
}
