/* Files written whole or not at all.  */
#include "base/save.h"

#include "tests/unit/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/paths.h"

static char *folder, *why;

static const char *
in_folder(const char *name)
{
	static char path[2][4096];
	static int turn;

	turn = !turn;
	snprintf(path[turn], sizeof(path[turn]), "%s/%s", folder, name);
	return path[turn];
}

static void
setup(void)
{
	folder = path_temporary(&why);
	ck_assert_msg(folder != NULL, "%s", why);
}

static void
teardown(void)
{
	path_remove_tree(folder, NULL);
	free(folder);
}

static void
has(const char *name, const char *text)
{
	struct buf b = BUF_INIT;

	ck_assert_msg(buf_read_file(&b, in_folder(name), 4096, &why) == 0,
		      "%s", why);
	ck_assert_str_eq(buf_str(&b), text);
	buf_release(&b);
}

START_TEST(a_file_is_made_and_replaced_and_keeps_its_mode)
{
	struct stat st;

	setup();
	ck_assert_int_eq(save_file(in_folder("a"), "one", 3, &why), 0);
	has("a", "one");
	ck_assert_int_eq(chmod(in_folder("a"), 0640), 0);
	ck_assert_int_eq(save_file(in_folder("a"), "two", 3, &why), 0);
	has("a", "two");
	ck_assert_int_eq(stat(in_folder("a"), &st), 0);
	ck_assert_int_eq(st.st_mode & 07777, 0640);
	teardown();
}
END_TEST

START_TEST(a_link_stays_a_link)
{
	struct stat st;

	setup();
	ck_assert_int_eq(save_file(in_folder("a"), "one", 3, &why), 0);
	ck_assert_int_eq(symlink("a", in_folder("b")), 0);
	ck_assert_int_eq(save_file(in_folder("b"), "two", 3, &why), 0);
	ck_assert_int_eq(lstat(in_folder("b"), &st), 0);
	ck_assert(S_ISLNK(st.st_mode));
	has("a", "two");
	teardown();
}
END_TEST

START_TEST(what_is_no_file_is_written_to_and_not_replaced)
{
	struct stat st;
	char text[8] = "";
	int fd;

	setup();
	ck_assert_int_eq(mkfifo(in_folder("fifo"), 0600), 0);
	fd = open(in_folder("fifo"), O_RDONLY | O_NONBLOCK);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(save_file(in_folder("fifo"), "one", 3, &why), 0);
	ck_assert_int_eq(read(fd, text, sizeof(text)), 3);
	ck_assert_str_eq(text, "one");
	close(fd);
	ck_assert_int_eq(lstat(in_folder("fifo"), &st), 0);
	ck_assert(S_ISFIFO(st.st_mode));
	teardown();
}
END_TEST

START_TEST(what_cannot_be_written_is_said)
{
	setup();
	ck_assert_int_eq(save_file(in_folder("no/a"), "one", 3, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "No such file or directory"));
	free(why);
	why = NULL;
	ck_assert_int_eq(save_file(folder, "one", 3, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "Is a directory"));
	free(why);
	why = NULL;
	teardown();
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("save");

	unit_add(s, a_file_is_made_and_replaced_and_keeps_its_mode);
	unit_add(s, a_link_stays_a_link);
	unit_add(s, what_is_no_file_is_written_to_and_not_replaced);
	unit_add(s, what_cannot_be_written_is_said);
	return unit_run(s);
}
