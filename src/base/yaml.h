/*
 * YAML into structures, by tables: a table says which keys a mapping may have,
 * what their values are, and where in a structure they go.
 *
 * libyaml reads the text and knows the line of each value; this puts the
 * values in their places.  (libcyaml, which does so too, takes "3x" for 3 and
 * forgets the lines, and an author must be told where.)
 *
 * What comes in is not trusted: no anchors, no aliases, no tags; at most
 * YAML_BYTES_MAX bytes, so many values, and so deep.
 */
#ifndef BASE_YAML_H
#define BASE_YAML_H

#include "base/problem.h"

enum { YAML_BYTES_MAX = 1 << 20, YAML_VALUES_MAX = 50000 };

struct yaml_text {
	char *text;		/* NULL: not given */
	int line;		/* from 1 */
};

struct yaml_texts {
	size_t n;
	struct yaml_text *text;
};

struct yaml_number {
	int64_t value;
	int line;		/* 0: not given, it is the fallback */
};

/* A sequence of mappings: n structures of the table's size.  */
struct yaml_list {
	size_t n;
	void *at;
	int line;		/* 0: not given */
};

enum yaml_kind {
	YAML_TEXT,	/* struct yaml_text */
	YAML_TEXTS,	/* struct yaml_texts: a sequence, or a single text */
	YAML_NUMBER,	/* struct yaml_number: whole, low to high */
	YAML_FLAG,	/* the same: true, false, yes, no */
	YAML_WORD,	/* the same: the number of one of words */
	YAML_MAPPING,	/* a struct of table, in place */
	YAML_LIST,	/* struct yaml_list of table */
};

struct yaml_field {
	const char *key;	/* NULL: the table's end */
	enum yaml_kind kind;
	size_t at;		/* offset */
	bool required;
	int64_t low, high;	/* bounds of a number; most entries of a list
				   or texts, most bytes of a text: 0, none */
	int64_t fallback;	/* of a number, flag or word */
	const char *const *words;	/* NULL last */
	const struct yaml_table *table;
};

/* Every structure begins with an int: its line; 0: not given.  */
struct yaml_table {
	size_t size;
	const struct yaml_field *fields;
};

/* Fill *out, a structure of the table, from n bytes that came from file (a
 * name for people).  0, or -1 when problems were added to p: all that can be
 * found.  *out is to be released in either case.  */
int yaml_read(const struct yaml_table *table, void *out, const char *file,
	      const char *text, size_t n, struct problems *p);
void yaml_release(const struct yaml_table *table, void *out);

/* yaml_write.c.  What was given, as text that is read as the same; comments
 * are not kept, keys stand in the order of the table.  */
void yaml_write(const struct yaml_table *table, const void *in,
		struct buf *out);
/* All texts that were given.  */
void yaml_each_text(const struct yaml_table *table, const void *in,
		    void (*each)(void *with, const struct yaml_text *text),
		    void *with);
/* Take the i-th of a list's structures, which are of this table, out of it. */
void yaml_drop(const struct yaml_table *item, struct yaml_list *list,
	       size_t i);

#endif
