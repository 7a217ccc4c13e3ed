/* All commands, in the order in which --help shows them.  */
#include "config.h"

#include "command/command.h"

const struct command *const commands[] = {
	&command_learn,
	&command_watch,
	&command_replay,
	&command_trace,
	&command_cc,
	&command_explore,
	&command_report,
	&command_exercise,
	&command_assignment,
	&command_submit,
	&command_grade,
	&command_gradebook,
	&command_bench,
	&command_doctor,
	&command_author,
	NULL,
};

int (*const command_without_name)(void) = command_home;
