/*
 * The schedule as a text file: a head of "name: value" lines, then a line a
 * step.  The table of the head serves the writer and the reader.
 */
#include "config.h"

#include "schedule/schedule.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/save.h"
#include "event/json.h"

enum { FILE_MAX = 256 << 20 };

static const char magic[] = "ipclab schedule ";

void
schedule_release(struct schedule *s)
{
	free(s->step);
	free(s->shared);
	free(s->environment);
	free(s->input);
	*s = (struct schedule)SCHEDULE_INIT;
}

void
schedule_add(struct schedule *s, const struct choice *c, const char *happened)
{
	struct step *step;
	size_t end;

	s->step = xgrow(s->step, &s->room, s->n_steps + 1, sizeof(*s->step));
	step = &s->step[s->n_steps++];
	step->choice = *c;
	COPY_STR(step->happened, happened ? happened : "");
	/* Where it was cut there may be a blank now, which a reader drops. */
	end = strlen(step->happened);
	while (end > 0 && strchr(" \t\r", step->happened[end - 1]))
		step->happened[--end] = '\0';
}

static char *
copied(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

void
schedule_copy(struct schedule *to, const struct schedule *from)
{
	*to = *from;
	to->shared = copied(from->shared);
	to->environment = copied(from->environment);
	to->input = copied(from->input);
	to->room = from->n_steps;
	to->step = xcalloc(from->n_steps + 1, sizeof(*to->step));
	if (from->n_steps)
		memcpy(to->step, from->step,
		       from->n_steps * sizeof(*to->step));
}

void
schedule_truncate(struct schedule *s, size_t n)
{
	if (n < s->n_steps)
		s->n_steps = n;
}

/* ---- the head ---- */

/* V_WORDS, V_LONG: text of any length, by a pointer.  */
enum value { V_TEXT, V_NUMBER, V_DIGEST, V_WORDS, V_LONG };

static const struct line {
	const char *name;
	enum value value;
	size_t at, room;
} lines[] = {
#define AT(m) \
	offsetof(struct schedule, m), sizeof(((struct schedule *)0)->m)
	{ "command", V_TEXT, AT(header.command) },
	{ "folder", V_TEXT, AT(header.cwd) },
	{ "lesson", V_TEXT, AT(lesson) },
	{ "seed", V_NUMBER, AT(header.seed) },
	{ "cast", V_TEXT, AT(header.cast) },
	{ "namespaces", V_TEXT, AT(namespaces) },
	{ "terminal", V_TEXT, AT(terminal) },
	{ "output", V_TEXT, AT(output) },
	{ "looks", V_TEXT, AT(looks) },
	{ "calls", V_TEXT, AT(calls) },
	{ "environment", V_LONG, AT(environment) },
	{ "input", V_LONG, AT(input) },
	{ "shared", V_WORDS, AT(shared) },
	{ "events", V_NUMBER, AT(events) },
	{ "digest", V_DIGEST, AT(digest) },
#undef AT
};

/* A value that a line cannot hold as it is goes in quotes.  */
static void
write_text(struct buf *out, const char *text)
{
	bool quote = *text == '"' || *text == ' ';

	for (const char *p = text; *p; p++)
		quote |= (unsigned char)*p < ' ' || *p == '\177';
	if (*text && text[strlen(text) - 1] == ' ')
		quote = true;
	if (quote)
		json_bytes(out, text, strlen(text));
	else
		buf_adds(out, text);
}

static void
write_line(struct buf *out, const struct line *l, const struct schedule *s)
{
	const void *p = (const char *)s + l->at;
	bool text = l->value != V_NUMBER && l->value != V_DIGEST;
	uint64_t number = 0;

	if (text && l->value != V_TEXT)
		p = *(char *const *)p ? *(char *const *)p : "";
	if (text && *(const char *)p == '\0')
		return;
	if (!text)
		memcpy(&number, p, sizeof(number));
	if (!text && number == 0)
		return;
	buf_addf(out, "%s: ", l->name);
	if (text)
		write_text(out, p);
	else if (l->value == V_NUMBER)
		buf_addf(out, "%" PRIu64, number);
	else
		buf_addf(out, "%016" PRIx64, number);
	buf_addc(out, '\n');
}

void
schedule_write(struct buf *out, const struct schedule *s)
{
	buf_addf(out, "%s%d\n", magic, SCHEDULE_VERSION);
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		write_line(out, &lines[i], s);
	buf_adds(out, "steps:\n");
	for (size_t i = 0; i < s->n_steps; i++) {
		const struct step *step = &s->step[i];
		size_t from = out->len;

		choice_write(out, &step->choice);
		if (step->happened[0])
			buf_addf(out, "%*s# %s",
				 out->len - from < 13 ?
				 (int)(14 - (out->len - from)) : 1, "",
				 step->happened);
		buf_addc(out, '\n');
	}
}

/* ---- reading ---- */

/* Where the reader stands; its complaints name it.  */
struct reader {
	const char *name;
	int line;
	bool in_steps;
	char **why;
};

static int
reader_fail(struct reader *r, const char *fmt, ...)
	PRINTF_LIKE(2, 3);

static int
reader_fail(struct reader *r, const char *fmt, ...)
{
	va_list ap;
	char *sentence;

	va_start(ap, fmt);
	sentence = xvasprintf(fmt, ap);
	va_end(ap);
	fail(r->why, "%s:%d: %s", r->name, r->line, sentence);
	free(sentence);
	return -1;
}

static int
read_text(struct reader *r, const struct line *l, const char *value, void *to)
{
	struct json j;
	int len;

	json_init(&j, value, strlen(value));
	if (*value == '"' && json_read_bytes(&j, to, l->room - 1, &len) &&
	    json_at_end(&j)) {
		if (strlen(to) != (size_t)len)
			return reader_fail(r, _("'%s' holds a NUL byte"),
					   l->name);
		return 0;
	}
	if (strlen(value) >= l->room)
		return reader_fail(r, _("'%s' is longer than %zu bytes"),
				   l->name, l->room - 1);
	copy_str(to, l->room, value);
	return 0;
}

static int
read_number(struct reader *r, const struct line *l, const char *value,
	    void *to)
{
	int base = l->value == V_DIGEST ? 16 : 10;
	const char *digits = base == 16 ? "0123456789abcdef" : "0123456789";
	uint64_t number = 0;

	if (!*value || value[strspn(value, digits)])
		return reader_fail(r, _("'%s' should be a number, not '%.40s'"),
				   l->name, value);
	for (const char *p = value; *p; p++)
		if (__builtin_mul_overflow(number, base, &number) ||
		    __builtin_add_overflow(number,
					   strchr(digits, *p) - digits,
					   &number))
			return reader_fail(r, _("'%s' is too large a number"),
					   l->name);
	memcpy(to, &number, sizeof(number));
	return 0;
}

/* As read_text().  */
static int
read_long(struct reader *r, const struct line *l, const char *value, char **to)
{
	size_t room = strlen(value) + 1;
	struct line whole = *l;
	char *text = xcalloc(room, 1);

	whole.room = room;
	if (read_text(r, &whole, value, text) < 0) {
		free(text);
		return -1;
	}
	free(*to);
	*to = text;
	return 0;
}

/* Words are written as they are: what would have to be quoted is none.  */
static int
read_words(struct reader *r, const struct line *l, const char *value,
	   char **to)
{
	size_t n = strlen(value);

	while (n > 0 && value[n - 1] == ' ')
		n--;
	for (size_t i = 0; i < n; i++)
		if (value[i] < ' ' || value[i] > '~' || value[i] == '"')
			return reader_fail(r, _("'%s' should be words, not "
						"'%.40s'"), l->name, value);
	free(*to);
	*to = xstrndup(value, n);
	return 0;
}

static int
read_head_line(struct reader *r, struct schedule *s, const char *text)
{
	const char *colon = strchr(text, ':'), *value;

	if (!colon)
		return reader_fail(r, _("'name: value' or 'steps:' should "
					"stand here, not '%.40s'"), text);
	value = colon + 1 + strspn(colon + 1, " \t");
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		const struct line *l = &lines[i];
		void *to = (char *)s + l->at;

		if (strlen(l->name) != (size_t)(colon - text) ||
		    strncmp(l->name, text, colon - text) != 0)
			continue;
		if (l->value == V_WORDS)
			return read_words(r, l, value, to);
		if (l->value == V_LONG)
			return read_long(r, l, value, to);
		return l->value == V_TEXT ? read_text(r, l, value, to)
					  : read_number(r, l, value, to);
	}
	return reader_fail(r, _("'%.*s' is nothing that a schedule has"),
			   colon - text > 40 ? 40 : (int)(colon - text), text);
}

