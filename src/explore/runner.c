/* See runner.h.  */
#include "config.h"

#include "explore/runner.h"

#include "base/i18n.h"
#include "explore/config_copy.h"
#include "explore/confined.h"
#include "explore/work.h"
#include "tracer/namespace.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ORDERS_FD = 3, FIRST_OTHER };

/* ---- in the runner ---- */

/* Only the connection and the standard streams stay; of these nothing is read:
 * a run would take away what the next one should read.  */
static void
keep_only(int fd)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	dup2(null, STDIN_FILENO);
	if (fd != ORDERS_FD)
		dup3(fd, ORDERS_FD, O_CLOEXEC);
	close_range(FIRST_OTHER, ~0U, 0);
}

/* What the lab does about signals is not for us, nor for the subject.  */
static void
reset_signals(void)
{
	sigset_t none;

	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	signal(SIGTSTP, SIG_IGN);
	signal(SIGTTOU, SIG_IGN);
}

/* The explorer is gone, or does not listen: nothing is left to do.  */
static void
write_all(const char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(ORDERS_FD, p, n);

		if (done < 0 && errno != EINTR)
			_exit(1);
		if (done > 0) {
			p += done;
			n -= (size_t)done;
		}
	}
}

static void
tell(void *with, const struct answer *a)
{
	struct buf line = BUF_INIT;

	(void)with;
	answer_write(&line, a);
	write_all(line.data, line.len);
	buf_release(&line);
}

static void __attribute__((noreturn))
refuse(char *why)
{
	tell(NULL, &(struct answer){ .kind = ANSWER_REFUSED, .text = why });
	_exit(1);
}

static void __attribute__((noreturn))
runner_main(const struct explore_config *c, unsigned parts, int fd)
{
	struct buf learned = BUF_INIT;
	struct work *w;
	struct order o;
	char *why = NULL, *line = NULL;
	size_t room = 0;
	ssize_t n;
	FILE *in;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NAME, "ipclab-runner");
	setpgid(0, 0);
	reset_signals();
	keep_only(fd);
	/* See tracer.c: where it is no init, orphans must be its children. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	in = fdopen(ORDERS_FD, "r");
	w = work_open(c, tell, NULL, &why);
	if (!w)
		refuse(why);
	work_learned(w, &learned);
	tell(NULL, &(struct answer){ .kind = ANSWER_READY, .parts = parts,
				     .learned = learned.data });
	while ((n = getline(&line, &room, in)) > 0) {
		if (order_read(&o, line, (size_t)n, &why) < 0 ||
		    work_do(w, &o, &why) < 0)
			refuse(why);
		order_release(&o);
	}
	work_close(w);
	_exit(0);
}

int
runner_confined(void)
{
	struct explore_config c;
	unsigned got = 0;
	char *why = NULL;
	int status;
	pid_t pid;

	if (confined_read(&c, ORDERS_FD, &why) < 0)
		refuse(why);
	pid = namespace_fork(PART_BIT(PART_PIDS) | PARTS_ISOLATED, &got);
	if (pid == 0 && (got & PART_BIT(PART_PIDS)))
		runner_main(&c, got, ORDERS_FD);
	if (pid <= 0)		/* what is not shut in is not run */
		refuse(xstrdup(_("the sandbox has no namespaces for its "
				 "runs")));
	close(ORDERS_FD);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	config_release(&c);
	return 0;
}

/* ---- in the explorer ---- */

static int
write_first(int fd, const struct buf *line)
{
	for (size_t done = 0; done < line->len;) {
		ssize_t n = send(fd, line->data + done, line->len - done,
				 MSG_NOSIGNAL);

		if (n < 0 && errno != EINTR)
			return -1;
		done += n > 0 ? (size_t)n : 0;
	}
	return 0;
}

