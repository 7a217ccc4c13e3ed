/* YAML into structures.  */
#include "config.h"

#include "base/i18n.h"
#include "base/suggest.h"
#include "base/yaml.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct reading {
	const char *file;
	yaml_document_t document;
	struct problems *problems;
	bool failed;
	size_t values;		/* seen so far */
};

static void wrong(struct reading *r, int line, const char *fmt, ...)
	PRINTF_LIKE(3, 4);

static void
wrong(struct reading *r, int line, const char *fmt, ...)
{
	char *text;
	va_list ap;

	va_start(ap, fmt);
	text = xvasprintf(fmt, ap);
	va_end(ap);
	problem_add(r->problems, r->file, line, "%s", text);
	free(text);
	r->failed = true;
}

static int
line_of(const yaml_node_t *node)
{
	return (int)node->start_mark.line + 1;
}

static yaml_node_t *
node_at(struct reading *r, int index)
{
	return yaml_document_get_node(&r->document, index);
}

/* The text of a scalar without a NUL in it; else NULL, and it was said.  */
static const char *
scalar(struct reading *r, const struct yaml_field *f, const yaml_node_t *node)
{
	const char *s = (const char *)node->data.scalar.value;

	if (node->type != YAML_SCALAR_NODE)
		wrong(r, line_of(node), _("%s: one value is wanted here"),
		      f->key);
	else if (strlen(s) != node->data.scalar.length)
		wrong(r, line_of(node), _("%s: there is a NUL in it"), f->key);
	else
		return s;
	return NULL;
}

/* ---- the kinds ---- */
static void
take_one_text(struct reading *r, const struct yaml_field *f, yaml_node_t *node,
	      struct yaml_text *out)
{
	const char *s = scalar(r, f, node);

	if (!s)
		return;
	if (f->kind == YAML_TEXT && f->high && strlen(s) > (size_t)f->high) {
		wrong(r, line_of(node),
		      _("%s: longer than %lld bytes"), f->key,
		      (long long)f->high);
		return;
	}
	out->text = xstrdup(s);
	out->line = line_of(node);
}

static void
take_text(struct reading *r, const struct yaml_field *f, yaml_node_t *node,
	  void *out)
{
	struct yaml_text *text = out;

	take_one_text(r, f, node, text);
	if (text->text && !*text->text && f->required)
		wrong(r, text->line, _("%s: nothing stands there"), f->key);
}

/* How many entries; false: too many, and it was said.  */
static bool
few_enough(struct reading *r, const struct yaml_field *f,
	   const yaml_node_t *node, size_t n)
{
	if (!f->high || n <= (size_t)f->high)
		return true;
	wrong(r, line_of(node), _("%s: %zu entries, and %lld are the most"),
	      f->key, n, (long long)f->high);
	return false;
}

static size_t
entries(const yaml_node_t *node)
{
	return (size_t)(node->data.sequence.items.top -
			node->data.sequence.items.start);
}

static void
take_texts(struct reading *r, const struct yaml_field *f, yaml_node_t *node,
	   void *out)
{
	struct yaml_texts *texts = out;
	bool many = node->type == YAML_SEQUENCE_NODE;
	size_t n = many ? entries(node) : 1;

	if (!few_enough(r, f, node, n))
		return;
	texts->text = xcalloc(n ? n : 1, sizeof(*texts->text));
	texts->n = n;
	for (size_t i = 0; i < n; i++) {
		yaml_node_t *it = many ?
			node_at(r, node->data.sequence.items.start[i]) : node;

		take_one_text(r, f, it, &texts->text[i]);
		if (!texts->text[i].text)
			texts->text[i].text = xstrdup("");
	}
}

static void
take_number(struct reading *r, const struct yaml_field *f, yaml_node_t *node,
	    void *out)
{
	struct yaml_number *number = out;
	const char *s = scalar(r, f, node);
	char *end;
	long long value;

	if (!s)
		return;
	errno = 0;
	value = strtoll(s, &end, 10);
	if (end == s || *end || errno || value < f->low || value > f->high) {
		wrong(r, line_of(node),
		      _("%s: '%.40s' is no whole number from %lld to %lld"),
		      f->key, s, (long long)f->low, (long long)f->high);
		return;
	}
	number->value = value;
	number->line = line_of(node);
}

