/*
 * Lines between the explorer and its runners, by a table of fields: one reader
 * and one writer for both directions.
 */
#include "config.h"

#include "explore/message.h"

#include "event/json.h"
#include "explore/explore.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum field_type { FIELD_NUMBER, FIELD_FLAG, FIELD_TEXT };

struct field {
	const char *name;
	enum field_type type;
	size_t offset;
	unsigned kinds;		/* 1 << kind: of these messages */
};

struct message {
	const char *const *words;	/* the name of each kind */
	int n_words;
	const struct field *fields;
	int n_fields;
};

#define AT(s, member) offsetof(struct s, member)
#define ALL (~0U)
#define OF(kind) (1U << (kind))
#define SO_FAR (OF(ANSWER_PROGRESS) | OF(ANSWER_END))

static const char *const order_words[] = {
#define WORD(name, word) [ORDER_##name] = word,
	ORDERS(WORD)
#undef WORD
};

static const struct field order_fields[] = {
	{ "item", FIELD_NUMBER, AT(order, item), ALL },
	{ "strategy", FIELD_TEXT, AT(order, strategy), ALL },
	{ "seed", FIELD_NUMBER, AT(order, seed), ALL },
	{ "depth", FIELD_NUMBER, AT(order, depth), ALL },
	{ "length", FIELD_NUMBER, AT(order, length), ALL },
	{ "faults", FIELD_NUMBER, AT(order, faults), ALL },
	{ "runs", FIELD_NUMBER, AT(order, runs), ALL },
	{ "on", FIELD_FLAG, AT(order, on), ALL },
	{ "learned", FIELD_TEXT, AT(order, learned), ALL },
	{ "tape", FIELD_TEXT, AT(order, tape), ALL },
};

static const struct message order_message = {
	order_words, ARRAY_SIZE(order_words),
	order_fields, ARRAY_SIZE(order_fields),
};

static const char *const answer_words[] = {
#define WORD(name, word) [ANSWER_##name] = word,
	ANSWERS(WORD)
#undef WORD
};

