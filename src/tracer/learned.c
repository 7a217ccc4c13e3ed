/*
 * Which memory of a process its threads share, learned from run to run: the
 * granules of it (runtime/abi.h), by their addresses.  Programs are loaded at
 * the same addresses in each driven run.
 */
#include "config.h"

#include "base/buf.h"
#include "tracer/trace.h"

#include "runtime/abi.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* More are not kept: those are told of late, in each run anew.  */
enum { GRANULES_MAX = 1 << 16 };

struct learned {
	uint64_t *at;		/* in order */
	size_t n, room;
};

struct learned *
learned_new(void)
{
	return xcalloc(1, sizeof(struct learned));
}

void
learned_free(struct learned *l)
{
	if (!l)
		return;
	free(l->at);
	free(l);
}

size_t
learned_count(const struct learned *l)
{
	return l->n;
}

static bool
add_granule(struct learned *l, uint64_t granule)
{
	size_t low = 0, high = l->n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (l->at[middle] < granule)
			low = middle + 1;
		else
			high = middle;
	}
	if ((low < l->n && l->at[low] == granule) || l->n >= GRANULES_MAX)
		return false;
	l->at = xgrow(l->at, &l->room, l->n + 1, sizeof(*l->at));
	memmove(&l->at[low + 1], &l->at[low],
		(l->n - low) * sizeof(*l->at));
	l->at[low] = granule;
	l->n++;
	return true;
}

bool
learned_add(struct learned *l, uint64_t from, uint64_t to)
{
	bool any = false;

	for (uint64_t at = from & ~(uint64_t)(RT_GRANULE - 1); at < to &&
	     l->n < GRANULES_MAX; at += RT_GRANULE)
		any |= add_granule(l, at);
	return any;
}

/* The first word says that there are words: also where nothing is shared. */
void
learned_write(const struct learned *l, struct buf *out)
{
	buf_addf(out, "granules=%d", RT_GRANULE);
	for (size_t i = 0; i < l->n; i++)
		buf_addf(out, " %" PRIx64, l->at[i]);
}

int
learned_read(struct learned *l, const char *words)
{
	char *end;

	l->n = 0;
	if (!*words)
		return 0;
	if (strncmp(words, "granules=", 9) != 0 ||
	    strtol(words + 9, &end, 10) != RT_GRANULE)
		return -1;
	for (words = end; *words; words = end) {
		uint64_t granule;

		errno = 0;
		granule = strtoull(words, &end, 16);
		if (*words != ' ' || end <= words + 1 || errno ||
		    granule % RT_GRANULE)
			return -1;
		add_granule(l, granule);
	}
	return 0;
}

size_t
learned_put(const struct learned *l, pid_t tid, uint64_t table, size_t room,
	    size_t at)
{
	size_t n = l->n - at < room ? l->n - at : room;

	if (n > 0 && !memory_write(tid, table, l->at + at, n * sizeof(*l->at)))
		return 0;
	return n;
}