static void
take_word(struct reading *r, const struct yaml_field *f, yaml_node_t *node,
	  void *out)
{
	struct yaml_number *number = out;
	const char *s = scalar(r, f, node);
	struct suggest near = SUGGEST_INIT(s);

	if (!s)
		return;
	for (int i = 0; f->words[i]; i++) {
		if (strcmp(f->words[i], s) == 0) {
			number->value = i;
			number->line = line_of(node);
			return;
		}
		suggest_try(&near, f->words[i]);
	}
	if (suggest_best(&near))
		wrong(r, line_of(node),
		      _("%s: there is no '%.40s'; did you mean '%s'?"), f->key,
		      s, suggest_best(&near));
	else
		wrong(r, line_of(node), _("%s: there is no '%.40s'"), f->key,
		      s);
}

static void
take_flag(struct reading *r, const struct yaml_field *f, yaml_node_t *node,
	  void *out)
{
	static const char *const words[] = {
		"false", "true", "no", "yes", NULL
	};
	struct yaml_field flag = *f;
	struct yaml_number *number = out;

	flag.words = words;
	take_word(r, &flag, node, out);
	number->value &= 1;
}

static void take_mapping(struct reading *r, const struct yaml_field *f,
			 yaml_node_t *node, void *out);

static void
take_list(struct reading *r, const struct yaml_field *f, yaml_node_t *node,
	  void *out)
{
	struct yaml_list *list = out;
	size_t n;

	if (node->type != YAML_SEQUENCE_NODE) {
		wrong(r, line_of(node), _("%s: a list is wanted here"),
		      f->key);
		return;
	}
	n = entries(node);
	if (!few_enough(r, f, node, n))
		return;
	list->at = xcalloc(n ? n : 1, f->table->size);
	list->n = n;
	list->line = line_of(node);
	for (size_t i = 0; i < n; i++)
		take_mapping(r, f,
			     node_at(r, node->data.sequence.items.start[i]),
			     (char *)list->at + i * f->table->size);
}

static void (*const take[])(struct reading *r, const struct yaml_field *f,
			    yaml_node_t *node, void *out) = {
	[YAML_TEXT] = take_text,
	[YAML_TEXTS] = take_texts,
	[YAML_NUMBER] = take_number,
	[YAML_FLAG] = take_flag,
	[YAML_WORD] = take_word,
	[YAML_MAPPING] = take_mapping,
	[YAML_LIST] = take_list,
};

/* ---- a mapping ---- */
static const struct yaml_field *
field_named(const struct yaml_table *table, const char *key)
{
	const struct yaml_field *f = table->fields;

	while (f->key && strcmp(f->key, key) != 0)
		f++;
	return f->key ? f : NULL;
}

static void
unknown_key(struct reading *r, const struct yaml_table *table, int line,
	    const char *key)
{
	struct suggest near = SUGGEST_INIT(key);

	for (const struct yaml_field *f = table->fields; f->key; f++)
		suggest_try(&near, f->key);
	if (suggest_best(&near))
		wrong(r, line, _("there is no key '%.40s' here; did you mean "
				 "'%s'?"), key, suggest_best(&near));
	else
		wrong(r, line, _("there is no key '%.40s' here"), key);
}

static bool
is_number(const struct yaml_field *f)
{
	return f->kind == YAML_NUMBER || f->kind == YAML_FLAG ||
	       f->kind == YAML_WORD;
}

static void
set_fallbacks(const struct yaml_table *table, void *out)
{
	for (const struct yaml_field *f = table->fields; f->key; f++) {
		void *at = (char *)out + f->at;

		if (is_number(f))
			((struct yaml_number *)at)->value = f->fallback;
		else if (f->kind == YAML_MAPPING)
			set_fallbacks(f->table, at);
	}
}

/* One key and its value; true in seen[] afterwards.  */
static void
take_pair(struct reading *r, const struct yaml_table *table,
	  const yaml_node_pair_t *pair, bool *seen, void *out)
{
	yaml_node_t *key = node_at(r, pair->key);
	const char *name = (const char *)key->data.scalar.value;
	const struct yaml_field *f;

	if (key->type != YAML_SCALAR_NODE) {
		wrong(r, line_of(key), _("a key must be a word"));
		return;
	}
	f = field_named(table, name);
	if (!f) {
		unknown_key(r, table, line_of(key), name);
	} else if (seen[f - table->fields]) {
		wrong(r, line_of(key), _("%s: it stands here twice"), name);
	} else {
		seen[f - table->fields] = true;
		take[f->kind](r, f, node_at(r, pair->value),
			      (char *)out + f->at);
	}
}

