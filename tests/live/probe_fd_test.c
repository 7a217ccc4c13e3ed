/* Probes of descriptors and files against real ones.  */
#include "config.h"

#include "child.h"
#include "probe/probe.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

static char *why;

static struct probe_fd
look(pid_t pid, int fd)
{
	struct probe_fd found;
	int rc = probe_fd(pid, fd, &found, &why);

	ck_assert_msg(rc == 0, "%s", why);
	return found;
}

static int
blocks(int fd, unsigned mode, int64_t count)
{
	int rc = probe_would_block(getpid(), fd, mode, count, &why);

	ck_assert_msg(rc >= 0, "%s", why);
	return rc;
}

/* A file that is gone from its folder already.  */
static int
temporary_file(const char *text)
{
	char name[] = "/tmp/ipclab-file-XXXXXX";
	int fd = mkostemp(name, O_CLOEXEC);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(unlink(name), 0);
	ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	return fd;
}

START_TEST(each_kind_is_told)
{
	int pipe_ends[2], pair[2], master, slave;

	live_user(_i);
	ck_assert_int_eq(pipe(pipe_ends), 0);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	ck_assert_int_eq(openpty(&master, &slave, NULL, NULL, NULL), 0);
	const struct {
		int fd;
		enum object_kind kind;
		unsigned mode;
	} cases[] = {
		{ pipe_ends[0], KIND_PIPE, MODE_READ },
		{ pipe_ends[1], KIND_PIPE, MODE_WRITE },
		{ pair[0], KIND_SOCKET, MODE_READ | MODE_WRITE },
		{ master, KIND_TERMINAL, MODE_READ | MODE_WRITE },
		{ slave, KIND_TERMINAL, MODE_READ | MODE_WRITE },
		{ temporary_file("x"), KIND_FILE, MODE_READ | MODE_WRITE },
		{ open("/", O_RDONLY | O_DIRECTORY), KIND_DIRECTORY,
		  MODE_READ },
		{ open("/", O_PATH), KIND_DIRECTORY, 0 },
		{ open("/dev/null", O_WRONLY), KIND_DEVICE, MODE_WRITE },
		{ epoll_create1(0), KIND_OTHER, MODE_READ | MODE_WRITE },
	};
	pid_t pid = child_start(NULL, NULL);

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct probe_fd found = look(pid, cases[i].fd);

		ck_assert_msg(found.kind == cases[i].kind, "case %zu: %s", i,
			      object_kind_name(found.kind));
		ck_assert_msg(found.mode == cases[i].mode, "case %zu: %u", i,
			      found.mode);
	}
	child_end(pid);
}
END_TEST

START_TEST(a_fifo_is_not_a_pipe)
{
	char folder[] = "/tmp/ipclab-fifo-XXXXXX", name[64];
	struct probe_fd found;
	struct stat st;
	int fd;

	live_user(_i);
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(name, sizeof(name), "%s/f", folder);
	ck_assert_int_eq(mkfifo(name, 0600), 0);
	fd = open(name, O_RDWR);
	ck_assert_int_eq(fstat(fd, &st), 0);
	found = look(getpid(), fd);
	unlink(name);
	rmdir(folder);
	ck_assert_int_eq(found.kind, KIND_FIFO);
	ck_assert_str_eq(found.path, name);
	ck_assert(found.inode == st.st_ino && found.dev == st.st_dev);
	ck_assert_uint_eq(found.mode, MODE_READ | MODE_WRITE);
}
END_TEST

START_TEST(flags_and_offset_are_told)
{
	int fd = temporary_file("0123456789"), copy;
	struct probe_fd found = look(getpid(), fd);

	ck_assert_int_eq(found.pos, 10);
	ck_assert(found.cloexec && !found.append && !found.nonblock);
	ck_assert_int_eq(lseek(fd, 3, SEEK_SET), 3);
	ck_assert_int_eq(fcntl(fd, F_SETFL, O_APPEND | O_NONBLOCK), 0);
	copy = dup(fd);
	found = look(getpid(), copy);
	ck_assert_int_eq(found.pos, 3);
	ck_assert(!found.cloexec && found.append && found.nonblock);
}
END_TEST

