/* Which acts commute: the table, and its conditional cells.  */
#include "schedule/dependency.h"

#include <signal.h>
#include <stdio.h>

#include "unit.h"

static struct touch
touch(enum act act)
{
	return (struct touch){ .act = act, .object = 1, .have = HAVE_UNKNOWN };
}

static struct touch
counted(enum act act, int64_t value, int64_t have)
{
	struct touch t = touch(act);

	t.value = value;
	t.have = have;
	return t;
}

static struct touch
range(enum act act, uint64_t from, uint64_t to)
{
	struct touch t = touch(act);

	t.from = from;
	t.to = to;
	return t;
}

#define IS(a, b, expected) \
	ck_assert_int_eq(act_dependence(&(a), &(b)), expected)

START_TEST(every_act_has_a_row_and_a_text)
{
	for (int a = 0; a < ACTS_COUNT; a++) {
		ck_assert_ptr_nonnull(act_text(a));
		for (int b = 0; b < ACTS_COUNT; b++)
			ck_assert_msg(dependence_rule(a, b) != NULL, "%s, %s",
				      act_text(a), act_text(b));
	}
}
END_TEST

START_TEST(the_table_is_symmetric)
{
	for (int a = 0; a < ACTS_COUNT; a++)
		for (int b = 0; b < ACTS_COUNT; b++) {
			ck_assert_str_eq(dependence_rule(a, b),
					 dependence_rule(b, a));
			ck_assert_int_eq(act_meets(a, b), act_meets(b, a));
		}
}
END_TEST

START_TEST(with_nothing_known_both_orders_agree_or_the_later_is_enabled)
{
	for (int a = 0; a < ACTS_COUNT; a++)
		for (int b = 0; b < ACTS_COUNT; b++) {
			struct touch one = touch(a), other = touch(b);
			const char *rule = dependence_rule(a, b);
			enum dependence d = act_dependence(&one, &other);

			if (strcmp(rule, "yes") == 0)
				ck_assert_int_eq(d, COMMUTES);
			else if (strcmp(rule, "no") == 0)
				ck_assert_int_eq(d, DEPENDS);
			else if (strcmp(rule, "supply") &&
				 strcmp(rule, "unlocks"))
				ck_assert_msg(d == DEPENDS, "%s, %s",
					      act_text(a), act_text(b));
		}
}
END_TEST

START_TEST(what_is_not_known_depends_on_everything)
{
	struct operation a = { .unknown = true }, b = { .n = 0 };

	ck_assert_int_eq(dependence(&a, &b), DEPENDS);
	ck_assert_int_eq(dependence(&b, &a), DEPENDS);
	ck_assert_int_eq(dependence(&b, &b), COMMUTES);
	for (int act = 0; act < ACTS_COUNT; act++) {
		struct touch u = touch(ACT_UNKNOWN), t = touch(act);

		IS(u, t, DEPENDS);
	}
}
END_TEST

START_TEST(a_touch_too_many_makes_it_unknown)
{
	struct operation o = { .n = 0 };

	for (int i = 0; i < TOUCHES_MAX; i++)
		operation_touch(&o, ACT_LOAD, i);
	ck_assert(!o.unknown);
	operation_touch(&o, ACT_LOAD, TOUCHES_MAX);
	ck_assert(o.unknown);
	ck_assert_int_eq(o.n, TOUCHES_MAX);
}
END_TEST

START_TEST(operations_are_of_their_objects)
{
	struct operation a = { .n = 0 }, b = { .n = 0 };

	operation_touch(&a, ACT_PIPE_WRITE, 3);
	operation_touch(&b, ACT_PIPE_WRITE, 4);
	ck_assert_int_eq(dependence(&a, &b), COMMUTES);
	operation_touch(&b, ACT_PIPE_WRITE, 3);
	ck_assert_int_eq(dependence(&a, &b), DEPENDS);
}
END_TEST

