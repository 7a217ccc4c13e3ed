/* Wrong: the owner looks at the head before it lowers the tail.  To be found: a
 * thief takes the last item in between, and the item is taken twice.  */
#include <pthread.h>
#include <stdatomic.h>

#include "must.h"

enum { ITEMS = 4, THIEVES = 2, TRIES = 2, NONE = -1 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int items[ITEMS];
static atomic_int head, tail, taken[ITEMS];

static void
take(int item)
{
	if (item != NONE)
		must(atomic_fetch_add(&taken[item], 1) == 0,
		     "an item is taken once");
}

/* Only the owner pushes and pops, at the tail.  */
static void
push(int item)
{
	items[tail] = item;
	tail++;
}

static int
pop(void)
{
	int last = tail - 1, seen = head;

	tail = last;
	if (seen <= last)
		return items[last];
	/* Perhaps a thief is at the same item, or there is none.  */
	pthread_mutex_lock(&lock);
	seen = head;
	if (seen > last)
		tail = last + 1;
	pthread_mutex_unlock(&lock);
	return seen > last ? NONE : items[last];
}

/* A thief announces at the head what it takes, and then looks at the tail.  */
static int
steal(void)
{
	int item = NONE, first;

	pthread_mutex_lock(&lock);
	first = head;
	head = first + 1;
	if (first < tail)
		item = items[first];
	else
		head = first;
	pthread_mutex_unlock(&lock);
	return item;
}

static void *
run_thief(void *unused)
{
	for (int i = 0; i < TRIES; i++)
		take(steal());
	return unused;
}

int
main(void)
{
	pthread_t thieves[THIEVES];

	for (int i = 0; i < THIEVES; i++)
		pthread_create(&thieves[i], NULL, run_thief, NULL);
	for (int item = 0; item < ITEMS; item++)
		push(item);
	for (int item = 0; item < ITEMS; item++)
		take(pop());
	for (int i = 0; i < THIEVES; i++)
		pthread_join(thieves[i], NULL);
	for (int item = 0; item < ITEMS; item++)
		must(taken[item] == 1, "no item is lost");
	return 0;
}
