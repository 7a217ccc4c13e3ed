/* Are the checks of an exercise good enough to find what students get wrong?
 * They are tried on mutants of its good solutions.  */
#include "config.h"

#include "author/mutant.h"
#include "author/solution.h"
#include "author/verify.h"
#include "base/i18n.h"
#include "base/random.h"

#include <stdlib.h>
#include <string.h>

/* A mutant and where it is from.  */
struct candidate {
	const struct solution *solution;
	size_t file;
	const struct mutant *mutant;
	uint64_t lot;		/* drawn: the least are judged */
	struct submission changed;	/* borrows all but one file's bytes */
};

struct choosing {
	struct candidate *at;
	size_t n, room;
	struct mutants *mutants;	/* of a file each */
	size_t n_mutants, room_mutants;
};

/* ---- which ---- */
static bool
is_source(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && (strcmp(dot, ".c") == 0 || strcmp(dot, ".cc") == 0 ||
		       strcmp(dot, ".h") == 0 || strcmp(dot, ".hh") == 0);
}

static void
add_file(struct choosing *c, const struct solution *s, size_t i)
{
	const struct submission_file *f = &s->files.file[i];
	struct mutants *m;

	c->mutants = xgrow(c->mutants, &c->room_mutants, c->n_mutants + 1,
			   sizeof(*c->mutants));
	m = &c->mutants[c->n_mutants++];
	mutants_make(m, f->bytes, f->n);
	for (size_t k = 0; k < m->n; k++) {
		c->at = xgrow(c->at, &c->room, c->n + 1, sizeof(*c->at));
		c->at[c->n++] = (struct candidate){ s, i, &m->at[k] };
	}
}

static int
by_lot(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	return (x->lot > y->lot) - (x->lot < y->lot);
}

static int
by_place(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	int order = strcmp(x->solution->name, y->solution->name);

	if (order == 0)
		order = strcmp(x->solution->files.file[x->file].name,
			       y->solution->files.file[y->file].name);
	if (order == 0)
		order = (x->mutant > y->mutant) - (x->mutant < y->mutant);
	return order;
}

/* All of them, those that are judged in front and in order.  How many.  */
static size_t
choose(struct choosing *c, const struct solutions *s,
       const struct verify_options *o)
{
	uint64_t state = o->seed;
	size_t n;

	for (size_t i = 0; i < s->n; i++)
		for (size_t k = 0; k < s->at[i].files.n_files; k++)
			if (s->at[i].kind == SOLUTION_GOOD &&
			    is_source(s->at[i].files.file[k].name))
				add_file(c, &s->at[i], k);
	for (size_t i = 0; i < c->n; i++)
		c->at[i].lot = random_next(&state);
	n = c->n < o->mutants ? c->n : o->mutants;
	if (c->n)
		qsort(c->at, c->n, sizeof(*c->at), by_lot);
	if (n)
		qsort(c->at, n, sizeof(*c->at), by_place);
	return n;
}

/* ---- judging them ---- */
static void
change(struct candidate *c)
{
	const struct submission *from = &c->solution->files;
	struct submission_file *f;

	c->changed = *from;
	c->changed.file = xcalloc(from->n_files, sizeof(*f));
	memcpy(c->changed.file, from->file, from->n_files * sizeof(*f));
	f = &c->changed.file[c->file];
	f->bytes = mutant_apply(c->mutant, f->bytes, &f->n);
}

static void
survives(struct verification *v, const struct candidate *c)
{
	struct survivor *it;

	v->survivor = xrealloc(v->survivor,
			       (v->survived + 1) * sizeof(*v->survivor));
	it = &v->survivor[v->survived++];
	it->file = solution_path(c->solution,
				 c->changed.file[c->file].name);
	it->line = c->mutant->line;
	it->says = xstrdup(c->mutant->says);
}

static void
take(struct verification *v, const struct candidate *c,
     const struct hearing *h, struct problems *p)
{
	if (h->verdict == GRADE_INTERNAL)
		problem_add(p, c->solution->folder, c->mutant->line,
			    _("a mutant could not be judged (%s): %s"),
			    c->mutant->says, h->message ? h->message : "-");
	else if (h->verdict == GRADE_COMPILE_ERROR)
		v->uncompiled++;
	else if (h->verdict == GRADE_ACCEPT)
		survives(v, c);
	else
		v->killed++;
}

static void
hear(struct choosing *c, size_t n, const struct exercise *e,
     const struct verify_options *o, struct verification *v,
     struct problems *p)
{
	struct hearing *h = xcalloc(n + 1, sizeof(*h));

	for (size_t i = 0; i < n; i++) {
		change(&c->at[i]);
		h[i] = (struct hearing){
			.exercise = e, .submission = &c->at[i].changed,
			.name = c->at[i].mutant->says, .seed = o->seed,
		};
	}
	v->interrupted = hearings_hold(h, n, &o->hearing) < 0;
	for (size_t i = 0; i < n; i++) {
		if (!v->interrupted)
			take(v, &c->at[i], &h[i], p);
		hearing_release(&h[i]);
		free(c->at[i].changed.file[c->at[i].file].bytes);
		free(c->at[i].changed.file);
	}
	free(h);
}

void
verify_mutants(const struct exercise *e, const struct solutions *s,
	       const struct verify_options *o, struct verification *v,
	       struct problems *p)
{
	struct choosing c = { .n = 0 };
	size_t n = choose(&c, s, o);

	v->mutants = c.n;
	if (n)
		hear(&c, n, e, o, v, p);
	for (size_t i = 0; i < c.n_mutants; i++)
		mutants_release(&c.mutants[i]);
	free(c.mutants);
	free(c.at);
}
