/* A free run: everybody goes on at once; events are told as they come.  */
#include "config.h"

#include "tracer/trace.h"

#include <errno.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>

enum {
	FLUSH_US = 50000,
	FORGET_EVERY = 512,	/* births */
};

static volatile sig_atomic_t tick;

static void
on_alarm(int signal)
{
	(void)signal;
	tick = 1;
}

/* Lines that wait in memory are written at the latest after 50 ms: the timer
 * runs only while there are some.  */
static void
arm_timer(struct tracing *t, bool *armed)
{
	static const struct itimerval once = { { 0, 0 }, { 0, FLUSH_US } };

	if (*armed || !t->buf.len)
		return;
	setitimer(ITIMER_REAL, &once, NULL);
	*armed = true;
}

static void
resume_loose(struct tracing *t, struct task *k)
{
	struct task *youngest = t->last;

	if (k && k->phase == PHASE_LOOSE)
		stop_resume(t, k);
	/* A child that stopped before its parent told of it.  */
	if (youngest != k && youngest->phase == PHASE_LOOSE)
		stop_resume(t, youngest);
}

void
free_loop(struct tracing *t)
{
	struct sigaction sa = { .sa_handler = on_alarm };
	bool armed = false;
	int forget_at = FORGET_EVERY;

	sigaction(SIGALRM, &sa, NULL);
	while (t->alive > 0) {
		int status;
		pid_t tid;

		if (t->born >= forget_at) {
			tasks_forget(t);
			forget_at = t->born + FORGET_EVERY;
		}
		arm_timer(t, &armed);
		tid = wait4(-1, &status, __WALL, NULL);
		if (tick) {
			tick = 0;
			armed = false;
			out_flush(t);
		}
		if (tid < 0 && errno == EINTR)
			continue;
		if (tid < 0)
			break;
		stop_handle(t, tid, status);
		resume_loose(t, task_find(t, tid));
		if (t->quit) {
			kill_all(t);
			break;
		}
	}
}
