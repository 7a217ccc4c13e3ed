/*
 * A schedule: the choices of one run, as a text file.  Running the same
 * command under the same schedule gives the same events (all fields but
 * times, ids and addresses).
 *
 *   ipclab schedule 1
 *   command: ./race
 *   folder: /home/ann/lesson       (where it ran)
 *   lesson: 01-two-processes race  (or: a lesson's experiment)
 *   seed: 1
 *   cast: A=writer,A.1=reader
 *   namespaces: private           (objects and a network of its own)
 *   terminal: 24x80               (it had one of its own, of this size)
 *   output: file                  (or what it printed went to a file)
 *   looks: points                (so were stat(2), getppid(2) and the like)
 *   calls: confined              (those of sandbox/policy.h failed)
 *   environment: PATH=/bin A=b   (its variables, as words)
 *   input: "two\nlines\n"        (its standard input)
 *   shared: granules=8 data:n+0..3 (of the memory of one process, accesses to
 *                                  these bytes alone were points: in words of
 *                                  tracer/spot.h, or by their addresses)
 *   events: 31                     (a check: how many the run had)
 *   digest: 5f3a...                (a check: over what event_equal compares)
 *   steps:
 *   go A          # pipe2 = 0
 *   go A.1        # read = 9
 *
 * From '#' to the end of a line is what happened, checked at replay.  A line
 * that begins with '#' is a comment.  A value that holds control characters
 * is written in quotes, with the escapes of JSON.
 */
#ifndef SCHEDULE_SCHEDULE_H
#define SCHEDULE_SCHEDULE_H

#include "schedule/choice.h"

struct step {
	struct choice choice;
	char happened[64];	/* "read = 9", "" when not noted */
};

struct schedule {
	struct header header;	/* command, cwd, seed, cast */
	char lesson[128];	/* "" or "LESSON EXPERIMENT" */
	char namespaces[16];	/* "private"; "": those of the lab */
	char terminal[16];	/* its size, "24x80"; "": it had none */
	char output[16];	/* "file": what it printed went to one; "" */
	char looks[16];		/* "points": tracer_config's looks; "" */
	char calls[16];		/* "confined": tracer_config's; "" */
	char *environment;	/* words; NULL: that of whoever runs it */
	char *input;		/* NULL: empty, or the terminal */
	char *shared;		/* tracer_config's learned; NULL: not noted;
				   all three are the schedule's own */
	uint64_t events;	/* of the run, 0: not noted */
	uint64_t digest;	/* over these events, 0: not noted */
	size_t n_steps, room;
	struct step *step;
};

#define SCHEDULE_INIT { .n_steps = 0 }

enum { SCHEDULE_VERSION = 1, SCHEDULE_STEPS_MAX = 1000000 };

void schedule_release(struct schedule *s);
void schedule_add(struct schedule *s, const struct choice *c,
		  const char *happened);
void schedule_copy(struct schedule *to, const struct schedule *from);
void schedule_truncate(struct schedule *s, size_t n);
void schedule_write(struct buf *out, const struct schedule *s);
/* Does a file that begins like this claim to be a schedule?  */
bool schedule_looks_like(const char *text, size_t len);
/* name is for messages ("race.schedule").  0, or -1 with *why: file:line.  */
int schedule_parse(struct schedule *s, const char *text, size_t len,
		   const char *name, char **why);
int schedule_load(struct schedule *s, const char *path, char **why);
int schedule_save(const struct schedule *s, const char *path, char **why);

#endif
