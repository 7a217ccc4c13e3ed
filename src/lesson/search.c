/* The searches of claims.  */
#include "config.h"

#include "lesson/search.h"

#include "base/i18n.h"
#include "base/words.h"

#include <stdlib.h>
#include <string.h>

enum { DATA_MAX = 512, STATUS_MAX = 255, RUNS_MAX = 1000000 };

struct search {
	const struct claim *claim;
	struct explore *explore;
	enum verdict finds;	/* ACCEPT: nothing */
};

/* ---- what every run must be ---- */

static bool
has_word(const struct item *it, const char *word)
{
	const char *p = it->text;
	size_t len;

	for (; p && (len = word_next(&p)); p += len)
		if (strlen(word) == len && memcmp(p, word, len) == 0)
			return true;
	return false;
}

static void
add_rules(struct search_right *r, const struct right *of)
{
	const struct {
		const char *word;
		const struct items *items;
	} lists[] = {
		{ "never", &of->never }, { "always", &of->always },
		{ "finally", &of->finally },
	};
	size_t n = 0;

	while (r->rules && r->rules[n])
		n++;
	for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
		for (size_t j = 0; j < lists[i].items->n; j++) {
			r->rules = xrealloc(r->rules,
					    (n + 2) * sizeof(*r->rules));
			r->rules[n++] = xasprintf("%s %s", lists[i].word,
				lists[i].items->item[j].text);
			r->rules[n] = NULL;
		}
}

static void
add_right(struct search_right *r, const struct right *of)
{
	if (of->status.text)
		r->status = atoi(of->status.text);
	r->races_allowed |= has_word(&of->allow, "races");
	r->leaks_allowed |= has_word(&of->allow, "leaks");
	r->signals |= has_word(&of->with, "signals");
	r->faults |= has_word(&of->with, "faults");
	add_rules(r, of);
}

void
search_right_of(struct search_right *r, const struct experiment *e)
{
	*r = (struct search_right){ .status = -1 };
	add_right(r, &e->right);
}

void
search_right(struct search_right *r, const struct lesson *l,
	     const struct claim *c)
{
	const char *id = c->experiment.text;
	const struct experiment *e = id ? lesson_experiment(l, id) : NULL;

	*r = (struct search_right){ .status = -1 };
	if (e)
		add_right(r, &e->right);
	add_right(r, &c->right);
}

void
search_right_release(struct search_right *r)
{
	words_free(r->rules);
	r->rules = NULL;
}

void
search_right_put(const struct search_right *r, struct explore_config *c)
{
	c->status = r->status;
	c->rules = r->rules;
	c->races_allowed = r->races_allowed;
	c->leaks_allowed = r->leaks_allowed;
	c->signals = r->signals;
	c->faults = r->faults;
}

/* ---- what is wrong with the lines ---- */

/* "finds crash".  VERDICTS_COUNT: it is none of them.  */
static enum verdict
found_word(const char *text)
{
	size_t len = word_next(&text);

	if (len != 5 || memcmp(text, "finds", len) != 0)
		return VERDICTS_COUNT;
	text += len;
	word_next(&text);
	if (strcmp(text, "nothing") == 0)
		return VERDICT_ACCEPT;
	for (enum verdict v = VERDICT_ACCEPT + 1; v < VERDICT_INTERNAL; v++)
		if (strcmp(text, verdict_word(v)) == 0)
			return v;
	return VERDICTS_COUNT;
}

static void
no_such_word(const struct item *it, struct problems *p)
{
	struct buf known = BUF_INIT;

	for (enum verdict v = VERDICT_ACCEPT + 1; v < VERDICT_INTERNAL; v++)
		buf_addf(&known, ", %s", verdict_word(v));
	problem_add(p, it->file, it->line, "explore: is \"finds\" and one of "
		    "nothing%s", buf_str(&known));
	buf_release(&known);
}

static void
check_number(const struct item *it, const char *key, int least, int most,
	     struct problems *p)
{
	char *end;
	long n;

	if (!it->text)
		return;
	n = strtol(it->text, &end, 10);
	if (*end || end == it->text || n < least || n > most)
		problem_add(p, it->file, it->line, "%s: is a number from %d to "
			    "%d, not \"%s\"", key, least, most, it->text);
}

static void
check_words(const struct item *it, const char *key, const char *one,
	    const char *other, struct problems *p)
{
	const char *word = it->text;
	size_t len;

	if (it->text && !*it->text)
		problem_add(p, it->file, it->line, "%s: is %s, %s or both",
			    key, one, other);
	for (; word && (len = word_next(&word)); word += len)
		if ((strlen(one) != len || memcmp(one, word, len) != 0) &&
		    (strlen(other) != len || memcmp(other, word, len) != 0))
			problem_add(p, it->file, it->line, "%s: is %s, %s or "
				    "both, not \"%.*s\"", key, one, other,
				    (int)len, word);
}

