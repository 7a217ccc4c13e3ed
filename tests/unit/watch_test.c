/* Files that are saved in one way or another are noticed.  */
#include "base/watch.h"

#include "tests/unit/unit.h"

#include <poll.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/paths.h"
#include "base/save.h"

static char *folder;
static struct watch *w;
static const char *const names[] = { "a.c", "b.c" };

static void
write_file(const char *name, const char *text)
{
	char *path = xasprintf("%s/%s", folder, name);
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
	free(path);
}

/* Waits as long as it takes; the test's own time is limited.  */
static void
wait_for_change(void)
{
	do {
		struct pollfd fd = { watch_fd(w), POLLIN, 0 };

		ck_assert_int_eq(poll(&fd, 1, -1), 1);
	} while (!watch_changed(w));
}

static void
start(void)
{
	folder = path_temporary(NULL);
	write_file("a.c", "one");
	w = watch_new(folder, names, 2);
}

static void
stop(void)
{
	watch_free(w);
	path_remove_tree(folder, NULL);
	free(folder);
}

START_TEST(written_in_place)
{
	start();
	ck_assert(!watch_polls(w));
	ck_assert(!watch_changed(w));
	write_file("a.c", "one and more");
	wait_for_change();
	ck_assert(!watch_changed(w));
	stop();
}
END_TEST

START_TEST(put_in_its_place_by_rename)
{
	char *path;

	start();
	path = xasprintf("%s/a.c", folder);
	ck_assert_int_eq(save_file(path, "two", 3, NULL), 0);
	wait_for_change();
	free(path);
	stop();
}
END_TEST

START_TEST(one_that_was_not_there)
{
	start();
	write_file("b.c", "");
	wait_for_change();
	stop();
}
END_TEST

START_TEST(taken_away)
{
	char *path;

	start();
	path = xasprintf("%s/a.c", folder);
	ck_assert_int_eq(unlink(path), 0);
	wait_for_change();
	free(path);
	stop();
}
END_TEST

START_TEST(others_of_the_folder_do_not_count)
{
	start();
	write_file("a.c~", "one");
	ck_assert(!watch_changed(w));
	stop();
}
END_TEST

/* Where the kernel cannot tell, a timer wakes.  */
START_TEST(looked_at_where_the_kernel_cannot_tell)
{
	char *later, *whole;

	start();
	whole = folder;
	later = xasprintf("%s/later", whole);
	watch_free(w);
	w = watch_new(later, names, 2);
	ck_assert(watch_polls(w));
	ck_assert_int_eq(mkdir(later, 0700), 0);
	folder = later;
	write_file("b.c", "three");
	folder = whole;
	wait_for_change();
	free(later);
	stop();
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("watch");

	unit_add(s, written_in_place);
	unit_add(s, put_in_its_place_by_rename);
	unit_add(s, one_that_was_not_there);
	unit_add(s, taken_away);
	unit_add(s, others_of_the_folder_do_not_count);
	unit_add(s, looked_at_where_the_kernel_cannot_tell);
	return unit_run(s);
}