START_TEST(one_that_had_to_wait_had_to_wait_whatever_else)
{
	struct operation exit = { .n = 0 }, wait = { .n = 0 };

	operation_touch(&exit, ACT_SIGNAL_SEND, 1);
	operation_touch(&exit, ACT_EXIT, 2)->value = 7;
	operation_touch(&wait, ACT_SIGNAL_TAKE, 1);
	operation_touch(&wait, ACT_WAIT, 2)->value = 7;
	ck_assert_int_eq(dependence(&exit, &wait), ENABLES);
}
END_TEST

/* Two acts on one object, and the verdict of the design.  */
static const struct {
	enum act a, b;
	enum dependence is;
} listed[] = {
	{ ACT_LOAD, ACT_LOAD, COMMUTES },
	{ ACT_LOAD, ACT_STORE, DEPENDS },
	{ ACT_STORE, ACT_STORE, DEPENDS },
	{ ACT_RMW, ACT_RMW, DEPENDS },
	{ ACT_LOAD, ACT_RMW, DEPENDS },
	{ ACT_MAP, ACT_LOAD, DEPENDS },
	{ ACT_FILE_RESIZE, ACT_STORE, DEPENDS },
	{ ACT_PIPE_WRITE, ACT_PIPE_WRITE, DEPENDS },
	{ ACT_PIPE_READ, ACT_PIPE_READ, DEPENDS },
	{ ACT_PIPE_CLOSE_READ, ACT_PIPE_CLOSE_READ, DEPENDS },
	{ ACT_PIPE_CLOSE_READ, ACT_PIPE_CLOSE_WRITE, COMMUTES },
	{ ACT_PIPE_CLOSE_WRITE, ACT_PIPE_CLOSE_WRITE, DEPENDS },
	{ ACT_PIPE_CLOSE_WRITE, ACT_PIPE_COPY, COMMUTES },
	{ ACT_PIPE_CLOSE_READ, ACT_PIPE_COPY, COMMUTES },
	{ ACT_FIFO_OPEN_READ, ACT_FIFO_OPEN_WRITE, DEPENDS },
	{ ACT_READY_LOOK, ACT_PIPE_WRITE, DEPENDS },
	{ ACT_READY_LOOK, ACT_PIPE_READ, DEPENDS },
	{ ACT_READY_LOOK, ACT_PIPE_CLOSE_WRITE, DEPENDS },
	{ ACT_READY_LOOK, ACT_SOCKET_SEND, DEPENDS },
	{ ACT_READY_LOOK, ACT_SOCKET_CONNECT, DEPENDS },
	{ ACT_READY_LOOK, ACT_COUNTER_ADD, DEPENDS },
	{ ACT_READY_LOOK, ACT_QUEUE_SEND, DEPENDS },
	{ ACT_READY_LOOK, ACT_SIGNAL_SEND, DEPENDS },
	{ ACT_READY_LOOK, ACT_READY_LOOK, COMMUTES },
	{ ACT_READY_LOOK, ACT_PIPE_COPY, COMMUTES },
	{ ACT_QUEUE_SEND, ACT_QUEUE_SEND, DEPENDS },
	{ ACT_QUEUE_SEND, ACT_QUEUE_RECEIVE, DEPENDS },
	{ ACT_QUEUE_CONTROL, ACT_QUEUE_SEND, DEPENDS },
	{ ACT_QUEUE_CONTROL, ACT_QUEUE_RECEIVE, DEPENDS },
	{ ACT_SEM_POST, ACT_SEM_POST, COMMUTES },
	{ ACT_SEM_WAIT, ACT_SEM_WAIT, DEPENDS },
	{ ACT_SEM_LOOK, ACT_SEM_POST, DEPENDS },
	{ ACT_SEM_LOOK, ACT_SEM_WAIT, DEPENDS },
	{ ACT_SEM_TRY, ACT_SEM_TRY, DEPENDS },
	{ ACT_SEM_TRY, ACT_SEM_WAIT, DEPENDS },
	{ ACT_SEM_TRY, ACT_SEM_POST, DEPENDS },
	{ ACT_LOCK, ACT_LOCK, DEPENDS },
	{ ACT_LOCK, ACT_TRY_LOCK, DEPENDS },
	{ ACT_TRY_LOCK, ACT_TRY_LOCK, DEPENDS },
	{ ACT_UNLOCK, ACT_LOCK, ENABLES },
	{ ACT_UNLOCK, ACT_UNLOCK, COMMUTES },
	{ ACT_TRY_LOCK, ACT_UNLOCK, DEPENDS },
	{ ACT_UNLOCK, ACT_TRY_LOCK, DEPENDS },
	{ ACT_COND_WAIT, ACT_COND_SIGNAL, DEPENDS },
	{ ACT_COND_WAIT, ACT_COND_BROADCAST, DEPENDS },
	{ ACT_COND_WOKEN, ACT_COND_WOKEN, DEPENDS },
	{ ACT_COND_SIGNAL, ACT_COND_SIGNAL, DEPENDS },
	{ ACT_READ_LOCK, ACT_READ_LOCK, COMMUTES },
	{ ACT_READ_LOCK, ACT_WRITE_LOCK, DEPENDS },
	{ ACT_READ_LOCK, ACT_TRY_WRITE_LOCK, DEPENDS },
	{ ACT_WRITE_LOCK, ACT_WRITE_LOCK, DEPENDS },
	{ ACT_TRY_READ_LOCK, ACT_WRITE_LOCK, DEPENDS },
	{ ACT_RW_UNLOCK, ACT_WRITE_LOCK, ENABLES },
	{ ACT_FILE_READ, ACT_FILE_READ, COMMUTES },
	{ ACT_OFFSET_USE, ACT_OFFSET_USE, DEPENDS },
	{ ACT_FILE_APPEND, ACT_FILE_APPEND, DEPENDS },
	{ ACT_FILE_APPEND, ACT_FILE_WRITE, DEPENDS },
	{ ACT_FILE_APPEND, ACT_FILE_LOOK, DEPENDS },
	{ ACT_NAME_LOOK, ACT_NAME_LOOK, COMMUTES },
	{ ACT_NAME_LOOK, ACT_NAME_CHANGE, DEPENDS },
	{ ACT_NAME_CHANGE, ACT_NAME_CHANGE, DEPENDS },
	{ ACT_NAME_LIST, ACT_FOLDER_CHANGE, DEPENDS },
	{ ACT_FILE_LOCK, ACT_FILE_LOCK, DEPENDS },
	{ ACT_SIGNAL_SEND, ACT_SIGNAL_CONTROL, DEPENDS },
	{ ACT_SIGNAL_SEND, ACT_SIGNAL_WAIT, DEPENDS },
	{ ACT_SIGNAL_SEND, ACT_SIGNAL_TAKE, DEPENDS },
	{ ACT_SIGNAL_SEND, ACT_SIGNAL_SEND, DEPENDS },
	{ ACT_FORK, ACT_FORK, DEPENDS },
	{ ACT_EXIT, ACT_WAIT_LOOK, DEPENDS },
	{ ACT_EXIT, ACT_EXIT, COMMUTES },
	{ ACT_EXIT_GROUP, ACT_FORK, DEPENDS },
	{ ACT_EXIT_GROUP, ACT_WAIT, DEPENDS },
	{ ACT_EXIT_GROUP, ACT_CREATE, DEPENDS },
	{ ACT_EXEC, ACT_CREATE, DEPENDS },
	{ ACT_PROCESS_LOOK, ACT_EXIT_GROUP, DEPENDS },
	{ ACT_PROCESS_LOOK, ACT_PROCESS_CONTROL, DEPENDS },
	{ ACT_PROCESS_LOOK, ACT_FORK, COMMUTES },
	{ ACT_INODE_LOOK, ACT_INODE_CHANGE, DEPENDS },
	{ ACT_SIGNAL_LOOK, ACT_SIGNAL_SEND, DEPENDS },
	{ ACT_SIGNAL_LOOK, ACT_SIGNAL_REACH, COMMUTES },
	{ ACT_SOCKET_SEND, ACT_SOCKET_SEND, DEPENDS },
	{ ACT_SOCKET_SEND, ACT_SOCKET_RECEIVE, DEPENDS },
	{ ACT_SOCKET_CONNECT, ACT_SOCKET_CONNECT, DEPENDS },
	{ ACT_SOCKET_CONTROL, ACT_SOCKET_SEND, DEPENDS },
	{ ACT_SOCKET_CONTROL, ACT_SOCKET_RECEIVE, DEPENDS },
	{ ACT_FD_CHANGE, ACT_FD_CHANGE, DEPENDS },
	{ ACT_FD_CHANGE, ACT_FD_USE, DEPENDS },
	{ ACT_FD_USE, ACT_FD_USE, COMMUTES },
	{ ACT_OUTPUT, ACT_OUTPUT, DEPENDS },
	{ ACT_CLOCK, ACT_CLOCK, COMMUTES },
	{ ACT_SIGNAL_SEND, ACT_SIGNAL_REACH, DEPENDS },
	{ ACT_SIGNAL_REACH, ACT_SIGNAL_REACH, COMMUTES },
	{ ACT_SIGNAL_LOST, ACT_SIGNAL_CONTROL, DEPENDS },
	{ ACT_FUTEX_WAIT, ACT_FUTEX_WAKE, DEPENDS },
};