void
search_check_right(const struct right *r, struct problems *p)
{
	check_number(&r->status, "status", 0, STATUS_MAX, p);
	check_words(&r->allow, "allow", "races", "leaks", p);
	check_words(&r->with, "with", "signals", "faults", p);
}

/* A search makes its own schedules; without one nobody asks for these.  */
static void
check_company(const struct claim *c, struct problems *p)
{
	const struct item *then = c->then.n ? &c->then.item[0] : &c->until;
	const struct {
		const char *key;
		const struct item *item;
		bool of_search;
	} keys[] = {
		{ "schedule", &c->schedule, false },
		{ "until", &c->until, false },
		{ "then", c->then.n ? then : NULL, false },
		{ "runs", &c->runs, true },
		{ "status", &c->right.status, true },
		{ "allow", &c->right.allow, true },
		{ "with", &c->right.with, true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		const struct item *it = keys[i].item;

		if (!it || !it->text ||
		    keys[i].of_search == (c->explore.text != NULL))
			continue;
		problem_add(p, it->file, it->line, keys[i].of_search
			    ? "%s: is for a search: it takes explore:"
			    : "explore: searches all schedules: there is no "
			      "place for %s: beside it", keys[i].key);
	}
}

static bool
can_be_wrong(const struct lesson *l, const struct claim *c)
{
	struct search_right r;
	bool can;

	search_right(&r, l, c);
	can = r.status >= 0 || r.rules;
	search_right_release(&r);
	return can;
}

void
search_check(const struct lesson *l, const struct claim *c,
	     struct problems *p)
{
	const struct item *it = &c->explore;
	enum verdict finds = it->text ? found_word(it->text) : VERDICT_ACCEPT;

	check_company(c, p);
	search_check_right(&c->right, p);
	check_number(&c->runs, "runs", 1, RUNS_MAX, p);
	if (finds == VERDICTS_COUNT)
		no_such_word(it, p);
	if (finds == VERDICT_WRONG && !can_be_wrong(l, c))
		problem_add(p, it->file, it->line, "nothing says what would be "
			    "wrong: it takes status:, never:, always: or "
			    "finally:");
}

/* ---- making it ---- */

struct search *
search_begin(const struct lesson *l, const struct claim *c,
	     struct ground *ground, char **why)
{
	struct search *s = xcalloc(1, sizeof(*s));
	struct explore_config config = {
		.tracer = {
			.argv = ground->argv, .cwd = ground->folder,
			.cast = ground->cast, .isolate = true,
			.data_max = DATA_MAX,
		},
		.jobs_max = SEARCH_POLLS_MAX,
		.preemptions = -1,
		.seed = 1,
		.runs = c->runs.text ? (uint64_t)atoi(c->runs.text) : 0,
	};
	struct search_right right;
	int status;

	s->claim = c;
	s->finds = found_word(c->explore.text);
	search_right(&right, l, c);
	search_right_put(&right, &config);
	s->explore = explore_start(&config, &status, why);
	search_right_release(&right);
	if (s->explore)
		return s;
	free(s);
	return NULL;
}

int
search_poll(const struct search *s, struct pollfd *fds, int room)
{
	return explore_fds(s->explore, fds, room);
}

bool
search_advance(struct search *s)
{
	explore_advance(s->explore);
	return explore_is_over(s->explore);
}

static void
say_failure(const struct failure *f, struct buf *saw)
{
	buf_addf(saw, _("run %llu (%s): %s"), (unsigned long long)f->first_run,
		 verdict_word(f->verdict), f->message);
}

/* Its lines are the sentences of what is claimed.  */
static void
say_claim(const struct explore_result *r, struct buf *saw)
{
	for (const char *p = r->sentence; *p;) {
		size_t n = strcspn(p, "\n");

		buf_addf(saw, "%s%.*s", p == r->sentence ? "" : " ", (int)n, p);
		p += n + (p[n] == '\n');
	}
}

bool
search_judge(const struct search *s, struct buf *saw)
{
	const struct explore_result *r = explore_result(s->explore);

	if (r->failure.verdict != VERDICT_ACCEPT)
		say_failure(&r->failure, saw);
	else if (r->trouble)
		buf_adds(saw, r->trouble);
	else
		say_claim(r, saw);
	return s->finds == VERDICT_ACCEPT
		? r->complete && !r->trouble : r->failure.verdict == s->finds;
}

void
search_end(struct search *s)
{
	if (!s)
		return;
	explore_end(s->explore);
	free(s);
}
