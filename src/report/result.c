/* Results: making them, and giving them back.  */
#include "config.h"

#include "base/i18n.h"
#include "report/field.h"

#include <stdlib.h>
#include <string.h>

void
result_init(struct result *r)
{
	memset(r, 0, sizeof(*r));
	r->gradable = true;
}

/* One more of an array of n, cleared.  */
static void *
add_one(void *array, size_t *n, size_t size)
{
	void **at = array;

	*at = xrealloc(*at, (*n + 1) * size);
	memset((char *)*at + *n * size, 0, size);
	return (char *)*at + (*n)++ * size;
}

#define ADDER(type, name, in, array, count) \
	struct type * \
	name(struct in *r) \
	{ \
		return add_one(&r->array, &r->count, sizeof(*r->array)); \
	}
ADDER(result_check, result_add_check, result, check, n_checks)
ADDER(result_file, result_add_file, result, file, n_files)
ADDER(result_forbidden, result_add_forbidden, result, forbidden, n_forbidden)
ADDER(result_step, result_add_step, result_check, step, n_steps)
ADDER(result_blocked, result_add_blocked, result_check, blocked, n_blocked)

/* ---- text of the submission ---- */
/* The bytes of the UTF-8 character that begins there; 0: it is none.  */
static size_t
utf8_length(const unsigned char *s, size_t n)
{
	static const struct { unsigned char mask, is; uint32_t least; } kinds[] = {
		{ 0x80, 0x00, 0 }, { 0xe0, 0xc0, 0x80 }, { 0xf0, 0xe0, 0x800 },
		{ 0xf8, 0xf0, 0x10000 },
	};
	uint32_t c;

	for (size_t len = 1; len <= ARRAY_SIZE(kinds); len++) {
		if ((*s & kinds[len - 1].mask) != kinds[len - 1].is)
			continue;
		if (len > n)
			return 0;
		c = *s & (unsigned char)~kinds[len - 1].mask;
		for (size_t i = 1; i < len; i++) {
			if ((s[i] & 0xc0) != 0x80)
				return 0;
			c = c << 6 | (s[i] & 0x3f);
		}
		if (c < kinds[len - 1].least || c > 0x10ffff ||
		    (c >= 0xd800 && c <= 0xdfff))
			return 0;
		return len;
	}
	return 0;
}

/* C0 and C1 controls; what turns the direction of the text around it, with
 * which a name can show as another (Unicode, UAX 9); and what is no character
 * and may be in no XML (U+FFFE, U+FFFF).  */
static bool
is_control(const unsigned char *s, size_t len)
{
	if (len == 1)
		return (*s < ' ' && *s != '\n' && *s != '\t') || *s == 0x7f;
	if (len == 2)
		return (*s == 0xc2 && s[1] < 0xa0) ||
		       (*s == 0xd8 && s[1] == 0x9c);
	if (len == 3 && *s == 0xef)
		return s[1] == 0xbf && s[2] >= 0xbe;
	return len == 3 && *s == 0xe2 &&
	       ((s[1] == 0x80 && ((s[2] >= 0xaa && s[2] <= 0xae) ||
				  s[2] == 0x8e || s[2] == 0x8f)) ||
		(s[1] == 0x81 && s[2] >= 0xa6 && s[2] <= 0xa9));
}

char *
result_text(const char *bytes, size_t n, size_t max)
{
	const unsigned char *s = (const unsigned char *)bytes;
	struct buf out = BUF_INIT;

	while (n > 0) {
		size_t len = utf8_length(s, n), take = len ? len : 1;

		if (out.len + 4 * take > max) {
			buf_adds(&out, "...");
			break;
		}
		if (len && !is_control(s, len))
			buf_add(&out, s, len);
		else
			for (size_t i = 0; i < take; i++)
				buf_addf(&out, "\\x%02x", s[i]);
		s += take;
		n -= take;
	}
	return buf_take(&out);
}

/* ---- giving back ---- */
static void
release_fields(const struct field *f, void *of)
{
	for (; f->key; f++) {
		char *at = (char *)of + f->at;

		if (f->kind == FIELD_TEXT || f->kind == FIELD_LINES ||
		    f->kind == FIELD_JSON) {
			free(*(char **)at);
		} else if (f->kind == FIELD_OBJECT) {
			release_fields(f->fields, of);
		} else if (f->kind == FIELD_LIST) {
			size_t n = *(size_t *)((char *)of + f->count);

			for (size_t i = 0; i < n; i++)
				release_fields(f->fields, *(char **)at +
							  i * f->size);
			free(*(void **)at);
		}
	}
}

void
result_release(struct result *r)
{
	release_fields(result_fields, r);
	result_init(r);
}

/* ---- in itself ---- */
int
result_is_sound(const struct result *r, char **why)
{
	int64_t score = 0, maximum = 0;
	enum grade first = r->build;

	for (size_t i = 0; i < r->n_checks; i++) {
		const struct result_check *c = &r->check[i];

		if (c->points < 0 || c->points > c->maximum ||
		    c->maximum > 1000)
			return fail(why, _("%s: %lld points of %lld"), c->id,
				    (long long)c->points,
				    (long long)c->maximum);
		score += c->points;
		maximum += c->maximum;
		if (first == GRADE_ACCEPT)
			first = c->verdict;
		if (c->points && c->verdict != GRADE_ACCEPT)
			return fail(why, _("%s: points without passing"),
				    c->id);
	}
	if (r->hints < 0)
		return fail(why, _("%lld hints were read"),
			    (long long)r->hints);
	if (score != r->score || maximum != r->maximum)
		return fail(why, _("the points of the checks are %lld of %lld, "
				   "and those of the whole %lld of %lld"),
			    (long long)score, (long long)maximum,
			    (long long)r->score, (long long)r->maximum);
	if (first != r->verdict)
		return fail(why, _("the verdict is '%s', and that of the first "
				   "check that did not pass is '%s'"),
			    grade_word(r->verdict), grade_word(first));
	return 0;
}
