/* Wrong: two groups share the gate, and the first of a group waits for the
 * room while it holds it.  To be found: a deadlock, as who is in the room must
 * pass the gate to get out; a bystander only makes the way there longer.  */
#include "lock.h"

struct group { pthread_mutex_t gate; int inside; };

static struct house {
	pthread_mutex_t room;
	struct group reds, blues;
} *house;

static void
visit(pthread_mutex_t *gate, struct group *group)
{
	pthread_mutex_lock(gate);
	if (++group->inside == 1)
		pthread_mutex_lock(&house->room);
	pthread_mutex_unlock(gate);

	pthread_mutex_lock(gate);
	if (--group->inside == 0)
		pthread_mutex_unlock(&house->room);
	pthread_mutex_unlock(gate);
}

static void
run_red(void)
{
	visit(&house->reds.gate, &house->reds);
}

static void
run_blue(void)
{
	visit(&house->reds.gate, &house->blues);
}

static void
run_bystander(void)
{
}

int
main(void)
{
	house = share(sizeof(*house));
	make_lock(&house->room);
	make_lock(&house->reds.gate);
	make_lock(&house->blues.gate);
	start(run_red);
	start(run_blue);
	start(run_bystander);
	return finish(3);
}