START_TEST(each_pair_of_the_design_has_its_verdict)
{
	for (size_t i = 0; i < ARRAY_SIZE(listed); i++) {
		struct touch a = touch(listed[i].a), b = touch(listed[i].b);

		ck_assert_msg(act_dependence(&a, &b) == listed[i].is,
			      "%s, then %s: %d", act_text(listed[i].a),
			      act_text(listed[i].b), act_dependence(&a, &b));
	}
}
END_TEST

START_TEST(bytes_that_do_not_overlap_commute)
{
	static const enum act writes[] = { ACT_STORE, ACT_RMW, ACT_FILE_WRITE };
	static const enum act all[] = { ACT_LOAD, ACT_STORE, ACT_RMW, ACT_MAP,
					ACT_FILE_READ, ACT_FILE_WRITE };

	for (size_t i = 0; i < ARRAY_SIZE(writes); i++)
		for (size_t j = 0; j < ARRAY_SIZE(all); j++) {
			struct touch a = range(writes[i], 8, 12);
			struct touch before = range(all[j], 4, 8);
			struct touch after = range(all[j], 12, 16);
			struct touch over = range(all[j], 11, 12);
			struct touch anywhere = touch(all[j]);

			IS(a, before, COMMUTES);
			IS(after, a, COMMUTES);
			IS(a, over, DEPENDS);
			IS(over, a, DEPENDS);
			IS(a, anywhere, DEPENDS);
		}
}
END_TEST

