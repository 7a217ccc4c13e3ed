/* What the files of judge_staged.h share; for them only.  */
#ifndef EXERCISE_JUDGE_STAGED_INSIDE_H
#define EXERCISE_JUDGE_STAGED_INSIDE_H

#include "exercise/judge_staged.h"

struct staged {
	const struct exercise *exercise;
	const struct staged_mode *mode;
	size_t at;			/* the check that is being made */
	char *folder, **argv;		/* of its run; NULL: none */
	struct rehearsal *rehearsal;
	char *fault;			/* ours: it could not be run */
	int64_t *answers;		/* predict: by question */
	struct schedule schedule;	/* schedule */
};

/* What a check runs.  */
struct staged_program {
	const struct yaml_text *name;
	const struct yaml_texts *args;
	struct rehearsal_config how;	/* without argv and cwd */
};

struct staged_mode {
	void (*list)(const struct exercise *e, struct result *r);
	/* 0, or -1 with *why.  */
	int (*read)(struct staged *t, const char *text, size_t n, char **why);
	/* False: there is nothing to run.  */
	bool (*program)(const struct staged *t, struct staged_program *p);
	void (*take)(struct staged *t, struct result_check *to);
};
extern const struct staged_mode staged_predict, staged_schedule;

/* One more check of the result.  */
void staged_add(struct result *r, const char *id, const char *title,
		int64_t points);
/* It is the exercise that is wrong: internal, nobody is charged.  */
void staged_blame(struct result_check *to, const char *fmt, ...)
	PRINTF_LIKE(2, 3);
/* The run as a schedule, beside what came of it.  */
void staged_keep(struct staged *t, struct result_check *to);

#endif