static const struct field answer_fields[] = {
	{ "item", FIELD_NUMBER, AT(answer, item), ALL },
	{ "runs", FIELD_NUMBER, AT(answer, runs), ALL },
	{ "estimate", FIELD_NUMBER, AT(answer, estimate), ALL },
	{ "parts", FIELD_NUMBER, AT(answer, parts), OF(ANSWER_READY) },
	{ "text", FIELD_TEXT, AT(answer, text),
	  OF(ANSWER_REFUSED) | OF(ANSWER_END) },
	{ "verdict", FIELD_TEXT, AT(answer, verdict), OF(ANSWER_FAILURE) },
	{ "message", FIELD_TEXT, AT(answer, message), OF(ANSWER_FAILURE) },
	{ "tape", FIELD_TEXT, AT(answer, tape), OF(ANSWER_FAILURE) },
	{ "schedule", FIELD_TEXT, AT(answer, schedule), OF(ANSWER_FAILURE) },
	{ "picture", FIELD_TEXT, AT(answer, picture), OF(ANSWER_FAILURE) },
	{ "passing", FIELD_TEXT, AT(answer, passing), OF(ANSWER_FAILURE) },
	{ "rule", FIELD_TEXT, AT(answer, rule), OF(ANSWER_FAILURE) },
	{ "output", FIELD_TEXT, AT(answer, output), OF(ANSWER_FAILURE) },
	{ "rows", FIELD_TEXT, AT(answer, rows), OF(ANSWER_FAILURE) },
	{ "refused", FIELD_TEXT, AT(answer, refused), OF(ANSWER_FAILURE) },
	{ "at_end", FIELD_NUMBER, AT(answer, at_end), OF(ANSWER_FAILURE) },
	{ "seen", FIELD_NUMBER, AT(answer, seen),
	  OF(ANSWER_FAILURE) | OF(ANSWER_END) },
	{ "followed", FIELD_NUMBER, AT(answer, followed),
	  OF(ANSWER_FAILURE) | OF(ANSWER_END) },
	{ "passed_over", FIELD_NUMBER, AT(answer, passed_over),
	  OF(ANSWER_FAILURE) | OF(ANSWER_END) },
	{ "sleeper", FIELD_TEXT, AT(answer, sleeper), OF(ANSWER_FAILURE) },
	{ "slept_at", FIELD_TEXT, AT(answer, slept_at), OF(ANSWER_FAILURE) },
	{ "sleep_for", FIELD_TEXT, AT(answer, sleep_for), OF(ANSWER_FAILURE) },
	{ "switches", FIELD_NUMBER, AT(answer, switches), OF(ANSWER_FAILURE) },
	{ "preemptions", FIELD_NUMBER, AT(answer, preemptions),
	  OF(ANSWER_FAILURE) },
	{ "faults", FIELD_NUMBER, AT(answer, faults), OF(ANSWER_FAILURE) },
	{ "steps", FIELD_NUMBER, AT(answer, steps), OF(ANSWER_FAILURE) },
	{ "turning_step", FIELD_NUMBER, AT(answer, turning_step),
	  OF(ANSWER_FAILURE) },
	{ "complete", FIELD_FLAG, AT(answer, complete), OF(ANSWER_END) },
	{ "bounded", FIELD_FLAG, AT(answer, bounded), OF(ANSWER_END) },
	{ "taught", FIELD_FLAG, AT(answer, taught), OF(ANSWER_END) },
	{ "learned", FIELD_TEXT, AT(answer, learned),
	  OF(ANSWER_READY) | OF(ANSWER_END) | OF(ANSWER_FAILURE) },
	{ "length", FIELD_NUMBER, AT(answer, length), OF(ANSWER_END) },
	{ "cut", FIELD_NUMBER, AT(answer, cut), OF(ANSWER_END) },
	{ "cut_why", FIELD_TEXT, AT(answer, cut_why), OF(ANSWER_END) },
	{ "races", FIELD_NUMBER, AT(answer, races), OF(ANSWER_END) },
	{ "race", FIELD_TEXT, AT(answer, race), SO_FAR },
	{ "race_verdict", FIELD_TEXT, AT(answer, race_verdict), SO_FAR },
	{ "race_learned", FIELD_TEXT, AT(answer, race_learned), SO_FAR },
	{ "race_failure", FIELD_TEXT, AT(answer, race_failure), SO_FAR },
	{ "race_run", FIELD_NUMBER, AT(answer, race_run), SO_FAR },
	{ "busy_wait", FIELD_TEXT, AT(answer, busy_wait),
	  OF(ANSWER_FAILURE) | OF(ANSWER_END) },
	{ "unsupported", FIELD_TEXT, AT(answer, unsupported), OF(ANSWER_END) },
	{ "unknown", FIELD_TEXT, AT(answer, unknown), OF(ANSWER_END) },
	{ "plain", FIELD_TEXT, AT(answer, plain), OF(ANSWER_END) },
	{ "points", FIELD_TEXT, AT(answer, points), OF(ANSWER_END) },
	{ "tally", FIELD_TEXT, AT(answer, tally), OF(ANSWER_END) },
	{ "actors", FIELD_NUMBER, AT(answer, actors), OF(ANSWER_END) },
	{ "runtime", FIELD_FLAG, AT(answer, runtime),
	  OF(ANSWER_END) | OF(ANSWER_FAILURE) },
};

static const struct message answer_message = {
	answer_words, ARRAY_SIZE(answer_words),
	answer_fields, ARRAY_SIZE(answer_fields),
};

static const char *const setting_words[] = { "run" };

