/* Which lessons there are, by which names, in which language.  */
#include "unit.h"

#include "base/paths.h"
#include "lesson/catalogue.h"

#include <locale.h>
#include <stdio.h>
#include <sys/stat.h>

static char *folder;
static struct catalogue all;

static void
write_lesson(const char *name, const char *lang, const char *text)
{
	char *path = xasprintf("%s/lessons/%s", folder, name);
	FILE *f;

	ck_assert_int_eq(path_make_folder(path, NULL), 0);
	free(path);
	path = xasprintf("%s/lessons/%s/lesson%s.md", folder, name, lang);
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
	free(path);
}

#define TEXT "---\ntitle: T\ngoal: g\n---\n## A {read #a}\nx\n"

static void
make(void)
{
	folder = path_temporary(NULL);
	setenv("IPCLAB_DATADIR", folder, 1);
	unsetenv("IPCLAB_LESSONS");
	write_lesson("10-sockets", "", TEXT);
	write_lesson("02-pipes", "", TEXT);
	write_lesson("02-pipes", ".zh_CN",
		     "---\ntitle: 管道\ngoal: g\n---\n## 一 {read #a}\nx\n");
	write_lesson("03-popen", "", TEXT);
	write_lesson("03-popen", ".zh_CN", "---\ntitle: 坏\n---\n");
	write_lesson("extra", "", TEXT);
	write_lesson(".hidden", "", TEXT);
}

static void
unmake(void)
{
	catalogue_release(&all);
	path_remove_tree(folder, NULL);
	free(folder);
}

static void
finds(const char *word, const char *name)
{
	char *why = NULL;
	const struct catalogue_entry *e = catalogue_find(&all, word, &why);

	ck_assert_msg(e != NULL, "%s: %s", word, why);
	ck_assert_str_eq(e->name, name);
}

static void
finds_not(const char *word, const char *sentence)
{
	char *why = NULL;

	ck_assert_ptr_null(catalogue_find(&all, word, &why));
	ck_assert_str_eq(why, sentence);
	free(why);
}

START_TEST(lessons_come_in_the_order_of_their_numbers)
{
	make();
	catalogue_load(&all);
	ck_assert_uint_eq(all.n, 4);
	ck_assert_str_eq(all.entry[0].name, "02-pipes");
	ck_assert_str_eq(all.entry[1].name, "03-popen");
	ck_assert_str_eq(all.entry[2].name, "10-sockets");
	ck_assert_str_eq(all.entry[3].name, "extra");
	unmake();
}
END_TEST

START_TEST(a_lesson_is_found_by_number_name_or_start)
{
	make();
	catalogue_load(&all);
	finds("2", "02-pipes");
	finds("02", "02-pipes");
	finds("pipes", "02-pipes");
	finds("02-pipes", "02-pipes");
	finds("pi", "02-pipes");
	finds("10-", "10-sockets");
	finds("extra", "extra");
	unmake();
}
END_TEST

START_TEST(an_unknown_lesson_is_answered_with_the_nearest)
{
	make();
	catalogue_load(&all);
	finds_not("popem", "there is no lesson popem; did you mean popen?");
	finds_not("p", "p could be 02-pipes or 03-popen");
	finds_not("7", "there is no lesson 7; see ipclab learn --list");
	finds_not("quantum", "there is no lesson quantum; see ipclab learn "
		  "--list");
	finds_not("", "there is no lesson ; see ipclab learn --list");
	unmake();
}
END_TEST

START_TEST(own_lessons_come_from_the_environment)
{
	char *paths;

	make();
	write_lesson("mine/02-pipes", "", TEXT);
	write_lesson("mine/40-own", "", TEXT);
	paths = xasprintf("/nowhere::%s/lessons/mine:%s/lessons/mine/40-own/",
			  folder, folder);
	setenv("IPCLAB_LESSONS", paths, 1);
	catalogue_load(&all);
	ck_assert_uint_eq(all.n, 5);
	ck_assert_ptr_nonnull(strstr(all.entry[0].folder, "mine/02-pipes"));
	ck_assert_str_eq(all.entry[3].name, "40-own");
	free(paths);
	unmake();
}
END_TEST

static void
speaks(const char *locale, const char *language, const char *lesson,
       const char *lang)
{
	char *path = xasprintf("%s/lessons/%s", folder, lesson), *got;

	ck_assert_ptr_nonnull(setlocale(LC_MESSAGES, locale));
	setenv("LANGUAGE", language, 1);
	got = lesson_language(path);
	ck_assert_str_eq(got, lang);
	free(got);
	free(path);
}

START_TEST(the_language_is_that_of_the_user)
{
	make();
	speaks("C.UTF-8", "zh_CN", "02-pipes", "zh_CN");
	speaks("C.UTF-8", "zh", "02-pipes", "zh_CN");
	speaks("C.UTF-8", "fr:zh_CN.UTF-8", "02-pipes", "zh_CN");
	speaks("C.UTF-8", "en:zh_CN", "02-pipes", "en");
	speaks("C.UTF-8", "", "02-pipes", "en");
	speaks("C", "zh_CN", "02-pipes", "en");
	speaks("C.UTF-8", "zh_CN", "10-sockets", "en");
	unmake();
}
END_TEST

static void
opens_with_title(const char *name, const char *title)
{
	char *path = xasprintf("%s/lessons/%s", folder, name);
	struct lesson *l = lesson_open(path, NULL);

	ck_assert_ptr_nonnull(l);
	ck_assert_str_eq(l->title.text, title);
	lesson_free(l);
	free(path);
}

START_TEST(a_translation_that_is_not_in_order_falls_back_to_english)
{
	make();
	setlocale(LC_MESSAGES, "C.UTF-8");
	setenv("LANGUAGE", "zh_CN", 1);
	opens_with_title("02-pipes", "管道");
	opens_with_title("03-popen", "T");
	opens_with_title("10-sockets", "T");
	unmake();
}
END_TEST

START_TEST(a_lesson_that_is_not_there_is_said)
{
	char *why = NULL;

	make();
	ck_assert_ptr_null(lesson_open("/nowhere/at/all", &why));
	ck_assert_str_eq(why, "cannot open /nowhere/at/all/lesson.md: No "
			 "such file or directory");
	free(why);
	unmake();
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("catalogue");

	unit_add(s, lessons_come_in_the_order_of_their_numbers);
	unit_add(s, a_lesson_is_found_by_number_name_or_start);
	unit_add(s, an_unknown_lesson_is_answered_with_the_nearest);
	unit_add(s, own_lessons_come_from_the_environment);
	unit_add(s, the_language_is_that_of_the_user);
	unit_add(s, a_translation_that_is_not_in_order_falls_back_to_english);
	unit_add(s, a_lesson_that_is_not_there_is_said);
	return unit_run(s);
}
