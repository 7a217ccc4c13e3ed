/*
 * Golden screens of the stage: recordings of real runs, folded up to a moment
 * and drawn on a canvas of a fixed size, compared cell by cell, text and
 * roles, with tests/screen/golden/NAME.txt.  GENERATE=1 rewrites those.
 */
#include "config.h"

#include "command/language.h"
#include "condition/condition.h"
#include "event/log.h"
#include "view/help.h"
#include "view/output_pane.h"
#include "view/scene.h"
#include "view/source.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct screen_case {
	const char *name;
	const char *recording;	/* NULL: the help screen */
	const char *until;	/* the moment; NULL: the end */
	int rows, cols;
	bool unicode;
	bool chinese;		/* these come last: the language stays */
	const char *chosen;	/* an actor, or NULL */
	const char *selected;	/* the last event on the time line with this
				   call, or NULL */
	enum output_size output;
	bool bare;		/* without title and keys, off the corner */
	const char *message;
} cases[] = {
	{ "full-80x24-ascii", "fill", "writer is blocked in write",
	  24, 80 },
	{ "full-80x24", "fill", "writer is blocked in write",
	  24, 80, .unicode = true },
	{ "full-120x40", "fill", "writer is blocked in write",
	  40, 120, .unicode = true },
	{ "full-200x60", "fill", "writer is blocked in write",
	  60, 200, .unicode = true },
	{ "full-40x10-ascii", "fill", "writer is blocked in write", 10, 40 },
	{ "full-40x10", "fill", "writer is blocked in write",
	  10, 40, .unicode = true },
	{ "full-60x16-ascii", "fill", "writer is blocked in write", 16, 60 },
	{ "full-bare", "fill", "writer is blocked in write", 24, 80,
	  .unicode = true, .bare = true },
	{ "taken-80x24", "fill", "output contains \"4096 bytes read\"",
	  24, 80, .unicode = true },
	{ "taken-80x24-ascii", "fill", "output contains \"4096 bytes read\"",
	  24, 80 },
	{ "chosen-80x24", "fill", "output contains \"4096 bytes read\"",
	  24, 80, .unicode = true, .chosen = "reader" },
	{ "selected-80x24-ascii", "fill",
	  "output contains \"4096 bytes read\"", 24, 80,
	  .selected = "read" },
	{ "message-80x24", "fill", "writer is blocked in write", 24, 80,
	  .unicode = true, .message = "there is no actor 3" },
	{ "long-message-40x10", "fill", "writer is blocked in write", 10, 40,
	  .message = "writer waits: pipe 1 has no room, and it sleeps until "
		     "reader takes some out" },
	{ "output-whole-80x24", "fill", NULL, 24, 80, .unicode = true,
	  .output = OUTPUT_WHOLE },
	{ "output-whole-begun-80x24", "fill",
	  "output contains \"4096 bytes read\"", 24, 80, .unicode = true,
	  .output = OUTPUT_WHOLE },
	{ "end-80x24", "fill", NULL, 24, 80, .unicode = true },
	{ "four-80x24", "three", "pipe 1 is full", 24, 80,
	  .unicode = true },
	{ "four-120x40", "three", "A.1 was killed by SIGPIPE", 40, 120,
	  .unicode = true },
	{ "four-40x10-ascii", "three", "pipe 1 is full", 10, 40 },
	{ "file-80x24", "props", "reader has called write", 24, 80,
	  .unicode = true },
	{ "file-80x24-ascii", "props", NULL, 24, 80 },
	{ "fifo-80x24-ascii", "meet", "writer is blocked in open and "
	  "reader is ready", 24, 80 },
	{ "signals-80x24", "signals", "receiver has SIGRTMIN pending 3 times",
	  24, 80, .unicode = true },
	{ "signals-80x24-ascii", "signals",
	  "receiver is in a handler of SIGRTMIN+1", 24, 80 },
	{ "signals-40x10-ascii", "signals",
	  "receiver has SIGRTMIN pending 3 times", 10, 40 },
	{ "signals-80x24-handler", "signals", "output contains \"+0 brings\"",
	  24, 80, .unicode = true },
	{ "fifo-80x24", "meet", "fifo 1 holds 6 bytes", 24, 80,
	  .unicode = true },
	{ "memory-80x24", "clock", "byte 0 of memory 1 was last written by "
	  "writer and reader is at write", 24, 80, .unicode = true },
	{ "memory-80x24-ascii", "clock", "reader is at load and "
	  "writer is at store", 24, 80 },
	{ "memory-40x10-ascii", "clock", "reader is at write", 10, 40 },
	{ "queue-80x24", "mail", "sender has called mq_send 3 times", 24, 80,
	  .unicode = true },
	{ "queue-80x24-ascii", "mail", "deadlock", 24, 80 },
	{ "queue-40x10-ascii", "mail", "deadlock", 10, 40 },
	{ "queue-120x40", "mail", NULL, 40, 120, .unicode = true },
	{ "socket-80x24", "door", "visitor has called sendto 2 times", 24, 80,
	  .unicode = true },
	{ "socket-80x24-ascii", "door", "visitor is blocked in read", 24, 80 },
	{ "socket-40x10-ascii", "door", "visitor is blocked in read", 10, 40 },
	{ "socket-120x40", "door", "server has called write", 40, 120,
	  .unicode = true },
	{ "locks-80x24", "locks", "cook has called pthread_cond_signal", 24, 80,
	  .unicode = true },
	{ "locks-80x24-ascii", "locks", "deadlock", 24, 80 },
	{ "locks-40x10-ascii", "locks", "deadlock", 10, 40 },
	{ "locks-120x40", "locks", "barrier 1 has 1 sleeper",
	  40, 120, .unicode = true },
	{ "help-80x24", NULL, NULL, 24, 80, .unicode = true },
	{ "help-40x10-ascii", NULL, NULL, 10, 40 },
	{ "full-80x24-zh", "fill", "writer is blocked in write", 24, 80,
	  .unicode = true, .chinese = true },
	{ "full-40x10-zh", "fill", "writer is blocked in write", 10, 40,
	  .unicode = true, .chinese = true },
	{ "fifo-80x24-zh", "meet", "writer is blocked in open and "
	  "reader is ready", 24, 80, .unicode = true, .chinese = true },
	{ "queue-80x24-zh", "mail", "sender has called mq_send 3 times", 24,
	  80, .unicode = true, .chinese = true },
	{ "socket-80x24-zh", "door", "visitor has called sendto 2 times", 24,
	  80, .unicode = true, .chinese = true },
	{ "locks-80x24-zh", "locks", "cook has called pthread_cond_signal", 24,
	  80, .unicode = true, .chinese = true },
	{ "memory-80x24-zh", "clock", "reader is at write", 24, 80,
	  .unicode = true, .chinese = true },
	{ "file-120x40-zh", "props", NULL, 40, 120, .unicode = true,
	  .chinese = true },
	{ "help-80x24-zh", NULL, NULL, 24, 80, .unicode = true,
	  .chinese = true },
	{ "signals-80x24-zh", "signals",
	  "receiver has SIGRTMIN pending 3 times", 24, 80, .unicode = true,
	  .chinese = true },
};

