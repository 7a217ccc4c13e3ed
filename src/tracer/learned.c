/*
 * Which memory of a process its threads share, learned from run to run: the
 * granules of it (runtime/abi.h), by their addresses.  Programs are loaded at
 * the same addresses in each driven run.
 *
 * What is kept longer than a search is words that hold in other builds of the
 * program, too (spot.h): those become addresses when a process is there.
 */
#include "config.h"

#include "base/buf.h"
#include "tracer/spot.h"
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
	char **word;		/* not addresses yet */
	size_t n_words, room_words;
};

struct learned *
learned_new(void)
{
	return xcalloc(1, sizeof(struct learned));
}

static void
drop_words(struct learned *l)
{
	for (size_t i = 0; i < l->n_words; i++)
		free(l->word[i]);
	l->n_words = 0;
}

void
learned_free(struct learned *l)
{
	if (!l)
		return;
	drop_words(l);
	free(l->word);
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

static void
keep_word(struct learned *l, const char *word, size_t len)
{
	l->word = xgrow(l->word, &l->room_words, l->n_words + 1,
			sizeof(*l->word));
	l->word[l->n_words++] = xstrndup(word, len);
}

/* An address, or a place by its name.  */
static bool
read_word(struct learned *l, const char *word, size_t len)
{
	uint64_t granule;
	char *end;

	if (spot_is_word(word, len)) {
		keep_word(l, word, len);
		return l->n_words <= GRANULES_MAX;
	}
	errno = 0;
	granule = strtoull(word, &end, 16);
	if (end != word + len || errno || granule % RT_GRANULE)
		return false;
	add_granule(l, granule);
	return true;
}

int
learned_read(struct learned *l, const char *words)
{
	char *end;

	l->n = 0;
	drop_words(l);
	if (!*words)
		return 0;
	if (strncmp(words, "granules=", 9) != 0 ||
	    strtol(words + 9, &end, 10) != RT_GRANULE)
		return -1;
	for (words = end; *words; words = end) {
		size_t len = strcspn(words + 1, " ");

		end = (char *)words + 1 + len;
		if (*words != ' ' || len == 0 ||
		    !read_word(l, words + 1, len))
			return -1;
	}
	return 0;
}

void
learned_find(struct learned *l, pid_t pid, struct buf *missing)
{
	struct spots *s = l->n_words ? spots_of(pid) : NULL;
	uint64_t from, to;

	for (size_t i = 0; i < l->n_words; i++)
		if (s && spot_find(s, l->word[i], &from, &to))
			learned_add(l, from, to);
		else
			buf_addf(missing, "%s%s", missing->len ? ", " : "",
				 l->word[i]);
	spots_free(s);
	drop_words(l);
}

/* What lies side by side has one word.  */
static size_t
run_from(const struct learned *l, size_t i)
{
	size_t n = 1;

	while (i + n < l->n && l->at[i + n] == l->at[i] + n * RT_GRANULE)
		n++;
	return n;
}

void
learned_name(const struct learned *l, pid_t pid, struct buf *out)
{
	struct spots *s = l->n ? spots_of(pid) : NULL;
	size_t n;

	buf_addf(out, "granules=%d", RT_GRANULE);
	for (size_t i = 0; i < l->n; i += n) {
		n = s ? run_from(l, i) : 1;
		if (!s || !spot_write(s, l->at[i],
				      l->at[i] + n * RT_GRANULE, out))
			for (size_t k = i; k < i + n; k++)
				buf_addf(out, " %" PRIx64, l->at[k]);
	}
	spots_free(s);
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
