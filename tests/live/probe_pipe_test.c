/* Probes of pipes and FIFOs against real ones.  */
#include "config.h"

#include "probe/probe.h"
#include "child.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <seccomp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static int ends[2];
static struct object_state state;
static char *why;

/* As the caller or an ordinary user, with a pipe of that user's.  */
static void
begin(int i)
{
	live_user(i);
	signal(SIGPIPE, SIG_IGN);
	ck_assert_int_eq(pipe(ends), 0);
}

static void
look(pid_t pid, int fd)
{
	int rc = probe_pipe(pid, fd, &state, &why);

	ck_assert_msg(rc == 0, "%s", why);
}

static int
blocks(pid_t pid, int fd, unsigned mode, int64_t count)
{
	int rc = probe_would_block(pid, fd, mode, count, &why);

	ck_assert_msg(rc >= 0, "%s", why);
	return rc;
}

static void
say_hello(void)
{
	ck_assert_int_eq(write(ends[1], "hello", 5), 5);
}

START_TEST(content_is_seen_and_stays)
{
	char text[16];
	pid_t pid;

	begin(_i);
	pid = child_start(say_hello, NULL);
	for (int again = 0; again < 3; again++)
		for (int end = 0; end < 2; end++) {
			look(pid, ends[end]);
			ck_assert_int_eq(state.bytes, 5);
			ck_assert_int_eq(state.capacity, 65536);
			ck_assert_int_eq(state.content_len, 5);
			ck_assert_int_eq(memcmp(state.content, "hello", 5), 0);
		}
	ck_assert_int_eq(read(ends[0], text, sizeof(text)), 5);
	ck_assert_int_eq(memcmp(text, "hello", 5), 0);
	child_end(pid);
}
END_TEST

START_TEST(a_probe_leaves_no_reader_behind)
{
	pid_t pid;

	begin(_i);
	pid = child_start(say_hello, NULL);
	close(ends[0]);
	child_end(pid);
	/* All other readers are gone: ours would be one too many.  */
	look(getpid(), ends[1]);
	ck_assert_int_eq(state.bytes, 5);
	ck_assert_int_eq(state.content_len, 5);
	ck_assert_int_eq(write(ends[1], "x", 1), -1);
	ck_assert_int_eq(errno, EPIPE);
}
END_TEST

START_TEST(an_empty_pipe_is_empty)
{
	pid_t pid;

	begin(_i);
	pid = child_start(NULL, NULL);
	look(pid, ends[0]);
	ck_assert_int_eq(state.bytes, 0);
	ck_assert_int_eq(state.content_len, 0);
	ck_assert_int_eq(state.size, -1);
	ck_assert_int_eq(blocks(pid, ends[0], MODE_READ, 1), 1);
	ck_assert_int_eq(blocks(pid, ends[0], MODE_READ, 0), 0);
	ck_assert_int_eq(blocks(pid, ends[1], MODE_WRITE, 65536), 0);
	ck_assert_int_eq(blocks(pid, ends[1], MODE_WRITE, 65537), 1);
	ck_assert_int_eq(blocks(pid, ends[1], MODE_WRITE, INT64_MAX), 1);
	child_end(pid);
}
END_TEST

START_TEST(the_wrong_end_fails_at_once)
{
	begin(_i);
	ck_assert_int_eq(blocks(getpid(), ends[1], MODE_READ, 1), 0);
	ck_assert_int_eq(blocks(getpid(), ends[0], MODE_WRITE, 99999), 0);
}
END_TEST

