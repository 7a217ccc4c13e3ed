/* YAML comes into structures, and what is wrong is said with its line.  */
#include "base/yaml.h"
#include "tests/unit/unit.h"

struct part {
	int line;
	struct yaml_text name;
	struct yaml_number size;
};

struct whole {
	int line;
	struct yaml_text title;
	struct yaml_texts words;
	struct yaml_number flag, colour;
	struct part one;
	struct yaml_list parts;
};

static const char *const colours[] = { "red", "green", NULL };

static const struct yaml_field part_fields[] = {
	{ .key = "name", .kind = YAML_TEXT, .at = offsetof(struct part, name),
	  .required = true },
	{ .key = "size", .kind = YAML_NUMBER, .at = offsetof(struct part, size),
	  .low = -5, .high = 10, .fallback = 7 },
	{ .key = NULL }
};
static const struct yaml_table part_table = {
	sizeof(struct part), part_fields
};

static const struct yaml_field whole_fields[] = {
	{ .key = "title", .kind = YAML_TEXT, .required = true, .high = 20,
	  .at = offsetof(struct whole, title) },
	{ .key = "words", .kind = YAML_TEXTS, .high = 3,
	  .at = offsetof(struct whole, words) },
	{ .key = "flag", .kind = YAML_FLAG, .at = offsetof(struct whole, flag),
	  .fallback = 1 },
	{ .key = "colour", .kind = YAML_WORD, .words = colours,
	  .at = offsetof(struct whole, colour) },
	{ .key = "one", .kind = YAML_MAPPING, .table = &part_table,
	  .at = offsetof(struct whole, one) },
	{ .key = "parts", .kind = YAML_LIST, .table = &part_table, .high = 2,
	  .at = offsetof(struct whole, parts) },
	{ .key = NULL }
};
static const struct yaml_table whole_table = {
	sizeof(struct whole), whole_fields
};

START_TEST(values_come_to_their_places)
{
	static const char text[] =
		"title: A   # comment\n"
		"words: [x, 'y z']\n"
		"flag: no\n"
		"colour: green\n"
		"one: {name: n}\n"
		"parts:\n"
		"  - name: p\n"
		"    size: -5\n"
		"  - {name: |\n"
		"  q}\n";
	static const char better[] =
		"title: A   # comment\n"
		"words: [x, 'y z']\n"
		"flag: no\n"
		"colour: green\n"
		"one: {name: n}\n"
		"parts:\n"
		"  - name: p\n"
		"    size: -5\n"
		"  - name: |\n"
		"      q\n"
		"      r\n";
	struct whole w;
	const struct part *part;

	ck_assert_int_eq(yaml_read(&whole_table, &w, "f", text,
				   sizeof(text) - 1, NULL), -1);
	yaml_release(&whole_table, &w);
	ck_assert_int_eq(yaml_read(&whole_table, &w, "f", better,
				   sizeof(better) - 1, NULL), 0);
	ck_assert_str_eq(w.title.text, "A");
	ck_assert_int_eq((int)w.words.n, 2);
	ck_assert_str_eq(w.words.text[1].text, "y z");
	ck_assert_int_eq(w.words.text[1].line, 2);
	ck_assert(w.flag.value == 0 && w.colour.value == 1);
	ck_assert(w.one.size.value == 7 && w.one.size.line == 0);
	ck_assert_int_eq((int)w.parts.n, 2);
	part = w.parts.at;
	ck_assert(part[0].size.value == -5 && part[0].line == 7);
	ck_assert_str_eq(part[1].name.text, "q\nr\n");
	yaml_release(&whole_table, &w);
	ck_assert_ptr_null(w.title.text);
}
END_TEST

static const struct { const char *text, *says; } bad[] = {
	{ "", "f:1: nothing stands in it\n" },
	{ "- a\n", "f:1: it must begin with 'KEY: VALUE'\n" },
	{ "words: a\n", "f:1: the key 'title' is missing\n" },
	{ "title: a\ntitle: b\n", "f:2: title: it stands here twice\n" },
	{ "title: a\ncolor: red\n", "f:2: there is no key 'color' here; did "
	  "you mean 'colour'?\n" },
	{ "title: a\ncolour: rde\n", "f:2: colour: there is no 'rde'; did you "
	  "mean 'red'?\n" },
	{ "title: [a]\n", "f:1: title: one value is wanted here\n" },
	{ "title: a\nparts: b\n", "f:2: parts: a list is wanted here\n" },
	{ "title: a\nparts:\n  - b\n", "f:3: parts: 'KEY: VALUE' is wanted "
	  "here\n" },
	{ "title: a\none: {name: b, size: 3x}\n", "f:2: size: '3x' is no whole "
	  "number from -5 to 10\n" },
	{ "title: a\none: {name: b, size: 11}\n", "f:2: size: '11' is no whole "
	  "number from -5 to 10\n" },
	{ "title: a\nwords: [a, b, c, d]\n", "f:2: words: 4 entries, and 3 "
	  "are the most\n" },
	{ "title: aaaaaaaaaaaaaaaaaaaaaaaaaaa\n", "f:1: title: longer than 20 "
	  "bytes\n" },
	{ "title: &a b\nwords: *a\n", "f:2: aliases (*NAME) are not "
	  "allowed\n" },
	{ "title: \"a\\0b\"\n", "f:1: title: there is a NUL in it\n" },
	{ "title: ''\n", "f:1: title: nothing stands there\n" },
	{ "title: 'a\n", "f:2: not YAML: found unexpected end of stream\n" },
};

