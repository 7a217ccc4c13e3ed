/*
 * Data races by happens-before.  A run is written as steps, "ACTOR ACT OBJECT":
 * actors are letters, objects digits, memory is object 9 with a byte range.
 */
#include "explore/race.h"
#include "tests/unit/unit.h"

#include <stdio.h>

static const struct {
	const char *name;
	enum act act;
	bool atomic;
} words[] = {
	{ "load", ACT_LOAD, false },	{ "store", ACT_STORE, false },
	{ "aload", ACT_LOAD, true },	{ "astore", ACT_STORE, true },
	{ "armw", ACT_RMW, true },	{ "lock", ACT_LOCK, false },
	{ "unlock", ACT_UNLOCK, false }, { "post", ACT_SEM_POST, false },
	{ "wait", ACT_SEM_WAIT, false }, { "write", ACT_PIPE_WRITE, false },
	{ "read", ACT_PIPE_READ, false }, { "exit", ACT_EXIT, false },
	{ "reap", ACT_WAIT, false },	{ "rdlock", ACT_READ_LOCK, false },
	{ "wrlock", ACT_WRITE_LOCK, false },
	{ "rwunlock", ACT_RW_UNLOCK, false },
	{ "arrive", ACT_BARRIER_ARRIVE, false },
	{ "fork", ACT_FORK, false },	{ "signal", ACT_COND_SIGNAL, false },
	{ "condwait", ACT_COND_WAIT, false },
	{ "kill", ACT_SIGNAL_SEND, false },
};

/* One step: "B store 0-4", "A lock 1", "A signal 2 >B" (which wakes B), "A kill 3
 * !B" (which B does not survive).  */
static bool
step(struct races *r, struct position *p, const char *text)
{
	struct done d = { .n_woken = 0 };
	char actor, woken, word[16];
	unsigned from, to;
	struct touch *t;
	int used = 0;
	size_t w = 0;

	ck_assert_int_eq(sscanf(text, " %c %15s%n", &actor, word, &used), 2);
	while (w < ARRAY_SIZE(words) && strcmp(words[w].name, word) != 0)
		w++;
	ck_assert_msg(w < ARRAY_SIZE(words), "what is %s?", word);
	t = operation_touch(&d.op, words[w].act, 9);
	t->atomic = words[w].atomic;
	if (sscanf(text + used, " %u-%u", &from, &to) == 2) {
		t->from = from;
		t->to = to;
	} else if (sscanf(text + used, " %u", &from) == 1) {
		t->object = from;
	}
	if (strchr(text, '>') && sscanf(strchr(text, '>'), ">%c", &woken) == 1)
		d.woken[d.n_woken++] = woken - 'A';
	return races_step(r, p, actor - 'A', &d) != NULL;
}

static void
end(struct position *p, int actor)
{
	for (int i = 0; i < p->n_standing; i++)
		if (p->standing[i].actor == actor)
			p->standing[i].state = STANDS_ENDED;
}

/* The number of the step that closes a race, from 1; 0: none does.  A is there
 * from the start; the others when they first go.  */
static int
run(struct races *r, const char *const *steps)
{
	struct standing standing[26] = { { .actor = 0 } };
	struct position p = { .standing = standing };
	int found = 0;

	races_begin(r);
	standing[p.n_standing++].actor = 0;
	for (int i = 0; steps[i]; i++) {
		int actor = steps[i][0] - 'A', k = 0;

		while (k < p.n_standing && standing[k].actor != actor)
			k++;
		if (k == p.n_standing)
			standing[p.n_standing++].actor = actor;
		if (step(r, &p, steps[i]) && !found)
			found = i + 1;
		if (strchr(steps[i], '!'))
			end(&p, strchr(steps[i], '!')[1] - 'A');
	}
	return found;
}

