/* The tracer process: beginning, ending, and what goes to and fro.  */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/left.h"
#include "base/paths.h"
#include "base/words.h"
#include "event/names.h"
#include "session/inside.h"

enum { READ_SIZE = 65536, LINE_LONGEST = 1 << 20, DEATH_MS = 2000,
       LOOK_MS = 2 };

static void
set_nonblocking(int fd)
{
	if (fd >= 0)
		fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

static int
open_terminal(struct session *s, char **why)
{
	terminal_close(s->terminal);
	s->terminal = NULL;
	s->generation++;
	/* As it was when the schedule was made: to a file. */
	if (s->output < 0 && s->script.output[0])
		s->output = memfd_create("output", MFD_CLOEXEC);
	s->output_taken = 0;
	if (s->output >= 0 && (ftruncate(s->output, 0) < 0 ||
			       lseek(s->output, 0, SEEK_SET) < 0))
		return fail(why, _("cannot prepare for runs: %s"),
			    strerror(errno));
	if (!s->config.pty || s->script.output[0])
		return 0;
	s->terminal = terminal_open(s->config.rows, s->config.cols, why);
	return s->terminal ? 0 : -1;
}

static void
forget_arrived(struct session *s)
{
	s->header_seen = s->ended = s->pids_merged = s->happened_seen = false;
	s->refused = s->told_again = false;
	s->in_step = true;
	s->arrived = 0;
	s->made = -1;
	s->sent = 0;
	s->last_note[0] = '\0';
	buf_clear(&s->in);
	buf_clear(&s->out);
	pids_clear(&s->new_pids);
}

/* Read from its beginning in each run.  */
static int
open_input(struct session *s, char **why)
{
	const char *text = s->script.input;

	if (!text || !s->script.output[0])
		return 0;
	if (s->input <= 0)
		s->input = memfd_create("input", MFD_CLOEXEC);
	if (s->input < 0 || ftruncate(s->input, 0) < 0 ||
	    pwrite(s->input, text, strlen(text), 0) != (ssize_t)strlen(text) ||
	    lseek(s->input, 0, SEEK_SET) < 0)
		return fail(why, _("cannot prepare for runs: %s"),
			    strerror(errno));
	return 0;
}

/* In a folder of its own, which is found if we are killed.  */
static char *
left_list(struct session *s, char **why)
{
	s->left_folder = path_temporary(why);
	if (!s->left_folder)
		return NULL;
	s->left_watcher = left_watch(s->left_folder);
	return xasprintf("%s/%s", s->left_folder, left_name);
}

int
run_begin(struct session *s, char **why)
{
	const struct session_config *c = &s->config;
	struct tracer_config tc = {
		.argv = c->argv, .cwd = c->cwd, .cast = c->cast,
		.driven = true, .private_pids = true, .seed = c->seed,
		.isolate = c->isolate,
		.check = c->check, .data_max = c->data_max,
		.events_max = c->events_max, .tasks_max = c->tasks_max,
	};
	int rc;

	run_end(s);
	if (c->isolate && !s->left && !(s->left = left_list(s, why)))
		return -1;
	tc.left = s->left;
	forget_arrived(s);
	if (c->prepare && c->prepare(c->prepare_arg, why) < 0)
		return -1;
	if (open_terminal(s, why) < 0 || open_input(s, why) < 0)
		return -1;
	if (s->script.environment &&
	    !(tc.env = words_split(s->script.environment, why)))
		return -1;
	/* What is known has its source positions already. */
	s->sources_on = c->sources && log_count(s->log) == 0;
	tc.sources = s->sources_on;
	tc.tty = s->terminal ? terminal_name(s->terminal) : NULL;
	tc.learned = s->script.shared;
	tc.looks = strcmp(s->script.looks, "points") == 0;
	tc.output = s->script.output[0] && s->output > 0 ? s->output : 0;
	tc.tty_master = s->terminal ? terminal_fd(s->terminal) : 0;
	tc.input = s->input > 0 ? s->input : 0;
	tc.confined = strcmp(s->script.calls, "confined") == 0;
	rc = s->ops->start(&s->tracer, &tc, why);
	words_free(tc.env);
	if (rc < 0)
		return -1;
	set_nonblocking(s->tracer.events);
	set_nonblocking(s->tracer.commands);
	s->running = true;
	return 0;
}

void
run_end(struct session *s)
{
	if (s->running) {
		s->ops->stop(&s->tracer);
		if (s->left)
			left_clear(s->left, NULL);
	}
	s->running = false;
}

/* ---- to the tracer ---- */

/* write(2) that does not end us with SIGPIPE when the tracer is gone.  */
static ssize_t
write_quietly(int fd, const char *bytes, size_t n)
{
	const struct timespec at_once = { 0, 0 };
	sigset_t pipe, old, pending;
	ssize_t done;
	int error;

	sigemptyset(&pipe);
	sigaddset(&pipe, SIGPIPE);
	sigpending(&pending);
	pthread_sigmask(SIG_BLOCK, &pipe, &old);
	done = write(fd, bytes, n);
	error = errno;
	if (done < 0 && error == EPIPE && !sigismember(&pending, SIGPIPE))
		while (sigtimedwait(&pipe, NULL, &at_once) < 0 &&
		       errno == EINTR)
			;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	errno = error;
	return done;
}

static void
flush_out(struct session *s)
{
	while (s->running && s->out.len > 0) {
		ssize_t n = write_quietly(s->tracer.commands, s->out.data,
					  s->out.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno != EAGAIN)
			buf_clear(&s->out);	/* its end will be read */
		if (n <= 0)
			return;
		buf_drop(&s->out, n);
	}
}

void
run_send(struct session *s, const char *line)
{
	buf_adds(&s->out, line);
	buf_addc(&s->out, '\n');
	flush_out(s);
}

void
run_sources(struct session *s, bool on)
{
	if (!s->config.sources || s->sources_on == on)
		return;
	s->sources_on = on;
	s->told_again |= on;
	s->told_at = s->sent;
	run_send(s, on ? "source on" : "source off");
}

/* A choice that the known run or the schedule has not seen the outcome of
 * must be possible now.  */
static bool
is_possible(struct session *s, struct choice *c)
{
	char *why = NULL;

	if (choice_check(s, c, &why) == 0)
		return true;
	session_trouble_set(s, _("step %d of the schedule cannot be made: "
				 "%s"), s->sent + 1, why);
	free(why);
	schedule_truncate(&s->schedule, s->sent);
	s->script_left = false;
	s->target = s->sent;
	return false;
}

/* The next choice, when it may go out now; false: not yet, or not at all. */
static bool
send_choice(struct session *s)
{
	struct choice *c = &s->schedule.step[s->sent].choice;
	bool known = s->sent < session_known(s);
	bool idle = s->made == s->sent;
	struct buf text = BUF_INIT;

	/* What is new depends on the world after the steps before.  */
	if (!known && !idle)
		return false;
	if (s->sent - s->made >= CHOICES_AHEAD)
		return false;
	if (!known && !is_possible(s, c))
		return false;
	run_sources(s, !known);
	choice_write(&text, c);
	s->sent++;
	run_send(s, buf_str(&text));
	buf_release(&text);
	return true;
}

void
run_send_choices(struct session *s)
{
	while (s->running && s->sent < s->target &&
	       s->sent < (int)s->schedule.n_steps && send_choice(s))
		;
}

/* ---- from the tracer ---- */

/* A process that dies closes its pipes a moment before it can be waited for;
 * one that lives on has closed them by mistake.  */
static void
let_it_end(pid_t pid, siginfo_t *info)
{
	for (int ms = 0; ms < DEATH_MS; ms += LOOK_MS) {
		if (waitid(P_PID, pid, info, WEXITED | WNOWAIT | WNOHANG) < 0 ||
		    info->si_pid != 0)
			return;
		poll(NULL, 0, LOOK_MS);
	}
}

/* How did it end?  It is reaped later, by who started it.  */
static void
say_how(const struct session *s, struct buf *out)
{
	siginfo_t info = { 0 };

	let_it_end(s->tracer.pid, &info);
	if (info.si_pid == 0)
		buf_adds(out, _("the tracer stopped talking"));
	else if (info.si_code == CLD_EXITED)
		buf_addf(out, _("the tracer ended with status %d"),
			 info.si_status);
	else
		buf_addf(out, _("the tracer was killed by %s"),
			 signal_name(info.si_status));
	if (s->last_note[0])
		buf_addf(out, " (%s)", s->last_note);
}

static void
run_lost(struct session *s)
{
	struct buf how = BUF_INIT;

	say_how(s, &how);
	run_end(s);
	session_break(s, _("%s, and the program ended with it; what was seen "
			   "is kept, and going back starts a new run"),
		      buf_str(&how));
	buf_release(&how);
}

static void
run_garbled(struct session *s, const char *why)
{
	run_end(s);
	session_break(s, _("the tracer said something that is no event (%s); "
			   "the program was ended"), why);
}

/* All whole lines.  An event can end this run and begin another, whose
 * text is none of this: the buffer is taken over first.  */
static void
take_lines(struct session *s)
{
	struct buf in = s->in;
	size_t from = 0;
	char *why = NULL;
	int bad = 0;

	s->in = (struct buf)BUF_INIT;
	while (!bad && s->running && from < in.len) {
		char *newline = memchr(in.data + from, '\n', in.len - from);

		if (!newline)
			break;
		bad = arrive_line(s, in.data + from,
				  newline + 1 - in.data - from, &why);
		from = newline + 1 - in.data;
	}
	if (!bad && in.len - from > LINE_LONGEST)
		bad = fail(&why, _("a line without an end"));
	if (bad) {
		run_garbled(s, why);
	} else if (s->running) {
		buf_drop(&in, from);
		buf_release(&s->in);
		s->in = in;
		in = (struct buf)BUF_INIT;
	}
	buf_release(&in);
	free(why);
}

bool
run_pump(struct session *s)
{
	ssize_t n;

	if (!s->running)
		return false;
	flush_out(s);
	buf_need(&s->in, READ_SIZE);
	n = read(s->tracer.events, s->in.data + s->in.len, READ_SIZE);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	if (n <= 0) {
		run_lost(s);
		return true;
	}
	s->in.len += n;
	take_lines(s);
	return true;
}
