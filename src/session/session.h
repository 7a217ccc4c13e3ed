/*
 * A session: one run under the learner's hand.  It owns the tracer process,
 * the log, the choices made so far, and the world at the step that is looked
 * at, and it can go back: the past is shown at once from the log, while the
 * processes are run again, by the recorded choices, up to that very step.
 *
 * A recording has no processes: it can only be looked at, both ways.
 * Nothing here blocks but session_settle().
 */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include "condition/condition.h"
#include "event/log.h"
#include "schedule/schedule.h"
#include "tracer/tracer.h"

#include <poll.h>

struct session;

struct session_config {
	char **argv;
	const char *cwd;
	const char *cast;
	const char *lesson;	/* for the schedule file, or NULL */
	/* Called before each (re-)run, to lay the folder anew; or NULL.  */
	int (*prepare)(void *arg, char **why);
	void *prepare_arg;
	uint64_t seed;
	bool isolate;		/* namespaces of its own: tracer.h */
	bool pty;		/* give the subject a terminal of its own */
	int rows, cols;		/* of that terminal */
	bool sources;
	bool check;		/* probe every object after every step */
	int data_max;		/* bytes of data in events; 0: 32 */
	int64_t events_max;	/* bounds of the run; 0: see tracer.h */
	int tasks_max;
};

enum session_state {
	SESSION_BUSY,		/* a step is being made, or a re-run */
	SESSION_HELD,		/* waits for a choice */
	SESSION_FREE,		/* runs at full speed */
	SESSION_ENDED,		/* the subject has ended; back works */
	SESSION_RECORDING,	/* nothing to drive */
	SESSION_BROKEN,		/* the tracer died: session_trouble() */
};

struct session *session_start(const struct session_config *c, char **why);
/* A recording (events) or a schedule (choices: run again).  */
struct session *session_open(const char *path, char **why);
/* Run by a schedule that was read already (a lesson's, whose folder the
 * config lays).  Its steps are the known future; session_seek() makes them,
 * and each outcome that differs from what the schedule notes is told.  */
struct session *session_start_schedule(const struct session_config *c,
				       const struct schedule *script,
				       char **why);
/* What a schedule says of shared memory is no such thing: -1, with *why.  A
 * session of it is not started.  */
int session_refuses(const struct schedule *script, char **why);
void session_free(struct session *s);

enum { SESSION_POLLS = 4 };	/* descriptors, at most */

/* For the event loop: fill up to SESSION_POLLS pollfds, return how many; then
 * pump().  It reads what there is and returns true when something changed. */
int session_poll(struct session *s, struct pollfd *fds);
bool session_pump(struct session *s);
/* Block until the state is not BUSY, at most ms milliseconds (-1: for ever).
 * For --plain, tests and claims.  */
void session_settle(struct session *s, int ms);

enum session_state session_state(const struct session *s);
const char *session_trouble(const struct session *s);	/* NULL: none */

const struct world *session_world(const struct session *s);
struct log *session_log(struct session *s);
int session_step(const struct session *s);	/* looked at */
int session_steps(const struct session *s);	/* known */
uint64_t session_event(const struct session *s);	/* last one shown */

/* Each starts something and returns; 0, or -1 with *why (not possible now,
 * that actor sleeps: the sentence says why).  */
int session_choose(struct session *s, const struct choice *c, char **why);
/* The default choice; in a recording: the next step of it.  */
int session_next(struct session *s, char **why);
/* A step that is being made for the first time counts as one: it is given
 * up.  */
int session_back(struct session *s, int steps, char **why);
/* While the program is being started: as soon as it stands there.  */
int session_seek(struct session *s, int step, char **why);
/* Steps by the default until c is true after an event; ends with the step of
 * that event, or with trouble.  c is copied.  In a recording: looks for it.  */
int session_until(struct session *s, struct condition *c, char **why);
int session_run(struct session *s, char **why);		/* free speed */
int session_pause(struct session *s, char **why);
/* Would that end something?  Not where a single step is being made, or known
 * ones are made again.  */
bool session_can_pause(const struct session *s);
int session_type(struct session *s, const char *bytes, size_t n, char **why);
/* Forget the run and begin a new one: after the program was changed.  */
int session_restart(struct session *s, char **why);

/* The same program from the beginning, under this schedule: its steps are the
 * known future, as with session_start_schedule().  Not of a recording.  */
int session_follow(struct session *s, const struct schedule *script,
		   char **why);
/* As it was started; the session's.  NULL: a recording.  */
const struct session_config *session_settings(const struct session *s);

/* While steps are known ahead (after going back, or by a schedule) the default
 * is to make them again.  Else the actor that went last goes on if it is
 * ready, else the first that is; sleepers wake when nobody else can go.
 *
 * The default choice: who would go at session_next(); actor index or -1.  */
int session_default(const struct session *s);

/* The subject's terminal: bytes it wrote since the last call (for libvterm).
 * Returns how many.  generation changes when a re-run starts afresh.  */
size_t session_output(struct session *s, char *out, size_t room,
		      unsigned *generation);
void session_resize(struct session *s, int rows, int cols);

int session_save_schedule(struct session *s, const char *path, char **why);
int session_save_recording(struct session *s, const char *path, char **why);

/* Follow rules (claims) from the start, through re-runs; borrowed.  */
void session_watch(struct session *s, struct rule *rules, int n);

#endif
