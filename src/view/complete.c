/*
 * Completion.  Every form (of a condition, of a command) is a list of words;
 * words in capitals stand for something, [words] may be left out, and of
 * this|that one is chosen.  Each way to choose makes a plain form.  What was
 * typed is laid beside each of these; where they agree, the form tells how
 * the line could go on.
 */
#include "config.h"

#include "view/stage_inside.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 64, FORM_MAX = 256 };

struct completing {
	const struct world *w;
	const char *before;
	offer_fn *offer;
	void *offers;
};

/* The word at *p, cut to fit; *p moves behind it.  False: there is none.  */
static bool
next_word(const char **p, char word[WORD_MAX])
{
	size_t n = 0;

	while (**p == ' ')
		(*p)++;
	for (; **p && **p != ' '; (*p)++)
		if (n < WORD_MAX - 1)
			word[n++] = **p;
	word[n] = '\0';
	return n > 0;
}

/* ACTOR, N, TEXT...  */
static bool
is_open(const char *word)
{
	bool capitals = false;

	for (; *word; word++) {
		if (islower((unsigned char)*word))
			return false;
		capitals |= isupper((unsigned char)*word) != 0;
	}
	return capitals;
}

/* Can this word stand for the open one?  */
static bool
stands_for(const char *word, const char *open)
{
	if (strcmp(open, "N") == 0)
		return isdigit((unsigned char)word[0]);
	if (strcmp(open, "TEXT") == 0)
		return word[0] == '"';
	return is_open(open);
}

/* Lay `before` beside the form; offer how it goes on.  */
static void
match_form(const struct completing *c, const char *form)
{
	const char *typed = c->before, *rest = form;
	char have[WORD_MAX], want[WORD_MAX];
	struct buf line = BUF_INIT;
	const char *last = strrchr(c->before, ' ');
	size_t kept = last ? (size_t)(last + 1 - c->before) : 0;
	const char *end = c->before + kept;

	/* Whole words must agree.  */
	while (typed < end && next_word(&typed, have) && typed <= end) {
		if (!next_word(&rest, want)
		    || (strcmp(have, want) != 0 && !stands_for(have, want)))
			return;
	}
	buf_add(&line, c->before, kept);
	/* The word being typed, and those that must follow it.  */
	if (!next_word(&rest, want) || is_open(want)
	    || strncmp(want, c->before + kept, strlen(c->before + kept)) != 0) {
		buf_release(&line);
		return;
	}
	buf_adds(&line, want);
	if (*rest)
		buf_addc(&line, ' ');
	c->offer(c->offers, buf_str(&line));
	buf_release(&line);
}

static void expand(const struct completing *c, const char *form);

/* The form with a word in the place of what lies from at to rest.  */
static void
expand_with(const struct completing *c, const char *form, const char *at,
	    const char *rest, const char *word)
{
	char *next = xasprintf("%.*s%s%s", (int)(at - form), form, word, rest);

	if (strlen(next) < FORM_MAX)
		expand(c, next);
	free(next);
}

/* A word of the form by itself: "WHO" in "WHO's last call", not in "WHOLE". */
static const char *
find_open(const char *form, const char *word)
{
	size_t len = strlen(word);

	for (const char *p = form; (p = strstr(p, word)); p += len)
		if ((p == form || p[-1] == ' ') && !isalpha((unsigned char)p[len]))
			return p;
	return NULL;
}

/* Each of this|that (word to stop) in the place of what lies from at to
 * rest.  */
static void
expand_each(const struct completing *c, const char *form, const char *at,
	    const char *word, const char *stop, const char *rest)
{
	while (word <= stop) {
		size_t n = strcspn(word, "|");
		char *one;

		if (n > (size_t)(stop - word))
			n = (size_t)(stop - word);
		one = xstrndup(word, n);
		expand_with(c, form, at, rest, one);
		free(one);
		word += n + 1;
	}
}

static void
expand_actors(const struct completing *c, const char *form, const char *at,
	      size_t len)
{
	for (int i = 0; i < c->w->n_actors; i++)
		expand_with(c, form, at, at + len, c->w->actor[i].role);
}

static void
expand_objects(const struct completing *c, const char *form, const char *at)
{
	for (int i = 0; i < c->w->n_objects; i++)
		if (!c->w->object[i].system)
			expand_with(c, form, at, at + strlen("OBJECT"),
				    c->w->object[i].name);
}

/* Names of signals are in capitals, and open no more.  */
static void
expand_signals(const struct completing *c, const char *form, const char *at)
{
	static const char *const signals[] = {
		"SIGHUP", "SIGINT", "SIGQUIT", "SIGKILL", "SIGUSR1", "SIGUSR2",
		"SIGPIPE", "SIGALRM", "SIGTERM", "SIGCHLD", "SIGCONT",
		"SIGSTOP", "SIGRTMIN",
	};

	if (strlen(c->before) < (size_t)(at - form)) {
		match_form(c, form);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++) {
		char *line = xasprintf("%.*s%s", (int)(at - form), form,
				       signals[i]);

		if (strncmp(line, c->before, strlen(c->before)) == 0)
			c->offer(c->offers, line);
		free(line);
	}
}

static void
expand(const struct completing *c, const char *form)
{
	const char *at = strchr(form, '['), *end;

	if (at && (end = strchr(at, ']'))) {
		/* Without it, and with each way to say it.  */
		expand_with(c, form, at > form && at[-1] == ' ' ? at - 1 : at,
			    end + 1, "");
		expand_each(c, form, at, at + 1, end, end + 1);
	} else if ((at = strchr(form, '|'))) {
		while (at > form && at[-1] != ' ')
			at--;
		end = at + strcspn(at, " ");
		expand_each(c, form, at, at, end, end);
	} else if ((at = find_open(form, "WHO"))) {
		expand_actors(c, form, at, strlen("WHO"));
	} else if ((at = find_open(form, "ACTOR"))) {
		expand_actors(c, form, at, strlen("ACTOR"));
	} else if ((at = find_open(form, "OBJECT"))) {
		expand_objects(c, form, at);
	} else if ((at = find_open(form, "SIGNAL"))) {
		expand_signals(c, form, at);
	} else {
		match_form(c, form);
	}
}

static void
conditions(const struct completing *c, const char *prefix)
{
	const struct statement_help *h = condition_statements();

	for (; h->syntax; h++) {
		char *form = xasprintf("%s%s", prefix, h->syntax);

		expand(c, form);
		free(form);
	}
}

void
complete_condition(const struct world *w, const char *before, offer_fn *offer,
		   void *offers)
{
	struct completing c = { w, before, offer, offers };

	conditions(&c, "");
}

void
complete_signal(const struct world *w, const char *before, offer_fn *offer,
		void *offers)
{
	struct completing c = { w, before, offer, offers };

	expand(&c, "ACTOR SIGNAL");
}

void
complete_command(const struct world *w, const char *before, offer_fn *offer,
		 void *offers)
{
	struct completing c = { w, before, offer, offers };

	for (const struct stage_command *s = stage_commands(); s->name; s++) {
		if (strcmp(s->name, "until") == 0
		    && strncmp(before, "until ", 6) == 0)
			conditions(&c, "until ");
		else
			expand(&c, s->form);
	}
}