START_TEST(what_is_not_open_is_said)
{
	struct probe_fd found;
	pid_t pid = child_start(NULL, NULL);

	ck_assert_int_eq(probe_fd(pid, 777, &found, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "no open descriptor 777"));
	child_end(pid);
	ck_assert_int_eq(probe_fd(pid, 0, &found, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "has ended"));
}
END_TEST

START_TEST(all_descriptors_in_order)
{
	int last = -1, n, ends[2], seen = 0;
	struct probe_fd *list;
	pid_t pid;

	live_user(_i);
	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(dup2(ends[1], 300), 300);
	pid = child_start(NULL, NULL);
	n = probe_fds(pid, &list, &why);
	ck_assert_msg(n > 2, "%s", why);
	for (int i = 0; i < n; i++) {
		ck_assert_int_gt(list[i].fd, last);
		last = list[i].fd;
		seen += last == ends[0] || last == ends[1] || last == 300;
	}
	ck_assert_int_eq(seen, 3);
	ck_assert_int_eq(last, 300);
	free(list);
	child_end(pid);
	ck_assert_int_eq(probe_fds(pid, &list, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "has ended"));
}
END_TEST

static int ends[2];

static void
close_write_end(void)
{
	close(ends[1]);
}

START_TEST(ends_are_counted_in_all_processes)
{
	struct probe_fd found;
	int readers, writers;
	pid_t pids[3];

	live_user(_i);
	ck_assert_int_eq(pipe(ends), 0);
	found = look(getpid(), ends[0]);
	pids[0] = getpid();
	pids[1] = child_start(NULL, NULL);
	pids[2] = child_start(close_write_end, NULL);
	ck_assert_int_eq(probe_ends(pids, 3, found.dev, found.inode, &readers,
				    &writers, &why), 0);
	ck_assert_int_eq(readers, 3);
	ck_assert_int_eq(writers, 2);
	child_end(pids[1]);
	ck_assert_int_eq(probe_ends(pids, 3, found.dev, found.inode, &readers,
				    &writers, &why), 0);
	ck_assert_int_eq(readers, 2);
	ck_assert_int_eq(writers, 1);
	child_end(pids[2]);
}
END_TEST

START_TEST(fork_and_dup_share_a_description_and_open_does_not)
{
	int fd, copy, again;
	char path[32];
	pid_t pid;

	live_user(_i);
	fd = temporary_file("x");
	copy = dup(fd);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	again = open(path, O_RDWR);
	ck_assert_int_ge(again, 0);
	pid = child_start(NULL, NULL);
	ck_assert_int_eq(probe_same_description(pid, fd, getpid(), fd, &why),
			 1);
	ck_assert_int_eq(probe_same_description(pid, fd, pid, copy, &why), 1);
	ck_assert_int_eq(probe_same_description(pid, fd, pid, again, &why),
			 0);
	ck_assert_int_eq(probe_same_description(pid, fd, pid, 777, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "is not open"));
	child_end(pid);
}
END_TEST

START_TEST(a_file_is_seen_and_keeps_its_offset_and_times)
{
	struct timespec old[2] = { { .tv_sec = 1 }, { .tv_sec = 2 } };
	struct object_state state;
	char path[32];
	struct stat st;
	int fd, only;
	pid_t pid;

	live_user(_i);
	fd = temporary_file("hello, world");
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	only = open(path, O_WRONLY);
	ck_assert_int_eq(futimens(fd, old), 0);
	pid = child_start(NULL, NULL);
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(probe_file(pid, i ? fd : only, &state, &why),
				 0);
		ck_assert_int_eq(state.size, 12);
		ck_assert_int_eq(state.content_len, 12);
		ck_assert_int_eq(memcmp(state.content, "hello, world", 12), 0);
		ck_assert_int_eq(state.bytes, -1);
	}
	ck_assert_int_eq(lseek(fd, 0, SEEK_CUR), 12);
	ck_assert_int_eq(fstat(fd, &st), 0);
	ck_assert_int_eq(st.st_atim.tv_sec, 1);
	child_end(pid);
}
END_TEST

