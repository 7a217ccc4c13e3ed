/* The text of a condition, cut into words, numbers and texts.  */
#include "config.h"

#include "base/i18n.h"
#include "condition/inside.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { CONDITION_LONGEST = 4000 };

void
tokens_release(struct tokens *t)
{
	free(t->token);
	*t = (struct tokens){ .n = 0 };
}

static struct token *
add(struct tokens *t, enum token_kind kind, size_t at, size_t len)
{
	struct token *k;

	t->token = xgrow(t->token, &t->room, t->n + 1, sizeof(*t->token));
	k = &t->token[t->n++];
	k->kind = kind;
	k->at = at;
	k->len = len;
	k->number = 0;
	k->text[0] = '\0';
	k->text_len = 0;
	return k;
}

static const struct { const char *suffix; int64_t times; } units[] = {
	{ "", 1 }, { "K", 1024 }, { "KiB", 1024 }, { "M", 1048576 },
	{ "MiB", 1048576 },
};

/* 4096, -1, 65,536, 64K, 64KiB.  */
static bool
number_of(const char *word, int64_t *number)
{
	const char *p = word;
	bool negative = *p == '-';
	int64_t n = 0;

	if (strcmp(word, "PIPE_BUF") == 0) {
		*number = 4096;
		return true;
	}
	p += negative;
	if (!isdigit((unsigned char)*p))
		return false;
	for (; isdigit((unsigned char)*p) ||
	       (*p == ',' && isdigit((unsigned char)p[1])); p++)
		if (*p != ',' && (__builtin_mul_overflow(n, 10, &n) ||
				  __builtin_add_overflow(n, *p - '0', &n)))
			return false;
	for (size_t i = 0; i < ARRAY_SIZE(units); i++)
		if (strcmp(p, units[i].suffix) == 0 &&
		    !__builtin_mul_overflow(n, units[i].times, &n)) {
			*number = negative ? -n : n;
			return true;
		}
	return false;
}

static bool
ends_word(char c)
{
	return c == '\0' || isspace((unsigned char)c) || c == '(' ||
	       c == ')' || c == '"';
}

static int
scan_word(struct tokens *t, const char *text, size_t *at, char **why)
{
	size_t from = *at, len = 0;
	bool owner = false;
	struct token *k;

	while (!ends_word(text[from + len]))
		len++;
	*at = from + len;
	if (len > 2 && strncmp(text + from + len - 2, "'s", 2) == 0) {
		len -= 2;
		owner = true;
	}
	if (len >= TEXT_MAX)
		return fail(why, _("column %zu: this word is too long"),
			    from + 1);
	k = add(t, TOKEN_WORD, from, len);
	memcpy(k->text, text + from, len);
	k->text[len] = '\0';
	if (number_of(k->text, &k->number))
		k->kind = TOKEN_NUMBER;
	else if (len > 1 && strspn(k->text, "0123456789") == len)
		return fail(why, _("column %zu: this number is too large"),
			    from + 1);
	if (owner)
		add(t, TOKEN_OF, from + len, 2);
	return 0;
}

/* What a backslash and the character after it mean, -1: nothing.  */
static int
escaped(char c)
{
	static const char letters[] = "nt\\\"0";
	static const char meanings[] = "\n\t\\\"\0";
	const char *at = c ? strchr(letters, c) : NULL;

	return at ? meanings[at - letters] : -1;
}

static int
scan_text(struct tokens *t, const char *text, size_t *at, char **why)
{
	size_t from = (*at)++;
	struct token *k = add(t, TOKEN_TEXT, from, 1);

	while (text[*at] != '"') {
		int c = (unsigned char)text[*at];

		if (!c)
			return fail(why, _("column %zu: the text that begins "
				    "here lacks its closing quote"), from + 1);
		if (k->text_len + 1 >= TEXT_MAX)
			return fail(why, _("column %zu: this text is longer "
				    "than %d bytes"), from + 1, TEXT_MAX - 1);
		if (c == '\\') {
			c = escaped(text[++*at]);
			if (c < 0)
				return fail(why, _("column %zu: after a "
					    "backslash only n, t, 0, \\ and \" "
					    "can stand"), *at);
		}
		k->text[k->text_len++] = c;
		(*at)++;
	}
	(*at)++;
	k->text[k->text_len] = '\0';
	k->len = *at - from;
	return 0;
}

int
scan(struct tokens *t, const char *text, char **why)
{
	size_t at = 0;
	int rc = 0;

	if (strlen(text) > CONDITION_LONGEST)
		return fail(why, _("a condition longer than %d bytes"),
			    CONDITION_LONGEST);
	while (rc == 0 && text[at]) {
		if (isspace((unsigned char)text[at])) {
			at++;
		} else if (text[at] == '(' || text[at] == ')') {
			add(t, text[at] == '(' ? TOKEN_OPEN : TOKEN_CLOSE, at,
			    1)->text[0] = text[at];
			t->token[t->n - 1].text[1] = '\0';
			at++;
		} else if (text[at] == '"') {
			rc = scan_text(t, text, &at, why);
		} else {
			rc = scan_word(t, text, &at, why);
		}
	}
	if (rc == 0)
		add(t, TOKEN_END, at, 0);
	return rc;
}
