/* The tracer as a process: start, run, end.  */
#include "config.h"

#include "base/i18n.h"
#include "base/left.h"
#include "tracer/namespace.h"
#include "tracer/numbers.h"
#include "tracer/sockets.h"
#include "tracer/source.h"
#include "tracer/trace.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STOP_MS = 2000 };	/* for a tracer to end all by itself */

void
kill_all(struct tracing *t)
{
	int status;
	pid_t tid;

	/* By the table, which also has those whose parent has not told of
	 * them yet, and will not any more.  */
	for (size_t i = 0; i < ARRAY_SIZE(t->hash); i++)
		for (struct task *k = t->hash[i]; k; k = k->next_hash)
			kill(k->tid, SIGKILL);
	/* Some may just have been born: they are ours to wait for too. */
	while ((tid = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR) {
		if (tid > 0 && WIFSTOPPED(status))
			kill(tid, SIGKILL);
		else if (tid > 0)
			stop_handle(t, tid, status);
	}
}

void
tracing_init(struct tracing *t, const struct tracer_config *c, int out,
	     int commands)
{
	memset(t, 0, sizeof(*t));
	t->config = *c;
	t->out = out;
	t->commands = commands;
	t->child_signals = t->master = t->ports = t->left = -1;
	t->sources_on = c->sources;
	if (c->cwd && c->cwd[0] == '/')
		COPY_STR(t->cwd, c->cwd);
	else if (!getcwd(t->cwd, sizeof(t->cwd)))
		t->cwd[0] = '\0';
	limit_init(t);
	things_init(t);
	virtual_init(t);
	if (c->learned && c->driven) {
		t->learned = learned_new();
		t->serves = learned_read(t->learned, c->learned) == 0;
	}
	t->sources = source_cache_new();
	source_set_folder(t->sources, t->cwd);
}

void
tracing_release(struct tracing *t)
{
	tasks_free(t);
	if (!t->search)
		learned_free(t->learned);
	sockets_free(t);
	things_free(t);
	kept_free(t);
	numbers_free(t);
	virtual_timerfd_free(t);
	source_cache_free(t->sources);
	buf_release(&t->buf);
	buf_release(&t->scratch);
	buf_release(&t->command_text);
	if (t->child_signals >= 0)
		close(t->child_signals);
	if (t->ports >= 0)
		close(t->ports);
	if (t->left >= 0)
		close(t->left);
}

static void
tell_end(struct tracing *t)
{
	struct event *e = out_begin(t, NULL, WHAT_END);

	if (t->status_known && WIFSIGNALED(t->status))
		e->signal = WTERMSIG(t->status);
	else if (t->status_known)
		e->status = WEXITSTATUS(t->status);
	out_event(t, e);
	out_flush(t);
}

int
listen_to_children(struct tracing *t)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	t->child_signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return t->child_signals < 0 ? -1 : 0;
}

/* What the run was to have for itself, and has not.  */
static void
tell_shared(struct tracing *t)
{
	unsigned lacks = t->config.isolate ? PARTS_ISOLATED & ~t->parts : 0;
	struct buf list = BUF_INIT;

	if (!lacks)
		return;
	namespace_list(lacks, &list);
	out_note(t, NULL, "not private here, but shared with other programs: "
		 "%s; `ipclab doctor` says more", buf_str(&list));
	buf_release(&list);
}

static int
run(struct tracing *t, char **why)
{
	pid_t pid;

	out_header(t);
	tell_shared(t);
	if (t->config.driven && t->parts & PART_BIT(PART_NET))
		t->ports = namespace_ports();
	if (t->config.left)
		t->left = left_open(t->config.left);
	if (t->config.driven && listen_to_children(t) < 0)
		return fail(why, "cannot watch for signals: %s",
			    strerror(errno));
	pid = spawn_subject(t, why);
	if (pid < 0)
		return -1;
	life_first(t, pid);
	if (t->config.driven)
		drive_loop(t);
	else
		free_loop(t);
	tell_end(t);
	return 0;
}

int
tracer_run(const struct tracer_config *c, int out, int *status, char **why)
{
	struct tracing *t = xmalloc(sizeof(*t));
	struct sigaction ignore = { .sa_handler = SIG_IGN }, old[3];
	static const int signals[] = { SIGINT, SIGQUIT, SIGPIPE };
	int rc;

	/* ^C is for the subject; we end when it has ended.  */
	tracing_init(t, c, out, -1);
	if (c->isolate)
		t->parts = namespace_enter(PARTS_ISOLATED);
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++) {
		sigaction(signals[i], &ignore, &old[i]);
		if (old[i].sa_handler == SIG_IGN)
			t->ignored |= 1U << signals[i];
	}
	rc = run(t, why);
	if (status)
		*status = t->out_broken ? -1 : t->status;
	if (rc == 0 && t->out_broken)
		rc = fail(why, "cannot write all events: %s",
			  strerror(t->out_error));
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		sigaction(signals[i], &old[i], NULL);
	if (t->affinity_len)
		sched_setaffinity(0, t->affinity_len,
				  (cpu_set_t *)t->affinity);
	tracing_release(t);
	if (rc == 0 && t->over && why)
		*why = t->over;
	else
		free(t->over);
	free(t);
	return rc;
}