START_TEST(locks_of_files_are_ranges)
{
	struct touch a = range(ACT_FILE_LOCK, 0, 10);
	struct touch b = range(ACT_FILE_LOCK, 10, 20);
	struct touch c = range(ACT_FILE_LOCK, 5, 15);
	struct touch u = range(ACT_FILE_UNLOCK, 5, 15);

	IS(a, b, COMMUTES);
	IS(a, c, DEPENDS);
	IS(u, a, DEPENDS);
	a.value = c.value = 1;
	IS(a, c, COMMUTES);
	u.value = 1;
	IS(u, a, DEPENDS);
	c.value = 0;
	IS(a, c, DEPENDS);
}
END_TEST

START_TEST(a_post_before_a_wait)
{
	struct touch post = counted(ACT_SEM_POST, 1, 0);
	struct touch wait = counted(ACT_SEM_WAIT, 1, 1);
	struct touch try = counted(ACT_SEM_TRY, 1, 1);

	/* It ended the wait. */
	IS(post, wait, ENABLES);
	IS(post, try, DEPENDS);
	/* Another post came between: either could have ended it.  */
	wait.have = 2;
	IS(post, wait, DEPENDS);
	/* There was enough before: but not without any post.  */
	post.have = 1;
	IS(post, wait, DEPENDS);
	try.have = 2;
	IS(post, try, DEPENDS);
	/* There was, but another wait took it.  */
	wait.have = 1;
	IS(post, wait, DEPENDS);
	wait.have = HAVE_UNKNOWN;
	IS(post, wait, DEPENDS);
}
END_TEST

