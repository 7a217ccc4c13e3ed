/*
 * A bounded buffer in shared memory: buffer SLOTS A B C D.  One producer puts
 * A and then B, another one C and then D; the consumer, which is the parent,
 * takes four numbers and prints each.
 */
#include <pthread.h>
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
	int full;		/* how many slots are */
	pthread_mutex_t lock;	/* over all of this */
	pthread_cond_t less, more;
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
	pthread_mutexattr_t mutex;
	pthread_condattr_t condition;

	b->slots = slots;
	pthread_mutexattr_init(&mutex);
	pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
	pthread_mutex_init(&b->lock, &mutex);
	pthread_condattr_init(&condition);
	pthread_condattr_setpshared(&condition, PTHREAD_PROCESS_SHARED);
	pthread_cond_init(&b->less, &condition);
	pthread_cond_init(&b->more, &condition);
}

/* Sleeps while all slots are full.  */
static void
put(struct buffer *b, int item)
{
	pthread_mutex_lock(&b->lock);
	while (b->full == b->slots)
		pthread_cond_wait(&b->less, &b->lock);
	b->slot[b->in] = item;
	b->in = (b->in + 1) % b->slots;
	b->full++;
	pthread_cond_signal(&b->more);
	pthread_mutex_unlock(&b->lock);
}

/* Sleeps while all slots are empty.  */
static int
take(struct buffer *b)
{
	int item;

	pthread_mutex_lock(&b->lock);
	while (b->full == 0)
		pthread_cond_wait(&b->more, &b->lock);
	item = b->slot[b->out];
	b->out = (b->out + 1) % b->slots;
	b->full--;
	pthread_cond_signal(&b->less);
	pthread_mutex_unlock(&b->lock);
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
