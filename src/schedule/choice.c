/* A choice and its text: `go A`, `signal A SIGINT`, `type "yes\n"`.  */
#include "config.h"

#include "schedule/choice.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "event/json.h"
#include "event/names.h"

enum { CUT_MAX = 1 << 30 };

/* What stands after the word.  */
enum shape {
	SHAPE_NOTHING,
	SHAPE_ACTOR,
	SHAPE_SIGNAL,	/* an actor and a signal's name */
	SHAPE_BYTES,	/* an actor and a number */
	SHAPE_ERROR,	/* an actor and an error's name */
	SHAPE_TEXT,	/* in quotes */
};

static const struct {
	const char *word;
	enum shape shape;
} kinds[] = {
	[CHOICE_GO] = { "go", SHAPE_ACTOR },
	[CHOICE_SIGNAL] = { "signal", SHAPE_SIGNAL },
	[CHOICE_DELIVER] = { "deliver", SHAPE_SIGNAL },
	[CHOICE_CUT] = { "cut", SHAPE_BYTES },
	[CHOICE_EXPIRE] = { "expire", SHAPE_ACTOR },
	[CHOICE_FAIL] = { "fail", SHAPE_ERROR },
	[CHOICE_WAKE] = { "wake", SHAPE_ACTOR },
	[CHOICE_TYPE] = { "type", SHAPE_TEXT },
	[CHOICE_RUN] = { "run", SHAPE_NOTHING },
};

void
choice_write(struct buf *out, const struct choice *c)
{
	enum shape shape = kinds[c->kind].shape;

	buf_adds(out, kinds[c->kind].word);
	if (shape == SHAPE_NOTHING)
		return;
	buf_addc(out, ' ');
	if (shape == SHAPE_TEXT) {
		json_bytes(out, c->typed, c->typed_len);
		return;
	}
	buf_adds(out, c->actor);
	if (shape == SHAPE_SIGNAL)
		buf_addf(out, " %s", signal_name(c->number));
	if (shape == SHAPE_BYTES)
		buf_addf(out, " %d", c->number);
	if (shape == SHAPE_ERROR)
		buf_addf(out, " %s", errno_name(c->number));
}

/* The next word of *text into out; false when there is none, or when it is
 * too long for any name.  */
static bool
take_word(const char **text, char *out, size_t room)
{
	size_t n;

	*text += strspn(*text, " \t");
	n = strcspn(*text, " \t");
	if (n == 0 || n >= room)
		return false;
	memcpy(out, *text, n);
	out[n] = '\0';
	*text += n;
	return true;
}

/* Names of actors: letters, digits and what joins them (A.1, A:2, a role). */
static bool
is_name(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s <= ' ' || strchr("\"#,;=\\\177", *s))
			return false;
	return true;
}

static int
parse_signal(const char **text, struct choice *c, char **why)
{
	char word[NAME_MAX_LEN];

	if (!take_word(text, word, sizeof(word)))
		return fail(why, _("'%s %s' needs a signal's name after it, as "
				   "in '%s %s SIGINT'"),
			    kinds[c->kind].word, c->actor,
			    kinds[c->kind].word, c->actor);
	c->number = signal_number(word);
	if (c->number < 0)
		return fail(why, _("there is no signal '%s'"), word);
	return 0;
}

static int
parse_cut(const char **text, struct choice *c, char **why)
{
	char word[NAME_MAX_LEN], *end;
	long n;

	if (!take_word(text, word, sizeof(word)))
		return fail(why, _("'cut %s' needs a number of bytes after it, "
				   "as in 'cut %s 100'"), c->actor, c->actor);
	n = strtol(word, &end, 10);
	if (*end || word[0] < '0' || word[0] > '9' || n < 1 || n > CUT_MAX)
		return fail(why, _("'%s' is not a number of bytes "
				   "(1 or more)"), word);
	c->number = n;
	return 0;
}

static int
parse_error(const char **text, struct choice *c, char **why)
{
	char word[NAME_MAX_LEN];

	if (!take_word(text, word, sizeof(word)))
		return fail(why, _("'fail %s' needs an error's name after it, "
				   "as in 'fail %s EINTR'"),
			    c->actor, c->actor);
	c->number = errno_number(word);
	if (c->number <= 0)
		return fail(why, _("there is no error '%s'"), word);
	return 0;
}

static int
parse_typed(const char **text, struct choice *c, char **why)
{
	struct json j;

	json_init(&j, *text, strlen(*text));
	if (!json_read_bytes(&j, c->typed, sizeof(c->typed) - 1,
			     &c->typed_len))
		return fail(why, _("'type' needs a text in quotes after it, "
				   "as in type \"yes\\n\" (here: %s)"),
			    j.wrong);
	if (c->typed_len == 0)
		return fail(why, _("'type' has nothing to type"));
	*text = j.p;
	return 0;
}

static int
find_kind(const char *word, struct choice *c, char **why)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (strcmp(kinds[i].word, word) == 0) {
			c->kind = i;
			return 0;
		}
	return fail(why, _("'%s' is no choice: go, signal, deliver, cut, expire, "
			   "fail, wake, type or run should stand here"), word);
}

static int
parse_operands(const char **text, struct choice *c, char **why)
{
	enum shape shape = kinds[c->kind].shape;

	if (shape == SHAPE_NOTHING)
		return 0;
	if (shape == SHAPE_TEXT)
		return parse_typed(text, c, why);
	if (!take_word(text, c->actor, sizeof(c->actor)) || !is_name(c->actor))
		return fail(why, _("'%s' needs an actor's name after it, as in "
				   "'%s A'"),
			    kinds[c->kind].word, kinds[c->kind].word);
	if (shape == SHAPE_SIGNAL)
		return parse_signal(text, c, why);
	if (shape == SHAPE_BYTES)
		return parse_cut(text, c, why);
	if (shape == SHAPE_ERROR)
		return parse_error(text, c, why);
	return 0;
}

int
choice_parse(const char *text, struct choice *c, char **why)
{
	char word[NAME_MAX_LEN];

	memset(c, 0, sizeof(*c));
	if (!take_word(&text, word, sizeof(word)))
		return fail(why, _("a choice should stand here, as in 'go A'"));
	if (find_kind(word, c, why) < 0 || parse_operands(&text, c, why) < 0)
		return -1;
	text += strspn(text, " \t\r\n");
	if (*text)
		return fail(why, _("'%.40s' stands after the end of the "
				   "choice"), text);
	return 0;
}

bool
choice_equal(const struct choice *a, const struct choice *b)
{
	return a->kind == b->kind && strcmp(a->actor, b->actor) == 0 &&
	       a->number == b->number && a->typed_len == b->typed_len &&
	       memcmp(a->typed, b->typed, a->typed_len) == 0;
}
