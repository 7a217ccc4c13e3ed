/*
 * The same run again: what we do not control shows as a difference, and is
 * named.  While runs still teach which memory is shared, two of them need not
 * be alike.
 */
#include "config.h"

#include "explore/work_inside.h"

#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

struct first {
	struct tape tape;
	uint64_t *hash;
	size_t n;
	char *steps;		/* as lines */
	uint64_t digest;
	int status;
	char *output;
	size_t output_len;
};

static void
first_release(struct first *f)
{
	tape_release(&f->tape);
	free(f->hash);
	free(f->steps);
	free(f->output);
}

static void
keep(struct first *f, const struct attempt *made)
{
	first_release(f);
	*f = (struct first){ .n = made->n_hash,
			     .steps = xstrdup(buf_str(&made->steps)),
			     .digest = made->end.digest,
			     .status = made->end.status,
			     .output_len = made->end.output_len };
	f->output = xmalloc(f->output_len + 1);
	memcpy(f->output, made->end.output, f->output_len);
	tape_copy(&f->tape, &made->tape);
	f->hash = xmalloc((made->n_hash + 1) * sizeof(*f->hash));
	if (made->n_hash)
		memcpy(f->hash, made->hash, made->n_hash * sizeof(*f->hash));
}

static int
make_random(struct work *w, char **why)
{
	struct tape none = TAPE_INIT;
	struct follow f = { .tape = &none, .skip = SIZE_MAX,
			    .rest = FOLLOW_RANDOM,
			    .random = (uint64_t)w->order->seed };
	int rc;

	follow_begin(&f);
	rc = attempt_follow(&w->attempts, &f, why);
	follow_end(&f);
	return rc;
}

static int
make_again(struct work *w, const struct first *first, bool *differs, char **why)
{
	struct follow f = { .tape = &first->tape, .exact = first->tape.n,
			    .skip = SIZE_MAX, .rest = FOLLOW_STRAIGHT };
	int rc;

	follow_begin(&f);
	rc = attempt_follow(&w->attempts, &f, why);
	follow_end(&f);
	*differs = f.differs;
	return rc;
}

/* Line i of some, and its length; 0: there is none.  */
static size_t
line_at(const char **lines, size_t i)
{
	while (i-- && (*lines = strchr(*lines, '\n')))
		++*lines;
	return *lines ? strcspn(*lines, "\n") : 0;
}

/* "A: write" of "A: write: write to a pipe of..."  */
static size_t
short_form(const char *line, size_t len)
{
	const char *colon = memmem(line, len, ": ", 2);
	const char *end = colon ? memmem(colon + 2, len - (size_t)(colon + 2 -
					 line), ": ", 2) : NULL;

	return end ? (size_t)(end - line) : len;
}

static void
add_step(struct buf *out, const char *line, size_t len)
{
	if (len)
		buf_add(out, line, len);
	else
		buf_adds(out, _("the end"));
}

/* No more of the two lines than tells them apart.  */
static void
name_difference(struct buf *out, size_t step, const char *a, const char *b)
{
	size_t len_a = line_at(&a, step), len_b = line_at(&b, step);
	size_t short_a = len_a ? short_form(a, len_a) : 0;
	size_t short_b = len_b ? short_form(b, len_b) : 0;

	if (short_a != short_b || memcmp(a, b, short_a) != 0) {
		len_a = short_a;
		len_b = short_b;
	}
	buf_addf(out, _("step %zu is once "), step + 1);
	add_step(out, a, len_a);
	buf_adds(out, _(" and once "));
	add_step(out, b, len_b);
}

/* ---- the same steps, and other results ---- */

enum { SHOWN_BEFORE = 30, SHOWN_MAX = 40 };	/* bytes of what was printed */

/* The line around a byte of what was printed.  */
static void
add_line(struct buf *out, const char *text, size_t len, size_t at)
{
	size_t from = at;

	while (from > 0 && at - from < SHOWN_BEFORE && text[from - 1] != '\n')
		from--;
	buf_addc(out, '"');
	for (size_t i = from; i < len && i < from + SHOWN_MAX &&
			      text[i] != '\n'; i++)
		buf_addc(out, text[i] < ' ' || text[i] > '~' ? '?' : text[i]);
	buf_addc(out, '"');
}

