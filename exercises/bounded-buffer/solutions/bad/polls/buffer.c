/*
 * A bounded buffer in shared memory: buffer SLOTS A B C D.  One producer puts
 * A and then B, another one C and then D; the consumer, which is the parent,
 * takes four numbers and prints each.
 */
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SLOTS_MAX = 4, PRODUCERS = 2, EACH = 2 };

struct buffer {
	int slot[SLOTS_MAX];	/* only so many are used: */
	int slots;
	int in, out;		/* the next to be filled, and to be emptied */
	sem_t space, items;	/* slots that are empty, that are full */
	sem_t lock;		/* 1: nobody is at in, out and slot */
};

/* Pass the result of a system call on; stop with a message if it failed.  */
static long
check(long result, const char *what)
{
	if (result == -1) {
		perror(what);
		exit(1);
	}
	return result;
}

static void
set_up(struct buffer *b, int slots)
{
	b->slots = slots;
	check(sem_init(&b->space, 1, (unsigned)slots), "sem_init");
	check(sem_init(&b->items, 1, 0), "sem_init");
	check(sem_init(&b->lock, 1, 1), "sem_init");
}

/* Sleeps while all slots are full.  */
static void
put(struct buffer *b, int item)
{
	sem_wait(&b->space);
	sem_wait(&b->lock);
	b->slot[b->in] = item;
	b->in = (b->in + 1) % b->slots;
	sem_post(&b->lock);
	sem_post(&b->items);
}

/* Sleeps while all slots are empty.  */
static int
take(struct buffer *b)
{
	int item;

	while (sem_trywait(&b->items) < 0)
		usleep(1000);
	sem_wait(&b->lock);
	item = b->slot[b->out];
	b->out = (b->out + 1) % b->slots;
	sem_post(&b->lock);
	sem_post(&b->space);
	return item;
}

int
main(int argc, char **argv)
{
	struct buffer *b = mmap(NULL, sizeof(*b), PROT_READ | PROT_WRITE,
				MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (b == MAP_FAILED || argc != 2 + PRODUCERS * EACH)
		return 2;
	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	set_up(b, atoi(argv[1]));
	for (int p = 0; p < PRODUCERS; p++)
		if (check(fork(), "fork") == 0) {
			for (int i = 0; i < EACH; i++)
				put(b, atoi(argv[2 + p * EACH + i]));
			_exit(0);
		}
	for (int i = 0; i < PRODUCERS * EACH; i++)
		printf("%d\n", take(b));
	for (int p = 0; p < PRODUCERS; p++)
		check(wait(NULL), "wait");
	return 0;
}