START_TEST(a_large_file_shows_its_start)
{
	struct object_state state;
	int fd = temporary_file("start");

	ck_assert_int_eq(ftruncate(fd, 5000000000), 0);
	ck_assert_int_eq(probe_file(getpid(), fd, &state, &why), 0);
	ck_assert_int_eq(state.size, 5000000000);
	ck_assert_int_eq(state.content_len, CONTENT_MAX_LEN);
	ck_assert_int_eq(memcmp(state.content, "start\0", 6), 0);
}
END_TEST

START_TEST(a_file_that_nobody_may_read_still_has_a_size)
{
	char name[] = "/tmp/ipclab-file-XXXXXX";
	struct object_state state;
	int fd, only;

	live_user(1);
	fd = mkstemp(name);
	ck_assert_int_eq(write(fd, "secret", 6), 6);
	ck_assert_int_eq(fchmod(fd, 0200), 0);
	only = open(name, O_WRONLY);
	unlink(name);
	ck_assert_int_eq(probe_file(getpid(), only, &state, &why), 0);
	ck_assert_int_eq(state.size, 6);
	ck_assert_int_eq(state.content_len, -1);
	ck_assert_int_eq(probe_file(getpid(), fd, &state, &why), 0);
	ck_assert_int_eq(state.content_len, 6);
}
END_TEST

START_TEST(files_and_devices_never_block)
{
	int file = temporary_file(""), null = open("/dev/null", O_RDWR);

	ck_assert_int_eq(blocks(file, MODE_READ, 1), 0);
	ck_assert_int_eq(blocks(file, MODE_WRITE, 1 << 20), 0);
	ck_assert_int_eq(blocks(null, MODE_READ, 1), 0);
	ck_assert_int_eq(blocks(null, MODE_WRITE, 1), 0);
}
END_TEST

START_TEST(a_terminal_blocks_until_a_line_is_there)
{
	int master, slave;

	live_user(_i);
	ck_assert_int_eq(openpty(&master, &slave, NULL, NULL, NULL), 0);
	ck_assert_int_eq(blocks(slave, MODE_READ, 1), 1);
	ck_assert_int_eq(blocks(slave, MODE_WRITE, 1), 0);
	ck_assert_int_eq(write(master, "half", 4), 4);
	/* The line discipline may take what was typed a moment later: its
	 * echo says that it has.  */
	while (blocks(master, MODE_READ, 1))
		;
	ck_assert_int_eq(blocks(slave, MODE_READ, 1), 1);
	ck_assert_int_eq(write(master, "\n", 1), 1);
	while (blocks(slave, MODE_READ, 1))
		;
	ck_assert_int_eq(fcntl(slave, F_SETFL, O_NONBLOCK), 0);
	ck_assert_int_eq(tcflush(slave, TCIFLUSH), 0);
	ck_assert_int_eq(blocks(slave, MODE_READ, 1), 0);
}
END_TEST

START_TEST(a_socket_blocks_until_something_came)
{
	int pair[2];

	live_user(_i);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	ck_assert_int_eq(blocks(pair[0], MODE_READ, 1), 1);
	ck_assert_int_eq(blocks(pair[0], MODE_WRITE, 1), 0);
	ck_assert_int_eq(write(pair[1], "x", 1), 1);
	ck_assert_int_eq(blocks(pair[0], MODE_READ, 1), 0);
}
END_TEST

static int
ready(int fd, short events)
{
	int rc = probe_ready(getpid(), fd, events, &why);

	ck_assert_msg(rc >= 0, "%s", why);
	return rc;
}

START_TEST(readiness_is_what_poll_says)
{
	live_user(_i);
	ck_assert_int_eq(pipe2(ends, O_NONBLOCK), 0);
	ck_assert_int_eq(ready(ends[0], POLLIN), 0);
	ck_assert_int_eq(ready(ends[1], POLLOUT), 1);
	ck_assert_int_eq(write(ends[1], "x", 1), 1);
	ck_assert_int_eq(ready(ends[0], POLLIN), 1);
	ck_assert_int_eq(read(ends[0], &(char){ 0 }, 1), 1);
	ck_assert_int_eq(ready(ends[0], POLLIN), 0);
	close(ends[1]);
	ck_assert_int_eq(ready(ends[0], POLLIN), 1);	/* hung up */
	ck_assert_int_eq(probe_ready(getpid(), ends[1], POLLIN, &why), -1);
}
END_TEST

