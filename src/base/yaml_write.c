/* Structures into YAML, by the tables that read it.  */
#include "config.h"

#include "base/yaml.h"

#include <stdlib.h>
#include <string.h>

struct writing {
	struct buf *out;
	int depth;
	bool begun;		/* of an entry of a list: "- " stands there */
};

static void write_table(struct writing *w, const struct yaml_table *table,
			const void *in);

/* Characters beyond ASCII that end a line, or may not stand in YAML as they
 * are: how many bytes, and *code; 0: none begins here.  */
static size_t
unprintable(const char *s, unsigned *code)
{
	static const struct { const char *bytes; unsigned code; } odd[] = {
		{ "\xe2\x80\xa8", 0x2028 }, { "\xe2\x80\xa9", 0x2029 },
		{ "\xef\xbb\xbf", 0xfeff }, { "\xef\xbf\xbe", 0xfffe },
		{ "\xef\xbf\xbf", 0xffff },
	};

	*code = (unsigned char)s[1];
	if (*s == '\xc2' && *code >= 0x80 && *code <= 0x9f)
		return 2;
	for (size_t i = 0; i < ARRAY_SIZE(odd); i++)
		if (strncmp(s, odd[i].bytes, 3) == 0) {
			*code = odd[i].code;
			return 3;
		}
	return 0;
}

/* Double quotes take any text, and it cannot be read as a number or flag.  */
static void
write_text(struct writing *w, const char *s)
{
	unsigned code;
	size_t n;

	buf_addc(w->out, '"');
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			buf_addf(w->out, "\\%c", *s);
		else if (*s == '\n')
			buf_adds(w->out, "\\n");
		else if ((unsigned char)*s < ' ' || *s == 0x7f)
			buf_addf(w->out, "\\x%02x", (unsigned char)*s);
		else if (!(n = unprintable(s, &code)))
			buf_addc(w->out, *s);
		else
			buf_addf(w->out, "\\u%04x", code), s += n - 1;
	}
	buf_addc(w->out, '"');
}

static void
write_key(struct writing *w, const char *key)
{
	if (!w->begun)
		buf_addf(w->out, "%*s", 2 * w->depth, "");
	w->begun = false;
	buf_addf(w->out, "%s:", key);
}

/* ---- the kinds; each only if it is given ---- */
static void
write_one(struct writing *w, const struct yaml_field *f, const void *at)
{
	const struct yaml_text *text = at;

	if (!text->text)
		return;
	write_key(w, f->key);
	buf_addc(w->out, ' ');
	write_text(w, text->text);
	buf_addc(w->out, '\n');
}

static void
write_texts(struct writing *w, const struct yaml_field *f, const void *at)
{
	const struct yaml_texts *texts = at;

	if (!texts->n)
		return;
	write_key(w, f->key);
	buf_addc(w->out, '\n');
	for (size_t i = 0; i < texts->n; i++) {
		buf_addf(w->out, "%*s- ", 2 * w->depth + 2, "");
		write_text(w, texts->text[i].text);
		buf_addc(w->out, '\n');
	}
}

static void
write_number(struct writing *w, const struct yaml_field *f, const void *at)
{
	const struct yaml_number *number = at;

	if (!number->line)
		return;
	write_key(w, f->key);
	if (f->kind == YAML_WORD)
		buf_addf(w->out, " %s\n", f->words[number->value]);
	else if (f->kind == YAML_FLAG)
		buf_addf(w->out, " %s\n", number->value ? "true" : "false");
	else
		buf_addf(w->out, " %lld\n", (long long)number->value);
}

static void
write_mapping(struct writing *w, const struct yaml_field *f, const void *at)
{
	size_t before;

	if (!*(const int *)at)
		return;
	write_key(w, f->key);
	before = w->out->len;
	buf_addc(w->out, '\n');
	w->depth++;
	write_table(w, f->table, at);
	w->depth--;
	/* Nothing is given in it, and it is given.  */
	if (w->out->len == before + 1) {
		w->out->len = before;
		buf_adds(w->out, " {}\n");
	}
}

static void
write_list(struct writing *w, const struct yaml_field *f, const void *at)
{
	const struct yaml_list *list = at;

	if (!list->n)
		return;
	write_key(w, f->key);
	buf_addc(w->out, '\n');
	w->depth += 2;
	for (size_t i = 0; i < list->n; i++) {
		buf_addf(w->out, "%*s- ", 2 * w->depth - 2, "");
		w->begun = true;
		write_table(w, f->table,
			    (const char *)list->at + i * f->table->size);
		if (w->begun)
			buf_adds(w->out, "{}\n");
		w->begun = false;
	}
	w->depth -= 2;
}

static void
write_table(struct writing *w, const struct yaml_table *table, const void *in)
{
	static void (*const write[])(struct writing *w,
				     const struct yaml_field *f,
				     const void *at) = {
		[YAML_TEXT] = write_one, [YAML_TEXTS] = write_texts,
		[YAML_NUMBER] = write_number, [YAML_FLAG] = write_number,
		[YAML_WORD] = write_number, [YAML_MAPPING] = write_mapping,
		[YAML_LIST] = write_list,
	};

	for (const struct yaml_field *f = table->fields; f->key; f++)
		write[f->kind](w, f, (const char *)in + f->at);
}

void
yaml_write(const struct yaml_table *table, const void *in, struct buf *out)
{
	struct writing w = { .out = out };

	write_table(&w, table, in);
}

/* ---- looking at it ---- */
void
yaml_each_text(const struct yaml_table *table, const void *in,
	       void (*each)(void *with, const struct yaml_text *text),
	       void *with)
{
	for (const struct yaml_field *f = table->fields; f->key; f++) {
		const void *at = (const char *)in + f->at;
		const struct yaml_texts *texts = at;
		const struct yaml_list *list = at;

		if (f->kind == YAML_TEXT &&
		    ((const struct yaml_text *)at)->text)
			each(with, at);
		for (size_t i = 0; f->kind == YAML_TEXTS && i < texts->n; i++)
			each(with, &texts->text[i]);
		if (f->kind == YAML_MAPPING)
			yaml_each_text(f->table, at, each, with);
		for (size_t i = 0; f->kind == YAML_LIST && i < list->n; i++)
			yaml_each_text(f->table, (const char *)list->at +
				       i * f->table->size, each, with);
	}
}

void
yaml_drop(const struct yaml_table *item, struct yaml_list *list, size_t i)
{
	char *at = (char *)list->at + i * item->size;

	yaml_release(item, at);
	memmove(at, at + item->size, (list->n - i - 1) * item->size);
	list->n--;
}
