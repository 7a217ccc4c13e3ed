/* Correct: a stack without locks whose head says which node it is, and how
 * often it changed.  Nothing is to be found.  */
#include <pthread.h>
#include <stdatomic.h>

#include "must.h"

enum { NODES = 3, NONE = NODES, STEP = NONE + 1 };

/* The head is a node, and STEP for each change before.  */
static atomic_int head, below[NODES] = { 1, 2, NONE }, taken[NODES];

static int
changed(int seen, int node)
{
	return seen / STEP * STEP + STEP + node;
}

static int
pop(void)
{
	int seen = head;

	while (seen % STEP != NONE && !atomic_compare_exchange_strong(&head,
			&seen, changed(seen, below[seen % STEP])))
		;
	if (seen % STEP != NONE)
		must(atomic_exchange(&taken[seen % STEP], 1) == 0,
		     "a node is popped once");
	return seen % STEP;
}

static void
push(int node)
{
	int seen = head;

	taken[node] = 0;
	do
		below[node] = seen % STEP;
	while (!atomic_compare_exchange_strong(&head, &seen,
			changed(seen, node)));
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