static int number, failures;

static void
tell(bool ok, const char *name, const char *more)
{
	printf("%s %d - %s\n", ok ? "ok" : "not ok", ++number, name);
	if (!ok) {
		failures++;
		for (const char *p = more; p && *p; ) {
			size_t n = strcspn(p, "\n");

			printf("# %.*s\n", (int)n, p);
			p += n + (p[n] == '\n');
		}
	}
}

/* Fold events up to the first moment at which the condition holds.  */
static struct world *
fold_until(struct log *log, const char *until)
{
	struct world *w = world_new(log_header(log));
	char *why = NULL;
	struct condition *c = until ? condition_parse(until, &why) : NULL;

	if (until && !c)
		die("%s", why);
	for (uint64_t n = 1; n <= log_count(log); n++) {
		const struct event *e = log_at(log, n, &why);

		if (!e)
			die("%s", why);
		world_apply(w, e);
		if (c && condition_eval(c, w) == IS_TRUE)
			break;
	}
	if (c && condition_eval(c, w) != IS_TRUE)
		die("\"%s\" never holds", until);
	condition_free(c);
	return w;
}

static uint64_t
find_call(struct log *log, uint64_t n, const char *call)
{
	for (; n > 0; n--) {
		const struct event *e = log_at(log, n, NULL);

		if (e && e->what == WHAT_CALL && strcmp(e->call, call) == 0)
			return n;
	}
	return 0;
}

