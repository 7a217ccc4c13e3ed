/* Right: the reader waits until the writer rings.  */
#include <string.h>

#include "must.h"

static struct property { char value[16]; } *property;
static int bell[2];

static void
run_writer(void)
{
	strcpy(property->value, "done");
	must(write(bell[1], "!", 1) == 1, "the bell can be rung");
}

static void
run_reader(void)
{
	char rung;

	must(read(bell[0], &rung, 1) == 1, "the bell is heard");
	must(strcmp(property->value, "done") == 0, "the property is set");
}

int
main(void)
{
	int status;

	property = share(sizeof(*property));
	must(pipe(bell) == 0, "there is a bell");
	start(run_writer);
	start(run_reader);
	status = finish(2);
	close(bell[0]);
	close(bell[1]);
	return status;
}