static void
take_table(struct reading *r, const struct yaml_table *table,
	   yaml_node_t *node, void *out)
{
	const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
	size_t fields = 0;
	bool *seen;

	while (table->fields[fields].key)
		fields++;
	seen = xcalloc(fields + 1, sizeof(*seen));
	*(int *)out = line_of(node);
	set_fallbacks(table, out);
	for (; pair < node->data.mapping.pairs.top; pair++)
		take_pair(r, table, pair, seen, out);
	for (size_t i = 0; i < fields; i++)
		if (table->fields[i].required && !seen[i])
			wrong(r, line_of(node), _("the key '%s' is missing"),
			      table->fields[i].key);
	free(seen);
}

static void
take_mapping(struct reading *r, const struct yaml_field *f, yaml_node_t *node,
	     void *out)
{
	if (node->type != YAML_MAPPING_NODE)
		wrong(r, line_of(node), _("%s: 'KEY: VALUE' is wanted here"),
		      f->key);
	else
		take_table(r, f->table, node, out);
}

/* ---- a file ---- */
static int
refuse(struct reading *r, int line, const char *what)
{
	wrong(r, line, "%s", what);
	return -1;
}

/* Aliases let a short text be a huge one, and tags say what we did not ask.
 * So a look at the events goes before the document is built.  */
static int
look_through(struct reading *r, const char *text, size_t n)
{
	yaml_parser_t parser;
	yaml_event_t event;
	bool over = false;
	int ret = 0;

	yaml_parser_initialize(&parser);
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, n);
	while (!over && ret == 0) {
		if (!yaml_parser_parse(&parser, &event)) {
			wrong(r, (int)parser.problem_mark.line + 1,
			      _("not YAML: %s"), parser.problem ?
			      parser.problem : _("it cannot be read"));
			ret = -1;
			break;
		}
		if (event.type == YAML_ALIAS_EVENT)
			ret = refuse(r, (int)event.start_mark.line + 1,
				     _("aliases (*NAME) are not allowed"));
		if (++r->values > YAML_VALUES_MAX)
			ret = refuse(r, (int)event.start_mark.line + 1,
				     _("too many values"));
		over = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return ret;
}

static void
take_document(struct reading *r, const struct yaml_table *table, void *out)
{
	yaml_node_t *root = yaml_document_get_root_node(&r->document);

	if (!root)
		wrong(r, 1, _("nothing stands in it"));
	else if (root->type != YAML_MAPPING_NODE)
		wrong(r, line_of(root), _("it must begin with 'KEY: VALUE'"));
	else
		take_table(r, table, root, out);
}

int
yaml_read(const struct yaml_table *table, void *out, const char *file,
	  const char *text, size_t n, struct problems *p)
{
	struct reading r = { .file = file, .problems = p };
	yaml_parser_t parser;

	memset(out, 0, table->size);
	set_fallbacks(table, out);
	if (n > YAML_BYTES_MAX)
		return refuse(&r, 0, _("larger than 1 MiB"));
	if (look_through(&r, text, n) < 0)
		return -1;
	yaml_parser_initialize(&parser);
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, n);
	if (yaml_parser_load(&parser, &r.document)) {
		take_document(&r, table, out);
		yaml_document_delete(&r.document);
	} else {
		wrong(&r, (int)parser.problem_mark.line + 1,
		      _("not YAML: %s"), parser.problem ? parser.problem :
		      _("it cannot be read"));
	}
	yaml_parser_delete(&parser);
	return r.failed ? -1 : 0;
}

/* ---- giving back ---- */
static void release_field(const struct yaml_field *f, void *at);

static void
release_table(const struct yaml_table *table, void *out)
{
	for (const struct yaml_field *f = table->fields; f->key; f++)
		release_field(f, (char *)out + f->at);
}

static void
release_field(const struct yaml_field *f, void *at)
{
	struct yaml_texts *texts = at;
	struct yaml_list *list = at;

	switch (f->kind) {
	case YAML_TEXT:
		free(((struct yaml_text *)at)->text);
		break;
	case YAML_TEXTS:
		for (size_t i = 0; i < texts->n; i++)
			free(texts->text[i].text);
		free(texts->text);
		break;
	case YAML_MAPPING:
		release_table(f->table, at);
		break;
	case YAML_LIST:
		for (size_t i = 0; i < list->n; i++)
			release_table(f->table, (char *)list->at +
				      i * f->table->size);
		free(list->at);
		break;
	case YAML_NUMBER:
	case YAML_FLAG:
	case YAML_WORD:
		break;
	}
}

void
yaml_release(const struct yaml_table *table, void *out)
{
	release_table(table, out);
	memset(out, 0, table->size);
}
