/* Wrong: the user looks whether the driver stops before it counts itself in.
 * To be found: the driver stops between the look and the count.  */
#include <stdatomic.h>
#include <stdbool.h>

#include "must.h"

static struct device {
	atomic_int users;		/* the driver itself is one */
	atomic_bool stopping, stopped;
} *device;

/* The last one to leave stops the device.  */
static void
leave(void)
{
	if (atomic_fetch_sub(&device->users, 1) == 1)
		device->stopped = true;
}

static bool
enter(void)
{
	if (device->stopping)
		return false;
	atomic_fetch_add(&device->users, 1);
	return true;
}

static void
run_user(void)
{
	if (enter()) {
		must(!device->stopped, "a device in use is not stopped");
		leave();
	}
}

static void
run_driver(void)
{
	device->stopping = true;
	leave();
}

int
main(void)
{
	device = share(sizeof(*device));
	device->users = 1;
	start(run_user);
	start(run_driver);
	return finish(2);
}