START_TEST(a_wait_before_a_post)
{
	struct touch post = touch(ACT_SEM_POST), wait = touch(ACT_SEM_WAIT);
	struct touch try = counted(ACT_SEM_TRY, 1, 0);

	/* The post may take the place of another one, before the wait.  */
	IS(wait, post, DEPENDS);
	IS(try, post, DEPENDS);
	try.have = 1;
	IS(try, post, DEPENDS);
}
END_TEST

START_TEST(semaphores_of_a_set_are_apart)
{
	struct touch wait = range(ACT_SEM_WAIT, 0, 1);
	struct touch other = range(ACT_SEM_WAIT, 1, 2);
	struct touch all = touch(ACT_SEM_CONTROL);

	IS(wait, other, COMMUTES);
	IS(wait, wait, DEPENDS);
	IS(wait, all, DEPENDS);
}
END_TEST

START_TEST(bytes_in_a_pipe)
{
	struct touch write = counted(ACT_PIPE_WRITE, 10, 0);
	struct touch read = counted(ACT_PIPE_READ, 10, 10);

	IS(write, read, ENABLES);
	read.gives_up = true;
	IS(write, read, DEPENDS);
	read.gives_up = false;
	write.have = 10;
	read.have = 20;
	IS(write, read, DEPENDS);
	/* A part of what it asks for was there.  */
	read.value = 15;
	IS(write, read, DEPENDS);
	IS(read, write, DEPENDS);
}
END_TEST

START_TEST(the_last_end_of_a_pipe)
{
	struct touch last = counted(ACT_PIPE_CLOSE_WRITE, 1, HAVE_UNKNOWN);
	struct touch more = counted(ACT_PIPE_CLOSE_WRITE, 2, HAVE_UNKNOWN);
	struct touch read = touch(ACT_PIPE_READ), write = touch(ACT_PIPE_WRITE);

	IS(last, read, DEPENDS);
	IS(read, last, DEPENDS);
	IS(more, read, COMMUTES);
	IS(more, write, COMMUTES);
	/* Which of two is the last.  */
	IS(more, last, DEPENDS);
	IS(more, more, COMMUTES);
	last.act = more.act = ACT_PIPE_CLOSE_READ;
	IS(last, write, DEPENDS);
	IS(more, write, COMMUTES);
	IS(last, read, COMMUTES);
}
END_TEST

START_TEST(messages_have_types)
{
	struct touch send = counted(ACT_QUEUE_SEND, 1, 0);
	struct touch other = counted(ACT_QUEUE_RECEIVE, 2, 1);
	struct touch any = counted(ACT_QUEUE_RECEIVE, 0, 1);
	struct touch third = counted(ACT_QUEUE_RECEIVE, 3, 1);

	IS(send, other, COMMUTES);
	IS(other, send, DEPENDS);
	IS(other, third, COMMUTES);
	IS(other, any, DEPENDS);
	IS(any, any, DEPENDS);
	IS(send, any, ENABLES);
	any.have = 2;
	IS(send, any, DEPENDS);
}
END_TEST

START_TEST(a_read_write_lock_let_go)
{
	struct touch unlock = touch(ACT_RW_UNLOCK);
	struct touch reader = touch(ACT_READ_LOCK);
	struct touch try = touch(ACT_TRY_READ_LOCK);

	IS(unlock, reader, DEPENDS);
	unlock.value = HELD_TO_READ;
	IS(unlock, reader, COMMUTES);
	IS(try, unlock, COMMUTES);
	unlock.value = HELD_TO_WRITE;
	IS(unlock, reader, ENABLES);
	IS(unlock, try, DEPENDS);
	IS(reader, unlock, DEPENDS);
}
END_TEST

START_TEST(wake_ups_that_wake_nobody)
{
	struct touch signal = counted(ACT_COND_SIGNAL, 0, 0);
	struct touch all = counted(ACT_COND_BROADCAST, 0, 0);

	IS(signal, all, COMMUTES);
	all.have = 1;
	IS(signal, all, DEPENDS);
}
END_TEST

