/* The adviser.  */
#include "config.h"

#include "bench/advise.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "bench/text.h"

#include <stdlib.h>
#include <string.h>

enum { BEST = 3, WIDTH = 78, PIPE_BUF_BYTES = 4096 };

const struct ask_def questions[QUESTIONS] = {
	[ASK_WHERE] = { N_("Who are the processes that talk?"),
		{ N_("Related: a parent and its children"),
		  N_("Strangers on one machine"),
		  N_("On different machines"), NULL } },
	[ASK_WHAT] = { N_("What goes from one to the other?"),
		{ N_("Messages, each a whole"),
		  N_("A stream of bytes"),
		  N_("A state that others look at"),
		  N_("Only a sign that something has happened"), NULL } },
	[ASK_SIZE] = { N_("How large is it at most?"),
		{ N_("A number"), N_("Up to 4 KiB"), N_("Up to 64 KiB"),
		  N_("More"), NULL } },
	[ASK_WHO] = { N_("How many write, and how many read?"),
		{ N_("One writes, one reads"),
		  N_("Many write, one reads"),
		  N_("Many read, each takes a part of it"),
		  N_("Many read, each sees all of it"), NULL } },
	[ASK_MORE] = { N_("What else must it do?"),
		{ N_("Nothing"),
		  N_("Be waited for together with other things (poll)"),
		  N_("Keep what was sent when the processes end"),
		  N_("Both of these"), NULL } },
};

int
question_answers(enum question q)
{
	int n = 0;

	while (questions[q].answer[n])
		n++;
	return n;
}

/* The sizes that stand for the answers, in bench_sizes: 4, 4K, 64K, 1M.  */
static const int size_of[ANSWERS_MAX] = { 1, 6, 8, 10 };

/*
 * What an answer demands: one of these traits, and what is said when the
 * mechanism has it and when it has not.  A mechanism that lacks it but has
 * instead is not ruled out: that is a drawback.
 */
struct demand {
	enum question question;
	unsigned answers;	/* bits */
	unsigned trait, instead;
	const char *has, *drawback, *lacks;
};

#define ANSWER(n) (1u << (n))

static const struct demand demands[] = {
	{ ASK_WHERE, ANSWER(WHERE_SAME), TRAIT_UNRELATED, 0,
	  N_("strangers can meet: it has a name"), NULL,
	  N_("only related processes can share it") },
	{ ASK_WHERE, ANSWER(WHERE_ACROSS), TRAIT_MACHINES, 0,
	  N_("works across machines"), NULL,
	  N_("does not leave the machine") },
	{ ASK_WHAT, ANSWER(WHAT_MESSAGES), TRAIT_MESSAGES, TRAIT_STREAM,
	  N_("keeps messages apart"),
	  N_("a stream of bytes: you mark where a message ends"),
	  N_("does not carry messages") },
	{ ASK_WHAT, ANSWER(WHAT_STREAM), TRAIT_STREAM, TRAIT_MESSAGES,
	  N_("carries a stream"),
	  N_("messages: you cut the stream into pieces"),
	  N_("does not carry a stream") },
	{ ASK_WHAT, ANSWER(WHAT_STATE), TRAIT_STATE,
	  TRAIT_MESSAGES | TRAIT_STREAM,
	  N_("the state stands there for whoever looks"),
	  N_("what is read is gone: each reader must be told"),
	  N_("keeps no state to look at") },
	{ ASK_WHAT, ANSWER(WHAT_SIGN), TRAIT_SIGN,
	  TRAIT_MESSAGES | TRAIT_STREAM,
	  N_("gives a sign and no more"),
	  N_("more than a sign needs"), N_("gives no sign") },
	{ ASK_WHO, ANSWER(WHO_WRITERS), TRAIT_MANY_WRITERS, 0,
	  N_("many can write, and nothing is mixed"), NULL,
	  N_("is for one writer") },
	{ ASK_WHO, ANSWER(WHO_SHARE), TRAIT_MANY_READERS, 0,
	  N_("many can read, and each takes the next"), NULL,
	  N_("readers cannot share it message by message") },
	{ ASK_WHO, ANSWER(WHO_ALL), TRAIT_ALL_READERS,
	  TRAIT_MESSAGES | TRAIT_STREAM,
	  N_("all readers see the same"),
	  N_("one copy must be sent to each reader"),
	  N_("what one reader takes, the others do not see") },
	{ ASK_MORE, ANSWER(MORE_POLL) | ANSWER(MORE_BOTH), TRAIT_POLL, 0,
	  N_("poll can wait for it"), NULL,
	  N_("poll cannot wait for it") },
	{ ASK_MORE, ANSWER(MORE_SURVIVES) | ANSWER(MORE_BOTH),
	  TRAIT_SURVIVES, 0,
	  N_("what was sent outlives the processes"), NULL,
	  N_("goes with the processes") },
	/* What speaks against some, whatever else was answered.  */
	{ ASK_WHAT, ANSWER(WHAT_MESSAGES) | ANSWER(WHAT_STREAM)
	  | ANSWER(WHAT_SIGN), TRAIT_WAITS, 0,
	  NULL, NULL, N_("the receiver cannot sleep: it must poll") },
	{ ASK_WHAT, ANSWER(WHAT_MESSAGES) | ANSWER(WHAT_STREAM),
	  TRAIT_SAFE, ~0u,
	  NULL, N_("it may lose some, or refuse it when it is full"), NULL },
};

