/*
 * The tokens of a C or C++ source: what is left of it without blanks and
 * comments.  It knows where a string, a character, a comment and a
 * preprocessor line end, and nothing of what any of it means; any bytes can be
 * read.
 */
#ifndef AUTHOR_LEXEME_H
#define AUTHOR_LEXEME_H

#include "base/base.h"

enum lexeme_kind {
	LEXEME_NAME,		/* keywords, too */
	LEXEME_NUMBER,
	LEXEME_TEXT,		/* a string or a character */
	LEXEME_MARK,		/* "(", "->", "!=", ... */
	LEXEME_DIRECTIVE,	/* a whole line that begins with '#' */
};

struct lexeme {
	enum lexeme_kind kind;
	const char *at;		/* in the text that was read */
	size_t n;
	int line;		/* from 1 */
};

struct lexemes {
	struct lexeme *at;
	size_t n, room;
};

#define LEXEMES_INIT { NULL, 0, 0 }

/* Of the n bytes, which are borrowed until lexemes_release().  */
void lexemes_read(struct lexemes *t, const char *text, size_t n);
void lexemes_release(struct lexemes *t);
bool lexeme_is(const struct lexeme *t, const char *word);
/* Do both have the same tokens, whatever blanks and comments?  */
bool lexemes_equal(const struct lexemes *a, const struct lexemes *b);

#endif
