/* Right: the reader waits for the writer's end.  */
#include <fcntl.h>
#include <signal.h>

#include "must.h"

static void
ring(int signal)
{
	(void)signal;
}

static void
run_writer(void)
{
	close(open("report", O_CREAT | O_WRONLY, 0600));
}

int
main(void)
{
	int status;

	signal(SIGALRM, ring);
	start(run_writer);
	alarm(1);
	pause();
	status = finish(1);
	must(unlink("report") == 0, "the report is there");
	return status;
}
