/*
 * Descriptors that are never closed.  Exit closes what is left, and many
 * programs rely on that: what a process still has then is told only where it
 * is wanted (searching.strict).  But a place of the program that opens again
 * and again what it does not use any more, and does not close, runs out of
 * descriptors if the loop is long enough: that is told always.
 *
 * A place is known by the stack: return addresses into the program, and where
 * they stand.  Not used any more is what no call was given since the same
 * place opened the next one.  Polling counts as use of all; so does the first
 * fork behind the opening, as the child may use it, but no later one.
 */
#include "config.h"

#include "base/i18n.h"
#include "tracer/source.h"
#include "tracer/trace.h"

#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	STANDARD = 3,		/* descriptors below are for all to have */
	GROWS = 3,		/* so many of one place */
	FRAMES = 128,		/* words of the stack that are looked at */
	BACK_MAX = 1024,	/* openings: how far back the last one of a
				   place is looked for */
};

/* A call that opened.  */
struct opening {
	int process;		/* number of its leader */
	char actor[NAME_MAX_LEN];	/* ... and its name */
	uint64_t place;		/* 0: not known */
	uint32_t used;		/* how many openings there were then */
	uint32_t first, next;	/* of the same place: numbers from 1; 0 */
	bool forked;		/* ... since */
	bool watched;		/* it is in the list of an epoll(7) */
	char source[PATH_MAX_LEN];
	/* When a process ends: */
	int fd;			/* the last that it has of this opening, -1 */
	int forgotten;		/* of the first: openings that are not closed,
				   although they are not used any more */
	bool told;
};

struct openings {
	size_t n, room;
	struct opening *list;
	int code_of;		/* the process whose code lies there, 0 */
	uint64_t code, code_end;
};

void
kept_free(struct tracing *t)
{
	if (t->openings)
		free(t->openings->list);
	free(t->openings);
}

/* ---- places ---- */

