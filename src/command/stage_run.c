/* See stage_run.h.  */
#include "config.h"

#include "base/save.h"
#include "command/stage_run.h"

#include "base/i18n.h"
#include "term/term.h"
#include "view/plain.h"
#include "view/stage.h"

#include <stdlib.h>

enum { SIGNALLED = 128 };

/* As a shell tells it.  A script wants to know of a deadlock, or of a schedule
 * that went another way; who leaves has
 * seen it.  */
static int
subject_code(struct session *s, bool to_the_end)
{
	const struct world *w = session_world(s);

	if (session_state(s) == SESSION_BROKEN)
		return EXIT_FAULT;
	if (to_the_end && session_state(s) != SESSION_RECORDING &&
	    (session_trouble(s) || world_deadlock(w, NULL)))
		return EXIT_NO;
	if (!w->ended)
		return EXIT_DONE;
	return w->signal ? SIGNALLED + w->signal : w->status;
}

static int
on_screen(struct session *s, const struct stage_run *r, char **why)
{
	struct stage *st;
	struct screen screen;

	if (term_start(why) < 0)
		return -1;
	st = stage_new(s);
	stage_set_title(st, r->title);
	stage_set_rebuild(st, r->rebuild, r->rebuild_arg);
	screen = stage_screen(st);
	screen_run(&screen);
	stage_free(st);
	term_stop();
	return 0;
}

static int
save(struct session *s, const struct stage_run *r, char **why)
{
	if (r->record && session_save_recording(s, r->record, why) < 0)
		return -1;
	if (r->schedule && session_save_schedule(s, r->schedule, why) < 0)
		return -1;
	return 0;
}

int
stage_run(struct session *s, const struct stage_run *r)
{
	char *why = NULL;
	bool plain = r->plain || term_possible(NULL) < 0, to_the_end = false;
	int code;

	if ((r->record && save_possible(r->record, &why) < 0) ||
	    (r->schedule && save_possible(r->schedule, &why) < 0)) {
		session_free(s);
		return command_fail(EXIT_USAGE, why);
	}
	if (r->free) {
		session_settle(s, -1);
		session_run(s, NULL);
	}
	if (plain) {
		to_the_end = plain_run(s, stdin, stdout);
	} else if (on_screen(s, r, &why) < 0) {
		session_free(s);
		return command_fail(EXIT_MACHINE, why);
	}
	code = subject_code(s, to_the_end);
	if (code == EXIT_FAULT && session_trouble(s))
		code = command_fail(EXIT_FAULT, xstrdup(session_trouble(s)));
	if (save(s, r, &why) < 0)
		code = command_fail(EXIT_MACHINE, why);
	session_free(s);
	return code;
}
