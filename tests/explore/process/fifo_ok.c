/* Right: one opens first the FIFO that it reads.  */
#include <fcntl.h>
#include <sys/stat.h>

#include "must.h"

static const char there[] = "fifo.there", back[] = "fifo.back";

static void
run_asker(void)
{
	int out = open(there, O_WRONLY), in = open(back, O_RDONLY);
	char letter;

	must(write(out, "?", 1) == 1, "the question is sent");
	must(read(in, &letter, 1) == 1, "the answer comes");
	close(out);
	close(in);
}

static void
run_answerer(void)
{
	int in = open(there, O_RDONLY), out = open(back, O_WRONLY);
	char letter;

	must(read(in, &letter, 1) == 1, "the question comes");
	must(write(out, "!", 1) == 1, "the answer is sent");
	close(out);
	close(in);
}

int
main(void)
{
	int status;

	unlink(there);
	unlink(back);
	must(mkfifo(there, 0600) == 0 && mkfifo(back, 0600) == 0,
	     "there are FIFOs");
	start(run_asker);
	start(run_answerer);
	status = finish(2);
	unlink(there);
	unlink(back);
	return status;
}