static void
add_reason(struct advice *a, enum reason_kind kind, const char *text)
{
	if (text && a->n < REASONS_MAX)
		a->reason[a->n++] = (struct reason){ kind, text };
	a->n_against += kind == REASON_AGAINST;
	a->n_drawbacks += kind == REASON_DRAWBACK;
}

static void
weigh_demands(struct advice *a, const int answer[QUESTIONS])
{
	unsigned traits = a->row->traits;

	for (size_t i = 0; i < ARRAY_SIZE(demands); i++) {
		const struct demand *d = &demands[i];

		if (!(d->answers & ANSWER(answer[d->question])))
			continue;
		if (traits & d->trait)
			add_reason(a, REASON_FOR, d->has);
		else if (traits & d->instead)
			add_reason(a, REASON_DRAWBACK, d->drawback);
		else
			add_reason(a, REASON_AGAINST, d->lacks);
	}
}

/* What this size means: too large, or too large to stay unmixed.  */
static void
weigh_size(struct advice *a, const int answer[QUESTIONS],
	   const struct figures *f)
{
	uint32_t bytes = bench_sizes[size_of[answer[ASK_SIZE]]];
	uint32_t most = a->row->most;

	if (f && f->line[a->row->mechanism].largest)
		most = f->line[a->row->mechanism].largest;
	if (most && bytes > most)
		add_reason(a, answer[ASK_WHAT] == WHAT_STREAM
			   && (a->row->traits & TRAIT_MESSAGES)
			   && most > PIPE_BUF_BYTES
			   ? REASON_DRAWBACK : REASON_AGAINST,
			   N_("does not carry so much at once"));
	if ((a->row->mechanism == MECH_PIPE || a->row->mechanism == MECH_FIFO)
	    && answer[ASK_WHO] == WHO_WRITERS && bytes > PIPE_BUF_BYTES)
		add_reason(a, REASON_AGAINST,
			   N_("writes of more than 4096 bytes are mixed"));
}

static void
weigh_burdens(struct advice *a, const int answer[QUESTIONS])
{
	unsigned traits = a->row->traits;
	bool survives = answer[ASK_MORE] >= MORE_SURVIVES;

	if (traits & TRAIT_OWN_WORK)
		add_reason(a, REASON_DRAWBACK,
			   N_("you write the synchronisation yourself"));
	if ((traits & TRAIT_STAYS) && !survives)
		add_reason(a, REASON_DRAWBACK,
			   N_("stays behind when nobody removes it"));
}

/* The figure at this size, or at the one below (a quick run leaves every
 * other out); of a stream that is cut into pieces, at the largest piece.  */
static double
figure_at(const struct figures *f, int m, enum figure figure,
	  enum placement place, int size)
{
	int least = figure == FIGURE_THROUGHPUT ? 0 : size - QUICK_STEP + 1;
	const struct point *p = NULL;

	for (int i = size; !p && i >= 0 && i >= least; i--)
		p = figures_point(f, (enum mechanism)m, figure, place, i);
	return p ? p->value : 0;
}

static void
take_figures(struct advices *all, struct advice *a, const struct figures *f)
{
	double slow = 1;

	for (int place = 0; f && place < PLACE_MAX; place++)
		a->value[place] = figure_at(f, a->row->mechanism, all->figure,
					    (enum placement)place, all->size);
	for (int i = 0; i < a->n_drawbacks; i++)
		slow *= 2;
	a->score = slow;
	if (a->value[PLACE_ONE] > 0)
		a->score *= all->figure == FIGURE_LATENCY
			? a->value[PLACE_ONE] : 1e18 / a->value[PLACE_ONE];
	else if (all->measured)
		a->score *= 1e18;	/* last: it was not measured */
}