START_TEST(the_last_at_a_barrier)
{
	struct touch first = counted(ACT_BARRIER_ARRIVE, 3, 0);
	struct touch second = counted(ACT_BARRIER_ARRIVE, 3, 1);
	struct touch last = counted(ACT_BARRIER_ARRIVE, 3, 2);

	IS(first, second, COMMUTES);
	IS(second, last, DEPENDS);
	IS(first, last, DEPENDS);
	/* Both stand before it: the later of them will be the last.  */
	IS(second, second, DEPENDS);
	IS(first, first, COMMUTES);
	first.value = 2;
	IS(first, first, DEPENDS);
}
END_TEST

START_TEST(the_same_signal_twice)
{
	struct touch a = counted(ACT_SIGNAL_SEND, SIGUSR1, 0);
	struct touch b = counted(ACT_SIGNAL_SEND, SIGUSR2, 0);
	struct touch queued = counted(ACT_SIGNAL_SEND, SIGRTMIN, 0);
	struct touch named = counted(ACT_SIGNAL_SEND, SIGUSR1, HAVE_UNKNOWN);

	IS(a, a, COMMUTES);
	IS(a, b, DEPENDS);
	IS(queued, queued, DEPENDS);
	IS(a, named, DEPENDS);
}
END_TEST

START_TEST(the_child_that_is_waited_for)
{
	struct touch exit = counted(ACT_EXIT, 5, HAVE_UNKNOWN);
	struct touch wait = counted(ACT_WAIT, 5, HAVE_UNKNOWN);
	struct touch other = counted(ACT_WAIT, 6, HAVE_UNKNOWN);
	struct touch any = touch(ACT_WAIT), look = wait;

	look.act = ACT_WAIT_LOOK;
	IS(exit, wait, ENABLES);
	IS(wait, exit, DEPENDS);
	IS(exit, other, COMMUTES);
	IS(exit, any, DEPENDS);
	IS(exit, look, DEPENDS);
}
END_TEST

START_TEST(counters_and_connections)
{
	struct touch add = counted(ACT_COUNTER_ADD, 2, 0);
	struct touch take = counted(ACT_COUNTER_TAKE, 0, 2);
	struct touch connect = counted(ACT_SOCKET_CONNECT, 1, 0);
	struct touch accept = counted(ACT_SOCKET_ACCEPT, 1, 1);

	IS(add, take, ENABLES);
	IS(take, add, DEPENDS);
	take.have = 3;
	IS(add, take, DEPENDS);
	IS(connect, accept, ENABLES);
	accept.have = 2;
	IS(connect, accept, DEPENDS);
}
END_TEST

START_TEST(descriptors_have_numbers)
{
	struct touch close = range(ACT_FD_CHANGE, 5, 6);
	struct touch use = range(ACT_FD_USE, 5, 6);
	struct touch other = range(ACT_FD_USE, 4, 5);

	IS(close, use, DEPENDS);
	IS(close, other, COMMUTES);
	IS(close, close, DEPENDS);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("dependency");

	unit_add(s, every_act_has_a_row_and_a_text);
	unit_add(s, the_table_is_symmetric);
	unit_add(s, with_nothing_known_both_orders_agree_or_the_later_is_enabled);
	unit_add(s, what_is_not_known_depends_on_everything);
	unit_add(s, a_touch_too_many_makes_it_unknown);
	unit_add(s, operations_are_of_their_objects);
	unit_add(s, one_that_had_to_wait_had_to_wait_whatever_else);
	unit_add(s, each_pair_of_the_design_has_its_verdict);
	unit_add(s, bytes_that_do_not_overlap_commute);
	unit_add(s, locks_of_files_are_ranges);
	unit_add(s, a_post_before_a_wait);
	unit_add(s, a_wait_before_a_post);
	unit_add(s, semaphores_of_a_set_are_apart);
	unit_add(s, bytes_in_a_pipe);
	unit_add(s, the_last_end_of_a_pipe);
	unit_add(s, messages_have_types);
	unit_add(s, a_read_write_lock_let_go);
	unit_add(s, wake_ups_that_wake_nobody);
	unit_add(s, the_last_at_a_barrier);
	unit_add(s, the_same_signal_twice);
	unit_add(s, the_child_that_is_waited_for);
	unit_add(s, counters_and_connections);
	unit_add(s, descriptors_have_numbers);
	return unit_run(s);
}