/* The first '#' that is not inside of quotes; the end, when there is none. */
static char *
find_comment(char *text)
{
	bool quoted = false;

	for (; *text; text++) {
		if (*text == '"')
			quoted = !quoted;
		else if (*text == '\\' && quoted && text[1])
			text++;
		else if (*text == '#' && !quoted)
			break;
	}
	return text;
}

static int
read_step(struct reader *r, struct schedule *s, char *text)
{
	struct choice c;
	char *comment = find_comment(text), *wrong = NULL;
	const char *happened = "";

	if (*comment) {
		*comment = '\0';
		happened = comment + 1 + strspn(comment + 1, " \t");
	}
	if (choice_parse(text, &c, &wrong) < 0) {
		reader_fail(r, "%s", wrong);
		free(wrong);
		return -1;
	}
	if (s->n_steps == SCHEDULE_STEPS_MAX)
		return reader_fail(r, _("more than %d steps"),
				   SCHEDULE_STEPS_MAX);
	schedule_add(s, &c, happened);
	return 0;
}

static int
read_line(struct reader *r, struct schedule *s, char *text)
{
	size_t n = strlen(text);

	while (n > 0 && strchr(" \t\r", text[n - 1]))
		text[--n] = '\0';
	text += strspn(text, " \t");
	if (r->line == 1) {
		if (strncmp(text, magic, sizeof(magic) - 1) != 0)
			return reader_fail(r, _("this is no schedule of "
						"ipclab"));
		if (strcmp(text + sizeof(magic) - 1, "1") != 0)
			return reader_fail(r, _("this schedule is of version "
				"%.20s; this ipclab reads version %d"),
				text + sizeof(magic) - 1, SCHEDULE_VERSION);
		return 0;
	}
	if (*text == '\0' || *text == '#')
		return 0;
	if (r->in_steps)
		return read_step(r, s, text);
	if (strcmp(text, "steps:") == 0) {
		r->in_steps = true;
		return 0;
	}
	return read_head_line(r, s, text);
}

