/*
 * Inside the session: what its files share.  Nobody else includes this but
 * the tests, which put a tracer of their own in the real one's place.
 *
 * Three positions run through a session:
 *
 *   known    the events and choices of the run, as far as they have been
 *            seen once: log, schedule, step_end[]
 *   shown    the world at one step of the known run (past.c)
 *   arrived  how far the processes are.  While they are behind what is
 *            known, each event must equal the known one (replay.c); beyond,
 *            it is appended to the known run (session.c)
 */
#ifndef SESSION_INSIDE_H
#define SESSION_INSIDE_H

#include "session/checkpoint.h"
#include "session/pids.h"
#include "session/session.h"
#include "session/terminal.h"

enum {
	UNTIL_BOUND = 100000,	/* steps that `until` makes at most */
	CHOICES_AHEAD = 8,	/* of a known run, sent before the answer */
	FOLD_SLICE = 4096,	/* events folded in one turn of the loop */
};

struct tracer_ops {
	int (*start)(struct tracer *t, const struct tracer_config *c,
		     char **why);
	void (*stop)(struct tracer *t);
};

struct session {
	struct session_config config;	/* its strings are ours */
	const struct tracer_ops *ops;
	enum session_state state;
	char *trouble;

	/* Known.  */
	struct log *log;
	struct schedule schedule;	/* its steps: made, and still to make */
	struct schedule script;		/* as the file had them; may be empty */
	int input;		/* file with the script's; 0: none */
	int output;		/* file for what it prints, where the script
				   says so; -1 */
	off_t output_taken;	/* ... and was taken from there */
	size_t n_ends, room_ends;
	uint64_t *step_end;	/* events up to the end of step k = 0, 1... */
	bool by_event;		/* a recording that was not driven: each event
				   is a step, and step_end is not used */
	int free_step;		/* was made at full speed, 0: none */
	bool script_left;	/* the schedule is followed, and not yet to
				   its end: outcomes are compared */

	/* Shown.  */
	struct world *world;
	uint64_t shown_n;	/* events folded into it */
	uint64_t show_n;	/* events to fold; more in slices */
	int step;
	struct checkpoints *checkpoints;
	int wakes;		/* eventfd: readable while there is to fold */

	/* Arrived.  */
	struct tracer tracer;
	struct terminal *terminal;
	char *left_folder;	/* NULL: not isolated */
	pid_t left_watcher;
	char *left;		/* the list in it: base/left.h */
	bool running;		/* there is a tracer process */
	bool header_seen;
	bool ended;		/* its run is over */
	bool sources_on;
	uint64_t arrived;	/* events */
	int made;		/* steps ended, -1: not even step 0 */
	int sent;		/* choices sent */
	int target;		/* steps to make */
	struct buf in, out;	/* from and to the tracer, not yet dealt with */
	unsigned generation;
	struct event event;	/* the one that arrived last */
	struct pids known_pids, new_pids;
	bool pids_merged;	/* those of this run are among the known */
	bool happened_seen;	/* of the step being made */
	bool refused;		/* the tracer could not make its choice */
	bool in_step;		/* a choice, or the beginning, is not yet
				   followed by `held` */
	bool told_again;	/* points come once more, with sources... */
	int told_at;		/* ...after this step: choices that were sent
				   before are answered first */
	char last_note[512];	/* what the tracer said, in case it dies */

	/* Until.  */
	struct condition *until;	/* NULL: not looking for anything */
	bool until_hit;
	int until_left;		/* steps that may still be made */
	bool pause;		/* stop after this step */

	struct buf typed;	/* typed while a step was being made */

	/* Rules: what was decided along the known run.  */
	struct rule *rules;	/* the caller's */
	int n_rules;
	struct rule *rules_new;	/* as they were before the first event */
	struct rule *rules_known;
	uint64_t rules_n;	/* events they have been fed */
};

/* ---- session.c ---- */
struct session *session_start_with(const struct session_config *c,
				   const struct tracer_ops *ops,
				   const struct schedule *script, char **why);
struct session *session_new(const struct session_config *c);
int session_go(struct session *s, int step, char **why);
void session_trouble_set(struct session *s, const char *fmt, ...)
	PRINTF_LIKE(2, 3);
void session_break(struct session *s, const char *fmt, ...) PRINTF_LIKE(2, 3);
void session_advance(struct session *s);

/* ---- run.c: the tracer process and what goes to and fro ---- */
int run_begin(struct session *s, char **why);
void run_end(struct session *s);
bool run_pump(struct session *s);
void run_send(struct session *s, const char *line);
void run_send_choices(struct session *s);
void run_sources(struct session *s, bool on);

/* ---- arrive.c: an event arrived ---- */
int arrive_line(struct session *s, const char *line, size_t len, char **why);

/* ---- choose.c: who can go ---- */
/* May this choice be made in the world that is shown?  Makes `run` what it
 * stands for.  0, or -1 with *why.  */
int choice_check(struct session *s, struct choice *c, char **why);
int choice_next(struct session *s, struct choice *c, char **why);
int choice_default(const struct session *s, struct choice *c, char **why);

/* ---- past.c: the world at any event ---- */
int session_known(const struct session *s);	/* steps with events */
uint64_t past_end(const struct session *s, int step);
void past_reset(struct session *s);
/* Fold up to event n, at once or (recordings) in slices.  */
void past_show(struct session *s, uint64_t n);
bool past_pump(struct session *s);
void past_apply(struct session *s, const struct event *e);
/* Forget what is known after event n.  */
void past_truncate(struct session *s, uint64_t n);
void past_add_end(struct session *s, uint64_t n);
void past_find_ends(struct session *s);	/* of a recording */

/* ---- replay.c: is it the same run? ---- */
/* The event that arrived and the known one: false, and a sentence in *why,
 * when they differ.  */
bool replay_same(struct session *s, const struct event *known,
		 const struct event *seen, char **why);
/* Without ids and terminal numbers, where they stand in what programs said. */
void replay_neutral(const struct pids *p, struct event *e);
/* What a step did, for people and for schedules: "read = 9".  "" when this
 * event does not say.  */
void replay_happened(const struct pids *p, const struct event *e, char *out,
		     size_t room);
/* Over the first n events of the log.  */
uint64_t replay_digest(struct log *log, uint64_t n);

#endif
