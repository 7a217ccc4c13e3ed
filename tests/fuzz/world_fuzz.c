/* Any file may be opened as a recording; what can be read is folded, and
 * everything that a view would ask is asked.  */
#include "tests/fuzz/fuzz.h"

#include "event/log.h"
#include "world/signals.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static void
ask(const struct world *w)
{
	struct buf out = BUF_INIT;
	char content[CONTENT_MAX_LEN];

	for (int a = 0; a < w->n_actors; a++) {
		world_why(w, a, &out);
		world_next(w, a, &out);
		if (world_deliverable(w, a) && !world_pending(w, a, 0))
			abort();
		world_in_handler(w, a);
	}
	for (int o = 0; o < w->n_objects; o++) {
		if (world_ends(w, o, MODE_READ) < 0 ||
		    w->object[o].bytes < 0 || w->object[o].debt < 0)
			abort();
		world_room(w, o);
		world_content(w, o, content, sizeof(content), NULL);
		for (int i = 0; i < CONTENT_MAX_LEN; i++)
			if (world_byte_writer(w, o, i, NULL) >= w->n_actors)
				abort();
		for (int i = 0; world_mapping(w, o, -1, i); i++)
			if (world_mapping(w, o, -1, i)->length <= 0)
				abort();
	}
	world_deadlock(w, &out);
	world_check(w, &w->last, &out);
	buf_release(&out);
}

static void
fold(struct log *log)
{
	struct world *w = world_new(log_header(log)), *copy;
	char *why = NULL;

	for (uint64_t n = 1; n <= log_count(log); n++) {
		const struct event *e = log_at(log, n, &why);

		if (!e)
			continue;
		world_apply(w, e);
		copy = world_copy(w);
		world_free(w);
		w = copy;
		ask(w);
	}
	free(why);
	world_free(w);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("recording", MFD_CLOEXEC);
	char path[64], *why = NULL;
	struct log *log;

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	log = log_open(path, &why);
	if (log)
		fold(log);
	else if (!why)
		abort();	/* an error without a sentence */
	log_free(log);
	free(why);
	close(fd);
	return 0;
}
