/* See lexeme.h.  Phases of translation: ISO C 5.1.1.2; tokens: 6.4.  */
#include "config.h"

#include "author/lexeme.h"

#include <stdlib.h>
#include <string.h>

struct reader {
	const char *s, *end;
	int line;
	bool line_begins;	/* only blanks and comments before, on it */
};

/* The longest that fits is the token.  */
static const char *const marks[] = {
	"<<=", ">>=", "...", "->*", "<=>",
	"->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||",
	"*=", "/=", "%=", "+=", "-=", "&=", "^=", "|=", "##", "::",
};

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (unsigned char)c >= 0x80;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
begins(const struct reader *r, const char *word)
{
	size_t n = strlen(word);

	return (size_t)(r->end - r->s) >= n && memcmp(r->s, word, n) == 0;
}

static void
step(struct reader *r, size_t n)
{
	for (; n && r->s < r->end; n--)
		r->line += *r->s++ == '\n';
}

/* A backslash at the end of a line: the line goes on.  */
static size_t
splice(const struct reader *r)
{
	return begins(r, "\\\n") ? 2 : begins(r, "\\\r\n") ? 3 : 0;
}

static void
skip_comment(struct reader *r)
{
	bool whole_line = begins(r, "//");

	step(r, 2);
	while (r->s < r->end && !(whole_line ? *r->s == '\n' :
				  begins(r, "*/")))
		step(r, splice(r) ? splice(r) : 1);
	if (!whole_line)
		step(r, 2);
}

static bool
is_comment(const struct reader *r)
{
	return begins(r, "/*") || begins(r, "//");
}

static void
skip_blanks(struct reader *r)
{
	while (r->s < r->end) {
		if (is_comment(r))
			skip_comment(r);
		else if (splice(r))
			step(r, splice(r));
		else if (strchr(" \t\r\n\v\f", *r->s) && *r->s)
			r->line_begins |= *r->s == '\n', step(r, 1);
		else
			break;
	}
}

/* From its quote on.  One that is not closed ends with its line.  */
static void
skip_text(struct reader *r)
{
	char quote = *r->s;

	step(r, 1);
	while (r->s < r->end && *r->s != quote && *r->s != '\n')
		step(r, splice(r) ? splice(r) : *r->s == '\\' ? 2 : 1);
	if (r->s < r->end && *r->s == quote)
		step(r, 1);
}

/* R"x(...)x", from the quote on.  False: it is none.  */
static bool
skip_raw(struct reader *r)
{
	enum { DELIMITER_MAX = 16 };
	size_t left = (size_t)(r->end - r->s), n;
	const char *open = memchr(r->s, '(', left < DELIMITER_MAX + 2 ? left :
				  DELIMITER_MAX + 2);
	char close[DELIMITER_MAX + 3];

	if (!open)
		return false;
	n = (size_t)(open - r->s - 1);
	close[0] = ')';
	memcpy(close + 1, r->s + 1, n);
	memcpy(close + 1 + n, "\"", 2);
	while (r->s < r->end && !begins(r, close))
		step(r, 1);
	step(r, strlen(close));
	return true;
}

static void
skip_directive(struct reader *r)
{
	while (r->s < r->end && *r->s != '\n') {
		if (is_comment(r))
			skip_comment(r);
		else if (*r->s == '"' || *r->s == '\'')
			skip_text(r);
		else
			step(r, splice(r) ? splice(r) : 1);
	}
}

static enum lexeme_kind
skip_name(struct reader *r)
{
	const char *from = r->s;

	while (r->s < r->end && (is_letter(*r->s) || is_digit(*r->s)))
		r->s++;
	/* u8R"(...)" and the like; L"x" is a name and a text to us.  */
	if (r->s < r->end && *r->s == '"' && r->s[-1] == 'R' &&
	    r->s - from <= 3 && skip_raw(r))
		return LEXEME_TEXT;
	return LEXEME_NAME;
}

/* A preprocessing number: "0x1p-3", "1'000", "1.f".  */
static enum lexeme_kind
skip_number(struct reader *r)
{
	while (r->s < r->end &&
	       (is_letter(*r->s) || is_digit(*r->s) || *r->s == '.' ||
		((*r->s == '+' || *r->s == '-') &&
		 strchr("eEpP", r->s[-1]))))
		r->s++;
	return LEXEME_NUMBER;
}

static enum lexeme_kind
skip_mark(struct reader *r)
{
	size_t n = 1;

	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		if (begins(r, marks[i])) {
			n = strlen(marks[i]);
			break;
		}
	step(r, n);
	return LEXEME_MARK;
}

static enum lexeme_kind
skip_token(struct reader *r, bool line_begins)
{
	bool fraction = *r->s == '.' && r->end - r->s > 1 &&
			is_digit(r->s[1]);

	if (*r->s == '#' && line_begins) {
		skip_directive(r);
		return LEXEME_DIRECTIVE;
	}
	if (is_letter(*r->s))
		return skip_name(r);
	if (is_digit(*r->s) || fraction)
		return skip_number(r);
	if (*r->s == '"' || *r->s == '\'') {
		skip_text(r);
		return LEXEME_TEXT;
	}
	return skip_mark(r);
}

void
lexemes_read(struct lexemes *t, const char *text, size_t n)
{
	struct reader r = { text, text + n, 1, true };

	*t = (struct lexemes)LEXEMES_INIT;
	for (skip_blanks(&r); r.s < r.end; skip_blanks(&r)) {
		struct lexeme it = { .at = r.s, .line = r.line };
		bool line_begins = r.line_begins;

		r.line_begins = false;
		it.kind = skip_token(&r, line_begins);
		it.n = (size_t)(r.s - it.at);
		t->at = xgrow(t->at, &t->room, t->n + 1, sizeof(*t->at));
		t->at[t->n++] = it;
	}
}

void
lexemes_release(struct lexemes *t)
{
	free(t->at);
	*t = (struct lexemes)LEXEMES_INIT;
}

bool
lexeme_is(const struct lexeme *t, const char *word)
{
	return strlen(word) == t->n && memcmp(t->at, word, t->n) == 0;
}

bool
lexemes_equal(const struct lexemes *a, const struct lexemes *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->at[i].n != b->at[i].n ||
		    memcmp(a->at[i].at, b->at[i].at, a->at[i].n) != 0)
			return false;
	return true;
}
