/*
 * A tape as one line of text: "A go!,A.1 cut 10*,B go": the actor, what was
 * picked, its number where it has one, ! where it preempted, * for a fault.
 */
#include "config.h"

#include "explore/tape.h"

#include <stdio.h>
#include <string.h>

static const char *const kinds[] = {
	[ALTERNATIVE_GO] = "go",
	[ALTERNATIVE_EXPIRE] = "expire",
	[ALTERNATIVE_DELIVER] = "deliver",
	[ALTERNATIVE_CUT] = "cut",
	[ALTERNATIVE_FAIL] = "fail",
	[ALTERNATIVE_WAKE] = "wake",
};

void
tape_write(struct buf *out, const struct tape *t,
	   const char *(*name)(const void *with, int actor), const void *with)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct pick *k = &t->pick[i];

		buf_addf(out, "%s%s %s", i ? "," : "", name(with, k->actor),
			 kinds[k->kind]);
		if (k->number)
			buf_addf(out, " %d", k->number);
		if (k->preempts)
			buf_addc(out, '!');
		if (k->fault)
			buf_addc(out, '*');
	}
}

static bool
parse_kind(const char *word, enum alternative_kind *kind)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (strcmp(kinds[i], word) == 0) {
			*kind = (enum alternative_kind)i;
			return true;
		}
	return false;
}

static bool
take(const char **p, char c)
{
	if (**p != c)
		return false;
	++*p;
	return true;
}

/* One pick, up to a comma or the end.  */
static bool
parse_pick(struct pick *k, const char **p,
	   int (*number)(void *with, const char *name), void *with)
{
	char name[NAME_MAX_LEN], word[16];
	int used = 0, more = 0;

	*k = (struct pick){ .number = 0 };
	if (sscanf(*p, "%31[^ ,] %15[a-z]%n", name, word, &used) != 2 ||
	    !parse_kind(word, &k->kind))
		return false;
	*p += used;
	if (**p == ' ') {
		if (sscanf(*p, " %9d%n", &k->number, &more) != 1)
			return false;
		*p += more;
	}
	k->preempts = take(p, '!');
	k->fault = take(p, '*');
	k->actor = number(with, name);
	return k->actor >= 0;
}

int
tape_parse(struct tape *t, const char *p,
	   int (*number)(void *with, const char *name), void *with)
{
	struct pick k;

	while (*p) {
		if (!parse_pick(&k, &p, number, with))
			return -1;
		t->pick = xgrow(t->pick, &t->room, t->n + 1,
				sizeof(*t->pick));
		t->pick[t->n++] = k;
		if (*p && (!take(&p, ',') || !*p))
			return -1;
	}
	return 0;
}