/* proc(5), /proc/PID/stat: fields 26 and 27, the second is the name.  */
static void
find_code(struct openings *all, const struct task *k)
{
	char path[64], text[1024], *p;
	ssize_t n;
	int fd;

	all->code = all->code_end = 0;
	all->code_of = k->leader->number;
	snprintf(path, sizeof(path), "/proc/%d/stat", k->tid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	if (fd >= 0)
		close(fd);
	text[n > 0 ? n : 0] = '\0';
	p = strrchr(text, ')');
	for (int field = 2; p && field < 26; field++)
		p = strchr(p + 1, ' ');
	if (p)
		sscanf(p, "%" SCNu64 " %" SCNu64, &all->code, &all->code_end);
}

static uint64_t
mix(uint64_t hash, uint64_t x)
{
	hash = (hash ^ x) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 32;
}

static uint64_t
place_of(struct openings *all, const struct task *k)
{
	uint64_t word[FRAMES], hash = mix(mix(k->nr, k->ip), k->sp);
	ssize_t n = memory_read(k->tid, k->sp, word, sizeof(word));

	if (all->code_of != k->leader->number)
		find_code(all, k);
	for (ssize_t i = 0; i < n / (ssize_t)sizeof(*word); i++)
		if (word[i] >= all->code && word[i] < all->code_end)
			hash = mix(mix(hash, word[i]), i);
	return n > 0 && all->code_end ? hash : 0;
}

/* ---- calls ---- */

static struct opening *
opening_of(struct tracing *t, const struct descriptor *d)
{
	return d && d->opening ? &t->openings->list[d->opening - 1] : NULL;
}

static void
use(struct tracing *t, const struct task *k, int fd)
{
	struct descriptor *d = descriptors_get(k->fds, fd);
	struct opening *o = opening_of(t, d);

	if (!o)
		return;
	d->handed = false;
	if (o->process == k->leader->number)
		o->used = (uint32_t)t->openings->n;
}

static void
use_all(struct tracing *t, const struct task *k)
{
	for (size_t i = 0; i < k->fds->room; i++)
		use(t, k, (int)i);
}

/* The child has them, too: the first one for its use.  */
static void
fork_all(struct tracing *t, const struct task *k)
{
	for (size_t i = 0; i < t->openings->n; i++) {
		struct opening *o = &t->openings->list[i];

		if (o->process != k->leader->number || o->forked)
			continue;
		o->forked = true;
		o->used = (uint32_t)t->openings->n;
	}
}

static void
use_arguments(struct tracing *t, const struct task *k)
{
	struct opening *o;

	for (int i = 0; i < 6 && k->call->arg[i].kind; i++)
		if (k->call->arg[i].kind == ARG_FD)
			use(t, k, (int)k->arg[i]);
	if (k->call->does == DOES_POLL)
		use_all(t, k);
	else if (k->call->does == DOES_FORK && !(k->clone_flags & CLONE_THREAD))
		fork_all(t, k);
	if (k->call->does == DOES_EPOLL_CTL && (o = opening_of(t,
			descriptors_get(k->fds, (int)k->arg[2]))))
		o->watched = true;
}

/* The last of the same place before number at.  */
static void
chain(struct openings *all, size_t at)
{
	struct opening *o = &all->list[at];

	o->first = (uint32_t)at + 1;
	for (size_t i = at; o->place && i-- > 0 && at - i < BACK_MAX;) {
		struct opening *before = &all->list[i];

		if (before->place != o->place || before->process != o->process)
			continue;
		before->next = (uint32_t)at + 1;
		o->first = before->first;
		return;
	}
}

/* "report.c:14": the folder is known.  */
static void
find_source(struct tracing *t, struct task *k, char *out, size_t room)
{
	char source[PATH_MAX_LEN], *slash;

	COPY_STR(source, k->source);
	if (t->sources_on && !source[0])
		source_find(t->sources, k->tid, source, sizeof(source));
	slash = strrchr(source, '/');
	copy_str(out, room, slash ? slash + 1 : source);
}

static uint32_t
opening_new(struct tracing *t, struct task *k)
{
	struct openings *all = t->openings;
	struct opening *o;

	all->list = xgrow(all->list, &all->room, all->n + 1,
			  sizeof(*all->list));
	o = &all->list[all->n];
	*o = (struct opening){ .process = k->leader->number,
			       .place = place_of(all, k) };
	COPY_STR(o->actor, k->leader->name);
	find_source(t, k, o->source, sizeof(o->source));
	chain(all, all->n);
	return o->used = (uint32_t)++all->n;
}

/* All that one call opens is one opening.  What a shell or the like opens is
 * its own affair.  */
static void
note_opened(struct tracing *t, struct task *k)
{
	uint32_t number = 0;

	for (int i = 0; i < k->e.n_opened; i++) {
		struct descriptor *d = descriptors_get(k->fds,
						       k->e.opened[i].fd);

		if (!d || d->opening)
			continue;
		if (!number)
			number = opening_new(t, k);
		d->opening = number;
	}
}

static bool
only_sets_flags(const struct task *k)
{
	return k->call->does == DOES_FCNTL && k->arg[1] != F_DUPFD &&
	       k->arg[1] != F_DUPFD_CLOEXEC;
}

void
kept_call(struct tracing *t, struct task *k)
{
	if (!t->exec_done || !k->call || !k->fds)
		return;
	if (t->openings)
		use_arguments(t, k);
	if (!k->e.n_opened || k->system_program || only_sets_flags(k))
		return;
	if (!t->openings)
		t->openings = xcalloc(1, sizeof(*t->openings));
	note_opened(t, k);
}

void
kept_exec(struct tracing *t, struct task *k)
{
	if (!t->openings)
		return;
	t->openings->code_of = 0;
	for (size_t i = 0; i < k->fds->room; i++)
		k->fds->fd[i].handed = true;
}

/* ---- the end of a process ---- */

/* "memory 1", "the read end of pipe 2", "out.txt" */
static void
name_object(struct tracing *t, const struct descriptor *d, char *out,
	    size_t room)
{
	enum object_kind kind = thing_kind(t, d->object);
	const char *path = thing_path(t, d->object);
	bool by_path = path[0] && kind != KIND_SOCKET && kind != KIND_MEMORY &&
		       kind != KIND_TERMINAL;
	char name[64];

	if (by_path)
		thing_short_path(t, path, name, sizeof(name));
	else
		COPY_STR(name, thing_name(t, d->object));
	if (kind != KIND_PIPE && kind != KIND_FIFO)
		copy_str(out, room, name);
	else
		snprintf(out, room, d->mode & MODE_WRITE ?
			 _("the write end of %s") : _("the read end of %s"),
			 name);
}

static void
add_kept(struct tracing *t, const struct task *k, int fd,
	 const struct opening *o)
{
	struct descriptor *d = descriptors_get(k->fds, fd);
	char object[96], place[PATH_MAX_LEN + 16] = "";

	name_object(t, d, object, sizeof(object));
	if (o->source[0])
		snprintf(place, sizeof(place), _(", opened at %s"), o->source);
	if (d->handed)
		remains_add(&t->search->kept, _("%s: descriptor %d, %s, which "
			    "%s has open without a use for it%s"),
			    task_role(t, k->leader).text, fd, object,
			    k->program, place);
	else if (o->process == k->leader->number)
		remains_add(&t->search->kept, _("%s: descriptor %d, %s%s"),
			    task_role(t, k->leader).text, fd, object, place);
	else
		remains_add(&t->search->inherited, _("%s: descriptor %d, %s, "
			    "which it has from %s%s"), task_role(t, k->leader).text,
			    fd, object, cast_role(t->config.cast,
			    o->actor).text, place);
}

/* Which of its own openings it still has, and which of these it does not
 * use.  */
static void
count_forgotten(struct tracing *t, const struct task *k)
{
	struct openings *all = t->openings;

	for (size_t i = 0; i < all->n; i++) {
		all->list[i].fd = -1;
		all->list[i].forgotten = 0;
		all->list[i].told = false;
	}
	for (size_t i = 0; i < k->fds->room; i++) {
		struct opening *o = opening_of(t, descriptors_get(k->fds, i));

		if (o && o->process == k->leader->number)
			o->fd = (int)i;
	}
	for (size_t i = 0; i < all->n; i++) {
		struct opening *o = &all->list[i];

		if (o->fd >= 0 && !o->watched &&
		    (!o->next || o->used < o->next))
			all->list[o->first - 1].forgotten++;
	}
}

/* Those that grow in number.  */
static void
tell_growing(struct tracing *t, const struct task *k)
{
	struct openings *all = t->openings;
	char place[PATH_MAX_LEN + 16] = "";

	for (size_t i = 0; i < all->n; i++) {
		struct opening *o = &all->list[i];

		if (o->forgotten < GROWS)
			continue;
		if (o->source[0])
			snprintf(place, sizeof(place), _(" at %s"), o->source);
		remains_add(&t->search->kept, _("%s: %d that it opened one "
			    "after the other%s, and neither uses any more "
			    "nor closes"), task_role(t, k->leader).text, o->forgotten,
			    place);
		o->told = true;
	}
}

static void
tell_kept(struct tracing *t, const struct task *k)
{
	for (size_t i = STANDARD; i < k->fds->room; i++) {
		struct opening *o = opening_of(t, descriptors_get(k->fds, i));

		if (o && !t->openings->list[o->first - 1].told)
			add_kept(t, k, (int)i, o);
	}
}

/* One that is killed had no time to close anything.  */
void
kept_end(struct tracing *t, struct task *k, int status)
{
	if (!t->openings || t->quit || !WIFEXITED(status) || !k->fds ||
	    k->fds->refs > 1)
		return;
	count_forgotten(t, k);
	tell_growing(t, k);
	if (t->search->strict)
		tell_kept(t, k);
}
