/*
 * Commands: one file each, one table of options each.  The table makes the
 * parser, --help, the man page, the completions and the tests of all these.
 */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include "base/base.h"

enum exit_code {
	EXIT_DONE = 0,
	EXIT_NO = 1,		/* the answer is no */
	EXIT_USAGE = 2,		/* usage, or a faulty pack */
	EXIT_MACHINE = 3,	/* this machine lacks something, named */
	EXIT_BUDGET = 4,	/* explore: the budget ran out */
	EXIT_FAULT = 70,	/* a fault of ipclab */
	EXIT_INTERRUPTED = 75,
};

struct option_def {
	const char *name;	/* "until": --until */
	char letter;		/* 'o': -o as well, 0: none */
	const char *arg;	/* "COND", NULL: takes none */
	const char *help;	/* N_() */
};

/* A parsed command line.  */
struct args {
	const struct command *command;
	const struct option_def *given[32];
	const char *value[32];
	int n_given;
	int argc;		/* what is left: operands, or CMD... after -- */
	char **argv;		/* ended by NULL */
};

struct command {
	const char *name;
	const char *synopsis;	/* "[--json] [--until COND] -- CMD..." */
	const char *summary;	/* N_(): one line */
	const char *details;	/* N_(): paragraphs for --help and man; NULL */
	const struct option_def *options;	/* ended by a NULL name */
	bool rest_is_command;	/* options end at the first operand */
	bool passes_on;		/* ... and at the first that is not its own:
				   the rest is another program's */
	int (*run)(const struct args *a);	/* an exit code */
};

bool args_has(const struct args *a, const char *name);
/* The last value given, NULL: none.  */
const char *args_value(const struct args *a, const char *name);

/* All commands, ended by NULL: src/command/table.c.  */
extern const struct command *const commands[];

/* Parse and run.  --help and usage errors are dealt with here; an unknown
 * word is answered with the nearest known one.  */
int command_main(int argc, char **argv);

/* "ipclab: SENTENCE" on standard error; frees why; returns code.  */
int command_fail(enum exit_code code, char *why);

extern const struct command command_trace;
extern const struct command command_watch;
extern const struct command command_replay;
extern const struct command command_learn;
extern const struct command command_doctor;
extern const struct command command_author;
extern const struct command command_cc;
extern const struct command command_bench;
extern const struct command command_explore;
extern const struct command command_report;
extern const struct command command_exercise;
extern const struct command command_assignment;
extern const struct command command_grade;
extern const struct command command_submit;
extern const struct command command_gradebook;
int command_home(void);		/* ipclab without arguments */

/* What runs when no command is named; NULL: the usage is printed.  table.c */
extern int (*const command_without_name)(void);

#endif
