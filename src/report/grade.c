/* The words for what became of a submission.  */
#include "config.h"

#include "base/i18n.h"
#include "report/result.h"

#include <string.h>

static const char *const words[] = {
#define GRADE_WORD(name, word) word,
	GRADES(GRADE_WORD)
#undef GRADE_WORD
};

static const char *const titles[] = {
	[GRADE_ACCEPT] = N_("passed"),
	[GRADE_WRONG] = N_("wrong result"),
	[GRADE_COMPILE_ERROR] = N_("does not compile"),
	[GRADE_CRASH] = N_("crash"),
	[GRADE_DEADLOCK] = N_("deadlock"),
	[GRADE_LIVELOCK] = N_("livelock"),
	[GRADE_STARVATION] = N_("starvation"),
	[GRADE_RACE] = N_("data race"),
	[GRADE_LEAK] = N_("something is left behind"),
	[GRADE_BUSY_WAIT] = N_("busy waiting"),
	[GRADE_TOO_SERIAL] = N_("too little at once"),
	[GRADE_CPU_LIMIT] = N_("too much processor time"),
	[GRADE_WALL_LIMIT] = N_("took too long"),
	[GRADE_MEMORY_LIMIT] = N_("too much memory"),
	[GRADE_OUTPUT_LIMIT] = N_("too much output"),
	[GRADE_FILE_LIMIT] = N_("too large a file"),
	[GRADE_FORBIDDEN] = N_("forbidden system call"),
	[GRADE_REJECT] = N_("not accepted for grading"),
	[GRADE_SKIPPED] = N_("skipped"),
	[GRADE_INTERNAL] = N_("a fault of ipclab"),
};

const char *
grade_word(enum grade g)
{
	return words[g];
}

enum grade
grade_named(const char *word)
{
	enum grade g = 0;

	while (g < GRADES_COUNT && strcmp(words[g], word) != 0)
		g++;
	return g;
}

const char *
grade_title(enum grade g)
{
	return _(titles[g]);
}
