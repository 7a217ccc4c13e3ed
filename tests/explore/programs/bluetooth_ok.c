/* Correct: the user counts itself in before it looks whether the driver stops.
 * Nothing is to be found.  */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "must.h"

static atomic_int users = 1;	/* the driver itself is one */
static atomic_bool stopping, stopped;

/* The last one to leave stops the device.  */
static void
leave(void)
{
	if (atomic_fetch_sub(&users, 1) == 1)
		stopped = true;
}

static bool
enter(void)
{
	atomic_fetch_add(&users, 1);
	if (!stopping)
		return true;
	leave();
	return false;
}

static void *
run_user(void *unused)
{
	if (enter()) {
		must(!stopped, "a device in use is not stopped");
		leave();
	}
	return unused;
}

int
main(void)
{
	pthread_t user;

	pthread_create(&user, NULL, run_user, NULL);
	stopping = true;
	leave();
	pthread_join(user, NULL);
	return 0;
}