static int
first_ready(const struct world *w)
{
	for (int i = 0; i < w->n_actors; i++)
		if (w->actor[i].state == ACTOR_READY)
			return i;
	return -1;
}

static void
draw_stage(const struct screen_case *k, struct canvas *c)
{
	char *path = xasprintf("%s/tests/screen/%s.events", TOP_SRCDIR,
			       k->recording), *why = NULL;
	struct log *log = log_open(path, &why);
	struct rect r = { 0, 0, k->rows, k->cols };
	struct scene s = { .log = log, .title = "Pipes > 3 A full pipe",
			   .state = SESSION_HELD, .step = 14, .steps = 31,
			   .output_size = k->output, .message = k->message };
	struct world *w;

	if (!log)
		die("%s", why);
	w = fold_until(log, k->until);
	s.world = w;
	s.sources = sources_new();
	sources_add_folder(s.sources, TOP_SRCDIR "/tests/screen");
	s.output = output_new(24, 80);
	output_replay(s.output, log, w);
	s.chosen = k->chosen ? world_actor(w, k->chosen) : -1;
	s.next = first_ready(w);
	s.selected = k->selected ? find_call(log, w->n, k->selected) : 0;
	if (k->bare)
		r = (struct rect){ 2, 10, k->rows - 4, k->cols - 20 };
	scene_draw(&s, c, r, !k->bare);
	output_free(s.output);
	sources_free(s.sources);
	world_free(w);
	log_free(log);
	free(path);
}

/* Wherever something was drawn it must have stayed in its part.  */
static bool
is_clean_outside(const struct canvas *c)
{
	for (int y = 0; y < c->rows; y++)
		for (int x = 0; x < c->cols; x++) {
			bool inside = y >= 2 && y < c->rows - 2 && x >= 10
				      && x < c->cols - 10;

			if (!inside && strcmp(canvas_cell(c, y, x)->text, " "))
				return false;
		}
	return true;
}

static void
compare(const struct screen_case *k, const struct buf *have)
{
	char *path = xasprintf("%s/tests/screen/golden/%s.txt", TOP_SRCDIR,
			       k->name), *why = NULL;
	struct buf want = BUF_INIT;
	FILE *f;

	if (getenv("GENERATE")) {
		f = fopen(path, "w");
		if (!f || fputs(buf_str(have), f) < 0 || fclose(f) != 0)
			die("cannot write %s", path);
		tell(true, k->name, NULL);
	} else if (buf_read_file(&want, path, 1 << 20, &why) < 0) {
		tell(false, k->name, why);
	} else {
		tell(strcmp(buf_str(&want), buf_str(have)) == 0, k->name,
		     buf_str(have));
	}
	free(why);
	free(path);
	buf_release(&want);
}

static void
run_case(const struct screen_case *k)
{
	struct canvas *c = canvas_new(k->rows, k->cols, k->unicode);
	struct buf out = BUF_INIT;

	if (k->chinese && language_set("zh_CN", NULL) < 0) {
		printf("ok %d - %s # SKIP no Chinese messages are built\n",
		       ++number, k->name);
	} else {
		if (k->recording)
			draw_stage(k, c);
		else
			help_draw(c, SCREEN_STAGE, "the stage", 0);
		canvas_text(c, &out);
		buf_adds(&out, "--- roles ---\n");
		canvas_roles(c, &out);
		compare(k, &out);
		if (k->bare)
			tell(is_clean_outside(c), "nothing is drawn outside "
			     "the part that was given", NULL);
	}
	buf_release(&out);
	canvas_free(c);
}

int
main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	unsetenv("LANGUAGE");
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		run_case(&cases[i]);
	printf("1..%d\n", number);
	return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
