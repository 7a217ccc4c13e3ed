/* Wrong: the reader sleeps, so that the writer surely comes first.  To be
 * found: it does not, as nothing says how long a millisecond is.  */
#include <string.h>

#include "must.h"

static struct property { char value[16]; } *property;

static void
run_writer(void)
{
	strcpy(property->value, "done");
}

static void
run_reader(void)
{
	usleep(1000);
	must(strcmp(property->value, "done") == 0, "the property is set");
}

int
main(void)
{
	property = share(sizeof(*property));
	start(run_writer);
	start(run_reader);
	return finish(2);
}