static const struct field setting_fields[] = {
	{ "argv", FIELD_TEXT, AT(setting, argv), ALL },
	{ "env", FIELD_TEXT, AT(setting, env), ALL },
	{ "rules", FIELD_TEXT, AT(setting, rules), ALL },
	{ "somewhere", FIELD_TEXT, AT(setting, somewhere), ALL },
	{ "at_end", FIELD_TEXT, AT(setting, at_end), ALL },
	{ "cwd", FIELD_TEXT, AT(setting, cwd), ALL },
	{ "cast", FIELD_TEXT, AT(setting, cast), ALL },
	{ "output", FIELD_TEXT, AT(setting, output), ALL },
	{ "input", FIELD_TEXT, AT(setting, input), ALL },
	{ "lesson", FIELD_TEXT, AT(setting, lesson), ALL },
	{ "seed", FIELD_NUMBER, AT(setting, seed), ALL },
	{ "status", FIELD_NUMBER, AT(setting, status), ALL },
	{ "has_cwd", FIELD_FLAG, AT(setting, has_cwd), ALL },
	{ "has_cast", FIELD_FLAG, AT(setting, has_cast), ALL },
	{ "has_output", FIELD_FLAG, AT(setting, has_output), ALL },
	{ "has_input", FIELD_FLAG, AT(setting, has_input), ALL },
	{ "has_lesson", FIELD_FLAG, AT(setting, has_lesson), ALL },
	{ "signals", FIELD_FLAG, AT(setting, signals), ALL },
	{ "faults", FIELD_FLAG, AT(setting, faults), ALL },
	{ "races_allowed", FIELD_FLAG, AT(setting, races_allowed), ALL },
	{ "leaks_allowed", FIELD_FLAG, AT(setting, leaks_allowed), ALL },
	{ "strict", FIELD_FLAG, AT(setting, strict), ALL },
	{ "busy_waits_fail", FIELD_FLAG, AT(setting, busy_waits_fail), ALL },
	{ "cpu", FIELD_NUMBER, AT(setting, cpu), ALL },
	{ "memory", FIELD_NUMBER, AT(setting, memory), ALL },
	{ "file", FIELD_NUMBER, AT(setting, file), ALL },
	{ "descriptors", FIELD_NUMBER, AT(setting, descriptors), ALL },
	{ "processes", FIELD_NUMBER, AT(setting, processes), ALL },
	{ "disk", FIELD_NUMBER, AT(setting, disk), ALL },
	{ "steps", FIELD_NUMBER, AT(setting, steps), ALL },
	{ "wall", FIELD_NUMBER, AT(setting, wall), ALL },
	{ "processor", FIELD_NUMBER, AT(setting, processor), ALL },
	{ "output_most", FIELD_NUMBER, AT(setting, output_most), ALL },
	{ "objects", FIELD_NUMBER, AT(setting, objects), ALL },
};

static const struct message setting_message = {
	setting_words, ARRAY_SIZE(setting_words),
	setting_fields, ARRAY_SIZE(setting_fields),
};

/* ---- writing ---- */

static void
write_field(struct buf *out, const struct field *f, const char *at)
{
	buf_addc(out, ',');
	json_key(out, f->name);
	if (f->type == FIELD_NUMBER)
		buf_add_int(out, *(const int64_t *)at);
	else if (f->type == FIELD_FLAG)
		buf_adds(out, *(const bool *)at ? "true" : "false");
	else
		json_text(out, *(char *const *)at ? *(char *const *)at : "");
}

static void
message_write(struct buf *out, const struct message *m, int kind,
	      const void *from)
{
	buf_adds(out, "{\"what\":");
	json_text(out, m->words[kind]);
	for (int i = 0; i < m->n_fields; i++)
		if (m->fields[i].kinds & OF(kind))
			write_field(out, &m->fields[i],
				    (const char *)from + m->fields[i].offset);
	buf_adds(out, "}\n");
}

/* ---- reading ---- */

static bool
read_text(struct json *j, char **to)
{
	size_t room = (size_t)(j->end - j->p) + 1;
	char *text = xmalloc(room);
	bool ok = json_read_text(j, text, room);

	*to = ok ? xrealloc(text, strlen(text) + 1) : NULL;
	if (!ok)
		free(text);
	return ok;
}

static bool
read_field(struct json *j, const struct field *f, char *at)
{
	if (f->type == FIELD_NUMBER)
		return json_read_int(j, (int64_t *)at);
	if (f->type == FIELD_FLAG)
		return json_read_bool(j, (bool *)at);
	return read_text(j, (char **)at);
}

static const struct field *
field_named(const struct message *m, int kind, const char *name)
{
	for (int i = 0; i < m->n_fields; i++)
		if (m->fields[i].kinds & OF(kind) &&
		    strcmp(m->fields[i].name, name) == 0)
			return &m->fields[i];
	return NULL;
}

/* "what" comes first: it says which fields there are.  -1: it is none.  */
static int
read_kind(struct json *j, const struct message *m)
{
	char key[32], word[32];

	if (!json_next_key(j, true, key, sizeof(key)) ||
	    strcmp(key, "what") != 0 || !json_read_text(j, word, sizeof(word)))
		return -1;
	for (int i = 0; i < m->n_words; i++)
		if (strcmp(m->words[i], word) == 0)
			return i;
	return -1;
}

static bool
is_whole(const struct message *m, int kind, uint64_t seen)
{
	for (int i = 0; i < m->n_fields; i++)
		if (m->fields[i].kinds & OF(kind) && !(seen >> i & 1))
			return false;
	return true;
}