START_TEST(an_epoll_descriptor_is_ready_with_its_members)
{
	struct epoll_event event = { .events = EPOLLIN };
	int epoll = epoll_create1(0);

	live_user(_i);
	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(epoll_ctl(epoll, EPOLL_CTL_ADD, ends[0], &event), 0);
	ck_assert_int_eq(ready(epoll, POLLIN), 0);
	ck_assert_int_eq(write(ends[1], "x", 1), 1);
	ck_assert_int_eq(ready(epoll, POLLIN), 1);
	ck_assert_int_eq(epoll_wait(epoll, &event, 1, 0), 1);
}
END_TEST

START_TEST(what_cannot_be_opened_again_is_said)
{
	int master, slave, pair[2];

	live_user(2);
	ck_assert_int_eq(openpty(&master, &slave, NULL, NULL, NULL), 0);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	ck_assert_int_eq(blocks(slave, MODE_READ, 1), 1);
	ck_assert_int_eq(probe_would_block(getpid(), master, MODE_READ, 1,
					   &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "pidfd_getfd"));
	ck_assert_int_eq(probe_would_block(getpid(), pair[0], MODE_READ, 1,
					   &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "pidfd_getfd"));
	ck_assert_int_eq(probe_would_block(getpid(), 777, MODE_READ, 1, &why),
			 -1);
	ck_assert_ptr_nonnull(strstr(why, "no open descriptor 777"));
}
END_TEST

START_TEST(another_users_process_wants_a_privilege)
{
	struct object_state state;
	struct probe_fd found;
	struct stat st;

	live_user(1);
	ck_assert_int_eq(stat("/proc/1", &st), 0);
	if (st.st_uid == geteuid()) {
		printf("# process 1 is of our own user: skipped\n");
		return;
	}
	ck_assert_int_eq(probe_pipe(1, 0, &state, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "CAP_SYS_PTRACE"));
	ck_assert_int_eq(probe_fd(1, 0, &found, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "CAP_SYS_PTRACE"));
	ck_assert_int_eq(probe_same_description(1, 0, getpid(), 0, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "CAP_SYS_PTRACE"));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("probe_fd");
	SRunner *runner = srunner_create(suite);
	TCase *t = tcase_create("descriptors");
	int failed;

	tcase_set_timeout(t, 0);	/* a busy machine must not fail it */
	tcase_add_loop_test(t, each_kind_is_told, 0, LIVE_USERS);
	tcase_add_loop_test(t, a_fifo_is_not_a_pipe, 0, LIVE_USERS);
	tcase_add_test(t, flags_and_offset_are_told);
	tcase_add_test(t, what_is_not_open_is_said);
	tcase_add_loop_test(t, all_descriptors_in_order, 0, LIVE_USERS);
	tcase_add_loop_test(t, ends_are_counted_in_all_processes, 0,
			    LIVE_USERS);
	tcase_add_loop_test(t,
			    fork_and_dup_share_a_description_and_open_does_not,
			    0, LIVE_USERS);
	tcase_add_loop_test(t, a_file_is_seen_and_keeps_its_offset_and_times,
			    0, LIVE_WAYS);
	tcase_add_test(t, a_large_file_shows_its_start);
	tcase_add_test(t, a_file_that_nobody_may_read_still_has_a_size);
	tcase_add_test(t, files_and_devices_never_block);
	tcase_add_loop_test(t, a_terminal_blocks_until_a_line_is_there, 0,
			    LIVE_USERS);
	tcase_add_loop_test(t, a_socket_blocks_until_something_came, 0,
			    LIVE_USERS);
	tcase_add_loop_test(t, readiness_is_what_poll_says, 0, LIVE_WAYS);
	tcase_add_loop_test(t, an_epoll_descriptor_is_ready_with_its_members,
			    0, LIVE_USERS);
	tcase_add_test(t, what_cannot_be_opened_again_is_said);
	tcase_add_test(t, another_users_process_wants_a_privilege);
	suite_add_tcase(suite, t);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
