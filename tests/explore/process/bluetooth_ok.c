/* Right: the user counts itself in, and then looks if the driver stops.  */
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
	atomic_fetch_add(&device->users, 1);
	if (!device->stopping)
		return true;
	leave();
	return false;
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