static void
fill(void)
{
	char bytes[4096];

	memset(bytes, 'a', sizeof(bytes));
	ck_assert_int_ge(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
	while (write(ends[1], bytes, sizeof(bytes)) > 0)
		;
	ck_assert_int_ge(fcntl(ends[1], F_SETFL, 0), 0);
}

START_TEST(a_full_pipe_blocks_writers_and_no_reader)
{
	pid_t pid;

	begin(_i);
	pid = child_start(fill, NULL);
	look(pid, ends[1]);
	ck_assert_int_eq(state.bytes, 65536);
	ck_assert_int_eq(state.content_len, CONTENT_MAX_LEN);
	ck_assert_int_eq(state.content[CONTENT_MAX_LEN - 1], 'a');
	ck_assert_int_eq(blocks(pid, ends[1], MODE_WRITE, 1), 1);
	ck_assert_int_eq(blocks(pid, ends[1], MODE_WRITE, 0), 0);
	ck_assert_int_eq(blocks(pid, ends[0], MODE_READ, 1), 0);
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	ck_assert_int_eq(blocks(pid, ends[1], MODE_WRITE, 1), 0);
	child_end(pid);
}
END_TEST

START_TEST(packets_are_seen_in_order)
{
	int packets[2];

	begin(_i);
	ck_assert_int_eq(pipe2(packets, O_DIRECT), 0);
	for (char c = 'a'; c < 'a' + 16; c++)
		ck_assert_int_eq(write(packets[1], &c, 1), 1);
	look(getpid(), packets[1]);
	ck_assert_int_eq(state.bytes, 16);
	ck_assert_int_eq(state.content_len, 16);
	ck_assert_int_eq(memcmp(state.content, "abcdefghijklmnop", 16), 0);
	/* 16 pages are in use, with 16 bytes.  */
	ck_assert_int_eq(blocks(getpid(), packets[1], MODE_WRITE, 1), 1);
}
END_TEST

START_TEST(many_small_packets_in_a_large_pipe)
{
	int packets[2];

	begin(_i);
	ck_assert_int_eq(pipe2(packets, O_DIRECT), 0);
	ck_assert_int_eq(fcntl(packets[1], F_SETPIPE_SZ, 1 << 20), 1 << 20);
	for (int i = 0; i < 256; i++)
		ck_assert_int_eq(write(packets[1], "xy", 2), 2);
	look(getpid(), packets[0]);
	ck_assert_int_eq(state.capacity, 1 << 20);
	ck_assert_int_eq(state.bytes, 512);
	ck_assert_int_eq(state.content_len, CONTENT_MAX_LEN);
}
END_TEST

START_TEST(end_of_file_does_not_block)
{
	pid_t pid;

	begin(_i);
	pid = child_start(NULL, NULL);
	ck_assert_int_eq(blocks(getpid(), ends[0], MODE_READ, 1), 1);
	close(ends[1]);
	ck_assert_int_eq(blocks(getpid(), ends[0], MODE_READ, 1), 1);
	child_end(pid);		/* the last write end */
	ck_assert_int_eq(blocks(getpid(), ends[0], MODE_READ, 1), 0);
}
END_TEST

START_TEST(nobody_to_read_does_not_block)
{
	begin(_i);
	fill();
	close(ends[0]);
	ck_assert_int_eq(blocks(getpid(), ends[1], MODE_WRITE, 1), 0);
}
END_TEST

static char fifo[] = "/tmp/ipclab-fifo-XXXXXX/f";

static void
make_fifo(void)
{
	fifo[strlen(fifo) - 2] = '\0';
	ck_assert_ptr_nonnull(mkdtemp(fifo));
	fifo[strlen(fifo)] = '/';
	ck_assert_int_eq(mkfifo(fifo, 0600), 0);
}

static void
remove_fifo(void)
{
	unlink(fifo);
	fifo[strlen(fifo) - 2] = '\0';
	rmdir(fifo);
	fifo[strlen(fifo)] = '/';
}

START_TEST(a_fifo_that_never_had_a_writer_reads_as_ended)
{
	int fd;

	begin(_i);
	make_fifo();
	fd = open(fifo, O_RDONLY | O_NONBLOCK);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(blocks(getpid(), fd, MODE_READ, 1), 0);
	ck_assert_int_eq(fcntl(fd, F_SETFL, 0), 0);
	ck_assert_int_eq(blocks(getpid(), fd, MODE_READ, 1), 0);
	remove_fifo();
}
END_TEST

/* Open it for writing while nobody reads: sleeps.  */
static void
open_fifo(void)
{
	ck_assert_int_ge(open(fifo, O_WRONLY), 0);
}

static void
wait_until_asleep(pid_t pid)
{
	struct probe_task task;

	do
		ck_assert_int_eq(probe_task(pid, &task, &why), 0);
	while (task.state != 'S');
}

START_TEST(a_probe_wakes_nobody_who_opens_the_fifo)
{
	int both, fd;
	pid_t pid;

	begin(_i);
	make_fifo();
	both = open(fifo, O_RDWR);
	fd = open(fifo, O_WRONLY);
	ck_assert_int_eq(write(fd, "hello", 5), 5);
	close(both);
	pid = child_start(NULL, open_fifo);
	child_go(pid);
	wait_until_asleep(pid);
	look(getpid(), fd);
	ck_assert_int_eq(state.bytes, 5);
	ck_assert_int_eq(state.content_len, -1);
	wait_until_asleep(pid);
	ck_assert_int_eq(waitpid(pid, NULL, WNOHANG), 0);
	child_end(pid);
	remove_fifo();
}
END_TEST

/* The next number of a fixed series (POSIX.1's example of rand()).  */
static unsigned
next(unsigned *series, unsigned below)
{
	*series = *series * 1103515245 + 12345;
	return (*series / 65536) % below;
}

/*
 * What the kernel does is the measure: write without blocking, and see.
 * Would it have slept?  What went in stays in, as the next state to look at.
 */
static bool
really_blocks(int fd, int flags, int64_t count)
{
	static char bytes[1 << 18];
	ssize_t n;

	memset(bytes, 'b', sizeof(bytes));
	ck_assert_int_eq(fcntl(fd, F_SETFL, flags | O_NONBLOCK), 0);
	n = write(fd, bytes, count);
	ck_assert_int_eq(fcntl(fd, F_SETFL, flags), 0);
	return n != count;
}

static void
read_some(unsigned *series)
{
	static char bytes[1 << 17];
	size_t most = next(series, 2) ? 30000 : 131072;

	look(getpid(), ends[0]);
	if (state.bytes)
		ck_assert_int_gt(read(ends[0], bytes, next(series, most) + 1),
				 0);
}

START_TEST(writes_block_just_when_it_is_said)
{
	static const int sizes[] = { 4096, 8192, 65536, 131072 };
	static const int most[] = { 10, 5000, 70000, 140000 };
	unsigned series = 7 + _i;
	int tried[2] = { 0, 0 };

	begin(_i >= 8 ? 2 : 0);
	ck_assert_int_ge(fcntl(ends[1], F_SETPIPE_SZ, sizes[_i % 4]), 0);
	for (int i = 0; i < 4000; i++) {
		int64_t count = 1 + next(&series, most[next(&series, 4)]);
		int flags = next(&series, 10) ? 0 : O_DIRECT, said;
		bool slept;

		ck_assert_int_eq(fcntl(ends[1], F_SETFL, flags), 0);
		said = blocks(getpid(), ends[1], MODE_WRITE, count);
		look(getpid(), ends[1]);
		slept = really_blocks(ends[1], flags, count);
		tried[slept]++;
		/* Not seen is what was read of the last page, which then is
		 * the only one.  */
		if (said)
			ck_assert_msg(slept,
				      "step %d: %d bytes into %d of %d", i,
				      (int)count, (int)state.bytes,
				      (int)state.capacity);
		else if (slept)
			ck_assert_msg(state.bytes <= 4096,
				      "step %d: %d bytes into %d of %d", i,
				      (int)count, (int)state.bytes,
				      (int)state.capacity);
		if (next(&series, 3) == 0)
			read_some(&series);
	}
	ck_assert_int_gt(tried[0], 500);
	ck_assert_int_gt(tried[1], 500);
}
END_TEST

START_TEST(without_pidfd_getfd_a_fifo_without_readers_is_left_alone)
{
	int both, fd;

	begin(2);
	make_fifo();
	both = open(fifo, O_RDWR);
	fd = open(fifo, O_WRONLY);
	remove_fifo();
	ck_assert_int_eq(write(fd, "hello", 5), 5);
	look(getpid(), fd);
	ck_assert_int_eq(state.content_len, 5);
	close(both);
	ck_assert_int_eq(probe_pipe(getpid(), fd, &state, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "pidfd_getfd"));
	ck_assert_int_eq(write(fd, "x", 1), -1);
	ck_assert_int_eq(errno, EPIPE);
}
END_TEST

START_TEST(what_is_no_pipe_is_refused)
{
	int fd = open("/dev/null", O_RDWR);

	begin(0);
	ck_assert_int_eq(probe_pipe(getpid(), fd, &state, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "is not a pipe"));
	ck_assert_int_eq(probe_pipe(getpid(), 999, &state, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "no open descriptor 999"));
}
END_TEST

START_TEST(a_dead_process_is_named)
{
	pid_t pid;

	begin(0);
	pid = child_start(NULL, NULL);
	look(pid, ends[0]);	/* now its pidfd is cached */
	child_end(pid);
	ck_assert_int_eq(probe_pipe(pid, ends[0], &state, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "has ended"));
}
END_TEST

static atomic_int thread_id;

static void *
wait_in_thread(void *arg)
{
	thread_id = syscall(SYS_gettid);
	pause();
	return arg;
}

START_TEST(a_thread_stands_for_its_process)
{
	pthread_t thread;

	begin(1);
	ck_assert_int_eq(pthread_create(&thread, NULL, wait_in_thread, NULL),
			 0);
	while (!thread_id)
		;
	if (_i)		/* as Linux before 6.9 answers */
		live_refuse(SCMP_SYS(pidfd_open), EINVAL, O_EXCL);
	say_hello();
	look(thread_id, ends[0]);
	ck_assert_int_eq(state.content_len, 5);
	ck_assert_int_eq(blocks(thread_id, ends[0], MODE_READ, 1), 0);
	ck_assert_int_eq(probe_pipe(thread_id, 777, &state, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "no open descriptor 777"));
}
END_TEST

START_TEST(many_processes_do_not_exhaust_the_cache)
{
	pid_t pid[40];

	begin(0);
	for (int i = 0; i < 40; i++)
		pid[i] = child_start(NULL, NULL);
	for (int again = 0; again < 2; again++)
		for (int i = 0; i < 40; i++)
			look(pid[i], ends[0]);
	for (int i = 0; i < 40; i++)
		child_end(pid[i]);
}
END_TEST

static void
on_alarm(int signal)
{
	(void)signal;
}

/* As the timer of a search: calls are broken off that it comes upon.  */
static void
tick(int us)
{
	const struct sigaction sa = { .sa_handler = on_alarm };
	const struct itimerval every = { { 0, us }, { 0, us } };

	ck_assert_int_eq(sigaction(SIGALRM, &sa, NULL), 0);
	ck_assert_int_eq(setitimer(ITIMER_REAL, &every, NULL), 0);
}

START_TEST(signals_make_no_difference)
{
	enum { TIMES = 20000, TICK_US = 50 };

	ck_assert_int_eq(pipe(ends), 0);
	for (int full = 0; full < 2; full++) {
		tick(TICK_US);
		for (int i = 0; i < TIMES; i++) {
			ck_assert_int_eq(blocks(getpid(), ends[0], MODE_READ,
						1), !full);
			look(getpid(), ends[0]);
			ck_assert_int_eq(state.content_len, full ? 5 : 0);
		}
		tick(0);
		say_hello();
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("probe_pipe");
	SRunner *runner = srunner_create(suite);
	TCase *t = tcase_create("pipes");
	int failed;

	tcase_set_timeout(t, 0);	/* a busy machine must not fail it */
	tcase_add_loop_test(t, content_is_seen_and_stays, 0, LIVE_WAYS);
	tcase_add_loop_test(t, a_probe_leaves_no_reader_behind, 0, LIVE_WAYS);
	tcase_add_loop_test(t, an_empty_pipe_is_empty, 0, LIVE_WAYS);
	tcase_add_loop_test(t, the_wrong_end_fails_at_once, 0, LIVE_WAYS);
	tcase_add_loop_test(t, a_full_pipe_blocks_writers_and_no_reader, 0,
			    LIVE_WAYS);
	tcase_add_loop_test(t, packets_are_seen_in_order, 0, LIVE_WAYS);
	tcase_add_loop_test(t, many_small_packets_in_a_large_pipe, 0,
			    LIVE_WAYS);
	tcase_add_loop_test(t, end_of_file_does_not_block, 0, LIVE_WAYS);
	tcase_add_loop_test(t, nobody_to_read_does_not_block, 0, LIVE_WAYS);
	tcase_add_loop_test(t, a_fifo_that_never_had_a_writer_reads_as_ended,
			    0, LIVE_WAYS);
	tcase_add_loop_test(t, a_probe_wakes_nobody_who_opens_the_fifo, 0,
			    LIVE_USERS);
	tcase_add_loop_test(t, writes_block_just_when_it_is_said, 0, 10);
	tcase_add_test(t,
		       without_pidfd_getfd_a_fifo_without_readers_is_left_alone);
	tcase_add_test(t, signals_make_no_difference);
	tcase_add_test(t, what_is_no_pipe_is_refused);
	tcase_add_test(t, a_dead_process_is_named);
	tcase_add_loop_test(t, a_thread_stands_for_its_process, 0, 2);
	tcase_add_test(t, many_processes_do_not_exhaust_the_cache);
	suite_add_tcase(suite, t);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
