/* A result as JSON, and back.  */
#include "config.h"

#include "base/i18n.h"
#include "report/field.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { RESULT_VERSION = 1 };

/* ---- writing ---- */
static json_t *
lines_of(const char *text)
{
	json_t *list = json_array();

	while (*text) {
		size_t len = strcspn(text, "\n");

		json_array_append_new(list, json_stringn(text, len));
		text += len + (text[len] == '\n');
	}
	return list;
}

static json_t *object_of(const struct field *f, const void *of, bool times);

static json_t *
list_of(const struct field *f, const void *of, bool times)
{
	const char *at = *(char *const *)((const char *)of + f->at);
	size_t n = *(const size_t *)((const char *)of + f->count);
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, object_of(f->fields,
						      at + i * f->size,
						      times));
	return list;
}

/* The value of a text that may be NULL.  */
static json_t *
text_of(const struct field *f, const char *text)
{
	if (!text)
		return json_null();
	if (f->kind == FIELD_LINES)
		return lines_of(text);
	if (f->kind == FIELD_JSON)
		return json_loads(text, 0, NULL);
	return json_string(text);
}

static json_t *
value_of(const struct field *f, const void *of, bool times)
{
	const void *at = (const char *)of + f->at;
	char seed[24];

	switch (f->kind) {
	case FIELD_TEXT:
	case FIELD_LINES:
	case FIELD_JSON:
		return text_of(f, *(char *const *)at);
	case FIELD_NUMBER:
		return json_integer(*(const int64_t *)at);
	case FIELD_SEED:
		snprintf(seed, sizeof(seed), "%" PRIu64, *(const uint64_t *)at);
		return json_string(seed);
	case FIELD_FLAG:
		return json_boolean(*(const bool *)at);
	case FIELD_GRADE:
		return json_string(grade_word(*(const enum grade *)at));
	case FIELD_OBJECT:
		return object_of(f->fields, of, times);
	case FIELD_LIST:
		return list_of(f, of, times);
	}
	return NULL;
}

static json_t *
object_of(const struct field *f, const void *of, bool times)
{
	json_t *object = json_object();

	for (; f->key; f++)
		if (times || !f->time)
			json_object_set_new(object, f->key,
					    value_of(f, of, times));
	return object;
}

static int
add_bytes(const char *bytes, size_t n, void *out)
{
	buf_add(out, bytes, n);
	return 0;
}

void
result_write(struct buf *out, const struct result *r, bool times)
{
	json_t *object = json_pack("{s:s,s:i}", "ipclab", "result", "version",
				   RESULT_VERSION);
	json_t *fields = object_of(result_fields, r, times);

	json_object_update(object, fields);
	json_dump_callback(object, add_bytes, out, JSON_INDENT(2));
	buf_addc(out, '\n');
	json_decref(fields);
	json_decref(object);
}

/* ---- reading ---- */
struct reader {
	const char *name;
	char **why;
};

static int
mismatch(const struct reader *r, const char *key, const char *wanted)
{
	return fail(r->why, _("%s: '%s' should be %s"), r->name, key, wanted);
}

static int read_object(const struct reader *r, const struct field *f,
		       json_t *object, void *of);

/* The texts of a list, one a line.  */
static char *
joined(json_t *list)
{
	struct buf out = BUF_INIT;
	json_t *it;
	size_t i;

	json_array_foreach(list, i, it)
		if (json_is_string(it))
			buf_addf(&out, "%s\n", json_string_value(it));
	return buf_take(&out);
}

static int
read_text(const struct reader *r, const struct field *f, json_t *value,
	  char **to)
{
	char *dump;

	if (json_is_null(value) && f->optional)
		return 0;
	if (f->kind == FIELD_LINES && json_is_array(value)) {
		*to = joined(value);
		return 0;
	}
	if (f->kind == FIELD_JSON && json_is_object(value)) {
		dump = json_dumps(value, JSON_COMPACT);
		*to = xstrdup(dump);
		free(dump);
		return 0;
	}
	if (f->kind != FIELD_TEXT || !json_is_string(value))
		return mismatch(r, f->key, f->kind == FIELD_TEXT ?
				_("a text") : f->kind == FIELD_LINES ?
				_("a list") : _("an object"));
	*to = xstrdup(json_string_value(value));
	return 0;
}

