/* Wrong: a stack without locks whose head says which node it is, and not how
 * often it changed.  To be found: a node is popped, and pushed again when the
 * node below it is gone, while another pop has looked and not yet swapped: the
 * node that is gone is the head again, and is popped twice.  */
#include <pthread.h>
#include <stdatomic.h>

#include "must.h"

enum { NODES = 3, NONE = NODES };

static atomic_int head, below[NODES] = { 1, 2, NONE }, taken[NODES];

static int
pop(void)
{
	int seen = head;

	while (seen != NONE && !atomic_compare_exchange_strong(&head, &seen,
			below[seen]))
		;
	if (seen != NONE)
		must(atomic_exchange(&taken[seen], 1) == 0,
		     "a node is popped once");
	return seen;
}

static void
push(int node)
{
	int seen = head;

	taken[node] = 0;
	do
		below[node] = seen;
	while (!atomic_compare_exchange_strong(&head, &seen, node));
}

static void *
run_popper(void *unused)
{
	pop();
	return unused;
}

static void *
run_returner(void *unused)
{
	int node = pop();

	pop();
	push(node);
	return unused;
}

int
main(void)
{
	pthread_t popper, returner;

	pthread_create(&popper, NULL, run_popper, NULL);
	pthread_create(&returner, NULL, run_returner, NULL);
	pthread_join(popper, NULL);
	pthread_join(returner, NULL);
	while (pop() != NONE)
		;
	return 0;
}
