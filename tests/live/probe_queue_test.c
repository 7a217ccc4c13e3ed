/* Probes of message queues against real ones.  */
#include "config.h"

#include "probe/probe.h"
#include "child.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
	long type;
	char text[1000];
} m;
static struct object_state state;
static char *why;
static int queue;

static void
send_text(long type, const char *text)
{
	m.type = type;
	strcpy(m.text, text);
	ck_assert_int_eq(msgsnd(queue, &m, strlen(text), IPC_NOWAIT), 0);
}

static void
begin(int i)
{
	unshare(CLONE_NEWIPC);	/* where it may: nothing is left behind */
	live_user(i);
	queue = msgget(IPC_PRIVATE, 0600);
	ck_assert_int_ge(queue, 0);
	send_text(3, "three");
	send_text(1, "");
	send_text(2, "two and more");
}

static void
end(void)
{
	msgctl(queue, IPC_RMID, NULL);
}

static void
look(void)
{
	int rc = probe_queue(queue, &state, &why);

	ck_assert_msg(rc == 0, "%s", why);
}

START_TEST(messages_are_seen_and_stay)
{
	struct msqid_ds before, after;

	begin(_i);
	ck_assert_int_eq(msgctl(queue, IPC_STAT, &before), 0);
	look();
	look();
	ck_assert_int_eq(msgctl(queue, IPC_STAT, &after), 0);
	ck_assert_mem_eq(&before, &after, sizeof(before));
	ck_assert_int_eq(state.messages, 3);
	ck_assert_int_eq(state.bytes, 17);
	ck_assert_int_eq(state.capacity, before.msg_qbytes);
	ck_assert_int_eq(state.n_items, 3);
	ck_assert_int_eq(state.item[0].number, 3);
	ck_assert_int_eq(state.item[0].value, 5);
	ck_assert_mem_eq(state.item[0].data, "three", 5);
	ck_assert_int_eq(state.item[1].number, 1);
	ck_assert_int_eq(state.item[1].value, 0);
	ck_assert_int_eq(state.item[2].number, 2);
	ck_assert_int_eq(state.item[2].data_len, 12);
	ck_assert(!state.derived);
	ck_assert_int_eq(msgrcv(queue, &m, sizeof(m.text), 0, 0), 5);
	end();
}
END_TEST

START_TEST(many_messages_are_counted_and_the_first_shown)
{
	begin(_i);
	for (int i = 0; i < 40; i++)
		send_text(i + 1, "x");
	look();
	ck_assert_int_eq(state.messages, 43);
	ck_assert_int_eq(state.n_items, STATE_ITEMS_MAX);
	ck_assert_int_eq(state.item[3].number, 1);
	end();
}
END_TEST

START_TEST(selectors_find_what_msgrcv_would)
{
	static const struct { long selector; bool except; } tries[] = {
		{ 0, false }, { 1, false }, { 2, false }, { 4, false },
		{ -1, false }, { -3, false }, { 3, true }, { 9, true },
	};

	begin(_i);
	ck_assert_int_eq(msgrcv(queue, &m, sizeof(m.text), 1, 0), 0);
	for (size_t i = 0; i < ARRAY_SIZE(tries); i++) {
		int says = probe_queue_has(queue, tries[i].selector,
					   tries[i].except);
		ssize_t n = msgrcv(queue, &m, sizeof(m.text),
				   tries[i].selector, IPC_NOWAIT |
				   (tries[i].except ? MSG_EXCEPT : 0));

		ck_assert_int_eq(says, n >= 0);
		if (n >= 0)	/* back behind the others */
			ck_assert_int_eq(msgsnd(queue, &m, n, 0), 0);
	}
	end();
}
END_TEST

START_TEST(full_is_what_msgsnd_finds_full)
{
	struct msqid_ds ds;

	begin(_i);
	ck_assert_int_eq(msgctl(queue, IPC_STAT, &ds), 0);
	ds.msg_qbytes = 20;
	ck_assert_int_eq(msgctl(queue, IPC_SET, &ds), 0);
	for (size_t size = 0; size < 8; size++) {
		int says = probe_queue_full(queue, size);
		int rc;

		m.type = 5;
		rc = msgsnd(queue, &m, size, IPC_NOWAIT);
		ck_assert_int_eq(says, rc < 0);
		if (rc == 0)
			ck_assert_int_eq(msgrcv(queue, &m, sizeof(m.text), 5,
						0), size);
	}
	/* Messages of no bytes count as well. */
	while (probe_queue_full(queue, 0) == 0)
		ck_assert_int_eq(msgsnd(queue, &m, 0, IPC_NOWAIT), 0);
	ck_assert_int_eq(msgsnd(queue, &m, 0, IPC_NOWAIT), -1);
	ck_assert_int_eq(errno, EAGAIN);
	end();
}
END_TEST

/* A kernel without CONFIG_CHECKPOINT_RESTORE.  */
START_TEST(without_msg_copy_there_are_numbers_only)
{
	begin(_i);
	live_refuse(SYS_msgrcv, ENOSYS, 0);
	look();
	ck_assert(state.derived);
	ck_assert_int_eq(state.messages, 3);
	ck_assert_int_eq(state.bytes, 17);
	ck_assert_int_eq(state.n_items, 0);
	ck_assert_int_eq(probe_queue_has(queue, 0, false), 1);
	ck_assert_int_eq(probe_queue_has(queue, 2, false), -1);
	end();
}
END_TEST

