/* Wrong: the receiver counts its turns, where it should count what it got.  To
 * be found: a turn at an empty buffer, and an item after it.  */
#define _GNU_SOURCE
#include <semaphore.h>

#include "must.h"

enum { SIZE = 10, TURNS = 4 };

static struct ring { sem_t lock; int buffer[SIZE], head, tail; } *ring;

static void
run_sender(void)
{
	for (int item = 0; item < TURNS; item++) {
		sem_wait(&ring->lock);
		ring->buffer[ring->tail] = item;
		ring->tail = (ring->tail + 1) % SIZE;
		sem_post(&ring->lock);
	}
}

static void
run_receiver(void)
{
	int got = 0;

	for (int turn = 0; turn < TURNS; turn++) {
		sem_wait(&ring->lock);
		if (ring->head != ring->tail) {
			must(ring->buffer[ring->head] == got,
			     "items come in order");
			ring->head = (ring->head + 1) % SIZE;
		}
		got++;
		sem_post(&ring->lock);
	}
}

int
main(void)
{
	int fd = memfd_create("ring", 0);

	must(ftruncate(fd, sizeof(*ring)) == 0, "there is room for a ring");
	ring = mmap(NULL, sizeof(*ring), PROT_READ | PROT_WRITE, MAP_SHARED,
		    fd, 0);
	must(ring != MAP_FAILED, "the ring can be mapped");
	close(fd);
	must(sem_init(&ring->lock, 1, 1) == 0, "a semaphore can be made");
	start(run_sender);
	start(run_receiver);
	return finish(2);
}