/* Do their ends differ?  If so, that is told.  */
static bool
name_result(struct buf *out, const struct first *f, const struct run_end *end)
{
	size_t i = 0;

	while (i < f->output_len && i < end->output_len &&
	       f->output[i] == end->output[i])
		i++;
	if (i < f->output_len || i < end->output_len) {
		buf_adds(out, _("the same steps printed once "));
		add_line(out, f->output, f->output_len, i);
		buf_adds(out, _(" and once "));
		add_line(out, end->output, end->output_len, i);
		return true;
	}
	if (f->status == end->status)
		return false;
	buf_adds(out, _("the same steps had another exit status"));
	return true;
}

/* Where they part, in a sentence; "" where they do not.  */
static void
compare(struct work *w, const struct first *first, bool differs)
{
	const struct attempt *made = &w->attempts.last;
	size_t i = 0;

	while (i < first->n && i < made->n_hash &&
	       first->hash[i] == made->hash[i])
		i++;
	if (i < first->n || i < made->n_hash || differs) {
		buf_clear(&w->text);
		name_difference(&w->text, i, first->steps,
				buf_str(&made->steps));
	} else if (w->text.len > 0)
		;	/* told by the last run of the search */
	else if (!name_result(&w->text, first, &made->end) &&
		 first->digest != made->end.digest)
		buf_adds(&w->text, _("the same steps had other results"));
}

/* Both of them.  *again: they taught something, or failed: there is nothing to
 * compare.  1: the item has ended.  */
static int
make_both(struct work *w, struct first *first, bool *again, char **why)
{
	struct driver *d = w->attempts.driver;
	bool differs, taught;

	if (make_random(w, why) < 0)
		return -1;
	keep(first, &w->attempts.last);
	taught = driver_learned(d);
	if (work_count(w))
		return 1;
	if (make_again(w, first, &differs, why) < 0)
		return -1;
	*again = taught || driver_learned(d);
	if (!*again)
		compare(w, first, differs);
	return work_count(w);
}

/* The run that was made last, again.  *unlike: it was not the same; made both
 * anew, they may tell where.  1: the item has ended.  */
static int
repeat_last(struct work *w, bool *again, bool *unlike, char **why)
{
	struct first last = { .n = 0 };
	uint64_t digest = w->attempts.last.end.digest;
	bool differs, taught = driver_learned(w->attempts.driver);
	/* One that was given up goes on, when it is made again; so does one in
	 * which somebody was led on.  */
	bool whole = w->attempts.last.whole && !w->attempts.last.livelock;
	int rc;

	keep(&last, &w->attempts.last);
	rc = make_again(w, &last, &differs, why);
	if (rc == 0) {
		taught |= driver_learned(w->attempts.driver);
		differs |= w->attempts.last.end.digest != digest;
		*again = differs || taught;
		*unlike = whole && differs && !taught;
		if (*unlike)
			name_result(&w->text, &last, &w->attempts.last.end);
		rc = work_count(w);
	}
	first_release(&last);
	return rc;
}

/* As many runs as the order says at most: until two in a row teach nothing. */
int
work_twice(struct work *w, char **why)
{
	struct first first = { .n = 0 };
	bool again = true, unlike = false;
	int rc = 0;

	if (w->order->on)
		rc = repeat_last(w, &again, &unlike, why);
	w->attempts.last.want_steps = true;
	while (rc == 0 && again && w->end.runs + 2 <= w->order->runs)
		rc = make_both(w, &first, &again, why);
	w->attempts.last.want_steps = false;
	/* The budget had no room for more, or they were alike by chance. */
	if (unlike && !w->text.len)
		buf_adds(&w->text, _("where they part did not show"));
	if (rc == 0)
		work_tell_end(w);
	first_release(&first);
	return rc < 0 ? -1 : 0;
}
