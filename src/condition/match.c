/*
 * Statements by example: the syntax of a row of the table is also what it is
 * recognised by.  In it, small words stand for themselves, a|b is one of
 * several words, [a|b c] may be left out, and words in capitals are blanks.
 */
#include "config.h"

#include "base/i18n.h"
#include "condition/inside.h"
#include "event/names.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { SYNTAX_MAX = 160 };

void
expect(struct expected *x, size_t at, const char *what)
{
	if (at < x->at)
		return;
	if (at > x->at) {
		x->at = at;
		x->n = 0;
	}
	for (int i = 0; i < x->n; i++)
		if (strcmp(x->what[i], what) == 0)
			return;
	if (x->n < (int)ARRAY_SIZE(x->what))
		x->what[x->n++] = what;
}

/* One way through a syntax, being tried.  */
struct attempt {
	const struct tokens *t;
	size_t at;
	struct blanks *b;
	struct expected *x;
	int words;		/* choices a|b met so far */
};

static const struct token *
here(const struct attempt *m)
{
	return &m->t->token[m->at];
}

/* ---- blanks ---- */

static bool
is_kind(const char *word)
{
	for (int k = KIND_NONE + 1; k < KIND_MAX; k++) {
		const char *name = object_kind_name(k);
		size_t n = strcspn(name, " ");

		if (strncmp(word, name, n) == 0 && !word[n])
			return true;
	}
	return false;
}

static bool
blank_who(struct attempt *m)
{
	static const char *const quantifiers[] = {
		[WHO_SOMEBODY] = "somebody", [WHO_EVERYBODY] = "everybody",
		[WHO_NOBODY] = "nobody",
	};
	static const char *const reserved[] = {
		"a", "and", "at", "deadlock", "fewer", "more", "not", "or",
		"output", "the", "time",
	};
	const struct token *k = here(m);

	if (k->kind != TOKEN_WORD || strchr(k->text, '/') || is_kind(k->text) ||
	    k->len >= NAME_MAX_LEN)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(reserved); i++)
		if (strcmp(k->text, reserved[i]) == 0)
			return false;
	m->b->quantifier = WHO_NAMED;
	for (int q = WHO_SOMEBODY; q <= WHO_NOBODY; q++)
		if (strcmp(k->text, quantifiers[q]) == 0)
			m->b->quantifier = q;
	COPY_STR(m->b->who, k->text);
	m->at++;
	return true;
}

static bool
blank_object(struct attempt *m)
{
	const struct token *k = here(m);
	bool second;

	if (k->kind == TOKEN_TEXT ||
	    (k->kind == TOKEN_WORD && strchr(k->text, '/'))) {
		COPY_STR(m->b->object, k->text);
		m->at++;
		return true;
	}
	if (k->kind != TOKEN_WORD || !is_kind(k->text))
		return false;
	/* "semaphore set 1" */
	second = k[1].kind == TOKEN_WORD && strcmp(k[1].text, "set") == 0 &&
		 strcmp(k->text, "semaphore") == 0;
	if (k[1 + second].kind != TOKEN_NUMBER) {
		expect(m->x, m->at + 1 + second, _("its number"));
		return false;
	}
	snprintf(m->b->object, sizeof(m->b->object), "%.20s%s %lld", k->text,
		 second ? " set" : "", (long long)k[1 + second].number);
	m->at += 2 + second;
	return true;
}

static bool
blank_call(struct attempt *m)
{
	const struct token *k = here(m);

	if (k->kind != TOKEN_WORD || k->len >= NAME_MAX_LEN)
		return false;
	for (const char *p = k->text; *p; p++)
		if (!islower((unsigned char)*p) && *p != '_' &&
		    !isdigit((unsigned char)*p))
			return false;
	if (!call_is_known(k->text))
		return false;
	COPY_STR(m->b->call, k->text);
	m->at++;
	return true;
}

static bool
blank_number(struct attempt *m)
{
	if (here(m)->kind != TOKEN_NUMBER)
		return false;
	m->b->number = here(m)->number;
	m->at++;
	if (here(m)->kind == TOKEN_WORD &&
	    (strcmp(here(m)->text, "KiB") == 0 ||
	     strcmp(here(m)->text, "K") == 0) &&
	    m->b->number < INT64_MAX / 1024 &&
	    m->b->number > INT64_MIN / 1024) {
		m->b->number *= 1024;
		m->at++;
	}
	return true;
}

/* A place in a list, from 0.  */
static bool
blank_place(struct attempt *m)
{
	if (here(m)->kind != TOKEN_NUMBER)
		return false;
	m->b->place = here(m)->number;
	m->at++;
	return true;
}

/* Another actor, by name.  */
static bool
blank_other(struct attempt *m)
{
	if (here(m)->kind != TOKEN_WORD || here(m)->len >= NAME_MAX_LEN)
		return false;
	COPY_STR(m->b->other, here(m)->text);
	m->at++;
	return true;
}

static bool
blank_text(struct attempt *m)
{
	if (here(m)->kind != TOKEN_TEXT)
		return false;
	memcpy(m->b->text, here(m)->text, sizeof(m->b->text));
	m->b->text_len = here(m)->text_len;
	m->at++;
	return true;
}

static bool
blank_signal(struct attempt *m)
{
	if (here(m)->kind != TOKEN_WORD)
		return false;
	m->b->signal = signal_number(here(m)->text);
	m->at += m->b->signal > 0;
	return m->b->signal > 0;
}

static bool
blank_error(struct attempt *m)
{
	if (here(m)->kind != TOKEN_WORD)
		return false;
	m->b->error = errno_number(here(m)->text);
	m->at += m->b->error > 0;
	return m->b->error > 0;
}

