/* Wrong: the reader waits for an alarm, so that the report is surely there.  To
 * be found: it is not, as nothing says how long the writer takes.  */
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
	signal(SIGALRM, ring);
	start(run_writer);
	alarm(1);
	pause();
	must(unlink("report") == 0, "the report is there");
	return finish(1);
}