int
tracer_refuses_learned(const char *words, char **why)
{
	struct learned *l = learned_new();
	bool reads = !words || learned_read(l, words) == 0;

	learned_free(l);
	return reads ? 0 :
	       fail(why, _("the memory that the schedule says is shared is in "
			   "words that this ipclab does not know: %.80s"),
		    words);
}

int
tracer_refuses(const struct tracer_config *c, char **why)
{
	char path[PATH_MAX];

	if (tracer_refuses_learned(c->learned, why) < 0)
		return -1;
	return spawn_resolve(c, path, sizeof(path), why);
}

/* ---- a process of its own ---- */

enum {
	EVENTS_FD = 3, COMMANDS_FD, MASTER_FD, OUTPUT_FD, INPUT_FD,
	FIRST_OTHER, ASIDE = 64,
};

/* Only the two pipes, the terminal's master, what the subject prints to and
 * reads (0: there is none), and the standard streams stay.  */
static void
keep_only(const struct tracer_config *c, int events, int commands)
{
	int kept[FIRST_OTHER - EVENTS_FD] = {
		events, commands, c->tty_master, c->output, c->input,
	};

	for (size_t i = 0; i < ARRAY_SIZE(kept); i++)
		kept[i] = kept[i] > 0 ? fcntl(kept[i], F_DUPFD, ASIDE) : -1;
	for (size_t i = 0; i < ARRAY_SIZE(kept); i++)
		if (kept[i] < 0 ||
		    dup3(kept[i], EVENTS_FD + (int)i, O_CLOEXEC) < 0)
			close(EVENTS_FD + (int)i);
	close_range(FIRST_OTHER, ~0U, 0);
}

static void
tracer_main(const struct tracer_config *c, unsigned got, int events,
	    int commands)
{
	struct tracing *t = xmalloc(sizeof(*t));
	char *why = NULL;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* A subject that reads our terminal must be in its foreground. */
	if (!c->keep_terminal)
		setpgid(0, 0);
	keep_only(c, events, commands);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	signal(SIGTSTP, SIG_IGN);
	signal(SIGTTOU, SIG_IGN);
	for (int s = SIGSEGV; s; s = s == SIGSEGV ? SIGBUS : 0)
		signal(s, SIG_DFL);
	fcntl(COMMANDS_FD, F_SETFL, O_NONBLOCK);
	tracing_init(t, c, EVENTS_FD, COMMANDS_FD);
	t->config.output = c->output > 0 ? OUTPUT_FD : 0;
	t->config.input = c->input > 0 ? INPUT_FD : 0;
	t->parts = got;
	t->master = c->tty_master > 0 ? MASTER_FD : -1;
	/* Where it is not init of its own namespace: whoever loses its parent
	 * becomes its child, so that kill_all() can wait for all of them.  */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	if (run(t, &why) < 0) {
		out_note(t, NULL, "%s", why);
		tell_end(t);
	}
	_exit(0);
}

/*
 * With a PID namespace of their own, all runs give their processes the same
 * numbers, and the death of the tracer, its first process, is the death of
 * all (pid_namespaces(7)).
 */
static unsigned
parts_wanted(const struct tracer_config *c)
{
	return (c->private_pids ? PART_BIT(PART_PIDS) : 0) |
	       (c->isolate ? PARTS_ISOLATED : 0);
}

int
tracer_start(struct tracer *t, const struct tracer_config *c, char **why)
{
	int events[2], commands[2];
	unsigned got = 0;

	if (tracer_refuses(c, why) < 0)
		return -1;
	if (pipe2(events, O_CLOEXEC) < 0 || pipe2(commands, O_CLOEXEC) < 0)
		return fail(why, "cannot make a pipe: %s", strerror(errno));
	fflush(NULL);
	t->pid = namespace_fork(parts_wanted(c), &got);
	t->shared_pids = !(got & PART_BIT(PART_PIDS));
	if (t->pid == 0)
		tracer_main(c, got, events[1], commands[0]);
	close(events[1]);
	close(commands[0]);
	t->events = events[0];
	t->commands = commands[1];
	if (t->pid > 0)
		return 0;
	close(t->events);
	close(t->commands);
	return fail(why, "cannot start the tracer: %s", strerror(errno));
}

/* True when it ended by itself in that time.  */
static bool
ends_within(pid_t pid, int ms)
{
	struct pollfd fd = { .fd = syscall(SYS_pidfd_open, pid, 0),
			     .events = POLLIN };
	bool ended = fd.fd >= 0 && poll(&fd, 1, ms) > 0;

	if (fd.fd >= 0)
		close(fd.fd);
	return ended;
}

/*
 * Its subjects die with it: PTRACE_O_EXITKILL.  The end of a PID namespace's
 * first process waits for all others to be gone (pid_namespaces(7)); without
 * one they would still be dying when we go on.  So the tracer is asked first
 * (it sees the ends of its pipes close), and waits for them itself.
 */
void
tracer_stop(struct tracer *t)
{
	if (t->pid <= 0)
		return;
	close(t->events);
	if (t->commands >= 0)
		close(t->commands);
	if (!t->shared_pids || !ends_within(t->pid, STOP_MS))
		kill(t->pid, SIGKILL);
	while (waitpid(t->pid, NULL, 0) < 0 && errno == EINTR)
		;
	t->pid = -1;
	t->events = t->commands = -1;
}