START_TEST(what_is_wrong_is_said_with_its_line)
{
	struct problems p = PROBLEMS_INIT;
	struct buf said = BUF_INIT;
	struct whole w;

	ck_assert_int_eq(yaml_read(&whole_table, &w, "f", bad[_i].text,
				   strlen(bad[_i].text), &p), -1);
	problems_write(&p, &said);
	ck_assert_str_eq(buf_str(&said), bad[_i].says);
	yaml_release(&whole_table, &w);
	problems_release(&p);
	buf_release(&said);
}
END_TEST

START_TEST(all_that_is_wrong_is_said_at_once)
{
	static const char text[] = "colour: rde\nflag: 3\nparts: x\n";
	struct problems p = PROBLEMS_INIT;
	struct whole w;

	ck_assert_int_eq(yaml_read(&whole_table, &w, "f", text,
				   sizeof(text) - 1, &p), -1);
	ck_assert_int_eq((int)p.n, 4);
	yaml_release(&whole_table, &w);
	problems_release(&p);
}
END_TEST

/* Whatever was given comes back, and nothing else.  */
START_TEST(what_is_written_is_read_as_the_same)
{
	static const char text[] =
		"title: \"a: \\\\\\\"\\n\\t\\x7f\\u0085\\u2028\\ufeff\\u00e4 #\"\n"
		"words: ['', '- x', \"true\"]\n"
		"flag: yes\n"
		"one: {name: n}\n"
		"parts: [{name: '2'}, {name: q, size: 7}]\n";
	struct buf once = BUF_INIT, twice = BUF_INIT;
	struct whole a, b;

	ck_assert_int_eq(yaml_read(&whole_table, &a, "f", text,
				   sizeof(text) - 1, NULL), 0);
	yaml_write(&whole_table, &a, &once);
	ck_assert_int_eq(yaml_read(&whole_table, &b, "f", once.data, once.len,
				   NULL), 0);
	yaml_write(&whole_table, &b, &twice);
	ck_assert_str_eq(once.data, twice.data);
	ck_assert_str_eq(a.title.text, b.title.text);
	ck_assert(b.words.n == 3 && b.parts.n == 2 && b.flag.value == 1);
	ck_assert_str_eq(b.words.text[1].text, "- x");
	ck_assert(b.colour.line == 0 && b.one.size.line == 0);
	ck_assert_ptr_null(strstr(once.data, "colour"));
	yaml_drop(&part_table, &b.parts, 0);
	ck_assert_str_eq(((struct part *)b.parts.at)->name.text, "q");
	ck_assert_uint_eq(b.parts.n, 1);
	yaml_release(&whole_table, &a);
	yaml_release(&whole_table, &b);
	buf_release(&once);
	buf_release(&twice);
}
END_TEST

static void
count(void *with, const struct yaml_text *text)
{
	*(size_t *)with += strlen(text->text);
}

START_TEST(each_text_is_seen)
{
	static const char text[] = "title: a\nwords: [bc, d]\n"
		"one: {name: efg}\nparts: [{name: h}, {name: ij}]\n";
	struct whole w;
	size_t n = 0;

	ck_assert_int_eq(yaml_read(&whole_table, &w, "f", text,
				   sizeof(text) - 1, NULL), 0);
	yaml_each_text(&whole_table, &w, count, &n);
	ck_assert_uint_eq(n, 10);
	yaml_release(&whole_table, &w);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("yaml");
	TCase *c = tcase_create("wrong");

	unit_add(s, values_come_to_their_places);
	tcase_add_loop_test(c, what_is_wrong_is_said_with_its_line, 0,
			    ARRAY_SIZE(bad));
	suite_add_tcase(s, c);
	unit_add(s, all_that_is_wrong_is_said_at_once);
	unit_add(s, what_is_written_is_read_as_the_same);
	unit_add(s, each_text_is_seen);
	return unit_run(s);
}