START_TEST(a_queue_that_is_gone_is_said_to_be)
{
	begin(_i);
	end();
	ck_assert_int_eq(probe_queue(queue, &state, &why), -1);
	ck_assert_str_eq(strstr(why, "there is no"), why);
	ck_assert(!probe_queue_exists(queue));
	free(why);
}
END_TEST

/* Without the right to read there are numbers only.  */
START_TEST(a_queue_of_somebody_else_shows_its_numbers)
{
	pid_t child;
	int status;

	begin(0);
	if (geteuid() != 0) {
		end();
		return;
	}
	child = fork();
	if (child == 0) {
		live_user(1);
		_exit(probe_queue(queue, &state, &why) != 0 ||
		      state.messages != 3 || state.n_items != 0 ||
		      !state.derived);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	end();
}
END_TEST

/* ---- POSIX ---- */

static mqd_t posix;
static char name[40];

static void
begin_posix(int i, int flags)
{
	struct mq_attr attr = { .mq_maxmsg = 3, .mq_msgsize = 64 };

	unshare(CLONE_NEWIPC);
	live_user(i);
	snprintf(name, sizeof(name), "/ipclab-test-%d", (int)getpid());
	posix = mq_open(name, flags | O_CREAT | O_EXCL, 0600, &attr);
	ck_assert_int_ge(posix, 0);
	mq_unlink(name);
}

/* Who closes the queue is not told of messages any more: so the one that looks
 * and closes again must be another process.  */
static void
ask_to_be_told(void)
{
	struct sigevent how = { .sigev_notify = SIGEV_SIGNAL,
				.sigev_signo = SIGUSR1 };

	mq_notify(posix, &how);
}

START_TEST(who_is_told_of_the_next_message)
{
	struct probe_mqueue p;
	pid_t child;

	begin_posix(_i, O_RDWR);
	child = child_start(ask_to_be_told, NULL);
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(probe_mqueue(child, posix, &p, &why), 0);
		ck_assert_int_eq(p.notify_pid, child);
		ck_assert_int_eq(p.signal, SIGUSR1);
		ck_assert_int_eq(p.notify, SIGEV_SIGNAL);
	}
	child_end(child);
}
END_TEST

START_TEST(a_posix_queue_shows_its_numbers)
{
	struct probe_mqueue p;
	char text[64];

	begin_posix(_i, O_RDWR);
	ck_assert_int_eq(mq_send(posix, "hello", 5, 1), 0);
	ck_assert_int_eq(mq_send(posix, "you", 3, 7), 0);
	ck_assert_int_eq(probe_mqueue(getpid(), posix, &p, &why), 0);
	ck_assert_int_eq(p.messages, 2);
	ck_assert_int_eq(p.max_messages, 3);
	ck_assert_int_eq(p.max_size, 64);
	ck_assert_int_eq(p.bytes, 8);
	ck_assert_int_eq(p.notify_pid, 0);
	ck_assert(!p.nonblock);
	ck_assert_int_eq(mq_receive(posix, text, sizeof(text), NULL), 3);
}
END_TEST

START_TEST(one_that_is_only_for_sending_shows_them_too)
{
	struct probe_mqueue p;

	begin_posix(_i, O_WRONLY | O_NONBLOCK);
	ck_assert_int_eq(mq_send(posix, "hello", 5, 1), 0);
	ck_assert_int_eq(probe_mqueue(getpid(), posix, &p, &why), 0);
	ck_assert_int_eq(p.messages, 1);
	ck_assert_int_eq(p.bytes, 5);
	ck_assert(p.nonblock);
}
END_TEST

START_TEST(what_is_no_queue_is_said_to_be_none)
{
	struct probe_mqueue p;
	int null = open("/dev/null", O_RDONLY);

	live_user(_i);
	ck_assert_int_eq(probe_mqueue(getpid(), null, &p, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "is not a POSIX message queue"));
	free(why);
	close(null);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("probe_queue");
	SRunner *runner = srunner_create(suite);
	TCase *t = tcase_create("queues");
	int failed;

	if (live_lacks_ptrace()) {
		srunner_free(runner);
		return 0;
	}
	tcase_set_timeout(t, 0);	/* a busy machine must not fail it */
	tcase_add_loop_test(t, messages_are_seen_and_stay, 0, LIVE_USERS);
	tcase_add_loop_test(t, many_messages_are_counted_and_the_first_shown,
			    0, LIVE_USERS);
	tcase_add_loop_test(t, selectors_find_what_msgrcv_would, 0,
			    LIVE_USERS);
	tcase_add_loop_test(t, full_is_what_msgsnd_finds_full, 0, LIVE_USERS);
	tcase_add_loop_test(t, without_msg_copy_there_are_numbers_only, 0,
			    LIVE_USERS);
	tcase_add_loop_test(t, a_queue_that_is_gone_is_said_to_be, 0,
			    LIVE_USERS);
	tcase_add_test(t, a_queue_of_somebody_else_shows_its_numbers);
	tcase_add_loop_test(t, who_is_told_of_the_next_message, 0,
			    LIVE_USERS);
	tcase_add_loop_test(t, a_posix_queue_shows_its_numbers, 0,
			    LIVE_USERS);
	tcase_add_loop_test(t, one_that_is_only_for_sending_shows_them_too, 0,
			    LIVE_USERS);
	tcase_add_loop_test(t, what_is_no_queue_is_said_to_be_none, 0,
			    LIVE_USERS);
	suite_add_tcase(suite, t);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