static int
message_read(const struct message *m, void *to, const char *line, size_t len,
	     char **why)
{
	struct json j;
	uint64_t seen = 0;
	char key[32];
	int kind;

	json_init(&j, line, len);
	kind = read_kind(&j, m);
	if (kind < 0)
		return fail(why, "this is no message: %.60s", line);
	while (json_next_key(&j, false, key, sizeof(key))) {
		const struct field *f = field_named(m, kind, key);
		int i = f ? (int)(f - m->fields) : 0;

		if (!f || seen >> i & 1)
			return fail(why, "%s: the field '%s' does not belong "
				    "there", m->words[kind], key);
		seen |= UINT64_C(1) << i;
		if (!read_field(&j, f, (char *)to + f->offset))
			break;
	}
	if (json_failed(&j) || !json_at_end(&j))
		return json_why(&j, why);
	if (!is_whole(m, kind, seen))
		return fail(why, "%s: a field is missing", m->words[kind]);
	return kind;
}

static void
message_release(const struct message *m, void *of)
{
	for (int i = 0; i < m->n_fields; i++) {
		char **text = (char **)((char *)of + m->fields[i].offset);

		if (m->fields[i].type != FIELD_TEXT)
			continue;
		free(*text);
		*text = NULL;
	}
}

/* ---- both directions ---- */

void
order_write(struct buf *out, const struct order *o)
{
	message_write(out, &order_message, o->kind, o);
}

int
order_read(struct order *o, const char *line, size_t len, char **why)
{
	int kind;

	memset(o, 0, sizeof(*o));
	kind = message_read(&order_message, o, line, len, why);
	if (kind < 0)
		return -1;
	o->kind = (enum order_kind)kind;
	return 0;
}

void
order_release(struct order *o)
{
	message_release(&order_message, o);
}

void
answer_write(struct buf *out, const struct answer *a)
{
	message_write(out, &answer_message, a->kind, a);
}

int
answer_read(struct answer *a, const char *line, size_t len, char **why)
{
	int kind;

	memset(a, 0, sizeof(*a));
	kind = message_read(&answer_message, a, line, len, why);
	if (kind < 0)
		return -1;
	a->kind = (enum answer_kind)kind;
	return 0;
}

void
answer_release(struct answer *a)
{
	message_release(&answer_message, a);
}

void
setting_write(struct buf *out, const struct setting *s)
{
	message_write(out, &setting_message, 0, s);
}

int
setting_read(struct setting *s, const char *line, size_t len, char **why)
{
	memset(s, 0, sizeof(*s));
	return message_read(&setting_message, s, line, len, why) < 0 ? -1 : 0;
}

void
setting_release(struct setting *s)
{
	message_release(&setting_message, s);
}

/* ---- what stands in their texts ---- */

void
counts_write(struct buf *out, const uint64_t counts[ACTS_COUNT])
{
	const char *between = "";

	for (int i = 0; i < ACTS_COUNT; i++) {
		if (!counts[i])
			continue;
		buf_addf(out, "%s%d:%llu", between, i,
			 (unsigned long long)counts[i]);
		between = " ";
	}
}

/* A number without a sign; false: there is none.  */
static bool
read_number(const char **p, uint64_t *number)
{
	char *end;

	if (!isdigit((unsigned char)**p))
		return false;
	errno = 0;
	*number = strtoull(*p, &end, 10);
	*p = end;
	return errno == 0;
}

bool
counts_add(uint64_t counts[ACTS_COUNT], const char *p)
{
	uint64_t act, n;

	while (*p) {
		if (!read_number(&p, &act) || act >= ACTS_COUNT ||
		    *p++ != ':' ||
		    !read_number(&p, &n) || (*p && *p != ' '))
			return false;
		counts[act] += n;
		if (*p == ' ' && !*++p)
			return false;
	}
	return true;
}

static bool
has_word(const char *words, const char *word, size_t len)
{
	while (*words) {
		size_t n = strcspn(words, " ");

		if (n == len && memcmp(words, word, len) == 0)
			return true;
		words += n;
		words += *words == ' ';
	}
	return false;
}

bool
words_unite(struct buf *words, const char *more)
{
	bool grew = false;

	for (size_t n; *more; more += n, more += *more == ' ') {
		n = strcspn(more, " ");
		if (!n || has_word(buf_str(words), more, n))
			continue;
		if (words->len)
			buf_addc(words, ' ');
		buf_add(words, more, n);
		grew = true;
	}
	return grew;
}

bool
race_comes_before(const char *verdict, const char *other)
{
	const char *race = verdict_word(VERDICT_RACE);

	return !other || !other[0] ||
	       (strcmp(verdict, race) == 0 && strcmp(other, race) != 0);
}