static const struct {
	const char *name;
	bool (*fill)(struct attempt *m);
	const char *what;
} blanks[] = {
	{ "WHO", blank_who, N_("an actor") },
	{ "OBJECT", blank_object, N_("an object (pipe 1, \"a/path\")") },
	{ "FILE", blank_object, N_("a file (\"a/path\")") },
	{ "CALL", blank_call, N_("a system call") },
	{ "N", blank_number, N_("a number") },
	{ "PLACE", blank_place, N_("its place, from 0") },
	{ "OTHER", blank_other, N_("another actor") },
	{ "TEXT", blank_text, N_("a text in quotes") },
	{ "SIGNAL", blank_signal, N_("a signal (SIGPIPE)") },
	{ "ERRNO", blank_error, N_("an error (EPIPE)") },
};

/* ---- one element of the syntax ---- */

/* Words of the table live as long as the program: a copy of each that was
 * expected is kept for messages.  */
static const char *
keep_word(const char *word, size_t len)
{
	static char kept[192][16];
	static size_t n;
	size_t i;

	for (i = 0; i < n; i++)
		if (strlen(kept[i]) == len && memcmp(kept[i], word, len) == 0)
			return kept[i];
	if (n == ARRAY_SIZE(kept) || len >= sizeof(kept[0]))
		return "another word";
	memcpy(kept[n], word, len);
	return kept[n++];
}

/* "write|read": which of them stands here?  */
static bool
match_words(struct attempt *m, const char *element, size_t len)
{
	const struct token *k = here(m);
	const char *p = element, *end = element + len;
	bool several = memchr(element, '|', len) != NULL;
	int which = 0;

	for (;; which++) {
		const char *bar = memchr(p, '|', end - p);
		size_t n = (bar ? bar : end) - p;

		if (k->kind == TOKEN_WORD && k->len == n &&
		    memcmp(k->text, p, n) == 0)
			break;
		expect(m->x, m->at, keep_word(p, n));
		if (!bar)
			return false;
		p = bar + 1;
	}
	if (several && m->words < CHOICES_MAX)
		m->b->word[m->words++] = which;
	m->at++;
	return true;
}

static bool
match_element(struct attempt *m, const char *element, size_t len)
{
	if (len == 2 && memcmp(element, "'s", 2) == 0) {
		if (here(m)->kind != TOKEN_OF)
			return false;
		m->at++;
		return true;
	}
	for (size_t i = 0; i < ARRAY_SIZE(blanks); i++) {
		if (strlen(blanks[i].name) != len ||
		    memcmp(blanks[i].name, element, len) != 0)
			continue;
		if (blanks[i].fill(m))
			return true;
		expect(m->x, m->at, _(blanks[i].what));
		return false;
	}
	return match_words(m, element, len);
}

/* A syntax without brackets.  */
static bool
match_flat(struct attempt *m, const char *syntax)
{
	const char *p = syntax;

	while (*p) {
		size_t len = strcspn(p, " ");
		size_t owner = len > 2 && strncmp(p + len - 2, "'s", 2) == 0;

		if (len == 0) {
			p++;
			continue;
		}
		if (!match_element(m, p, len - 2 * owner) ||
		    (owner && !match_element(m, p + len - 2, 2)))
			return false;
		p += len;
	}
	return true;
}

/* ---- choosing ---- */

struct best {
	const struct statement *s;
	size_t at;
	struct blanks b;
};

static void
try_flat(const struct statement *s, const char *syntax, const int *option,
	 const struct tokens *t, size_t at, struct best *best,
	 struct expected *x)
{
	struct blanks b = { .quantifier = WHO_NAMED };
	struct attempt m = { .t = t, .at = at, .b = &b, .x = x };

	memcpy(b.option, option, sizeof(b.option));
	if (!match_flat(&m, syntax) || (best->s && m.at <= best->at))
		return;
	*best = (struct best){ .s = s, .at = m.at, .b = b };
}

/* Replace the first [...] by each of its alternatives, and by nothing.  */
static void
try_each(const struct statement *s, const char *syntax, int depth, int *option,
	 const struct tokens *t, size_t at, struct best *best,
	 struct expected *x)
{
	const char *open = strchr(syntax, '['), *close, *p;
	char flat[SYNTAX_MAX];

	if (!open) {
		try_flat(s, syntax, option, t, at, best, x);
		return;
	}
	close = strchr(open, ']');
	option[depth] = -1;
	snprintf(flat, sizeof(flat), "%.*s%s", (int)(open - syntax), syntax,
		 close + 1);
	try_each(s, flat, depth + 1, option, t, at, best, x);
	p = open + 1;
	for (option[depth] = 0; p <= close; option[depth]++) {
		size_t len = strcspn(p, "|]");

		snprintf(flat, sizeof(flat), "%.*s%.*s%s",
			 (int)(open - syntax), syntax, (int)len, p, close + 1);
		try_each(s, flat, depth + 1, option, t, at, best, x);
		p += len + 1;
	}
	option[depth] = -1;
}

const struct statement *
match(const struct tokens *t, size_t *at, struct blanks *b, struct expected *x)
{
	struct best best = { .s = NULL };

	for (size_t i = 0; i < n_statements; i++) {
		int option[CHOICES_MAX] = { -1, -1, -1, -1 };

		try_each(&statements[i], statements[i].help.syntax, 0, option,
			 t, *at, &best, x);
	}
	if (!best.s)
		return NULL;
	*at = best.at;
	*b = best.b;
	return best.s;
}