bool
schedule_looks_like(const char *text, size_t len)
{
	return len >= sizeof(magic) - 1 &&
	       memcmp(text, magic, sizeof(magic) - 1) == 0;
}

static int
read_lines(struct reader *r, struct schedule *s, const char *text, size_t len)
{
	const char *end = text + len;

	do {
		const char *newline = memchr(text, '\n', end - text);
		size_t n = (newline ? newline : end) - text;
		char *copy;
		int bad;

		r->line++;
		if (memchr(text, '\0', n))
			return reader_fail(r, _("a NUL byte: this is no "
						"text"));
		copy = xstrndup(text, n);
		bad = read_line(r, s, copy);
		free(copy);
		if (bad)
			return -1;
		text = newline ? newline + 1 : end;
	} while (text < end);
	if (!r->in_steps)
		return reader_fail(r, _("the file ends before 'steps:'"));
	return 0;
}

int
schedule_parse(struct schedule *s, const char *text, size_t len,
	       const char *name, char **why)
{
	struct reader r = { .name = name, .why = why };

	*s = (struct schedule)SCHEDULE_INIT;
	if (read_lines(&r, s, text, len) < 0) {
		schedule_release(s);
		return -1;
	}
	s->header.version = EVENT_VERSION;
	s->header.driven = true;
	return 0;
}

int
schedule_load(struct schedule *s, const char *path, char **why)
{
	struct buf text = BUF_INIT;
	int bad = buf_read_file(&text, path, FILE_MAX, why);

	*s = (struct schedule)SCHEDULE_INIT;
	if (!bad)
		bad = schedule_parse(s, buf_str(&text), text.len, path, why);
	buf_release(&text);
	return bad;
}

int
schedule_save(const struct schedule *s, const char *path, char **why)
{
	struct buf text = BUF_INIT;
	int bad;

	schedule_write(&text, s);
	bad = save_file(path, text.data, text.len, why);
	buf_release(&text);
	return bad;
}
