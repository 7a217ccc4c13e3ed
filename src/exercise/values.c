/* Fresh values.  */
#include "config.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/random.h"
#include "exercise/values.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { BYTES_MAX = 32768, PARTS = 4 };

/* "number:count:1:9" cut at its colons.  */
struct blank {
	char *text;
	char *part[PARTS];
	int n;
};

static uint64_t
mix_text(uint64_t value, const char *text)
{
	for (; *text; text++)
		value = random_mix(value, (unsigned char)*text);
	return random_mix(value, 0x100);
}

uint64_t
values_of(uint64_t seed, const char *exercise, const char *check, int number)
{
	uint64_t value = mix_text(mix_text(seed, exercise), check);

	return random_mix(value, (uint64_t)number);
}

/* ---- the kinds ---- */
static void
add_letters(struct buf *out, uint64_t *state, uint64_t n)
{
	while (n-- > 0)
		buf_addc(out, (char)('a' + random_below(state, 26)));
}

static void
add_word(struct buf *out, uint64_t *state, const struct blank *b)
{
	(void)b;
	add_letters(out, state, 5 + random_below(state, 5));
}

static void
add_number(struct buf *out, uint64_t *state, const struct blank *b)
{
	int64_t low = strtoll(b->part[2], NULL, 10);
	int64_t high = strtoll(b->part[3], NULL, 10);

	buf_add_int(out, low + (int64_t)random_below(state, (uint64_t)(high -
							low) + 1));
}

static void
add_text(struct buf *out, uint64_t *state, const struct blank *b)
{
	add_letters(out, state, strtoull(b->part[2], NULL, 10));
}

static void
add_pick(struct buf *out, uint64_t *state, const struct blank *b)
{
	const char *at = b->part[2], *end;
	uint64_t n = 1, which;

	for (const char *p = at; *p; p++)
		n += *p == '|';
	for (which = random_below(state, n); which > 0; which--)
		at = strchr(at, '|') + 1;
	end = strchrnul(at, '|');
	buf_add(out, at, (size_t)(end - at));
}

/* A whole number from 0 to max, or -1.  */
static int64_t
whole_number(const char *s, int64_t max)
{
	char *end;
	long long value;

	errno = 0;
	value = strtoll(s, &end, 10);
	return end == s || *end || errno || value < 0 || value > max ? -1 :
	       value;
}

static bool
any(const struct blank *b)
{
	(void)b;
	return true;
}

static bool
number_is_sound(const struct blank *b)
{
	int64_t low = whole_number(b->part[2], INT32_MAX);
	int64_t high = whole_number(b->part[3], INT32_MAX);

	return low >= 0 && high >= low;
}

static bool
text_is_sound(const struct blank *b)
{
	return whole_number(b->part[2], BYTES_MAX) >= 0;
}

static const struct kind {
	const char *name;
	int parts;
	bool (*is_sound)(const struct blank *b);
	void (*add)(struct buf *out, uint64_t *state, const struct blank *b);
} kinds[] = {
	{ "word", 2, any, add_word },
	{ "number", 4, number_is_sound, add_number },
	{ "text", 3, text_is_sound, add_text },
	{ "pick", 3, any, add_pick },
};

/* ---- finding them ---- */
/* The blank that begins at "${"; its end, or NULL where there is none.  */
static const char *
blank_read(struct blank *b, const char *at)
{
	const char *end = strchr(at, '}');
	char *rest;

	memset(b, 0, sizeof(*b));
	if (!end)
		return NULL;
	b->text = xstrndup(at + 2, (size_t)(end - at - 2));
	rest = b->text;
	for (; b->n < PARTS && rest; b->n++)
		b->part[b->n] = strsep(&rest, ":");
	if (rest)
		b->n = 0;	/* too many parts: of no kind */
	return end + 1;
}

static const struct kind *
kind_of(const struct blank *b)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (strcmp(kinds[i].name, b->part[0]) == 0 &&
		    b->n == kinds[i].parts && *b->part[1] &&
		    kinds[i].is_sound(b))
			return &kinds[i];
	return NULL;
}

/* The next "${" that is not "$${"; what stands before it is added to out.  */
static const char *
next_blank(struct buf *out, const char *at)
{
	for (; *at; at++) {
		if (strncmp(at, "$${", 3) == 0) {
			buf_adds(out, "${");
			at += 2;
			continue;
		}
		if (strncmp(at, "${", 2) == 0)
			return at;
		buf_addc(out, *at);
	}
	return NULL;
}

char *
values_expand(uint64_t values, const char *text)
{
	struct buf out = BUF_INIT;
	struct blank b;

	while ((text = next_blank(&out, text))) {
		const char *after = blank_read(&b, text);
		uint64_t state;

		state = mix_text(values, b.part[1]);
		kind_of(&b)->add(&out, &state, &b);
		free(b.text);
		text = after;
	}
	return buf_take(&out);
}

int
values_are_sound(const char *text, char **why)
{
	struct buf out = BUF_INIT;
	struct blank b;
	int ret = 0;

	while (text && ret == 0 && (text = next_blank(&out, text))) {
		const char *after = blank_read(&b, text);

		if (!after || !kind_of(&b))
			ret = fail(why, _("'%.40s' is none of ${word:NAME}, "
					  "${number:NAME:LOW:HIGH}, "
					  "${text:NAME:BYTES}, "
					  "${pick:NAME:a|b}; '$${' is '${'"),
				   text);
		free(b.text);
		text = after;
	}
	buf_release(&out);
	return ret;
}
