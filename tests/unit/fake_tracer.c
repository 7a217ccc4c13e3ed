/* A tracer without processes.  */
#include "config.h"

#include "fake_tracer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct fake fake;

struct player {
	const char *next;	/* the call it stands before or in */
	bool born, asleep, gone;
};

/* The state of one run, in the child.  */
static struct {
	FILE *in;
	int out;
	uint64_t n;
	int step;
	int held_bytes;		/* in the pipe */
	struct player player[2];
	const char *tty;
	int tty_fd, master;
	struct buf line;
} run;

static const char *const names[] = { "A", "A.1" };

static int
pid_of(int who)
{
	return fake.first_pid + fake.runs * 1000 + who;
}

/* ---- events ---- */

static void
emit(struct event *e)
{
	size_t done = 0;

	e->n = ++run.n;
	buf_clear(&run.line);
	event_write(&run.line, e);
	while (done < run.line.len) {
		ssize_t n = write(run.out, run.line.data + done,
				  run.line.len - done);

		if (n <= 0)
			_exit(1);
		done += n;
	}
}

static struct event *
begin(enum what what, int who)
{
	static struct event e;

	event_init(&e, what);
	if (who >= 0) {
		COPY_STR(e.actor, names[who]);
		e.pid = e.tid = pid_of(who);
	}
	return &e;
}

static const char *
call_name(char letter)
{
	switch (letter) {
	case 'P': return "pipe2";
	case 'F': return "fork";
	case 'r': case 't': return "read";
	case 'W': return "wait4";
	case 's': return "nanosleep";
	case 'X': return "exit_group";
	default: return "write";
	}
}

static void
on_pipe(struct event *e, char letter)
{
	if (letter != 'r' && letter != 'w')
		return;
	COPY_STR(e->object, "pipe 1");
	e->end = letter == 'r' ? MODE_READ : MODE_WRITE;
	e->fd = letter == 'r' ? 3 : 4;
	e->description = letter == 'r' ? 1 : 2;
}

static void
point(int who)
{
	struct event *e = begin(WHAT_POINT, who);

	COPY_STR(e->call, call_name(*run.player[who].next));
	on_pipe(e, *run.player[who].next);
	snprintf(e->source, sizeof(e->source), "fake.c:%d",
		 (int)(run.player[who].next - fake.program[who]) + 1);
	emit(e);
}

static struct event *
call(int who, int64_t result)
{
	struct event *e = begin(WHAT_CALL, who);
	char letter = *run.player[who].next;

	COPY_STR(e->call, call_name(letter));
	on_pipe(e, letter);
	e->has_result = true;
	e->result = result;
	return e;
}

/* The call is over: on to the next point.  */
static void
arrive(int who, struct event *e)
{
	emit(e);
	run.player[who].asleep = false;
	run.player[who].next++;
	point(who);
}

static void
block(int who, int64_t until)
{
	struct event *e = begin(WHAT_BLOCK, who);

	COPY_STR(e->call, call_name(*run.player[who].next));
	on_pipe(e, *run.player[who].next);
	e->until = until;
	emit(e);
	run.player[who].asleep = true;
}

/* ---- calls ---- */

static void
do_pipe2(int who)
{
	struct event *e = begin(WHAT_OBJECT, -1);

	COPY_STR(e->object, "pipe 1");
	e->kind = KIND_PIPE;
	emit(e);
	e = call(who, 0);
	e->n_opened = 2;
	for (int i = 0; i < 2; i++) {
		e->opened[i] = (struct opened){ .fd = 3 + i,
			.description = 1 + i,
			.mode = i ? MODE_WRITE : MODE_READ };
		COPY_STR(e->opened[i].object, "pipe 1");
	}
	arrive(who, e);
}

static void
do_fork(int who)
{
	struct event *e;

	run.player[1].born = true;
	run.player[1].next = fake.program[1];
	e = begin(WHAT_START, 1);
	COPY_STR(e->parent, "A");
	COPY_STR(e->call, "fork");
	emit(e);
	point(1);
	arrive(who, call(who, pid_of(1)));
}

static void
moved(int who)
{
	struct event *e = call(who, 1);
	bool differs = fake.differ_at && fake.runs > 1 &&
		       run.step >= fake.differ_at;

	if (differs && *run.player[who].next == 'w')
		e->result = 0;
	e->bytes = 1;
	e->data_len = 1;
	strcpy(e->data, "x");
	run.held_bytes += *run.player[who].next == 'w' ? 1 : -1;
	arrive(who, e);
}

static bool
is_in(int who, char letter)
{
	return run.player[who].born && run.player[who].asleep &&
	       *run.player[who].next == letter;
}

static void
do_transfer(int who)
{
	char letter = *run.player[who].next;
	bool can = letter == 'w' ? run.held_bytes < FAKE_ROOM
				 : run.held_bytes > 0;

	if (!can) {
		block(who, -1);
		return;
	}
	moved(who);
	for (int other = 0; other < 2; other++)
		if (is_in(other, letter == 'w' ? 'r' : 'w'))
			moved(other);
}

static void
do_terminal(int who)
{
	struct event *e;
	char text[64];
	ssize_t n;

	if (*run.player[who].next == 'p') {
		n = write(run.tty_fd, "hello\n", 6);
		e = call(who, n);
		arrive(who, e);
		return;
	}
	n = read(run.tty_fd, text, sizeof(text) - 1);
	if (n < 0) {
		block(who, -1);
		return;
	}
	e = call(who, n);
	e->data_len = n;
	memcpy(e->data, text, n);
	arrive(who, e);
}

