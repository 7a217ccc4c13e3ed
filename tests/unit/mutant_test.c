/* Tokens are read as a compiler does; each mutant has one thing changed.  */
#include "author/mutant.h"
#include "author/lexeme.h"
#include "base/buf.h"
#include "tests/unit/unit.h"

static void
tokens_are(const char *text, const char *expected)
{
	struct buf out = BUF_INIT;
	struct lexemes t;

	lexemes_read(&t, text, strlen(text));
	for (size_t i = 0; i < t.n; i++)
		buf_addf(&out, "%s%d:%.*s", i ? " | " : "", t.at[i].line,
			 (int)t.at[i].n, t.at[i].at);
	ck_assert_str_eq(buf_str(&out), expected);
	buf_release(&out);
	lexemes_release(&t);
}

static const struct { const char *text, *tokens; } read_as[] = {
	{ "", "" },
	{ " \t\n", "" },
	{ "a->b;\nc", "1:a | 1:-> | 1:b | 1:; | 2:c" },
	{ "a/* close(b); */c", "1:a | 1:c" },
	{ "a // close(b);\nc", "1:a | 2:c" },
	{ "a // b \\\nclose(c);\nd", "1:a | 3:d" },
	{ "/* // */ a /* /* */ b", "1:a | 1:b" },
	{ "\"/* \\\" */\" a", "1:\"/* \\\" */\" | 1:a" },
	{ "'\"' b '\\'' c", "1:'\"' | 1:b | 1:'\\'' | 1:c" },
	{ "\"open\nnext", "1:\"open | 2:next" },
	{ "\"a\\\nb\" c", "1:\"a\\\nb\" | 2:c" },
	{ "#include <a.h> /* x\ny */ z\nb", "1:#include <a.h> /* x\ny */ z | "
	  "3:b" },
	{ " # define A \\\n close(1)\nb", "1:# define A \\\n close(1) | 3:b" },
	{ "a # b", "1:a | 1:# | 1:b" },
	{ "/* c */ #if 1\nx", "1:#if 1 | 2:x" },
	{ "1.5e-3+0x1F a.b .5", "1:1.5e-3 | 1:+ | 1:0x1F | 1:a | 1:. | 1:b | "
	  "1:.5" },
	{ "R\"x(close(1)\"y)x\" z", "1:R\"x(close(1)\"y)x\" | 1:z" },
	{ "a<<=b>>c!=d", "1:a | 1:<<= | 1:b | 1:>> | 1:c | 1:!= | 1:d" },
	{ "a /* never closed", "1:a" },
	{ "\\", "1:\\" },
};

START_TEST(tokens_are_a_compilers)
{
	for (size_t i = 0; i < ARRAY_SIZE(read_as); i++)
		tokens_are(read_as[i].text, read_as[i].tokens);
}
END_TEST

START_TEST(blanks_and_comments_make_no_difference)
{
	static const char one[] = "int main(void) { return 0; }";
	static const char two[] = "int\nmain(void) /* it */\n{\n\treturn 0;}\n";
	struct lexemes a, b, c;

	lexemes_read(&a, one, strlen(one));
	lexemes_read(&b, two, strlen(two));
	lexemes_read(&c, one, strlen(one) - 1);
	ck_assert(lexemes_equal(&a, &b));
	ck_assert(!lexemes_equal(&a, &c));
	lexemes_release(&a);
	lexemes_release(&b);
	lexemes_release(&c);
}
END_TEST

/* Each mutant as LINE, what was changed, and what came of it.  */
static void
mutants_are(const char *text, const char *expected)
{
	struct buf out = BUF_INIT;
	struct mutants m;

	mutants_make(&m, text, strlen(text));
	for (size_t i = 0; i < m.n; i++) {
		size_t n = strlen(text);
		char *changed = mutant_apply(&m.at[i], text, &n);

		ck_assert_uint_eq(n, strlen(changed));
		buf_addf(&out, "%d %s: %s\n", m.at[i].line, m.at[i].says,
			 changed);
		free(changed);
	}
	ck_assert_str_eq(buf_str(&out), expected);
	buf_release(&out);
	mutants_release(&m);
}

static const struct { const char *text, *mutants; } changed[] = {
	{ "{ close(fd[0]); }", "1 without close(fd[0]): { ; }\n" },
	{ "x = check(close(fd), \"close\");",
	  "1 without close(fd): x = check(0, \"close\");\n" },
	{ "if (c) close(f(1, (2)));",
	  "1 without close(f(1, (2))): if (c) 0;\n" },
	{ "return close(1);", "1 without close(1): return 0;\n" },
	/* What only looks like a call of it.  */
	{ "int close(int fd);", "" },
	{ "disclose(1); a.close(1); a->close(1); close; close (", "" },
	{ "/* close(1); */ \"close(1);\" // wait(0)", "" },
	{ "#define END close(1); a != 0\n", "" },
	{ "while (a)\n\tb();", "1 if ( in place of while (: if (a)\n\tb();\n" },
	{ "a == -1", "1 != -1 in place of == -1: a != -1\n" },
	{ "open(a, O_RDWR | O_CREAT)",
	  "1 0 in place of O_CREAT: open(a, O_RDWR | 0)\n" },
	{ "; write(a); write(a);", "" },
	{ "; write(a); write(b); return;",
	  "1 write(b) before write(a): ; write(b); write(a); return;\n" },
	{ "{ check(write(a), 1);\n\tread(b); }",
	  "1 read(b) before check(write(a), 1): { read(b);\n\t"
	  "check(write(a), 1); }\n" },
	{ "{ write(a); other(); write(b); }", "" },
	{ "{ pthread_mutex_unlock(a); f(); }", "1 without "
	  "pthread_mutex_unlock(a): { ; f(); }\n" },
	{ "{ write(a); if (b) write(c); }", "" },
	{ "{ write(a); { write(c); } }", "" },
};

START_TEST(one_thing_is_changed)
{
	for (size_t i = 0; i < ARRAY_SIZE(changed); i++)
		mutants_are(changed[i].text, changed[i].mutants);
}
END_TEST

START_TEST(orders_of_locks_are_changed)
{
	static const char text[] =
		"{\n\tsem_wait(&a);\n\tpthread_mutex_lock(&m);\n}\n";
	struct mutants m;
	bool swapped = false;

	mutants_make(&m, text, strlen(text));
	for (size_t i = 0; i < m.n; i++) {
		size_t n = strlen(text);
		char *made = mutant_apply(&m.at[i], text, &n);

		swapped |= strcmp(made, "{\n\tpthread_mutex_lock(&m);\n"
				  "\tsem_wait(&a);\n}\n") == 0;
		ck_assert_str_ne(made, text);
		free(made);
	}
	ck_assert(swapped);
	ck_assert_uint_eq(m.n, 5);
	mutants_release(&m);
}
END_TEST

/* Two that are given back, in either order: nobody could see it.  */
START_TEST(what_is_given_back_is_not_swapped)
{
	static const char text[] =
		"{ sem_post(&a); sem_post(&b); close(1); close(2); }";
	struct mutants m;

	mutants_make(&m, text, strlen(text));
	for (size_t i = 0; i < m.n; i++)
		ck_assert_uint_eq(m.at[i].n_edits, 1);
	ck_assert_uint_eq(m.n, 4);
	mutants_release(&m);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("mutant");

	unit_add(s, tokens_are_a_compilers);
	unit_add(s, blanks_and_comments_make_no_difference);
	unit_add(s, one_thing_is_changed);
	unit_add(s, orders_of_locks_are_changed);
	unit_add(s, what_is_given_back_is_not_swapped);
	return unit_run(s);
}