/* Where it could not be started nobody listens; its answers end then.  */
static int
start_confined(struct runner *r, const struct explore_config *c, int ends[2],
	       char **why)
{
	struct buf first = BUF_INIT;

	r->pid = confined_start(c, ends[1], &first, why);
	r->confined = true;
	close(ends[1]);
	if (r->pid > 0 && write_first(ends[0], &first) < 0)
		errno = 0;
	buf_release(&first);
	if (r->pid > 0) {
		r->fd = ends[0];
		return 0;
	}
	close(ends[0]);
	*r = (struct runner){ .fd = -1 };
	return -1;
}


int
runner_start(struct runner *r, const struct explore_config *c, char **why)
{
	int ends[2];
	unsigned got = 0;

	*r = (struct runner){ .fd = -1 };
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return fail(why, _("cannot make a connection: %s"),
			    strerror(errno));
	if (c->confine)
		return start_confined(r, c, ends, why);
	fflush(NULL);
	r->pid = namespace_fork(PART_BIT(PART_PIDS) | PARTS_ISOLATED, &got);
	if (r->pid == 0)
		runner_main(c, got, ends[1]);
	close(ends[1]);
	r->fd = ends[0];
	if (r->pid > 0)
		return 0;
	fail(why, _("cannot start a process: %s"), strerror(errno));
	close(r->fd);
	*r = (struct runner){ .fd = -1 };
	return -1;
}

/* A runner that died says so by the end of its answers.  */
void
runner_order(struct runner *r, const struct order *o)
{
	struct buf line = BUF_INIT;
	size_t done = 0;

	order_write(&line, o);
	while (done < line.len) {
		ssize_t n = send(r->fd, line.data + done, line.len - done,
				 MSG_NOSIGNAL);

		if (n < 0 && errno != EINTR)
			break;
		done += n > 0 ? (size_t)n : 0;
	}
	buf_release(&line);
}

static enum runner_said
read_answer(struct runner *r, struct answer *a, const char *end, char **why)
{
	size_t len = (size_t)(end - r->in.data);
	int rc;

	r->in.data[len] = '\0';
	rc = answer_read(a, r->in.data, len, why);
	buf_drop(&r->in, len + 1);
	if (rc == 0)
		return RUNNER_ANSWER;
	answer_release(a);
	return RUNNER_GONE;
}

static int
end_process(struct runner *r)
{
	int status = 0;

	if (r->confined)
		sandbox_kill(r->pid);
	else
		kill(r->pid, SIGKILL);
	while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
		;
	r->pid = 0;
	return status;
}

static enum runner_said
gone(struct runner *r, char **why)
{
	int status = end_process(r);

	r->full = r->confined && WIFEXITED(status) &&
		  WEXITSTATUS(status) == SANDBOX_FULL_OF_MEMORY;
	if (r->full)
		fail(why, _("all in the sandbox use more memory together than "
			    "they may"));
	else if (WIFSIGNALED(status))
		fail(why, _("a process that makes the runs was killed (%s)"),
		     strsignal(WTERMSIG(status)));
	else
		fail(why, _("a process that makes the runs has ended early"));
	return RUNNER_GONE;
}

enum runner_said
runner_take(struct runner *r, struct answer *a, char **why)
{
	char bytes[65536], *end;
	ssize_t n;

	for (;;) {
		end = r->in.len ? memchr(r->in.data, '\n', r->in.len) : NULL;
		if (end)
			return read_answer(r, a, end, why);
		if (r->pid == 0)
			return RUNNER_GONE;
		n = recv(r->fd, bytes, sizeof(bytes), MSG_DONTWAIT);
		if (n > 0)
			buf_add(&r->in, bytes, (size_t)n);
		else if (n == 0 || (errno != EAGAIN && errno != EINTR))
			return gone(r, why);
		else if (errno == EAGAIN)
			return RUNNER_NOTHING;
	}
}

/* The end of a PID namespace's first process waits for all others to be gone;
 * without one, PTRACE_O_EXITKILL ends them.  */
void
runner_end(struct runner *r)
{
	if (r->pid > 0 && r->confined)
		sandbox_end(r->pid);
	else if (r->pid > 0)
		end_process(r);
	if (r->fd >= 0)
		close(r->fd);
	buf_release(&r->in);
	*r = (struct runner){ .fd = -1 };
}
