/*
 * An exercise, as read from its folder (docs/exercise-format.md).
 *
 * exercise_load() reads exercise.yaml and its translation, and finds all that
 * is wrong without running anything; author/verify finds the rest.  Nothing
 * here runs anything.  An exercise owns all its strings.
 */
#ifndef EXERCISE_EXERCISE_H
#define EXERCISE_EXERCISE_H

#include "base/yaml.h"

#define EXERCISE_MODES(X) \
	X(PREDICT, "predict") X(SCHEDULE, "schedule") X(FIX, "fix") \
	X(WRITE, "write")
enum exercise_mode {
#define MODE_NAME(name, word) EXERCISE_##name,
	EXERCISE_MODES(MODE_NAME)
#undef MODE_NAME
	EXERCISE_MODES_COUNT
};

/* Who may see a check, and when.  */
#define VISIBILITIES(X) \
	X(VISIBLE, "visible") X(HIDDEN, "hidden") X(AFTER_DUE, "after_due") \
	X(AFTER_PUBLISHED, "after_published")
enum visibility {
#define VISIBILITY_NAME(name, word) VISIBILITY_##name,
	VISIBILITIES(VISIBILITY_NAME)
#undef VISIBILITY_NAME
	VISIBILITIES_COUNT
};
const char *visibility_word(enum visibility v);

/* How a program is made from what is handed in.  */
struct exercise_program {
	int line;
	struct yaml_text name;
	struct yaml_texts sources;	/* files, or tests/FILE */
};

struct exercise_build {
	int line;
	struct yaml_list programs;	/* of struct exercise_program; none:
					   one for each .c (.cc) of files */
	struct yaml_number points;	/* flag: as `ipclab cc` */
	struct yaml_number language;	/* 0: C, 1: C++ */
	struct yaml_texts flags;
	struct yaml_number warnings;	/* 0: noted, 1: errors */
};

/* Units as in docs/exercise-format.md.  */
struct exercise_limits {
	int line;
	struct yaml_number cpu, wall, memory, processes, descriptors, file,
			   disk, output, objects, steps;
};

/* A file that is laid in the folder of a run.  */
struct exercise_file {
	int line;
	struct yaml_text name, text;
};

/* Absent (line 0): a check makes one run.  */
struct exercise_explore {
	int line;
	struct yaml_number runs;
	struct yaml_number preemptions;		/* -1: no bound */
	struct yaml_number signals, faults;	/* flags */
	struct yaml_text strategy;
};

struct exercise_check {
	int line;
	struct yaml_text id, title;
	struct yaml_number points;
	struct yaml_number visibility;		/* enum visibility */
	struct yaml_texts needs;
	struct yaml_text program;
	struct yaml_texts args, env;
	struct yaml_text input;
	struct yaml_list files;			/* of struct exercise_file */
	struct yaml_text status;		/* NULL: 0 is right; "any" */
	struct yaml_text output;
	struct yaml_texts rules, somewhere, allow;
	struct yaml_number strict;
	struct yaml_text cast;
	struct yaml_number cases;
	struct exercise_explore explore;
};

/* What students get wrong.  */
struct exercise_bug {
	int line;
	struct yaml_text id, verdict, check, message, when, says, hint;
};

struct exercise_answer {
	int line;
	struct yaml_text text, holds, why;
};

struct exercise_question {
	int line;
	struct yaml_text id, ask, program, cast, schedule, until;
	struct yaml_texts args;
	struct yaml_number points;
	struct yaml_list answers;		/* of struct exercise_answer */
};

/* What the learner's schedule must do to the exercise's program.  */
struct exercise_goal {
	int line;
	struct yaml_text program, verdict, status, cast;
	struct yaml_texts args, rules;
};

struct exercise {
	int line;
	struct yaml_number format;
	struct yaml_text id, title, lesson, breaks;
	struct yaml_number mode;		/* enum exercise_mode */
	struct yaml_number minutes;
	struct yaml_texts files;
	struct exercise_build build;
	struct exercise_limits limits;
	struct yaml_list checks;		/* of struct exercise_check */
	struct yaml_list questions;		/* of struct exercise_question */
	struct exercise_goal goal;
	struct yaml_list bugs;			/* of struct exercise_bug */
	struct yaml_texts hints;
	/* Not from the file: */
	char *name;				/* of its folder */
	char *folder;				/* its path */
};

/* Read the exercise in this folder, its texts in the language as far as there
 * is a translation ("zh_CN"; NULL: English).  0, or -1 with problems: all that
 * were found.  Either way exercise_release() it.  */
int exercise_load(struct exercise *e, const char *folder, const char *language,
		  struct problems *p);
void exercise_release(struct exercise *e);

/* The same from texts, for tests and fuzzing: file names for people; the
 * translation may be NULL.  Looks at no file.  */
int exercise_read(struct exercise *e, const char *file, const char *text,
		  size_t n, struct problems *p);
int exercise_translate(struct exercise *e, const char *file, const char *text,
		       size_t n, struct problems *p);
/* ... and each text that it lacks is a problem.  */
int exercise_translate_whole(struct exercise *e, const char *file,
			     const char *text, size_t n, struct problems *p);

/* The i-th; NULL: there are no more.  */
const struct exercise_check *exercise_check(const struct exercise *e, size_t i);
const struct exercise_question *exercise_question(const struct exercise *e,
						  size_t i);
const struct exercise_bug *exercise_bug(const struct exercise *e, size_t i);

/* Points that can be had, of all checks (questions; 1 for a goal).  */
int64_t exercise_maximum(const struct exercise *e);

/* A file of the exercise ("task.md"), its translation if there is one: its
 * whole text, the caller's; NULL: there is none.  No link is followed.  */
char *exercise_text(const struct exercise *e, const char *file,
		    const char *language);

#endif