static const struct {
	const char *about;
	int race;
	const char *step[12];
} runs[] = {
	{ "two stores", 3,
	  { "A fork", "B store 0-4", "A store 0-4" } },
	{ "a store and a load", 3,
	  { "A fork", "B load 0-4", "A store 0-4" } },
	{ "two loads", 0, { "A fork", "B load 0-4", "A load 0-4" } },
	{ "side by side", 0, { "A fork", "B store 0-4", "A store 4-8" } },
	{ "one byte of both", 3, { "A fork", "B store 0-4", "A store 3-9" } },
	{ "over the end of a cell", 3,
	  { "A fork", "B store 4-12", "A load 11-12" } },
	{ "before the fork", 0, { "A store 0-4", "A fork", "B load 0-4" } },
	{ "behind the wait", 0,
	  { "A fork", "B store 0-4", "B exit 1", "A reap 1", "A load 0-4" } },
	{ "before the wait", 4,
	  { "A fork", "B store 0-4", "B exit 1", "A load 0-4", "A reap 1" } },
	{ "under one lock", 0,
	  { "A fork", "B lock 1", "B store 0-4", "B unlock 1", "A lock 1",
	    "A store 0-4", "A unlock 1" } },
	{ "under two locks", 6,
	  { "A fork", "B lock 1", "B store 0-4", "B unlock 1", "A lock 2",
	    "A store 0-4", "A unlock 2" } },
	{ "a lock taken before", 6,
	  { "A fork", "B lock 1", "B unlock 1", "A lock 1", "B store 0-4",
	    "A store 0-4" } },
	{ "posted", 0,
	  { "A fork", "B store 0-4", "B post 1", "A wait 1", "A load 0-4" } },
	{ "stored behind the post", 5,
	  { "A fork", "B post 1", "B store 0-4", "A wait 1", "A load 0-4" } },
	{ "through a pipe", 0,
	  { "A fork", "B store 0-4", "B write 1", "A read 1", "A load 0-4" } },
	{ "another way round", 5,
	  { "A fork", "A read 1", "B store 0-4", "B write 1", "A load 0-4" } },
	{ "an atomic flag", 0,
	  { "A fork", "B store 0-4", "B astore 8-12", "A aload 8-12",
	    "A load 0-4" } },
	{ "another atomic flag", 5,
	  { "A fork", "B store 0-4", "B astore 8-12", "A aload 16-20",
	    "A load 0-4" } },
	{ "a plain flag", 4,
	  { "A fork", "B store 0-4", "B store 8-12", "A load 8-12",
	    "A load 0-4" } },
	{ "atomics alone", 0, { "A fork", "B armw 0-4", "A armw 0-4" } },
	{ "atomic and plain", 3, { "A fork", "B armw 0-4", "A load 0-4" } },
	{ "through a third", 0,
	  { "A fork", "A fork", "B store 0-4", "B post 1", "C wait 1",
	    "C post 2", "A wait 2", "A store 0-4" } },
	{ "two readers of a lock", 6,
	  { "A fork", "B rdlock 1", "B store 0-4", "B rwunlock 1",
	    "A rdlock 1", "A store 0-4", "A rwunlock 1" } },
	{ "a writer, then a reader", 0,
	  { "A fork", "B wrlock 1", "B store 0-4", "B rwunlock 1",
	    "A rdlock 1", "A load 0-4", "A rwunlock 1" } },
	{ "a reader, then a writer", 0,
	  { "A fork", "B rdlock 1", "B load 0-4", "B rwunlock 1",
	    "A wrlock 1", "A store 0-4", "A rwunlock 1" } },
	{ "killed while it has the lock", 0,
	  { "A fork", "A fork", "B lock 1", "B store 0-4", "A kill 3 !B",
	    "C lock 1", "C store 0-4", "C unlock 1" } },
	{ "killed while it has another lock", 7,
	  { "A fork", "A fork", "B lock 2", "B store 0-4", "A kill 3 !B",
	    "C lock 1", "C store 0-4", "C unlock 1" } },
	{ "killed when it has given the lock back", 8,
	  { "A fork", "A fork", "B lock 1", "B unlock 1", "B store 0-4",
	    "A kill 3 !B", "C lock 1", "C store 0-4" } },
	{ "killed while somebody waits for its lock", 0,
	  { "A fork", "A fork", "B lock 1", "B store 0-4", "C lock 1",
	    "A kill 3 >C !B", "C store 0-4", "C unlock 1" } },
	{ "at a barrier", 0,
	  { "A fork", "B store 0-4", "B arrive 1", "A arrive 1 >B",
	    "A load 0-4", "B load 0-4" } },
	{ "behind a barrier", 6,
	  { "A fork", "B store 0-4", "B arrive 1", "A arrive 1 >B",
	    "A store 0-4", "B load 0-4" } },
	{ "woken", 0,
	  { "A fork", "B condwait 1", "A store 0-4", "A signal 1 >B",
	    "B load 0-4" } },
};

START_TEST(a_race_is_found_where_nothing_orders)
{
	struct races *r = races_new();

	/* Twice: what a run leaves behind is nothing to the next. */
	for (int i = 0; i < 2; i++)
		ck_assert_msg(run(r, runs[_i].step) == runs[_i].race,
			      "%s: race closed by step %d, not %d",
			      runs[_i].about, run(r, runs[_i].step),
			      runs[_i].race);
	races_free(r);
}
END_TEST

START_TEST(both_halves_are_told)
{
	struct standing standing[] = { { .actor = 0 }, { .actor = 5 } };
	struct position p = { .n_standing = 2, .standing = standing };
	struct races *r = races_new();
	struct done d = { .op = { .pc = 0x10 } };
	const struct race *found;
	struct touch *t;

	races_begin(r);
	t = operation_touch(&d.op, ACT_STORE, 3);
	t->from = 100;
	t->to = 108;
	ck_assert_ptr_null(races_step(r, &p, 5, &d));
	d.op.pc = 0x20;
	t->act = ACT_LOAD;
	t->from = 102;
	t->to = 104;
	found = races_step(r, &p, 0, &d);
	ck_assert_ptr_nonnull(found);
	ck_assert_uint_eq(found->object, 3);
	ck_assert_uint_eq(found->from, 102);
	ck_assert_uint_eq(found->to, 104);
	ck_assert_int_eq(found->first.actor, 5);
	ck_assert_uint_eq(found->first.pc, 0x10);
	ck_assert(found->first.stores);
	ck_assert_int_eq(found->second.actor, 0);
	ck_assert_uint_eq(found->second.step, 1);
	ck_assert(!found->second.stores);
	races_free(r);
}
END_TEST

START_TEST(many_objects_and_actors_fit)
{
	struct standing standing[200] = { { .actor = 0 } };
	struct position p = { .n_standing = 200, .standing = standing };
	struct races *r = races_new();

	for (int i = 0; i < 200; i++)
		standing[i].actor = i;
	for (int again = 0; again < 2; again++) {
		races_begin(r);
		for (int i = 0; i < 20000; i++) {
			struct done d = { .n_woken = 0 };
			struct touch *t = operation_touch(&d.op, ACT_STORE,
							  i % 7);

			t->from = i * 8;
			t->to = i * 8 + 8;
			ck_assert_ptr_null(races_step(r, &p, i % 200, &d));
		}
	}
	races_free(r);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("race");
	TCase *c = tcase_create("runs");

	tcase_set_timeout(c, 0);
	tcase_add_loop_test(c, a_race_is_found_where_nothing_orders, 0,
			    ARRAY_SIZE(runs));
	suite_add_tcase(s, c);
	unit_add(s, both_halves_are_told);
	unit_add(s, many_objects_and_actors_fit);
	return unit_run(s);
}
