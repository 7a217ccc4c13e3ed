/* Right: a record is as long as what a pipe takes as a whole (pipe(7),
 * PIPE_BUF).  */
#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>

#include "must.h"

enum { PAGE = 4096, RECORD = PAGE };

static int ends[2];

static void
send_record(char letter)
{
	char record[RECORD];

	memset(record, letter, RECORD);
	must(write(ends[1], record, RECORD) == RECORD, "a record is sent");
}

static void
run_first(void)
{
	send_record('1');
}

static void
run_second(void)
{
	send_record('2');
}

/* One record, as long as one is, all of one letter.  */
static void
take_record(void)
{
	char record[RECORD];
	ssize_t have = 0, n;

	while (have < RECORD) {
		n = read(ends[0], record + have, RECORD - have);
		must(n > 0, "a record comes");
		have += n;
	}
	must(memcmp(record, record + 1, RECORD - 1) == 0, "a record is whole");
}

int
main(void)
{
	must(pipe(ends) == 0, "there is a pipe");
	must(fcntl(ends[1], F_SETPIPE_SZ, PAGE) == PAGE, "it has one page");
	start(run_first);
	start(run_second);
	close(ends[1]);
	take_record();
	take_record();
	close(ends[0]);
	return finish(2);
}