/* The order of the table decides where nothing else does.  */
static int
compare(const void *x, const void *y)
{
	const struct advice *a = x, *b = y;

	if (a->n_against != b->n_against)
		return a->n_against - b->n_against;
	if (a->score < b->score || a->score > b->score)
		return a->score > b->score ? 1 : -1;
	return a->row < b->row ? -1 : 1;
}

void
advise(struct advices *out, const int answer[QUESTIONS],
       const struct figures *f)
{
	memset(out, 0, sizeof(*out));
	memcpy(out->answer, answer, sizeof(out->answer));
	out->figure = answer[ASK_WHAT] == WHAT_STREAM ? FIGURE_THROUGHPUT
						      : FIGURE_LATENCY;
	out->size = size_of[answer[ASK_SIZE]];
	out->measured = f != NULL;
	for (int m = 0; m < ADVICE_MAX; m++) {
		struct advice *a = &out->advice[m];

		a->row = feature_row_of((enum mechanism)m);
		weigh_demands(a, answer);
		weigh_size(a, answer, f);
		weigh_burdens(a, answer);
		if (f && f->line[m].why && !f->line[m].measured)
			add_reason(a, REASON_AGAINST,
				   N_("does not work on this machine"));
		take_figures(out, a, f);
	}
	qsort(out->advice, ADVICE_MAX, sizeof(out->advice[0]), compare);
	while (out->n_fit < ADVICE_MAX && !out->advice[out->n_fit].n_against)
		out->n_fit++;
}

void
reason_write(struct buf *out, const struct reason *r)
{
	static const char signs[] = {
		[REASON_FOR] = '+', [REASON_DRAWBACK] = '-',
		[REASON_AGAINST] = 'x',
	};

	buf_addf(out, "%c %s", signs[r->kind], _(r->text));
}

void
advice_figures_write(struct buf *out, const struct advices *all,
		     const struct advice *a)
{
	struct buf size = BUF_INIT;

	size_write(&size, bench_sizes[all->size]);
	for (int place = 0; place < PLACE_MAX; place++) {
		struct buf amount = BUF_INIT;

		if (a->value[place] > 0) {
			amount_write(&amount, all->figure, a->value[place]);
			buf_addf(out, place ? _(", %s on two")
				 : _("%s on one processor"),
				 buf_str(&amount));
		}
		buf_release(&amount);
	}
	if (a->value[PLACE_ONE] > 0)
		buf_addf(out, _(" (size %s)"), buf_str(&size));
	buf_release(&size);
}

static void
write_fit(struct buf *out, const struct advices *all, int i)
{
	const struct advice *a = &all->advice[i];
	struct buf figures = BUF_INIT;

	advice_figures_write(&figures, all, a);
	buf_addf(out, "%d. %s%s%s\n", i + 1, _(a->row->title),
		 figures.len ? _(": ") : "", buf_str(&figures));
	for (int j = 0; i < BEST && j < a->n; j++) {
		buf_adds(out, "   ");
		reason_write(out, &a->reason[j]);
		buf_addc(out, '\n');
	}
	buf_release(&figures);
}

static void
put_line(void *arg, const char *start, size_t len)
{
	struct buf *out = arg;

	buf_add(out, start, len);
	buf_addc(out, '\n');
}

/* Why one is ruled out: all that speaks against it.  */
static void
write_against(struct buf *out, const struct advice *a)
{
	struct buf parts = BUF_INIT, line = BUF_INIT;

	for (int i = 0; i < a->n; i++)
		if (a->reason[i].kind == REASON_AGAINST)
			buf_add_part(&parts, 0, _(a->reason[i].text));
	buf_addf(&line, "%s%s%s", _(a->row->title), _(": "), buf_str(&parts));
	cells_wrap(buf_str(&line), WIDTH, put_line, out);
	buf_release(&line);
	buf_release(&parts);
}

void
advice_write(struct buf *out, const struct advices *a)
{
	if (!a->n_fit)
		buf_addf(out, "%s\n", _("Nothing here does all of this.  "
					"Nearest come:"));
	for (int i = 0; i < a->n_fit; i++)
		write_fit(out, a, i);
	if (a->n_fit && a->n_fit < ADVICE_MAX)
		buf_addf(out, "\n%s\n", _("Ruled out:"));
	for (int i = a->n_fit; i < ADVICE_MAX; i++)
		write_against(out, &a->advice[i]);
	buf_addf(out, "\n%s\n", a->measured
		 ? _("Each drawback (-) counts as twice as slow; then what "
		     "was measured here decides.")
		 : _("Nothing was measured here yet: only drawbacks (-) "
		     "decide.  `ipclab bench` measures."));
}
