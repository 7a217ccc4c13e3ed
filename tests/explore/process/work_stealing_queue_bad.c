/* Wrong: the owner looks at the head before it lowers the tail.  To be found: a
 * thief takes the last item in between, and the item is taken twice.  */
#include <stdatomic.h>

#include "lock.h"

enum { ITEMS = 2, TRIES = 2, NONE = -1 };

static struct queue {
	pthread_mutex_t lock;
	int items[ITEMS];
	atomic_int head, tail, taken[ITEMS];
} *queue;

static void
take(int item)
{
	if (item != NONE)
		must(atomic_fetch_add(&queue->taken[item], 1) == 0,
		     "an item is taken once");
}

/* Only the owner pushes and pops, at the tail.  */
static void
push(int item)
{
	queue->items[queue->tail] = item;
	queue->tail++;
}

static int
pop(void)
{
	int last = queue->tail - 1, seen = queue->head;

	queue->tail = last;
	if (seen <= last)
		return queue->items[last];
	/* Perhaps a thief is at the same item, or there is none.  */
	pthread_mutex_lock(&queue->lock);
	seen = queue->head;
	if (seen > last)
		queue->tail = last + 1;
	pthread_mutex_unlock(&queue->lock);
	return seen > last ? NONE : queue->items[last];
}

/* A thief announces at the head what it takes, and then looks at the tail.  */
static int
steal(void)
{
	int item = NONE, first;

	pthread_mutex_lock(&queue->lock);
	first = queue->head;
	queue->head = first + 1;
	if (first < queue->tail)
		item = queue->items[first];
	else
		queue->head = first;
	pthread_mutex_unlock(&queue->lock);
	return item;
}

static void
run_thief(void)
{
	for (int i = 0; i < TRIES; i++)
		take(steal());
}

static void
run_owner(void)
{
	for (int item = 0; item < ITEMS; item++)
		push(item);
	for (int item = 0; item < ITEMS; item++)
		take(pop());
}

int
main(void)
{
	queue = share(sizeof(*queue));
	make_lock(&queue->lock);
	start(run_thief);
	start(run_owner);
	if (finish(2) != 0)
		return 1;
	for (int item = 0; item < ITEMS; item++)
		must(queue->taken[item] == 1, "no item is lost");
	return 0;
}