static int
read_seed(const struct reader *r, const struct field *f, json_t *value,
	  uint64_t *to)
{
	const char *s = json_string_value(value);
	char *end;

	if (!s || *s < '0' || *s > '9')
		return mismatch(r, f->key, _("a number in quotes"));
	errno = 0;
	*to = strtoull(s, &end, 10);
	return *end || errno ? mismatch(r, f->key, _("a number in quotes")) :
	       0;
}

static int
read_grade(const struct reader *r, const struct field *f, json_t *value,
	   enum grade *to)
{
	const char *word = json_string_value(value);

	*to = word ? grade_named(word) : GRADES_COUNT;
	if (*to != GRADES_COUNT)
		return 0;
	*to = GRADE_INTERNAL;
	return mismatch(r, f->key, _("a verdict"));
}

static int
read_list(const struct reader *r, const struct field *f, json_t *value,
	  void *of)
{
	char **at = (char **)((char *)of + f->at);
	size_t *n = (size_t *)((char *)of + f->count), i;
	json_t *it;

	if (!json_is_array(value))
		return mismatch(r, f->key, _("a list"));
	*at = xcalloc(json_array_size(value) + 1, f->size);
	json_array_foreach(value, i, it) {
		*n = i + 1;
		if (!json_is_object(it))
			return mismatch(r, f->key, _("a list of objects"));
		if (read_object(r, f->fields, it, *at + i * f->size) < 0)
			return -1;
	}
	return 0;
}

static int
read_value(const struct reader *r, const struct field *f, json_t *value,
	   void *of)
{
	void *at = (char *)of + f->at;

	switch (f->kind) {
	case FIELD_TEXT:
	case FIELD_LINES:
	case FIELD_JSON:
		return read_text(r, f, value, at);
	case FIELD_NUMBER:
		*(int64_t *)at = json_integer_value(value);
		return json_is_integer(value) ? 0 :
		       mismatch(r, f->key, _("a whole number"));
	case FIELD_SEED:
		return read_seed(r, f, value, at);
	case FIELD_FLAG:
		*(bool *)at = json_is_true(value);
		return json_is_boolean(value) ? 0 :
		       mismatch(r, f->key, _("true or false"));
	case FIELD_GRADE:
		return read_grade(r, f, value, at);
	case FIELD_OBJECT:
		return json_is_object(value) ?
		       read_object(r, f->fields, value, of) :
		       mismatch(r, f->key, _("an object"));
	case FIELD_LIST:
		return read_list(r, f, value, of);
	}
	return -1;
}

static int
read_object(const struct reader *r, const struct field *f, json_t *object,
	    void *of)
{
	for (; f->key; f++) {
		json_t *value = json_object_get(object, f->key);

		if (!value && (f->optional || f->time))
			continue;
		if (!value)
			return fail(r->why, _("%s: '%s' is missing"), r->name,
				    f->key);
		if (read_value(r, f, value, of) < 0)
			return -1;
	}
	return 0;
}

static int
read_head(const struct reader *r, json_t *root)
{
	const char *kind = json_string_value(json_object_get(root, "ipclab"));
	json_int_t version =
		json_integer_value(json_object_get(root, "version"));

	if (!kind || strcmp(kind, "result") != 0)
		return fail(r->why, _("%s: this is no result of ipclab"),
			    r->name);
	if (version != RESULT_VERSION)
		return fail(r->why, _("%s: this result is of version %lld; "
				      "this ipclab reads version %d"), r->name,
			    (long long)version, RESULT_VERSION);
	return 0;
}

int
result_read(struct result *r, const char *text, size_t n, const char *name,
	    char **why)
{
	struct reader reader = { name, why };
	json_error_t error;
	json_t *root = json_loadb(text, n, JSON_REJECT_DUPLICATES, &error);
	char *wrong = NULL;
	int ret;

	result_init(r);
	if (!root)
		return fail(why, "%s:%d: %s", name, error.line, error.text);
	ret = read_head(&reader, root);
	if (ret == 0)
		ret = read_object(&reader, result_fields, root, r);
	json_decref(root);
	if (ret == 0 && result_is_sound(r, &wrong) < 0)
		ret = fail(why, "%s: %s", name, wrong);
	free(wrong);
	return ret;
}
