/* See loops.h.  */
#include "config.h"

#include "explore/loops.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MARK = '@' };

static struct loop *
find(const struct loops *l, uint64_t place)
{
	for (int i = 0; i < l->n; i++)
		if (l->loop[i].place == place)
			return (struct loop *)&l->loop[i];
	return NULL;
}

const struct loop *
loops_find(const struct loops *l, uint64_t place)
{
	return find(l, place);
}

bool
loops_are_full(const struct loops *l)
{
	return l->n >= LOOPS_MAX;
}

bool
loops_add(struct loops *l, uint64_t place, int rounds)
{
	struct loop *known = find(l, place);

	if (known ? known->rounds >= rounds : loops_are_full(l))
		return false;
	if (!known)
		known = &l->loop[l->n++];
	*known = (struct loop){ place, rounds };
	return true;
}

void
loops_write(const struct loops *l, struct buf *out)
{
	for (int i = 0; i < l->n; i++)
		buf_addf(out, "%s%c%" PRIx64 ":%d", out->len ? " " : "", MARK,
			 l->loop[i].place, l->loop[i].rounds);
}

static void
read_word(struct loops *l, const char *word)
{
	char *end;
	uint64_t place = strtoull(word + 1, &end, 16);

	if (*end == ':')
		loops_add(l, place, atoi(end + 1));
}

void
loops_read(struct loops *l, const char *words, struct buf *rest)
{
	l->n = 0;
	for (size_t n; *words; words += n, words += *words == ' ') {
		n = strcspn(words, " ");
		if (*words == MARK) {
			read_word(l, words);
		} else if (n) {
			if (rest->len)
				buf_addc(rest, ' ');
			buf_add(rest, words, n);
		}
	}
}

bool
loops_word_matters(const char *word, size_t len)
{
	const char *colon = *word == MARK ? memchr(word, ':', len) : NULL;

	return !colon || atoi(colon + 1) > 0;
}

int
loops_longest(const char *words)
{
	struct loops loops = { .n = 0 };
	struct buf rest = BUF_INIT;
	int most = 0;

	loops_read(&loops, words, &rest);
	buf_release(&rest);
	for (int i = 0; i < loops.n; i++)
		if (loops.loop[i].rounds > most)
			most = loops.loop[i].rounds;
	return most;
}