static void
do_print_id(int who)
{
	struct event *e = call(who, 9);

	e->data_len = snprintf(e->data, 64, "I am %d.", pid_of(who));
	arrive(who, e);
}

static void
do_exit(int who)
{
	struct event *e = begin(WHAT_EXIT, who);

	e->status = 0;
	emit(e);
	run.player[who].gone = true;
	if (who == 1 && is_in(0, 'W'))
		arrive(0, call(0, pid_of(1)));
}

static void
do_wait(int who)
{
	if (!run.player[1].gone) {
		block(who, -1);
		return;
	}
	emit(begin(WHAT_REAP, 1));
	arrive(who, call(who, pid_of(1)));
}

static void
go(int who)
{
	if (who < 0)
		die("the fake tracer knows no such actor");
	switch (*run.player[who].next) {
	case 'P': do_pipe2(who); break;
	case 'F': do_fork(who); break;
	case 'w':
	case 'r': do_transfer(who); break;
	case 't':
	case 'p': do_terminal(who); break;
	case 'g': do_print_id(who); break;
	case 's': block(who, 1000000000); break;
	case 'W': do_wait(who); break;
	case 'X': do_exit(who); break;
	case 'Z':
		for (;;)
			pause();
	}
}

/* ---- the run ---- */

static bool
is_over(void)
{
	return run.player[0].gone && (!run.player[1].born ||
				      run.player[1].gone);
}

static void
end_step(void)
{
	struct event *e = begin(is_over() ? WHAT_END : WHAT_HELD, -1);

	e->step = run.step;
	if (is_over())
		e->status = 0;
	emit(e);
	if (is_over())
		_exit(0);
}

static int
who_is(const char *actor)
{
	return strcmp(actor, "A.1") == 0;
}

static void
make(const struct choice *c, const char *text)
{
	struct event *e;

	run.step++;
	if (run.step == fake.die_at)
		raise(SIGKILL);
	if (run.step == fake.garble_at)
		dprintf(run.out, "{\"n\":nonsense}\n");
	e = begin(WHAT_CHOICE, -1);
	e->step = run.step;
	COPY_STR(e->choice, text);
	emit(e);
	if (c->kind == CHOICE_GO)
		go(who_is(c->actor));
	if (c->kind == CHOICE_EXPIRE)
		arrive(who_is(c->actor), call(who_is(c->actor), 0));
	if (c->kind == CHOICE_TYPE) {
		struct pollfd slave = { .fd = run.tty_fd, .events = POLLIN };

		if (write(run.master, c->typed, c->typed_len) < 0)
			_exit(1);
		poll(&slave, 1, 0);
	}
	if (c->kind == CHOICE_TYPE && is_in(0, 't'))
		go(0);
	end_step();
}

static bool
can_go(int who)
{
	return run.player[who].born && !run.player[who].gone &&
	       !run.player[who].asleep;
}

/* "source on": the points at which somebody is held are told once more.  */
static void
tell_points(void)
{
	for (int who = 0; who < 2; who++)
		if (can_go(who))
			point(who);
}

/* Everybody, as long as anybody can; then held.  */
static void
run_free(void)
{
	char line[64];

	run.step++;
	while (!is_over() && (can_go(0) || can_go(1)))
		go(can_go(0) ? 0 : 1);
	if (!is_over() && !fgets(line, sizeof(line), run.in))
		_exit(1);
	end_step();
}

static void
play(const struct tracer_config *c)
{
	struct header h = { .version = EVENT_VERSION, .driven = true };
	struct choice choice;
	char line[1024];

	header_write(&run.line, &h);
	if (write(run.out, run.line.data, run.line.len) < 0)
		_exit(1);
	run.master = c->tty_master;
	run.tty_fd = c->tty ? open(c->tty, O_RDWR | O_NONBLOCK | O_NOCTTY) : -1;
	run.player[0].born = true;
	run.player[0].next = fake.program[0];
	emit(begin(WHAT_START, 0));
	point(0);
	end_step();
	while (fgets(line, sizeof(line), run.in)) {
		line[strcspn(line, "\n")] = '\0';
		if (strcmp(line, "free") == 0)
			run_free();
		else if (strcmp(line, "source on") == 0)
			tell_points();
		else if (choice_parse(line, &choice, NULL) == 0)
			make(&choice, line);
	}
	_exit(0);
}

static int
fake_start(struct tracer *t, const struct tracer_config *c, char **why)
{
	int events[2], commands[2];

	if (fake.refuse)
		return fail(why, "the fake tracer does not start");
	fake.runs++;
	if (pipe2(events, O_CLOEXEC) < 0 || pipe2(commands, O_CLOEXEC) < 0)
		return fail(why, "no pipes");
	t->pid = fork();
	if (t->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(events[0]);
		close(commands[1]);
		run.in = fdopen(commands[0], "r");
		run.out = events[1];
		play(c);
	}
	close(events[1]);
	close(commands[0]);
	t->events = events[0];
	t->commands = commands[1];
	return 0;
}

static void
fake_stop(struct tracer *t)
{
	kill(t->pid, SIGKILL);
	waitpid(t->pid, NULL, 0);
	close(t->events);
	close(t->commands);
}

const struct tracer_ops fake_ops = { .start = fake_start, .stop = fake_stop };
