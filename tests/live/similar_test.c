/*
 * Which texts are like each other, by sim_c in the sandbox: copies are found
 * under other names, what is shared with the skeleton is no likeness.
 */
#include "grade/similar.h"
#include "sandbox/sandbox.h"
#include "tests/unit/unit.h"

#include <stdio.h>

/* Each with enough of its own for sim_c to see (its runs have 24 tokens).  */
#define START \
	"#include <stdio.h>\n#include <stdlib.h>\n" \
	"static long check(long result, const char *what)\n" \
	"{\n\tif (result == -1) {\n\t\tperror(what);\n\t\texit(1);\n\t}\n" \
	"\treturn result;\n}\n"
#define SUM(sum, i, n, add) \
	"static int " add "(int " n ")\n{\n\tint " sum " = 0;\n" \
	"\tfor (int " i " = 0; " i " < " n "; " i "++)\n" \
	"\t\tif (" i " % 3 == 0 || " i " % 5 == 0)\n" \
	"\t\t\t" sum " += " i " * " i ";\n" \
	"\twhile (" sum " > 1000)\n\t\t" sum " -= " n ";\n" \
	"\treturn " sum ";\n}\n"
#define OTHER \
	"struct list { struct list *next; char word[20]; };\n" \
	"static struct list *last(struct list *l)\n" \
	"{\n\tdo {\n\t\tputs(l->word);\n\t} while (l->next && (l = l->next));\n" \
	"\tswitch (l->word[0]) {\n\tcase 'a': return NULL;\n" \
	"\tdefault: return l;\n\t}\n}\n"

enum { TEXTS_MAX = 4 };

static struct buf text[TEXTS_MAX];
static struct similar found;

static void
find(const char *const *texts, size_t n, const char *start, int least)
{
	char *why = NULL;

	for (size_t i = 0; i < n; i++) {
		buf_clear(&text[i]);
		buf_addf(&text[i], "%s", texts[i]);
	}
	ck_assert_msg(similar_find(&found, text, n, start, least, &why) == 0,
		      "%s", why);
	ck_assert_ptr_null(why);
}

static void
release(void)
{
	similar_release(&found);
	for (size_t i = 0; i < TEXTS_MAX; i++)
		buf_release(&text[i]);
}

START_TEST(a_copy_under_other_names_is_found)
{
	static const char *const texts[] = {
		SUM("sum", "i", "n", "add"), OTHER,
		"/* mine */\n" SUM("total", "k", "most", "count"),
	};

	find(texts, 3, "", 50);
	ck_assert_uint_eq(found.n, 1);
	ck_assert_uint_eq(found.pair[0].a, 0);
	ck_assert_uint_eq(found.pair[0].b, 2);
	ck_assert_int_eq(found.pair[0].percent, 100);
	release();
}
END_TEST

START_TEST(the_most_alike_come_first)
{
	static const char *const texts[] = {
		SUM("sum", "i", "n", "add") OTHER,
		OTHER SUM("a", "b", "c", "d"),
		SUM("sum", "i", "n", "add") START,
	};

	find(texts, 3, "", 10);
	ck_assert_uint_eq(found.n, 3);
	ck_assert_uint_eq(found.pair[0].a, 0);
	ck_assert_uint_eq(found.pair[0].b, 1);
	for (size_t i = 1; i < found.n; i++)
		ck_assert_int_le(found.pair[i].percent,
				 found.pair[i - 1].percent);
	release();
}
END_TEST

START_TEST(what_all_began_with_is_no_likeness)
{
	static const char *const texts[] = { START, START };

	find(texts, 2, START, 50);
	ck_assert_uint_eq(found.n, 0);
	ck_assert_int_eq(found.of_start[0], 100);
	ck_assert_int_eq(found.of_start[1], 100);
	release();
}
END_TEST

START_TEST(fewer_percent_than_asked_for_are_not_told)
{
	static const char *const texts[] = {
		SUM("sum", "i", "n", "add") OTHER,
		SUM("sum", "i", "n", "add") START,
	};

	find(texts, 2, "", 1);
	ck_assert_uint_eq(found.n, 1);
	ck_assert_int_lt(found.pair[0].percent, 100);
	release();
	find(texts, 2, "", 100);
	ck_assert_uint_eq(found.n, 0);
	release();
}
END_TEST

START_TEST(one_alone_or_none_is_like_nobody)
{
	static const char *const texts[] = { OTHER };

	find(texts, 1, "", 1);
	ck_assert_uint_eq(found.n, 0);
	release();
	find(texts, 0, START, 1);
	ck_assert_uint_eq(found.n, 0);
	release();
}
END_TEST

/* What is handed in may be no C at all.  */
START_TEST(any_bytes_may_be_handed_in)
{
	static const char *const texts[] = {
		"\"never closed\n/* nor this", "\xff\xfe \x01 '''",
		SUM("sum", "i", "n", "add"), "",
	};

	find(texts, 4, "", 50);
	ck_assert_uint_eq(found.n, 0);
	release();
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("similar");

	if (system("command -v sim_c >/dev/null") != 0 ||
	    sandbox_tier(NULL) == SANDBOX_NONE) {
		printf("1..0 # SKIP there is no sim_c, or no sandbox\n");
		return 0;
	}
	unit_add(s, a_copy_under_other_names_is_found);
	unit_add(s, the_most_alike_come_first);
	unit_add(s, what_all_began_with_is_no_likeness);
	unit_add(s, fewer_percent_than_asked_for_are_not_told);
	unit_add(s, one_alone_or_none_is_like_nobody);
	unit_add(s, any_bytes_may_be_handed_in);
	return unit_run(s);
}
