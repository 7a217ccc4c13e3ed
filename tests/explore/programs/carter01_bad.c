/* Wrong: two groups share the gate, and the first of a group waits for the
 * room while it holds it.  To be found: a deadlock, as who is in the room must
 * pass the gate to get out; two bystanders only make the way there longer.  */
#include <pthread.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t room = PTHREAD_MUTEX_INITIALIZER;

struct group { pthread_mutex_t *gate; int inside; };

static struct group reds = { &gate, 0 }, blues = { &gate, 0 };

static void *
run_guest(void *argument)
{
	struct group *group = argument;

	pthread_mutex_lock(group->gate);
	if (++group->inside == 1)
		pthread_mutex_lock(&room);
	pthread_mutex_unlock(group->gate);

	pthread_mutex_lock(group->gate);
	if (--group->inside == 0)
		pthread_mutex_unlock(&room);
	pthread_mutex_unlock(group->gate);
	return NULL;
}

static void *
run_bystander(void *unused)
{
	return unused;
}

int
main(void)
{
	pthread_t red, blue, bystanders[2];

	pthread_create(&red, NULL, run_guest, &reds);
	pthread_create(&blue, NULL, run_guest, &blues);
	pthread_create(&bystanders[0], NULL, run_bystander, NULL);
	pthread_create(&bystanders[1], NULL, run_bystander, NULL);
	pthread_join(red, NULL);
	pthread_join(blue, NULL);
	pthread_join(bystanders[0], NULL);
	pthread_join(bystanders[1], NULL);
	return 0;
}
