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
 *   events: 31                     (a check: how many the run had)
 *   digest: 5f3a...                (a check: over what event_equal compares)
 *   steps:
 *   go A          # pipe2 = 0
 *   go A.1        # read = 9
 *
 * From '#' to the end of a line is what happened, checked at replay.
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
	size_t n_steps, room;
	struct step *step;
};

#define SCHEDULE_INIT { .n_steps = 0 }

void schedule_release(struct schedule *s);
void schedule_add(struct schedule *s, const struct choice *c,
		  const char *happened);
void schedule_truncate(struct schedule *s, size_t n);
void schedule_write(struct buf *out, const struct schedule *s);
/* name is for messages ("race.schedule").  0, or -1 with *why: file:line.  */
int schedule_parse(struct schedule *s, const char *text, size_t len,
		   const char *name, char **why);
int schedule_load(struct schedule *s, const char *path, char **why);
int schedule_save(const struct schedule *s, const char *path, char **why);

#endif
