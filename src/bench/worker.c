/* See worker.h.  */
#include "config.h"

#include "bench/worker.h"

#include "base/i18n.h"
#include "bench/record.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t stopped;

static void
on_stop(int sig)
{
	(void)sig;
	stopped = 1;
}

static void
write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno != EINTR)
			return;
		if (done > 0) {
			p += done;
			n -= (size_t)done;
		}
	}
}

static void
tell(void *arg, const struct bench_progress *p)
{
	char line[128];
	int n = snprintf(line, sizeof(line), "%f %f %f %d %d %d %u\n",
			 p->part, p->seconds, p->left, p->mechanism,
			 p->placement, p->figure, p->size);

	write_all(*(int *)arg, line, (size_t)n);
}

/* In the worker.  What the lab does about signals is not for us.  */
static void __attribute__((noreturn))
work(int fd, const struct bench_plan *plan, pid_t lab)
{
	struct sigaction stop = { .sa_handler = on_stop };
	struct figures *f = xcalloc(1, sizeof(*f));
	struct buf text = BUF_INIT;

	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_DFL);
	sigemptyset(&stop.sa_mask);
	sigaction(SIGUSR1, &stop, NULL);
	signal(SIGINT, SIG_IGN);
	signal(SIGTSTP, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != lab)
		_exit(1);
	prctl(PR_SET_NAME, "ipclab-bench");
	if (bench_run(f, plan, tell, &fd, &stopped, NULL) < 0)
		_exit(1);
	record_write(&text, f);
	write_all(fd, text.data, text.len);
	_exit(0);
}

int
worker_start(struct worker *w, const struct bench_plan *plan, char **why)
{
	pid_t lab = getpid();
	int fd[2];

	*w = (struct worker){ .fd = -1 };
	if (pipe2(fd, O_CLOEXEC) < 0)
		return fail(why, _("cannot measure: %s"), strerror(errno));
	w->pid = fork();
	if (w->pid == 0) {
		close(fd[0]);
		work(fd[1], plan, lab);
	}
	close(fd[1]);
	if (w->pid < 0) {
		w->pid = 0;
		close(fd[0]);
		return fail(why, _("cannot measure: %s"), strerror(errno));
	}
	fcntl(fd[0], F_SETFL, O_RDONLY | O_NONBLOCK);
	w->fd = fd[0];
	return 0;
}

static void
take_progress(struct worker *w, const char *line)
{
	struct bench_progress *p = &w->last;
	int mechanism, placement, figure;

	if (sscanf(line, "%lf %lf %lf %d %d %d %u", &p->part, &p->seconds,
		   &p->left, &mechanism, &placement, &figure, &p->size) != 7)
		return;
	p->mechanism = (enum mechanism)mechanism;
	p->placement = (enum placement)placement;
	p->figure = (enum figure)figure;
	w->told = true;
}

/* Whole lines of progress; the document comes after them.  */
static void
take_lines(struct worker *w)
{
	char *end;

	while (w->in.len && w->in.data[0] != '{' &&
	       (end = memchr(w->in.data, '\n', w->in.len))) {
		*end = '\0';
		take_progress(w, w->in.data);
		buf_drop(&w->in, (size_t)(end + 1 - w->in.data));
	}
}

enum worker_state
worker_pump(struct worker *w, struct figures *f, char **why)
{
	char bytes[4096];
	enum worker_state state = WORKER_DONE;
	ssize_t n;

	while ((n = read(w->fd, bytes, sizeof(bytes))) > 0)
		buf_add(&w->in, bytes, (size_t)n);
	take_lines(w);
	if (n < 0)		/* EAGAIN: there will be more */
		return WORKER_RUNS;
	if (!w->in.len) {
		fail(why, _("the process that measures has ended early"));
		state = WORKER_FAILED;
	} else if (record_read(f, w->in.data, w->in.len, why) < 0) {
		state = WORKER_FAILED;
	}
	worker_end(w);
	return state;
}

void
worker_stop(struct worker *w)
{
	if (w->pid > 0)
		kill(w->pid, SIGUSR1);
}

void
worker_end(struct worker *w)
{
	if (w->pid <= 0)
		return;
	/* Nobody reads any more; so it ends in good order, and what it
	 * started is not left to init(1).  */
	close(w->fd);
	kill(w->pid, SIGUSR1);
	waitpid(w->pid, NULL, 0);
	buf_release(&w->in);
	*w = (struct worker){ .fd = -1 };
}
