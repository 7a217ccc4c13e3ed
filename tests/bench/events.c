/*
 * A recording of 1,000,000 events: written, opened, read whole, folded.
 * Prints seconds of processor time for each, and the memory at the end.
 */
#include "config.h"

#include "event/log.h"
#include "world/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 1000000 };

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static void
tell(const char *what, double *since)
{
	double now = seconds();

	printf("%-44s %6.2f s\n", what, now - *since);
	*since = seconds();
}

/* A writes 4096 bytes and A.1 reads them, over and over.  */
static void
make_event(struct event *e, int i)
{
	bool writes = i % 2 == 0;

	event_init(e, i < 2 ? WHAT_START : WHAT_CALL);
	e->n = i + 1;
	COPY_STR(e->actor, writes ? "A" : "A.1");
	e->pid = e->tid = writes ? 4711 : 4712;
	e->time = 1000LL * i;
	if (i < 2)
		return;
	COPY_STR(e->call, writes ? "write" : "read");
	COPY_STR(e->args, writes ? "{\"fd\":4,\"count\":4096}"
				 : "{\"fd\":3,\"count\":4096}");
	COPY_STR(e->object, "pipe 1");
	COPY_STR(e->source, "fill.c:19");
	e->end = writes ? MODE_WRITE : MODE_READ;
	e->fd = writes ? 4 : 3;
	e->description = writes ? 2 : 1;
	e->has_result = true;
	e->result = e->bytes = 4096;
	memset(e->data, 'a', 32);
	e->data_len = 32;
}

static void
write_recording(const char *path)
{
	struct header h = { .version = EVENT_VERSION, .command = "bench" };
	struct event *e = xmalloc(sizeof(*e));
	struct buf out = BUF_INIT;
	FILE *f = fopen(path, "w");

	if (!f)
		die("cannot write %s", path);
	header_write(&out, &h);
	for (int i = 0; i < EVENTS; i++) {
		make_event(e, i);
		event_write(&out, e);
		if (out.len > 65536) {
			fwrite(out.data, 1, out.len, f);
			buf_clear(&out);
		}
	}
	fwrite(buf_str(&out), 1, out.len, f);
	fclose(f);
	buf_release(&out);
	free(e);
}

static const struct event *
look(struct log *log, uint64_t n)
{
	char *why = NULL;
	const struct event *e = log_at(log, n, &why);

	if (!e)
		die("%s", why);
	return e;
}

int
main(void)
{
	char path[] = "/tmp/ipclab-bench-XXXXXX", *why = NULL;
	int fd = mkstemp(path);
	double since = seconds();
	struct rusage usage;
	struct world *w;
	struct log *log;

	if (fd < 0)
		die("cannot make a temporary file");
	close(fd);
	write_recording(path);
	tell("1,000,000 events written", &since);
	log = log_open(path, &why);
	unlink(path);
	if (!log)
		die("%s", why);
	tell("... opened", &since);
	w = world_new(log_header(log));
	for (uint64_t n = 1; n <= log_count(log); n++)
		look(log, n);
	tell("... read and parsed, all", &since);
	for (uint64_t n = 1; n <= log_count(log); n++)
		world_apply(w, look(log, n));
	tell("... read, parsed and folded, all", &since);
	getrusage(RUSAGE_SELF, &usage);
	printf("%-44s %6ld MB\n", "memory", usage.ru_maxrss / 1024);
	world_free(w);
	log_free(log);
	return 0;
}
