/* The exercises that come with ipclab can be read, in both languages.  */
#include "exercise/check.h"
#include "exercise/exercise.h"
#include "tests/unit/unit.h"

#include <dirent.h>

static const char *const texts[] = { "task.md", "debrief.md" };

static void
check_texts(const struct exercise *e, const char *language)
{
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		char *text = exercise_text(e, texts[i], language);
		char *english = exercise_text(e, texts[i], NULL);

		ck_assert_msg(text && english, "%s: no %s", e->name, texts[i]);
		ck_assert_msg(!language || strcmp(text, english) != 0,
			      "%s: %s is not translated", e->name, texts[i]);
		free(text);
		free(english);
	}
}

static void
check_exercise(const char *folder, const char *language)
{
	struct problems p = PROBLEMS_INIT;
	struct buf said = BUF_INIT;
	struct exercise e;
	int ret = exercise_load(&e, folder, language, &p);

	problems_write(&p, &said);
	ck_assert_msg(ret == 0, "%s", said.data ? said.data : folder);
	ck_assert(exercise_name_is_sound(e.name));
	check_texts(&e, language);
	ck_assert_msg(e.hints.n >= 3, "%s: fewer than 3 hints", e.name);
	exercise_release(&e);
	buf_release(&said);
	problems_release(&p);
}

START_TEST(all_can_be_read)
{
	DIR *all = opendir(TOP_SRCDIR "/exercises");
	struct dirent *it;
	int n = 0;

	ck_assert_ptr_nonnull(all);
	while ((it = readdir(all))) {
		char *folder = xasprintf(TOP_SRCDIR "/exercises/%s",
					 it->d_name);

		if (!strchr(it->d_name, '.')) {
			check_exercise(folder, NULL);
			check_exercise(folder, "zh_CN");
			n++;
		}
		free(folder);
	}
	closedir(all);
	ck_assert_int_gt(n, 1);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("exercises");

	unit_add(s, all_can_be_read);
	return unit_run(s);
}
