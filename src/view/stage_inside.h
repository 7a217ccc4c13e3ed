/* What the files of the stage share.  Nobody else includes this.  */
#ifndef VIEW_STAGE_INSIDE_H
#define VIEW_STAGE_INSIDE_H

#include "term/keys.h"
#include "view/scene.h"
#include "view/stage.h"

struct stage {
	struct session *session;	/* borrowed, or NULL */
	struct sources *sources;
	struct output_pane *output;
	char *title, *hidden, *message;
	char *sought;			/* by the last search */
	int (*rebuild)(void *arg, char **why);
	void *rebuild_arg;
	int (*put_search)(void *arg, struct explore_config *c, char **why);
	void *search_arg;

	int chosen;			/* actor, -1 */
	uint64_t selected;		/* event, 0 */
	enum output_size output_size;
	unsigned generation;		/* of the subject's terminal */
	bool typing;
	bool escaped;			/* one Esc was typed */
	struct buf typed;		/* bytes of the key just typed */
	bool unclaimed;			/* no event told whose the last bytes
					   were */
	/* In the middle of a step: stage_wait.c.  */
	struct stage_waiting {
		int key;
		char *line;		/* a command in place of a key, or
					   NULL */
	} waiting[64];
	int n_waiting;
};

/* Fill a scene from the session.  */
void stage_scene(struct stage *st, struct scene *s);

/* Say why, and free it.  Always SCREEN_STAY.  */
enum screen_answer stage_refuse(struct stage *st, char *why);
void stage_sayf(struct stage *st, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* This actor goes; or the sentence says why it cannot.  */
enum screen_answer stage_go(struct stage *st, int actor);

/* stage_command.c: the prompts.  */
enum screen_answer stage_ask_command(struct stage *st);
enum screen_answer stage_ask_until(struct stage *st);
enum screen_answer stage_ask_signal(struct stage *st);
enum screen_answer stage_ask_schedule(struct stage *st);
enum screen_answer stage_ask_search(struct stage *st);
enum screen_answer stage_search(struct stage *st, int by);
/* One line of the command prompt: "until pipe 1 is full".  *answer may become
 * SCREEN_UP or SCREEN_LEAVE.  0, or -1 with *why.  */
int stage_command(struct stage *st, const char *line,
		  enum screen_answer *answer, char **why);

/* stage_wait.c: a step that is asked for in the middle of another comes after
 * it, and so does what is asked for after that: nothing that was typed is
 * lost, and all comes to the same as if it had been typed slowly.  b takes
 * back the last that waits, Esc and g take back everything.  */

/* True: the key waits, or was answered; else it is for now.  */
bool stage_wait_key(struct stage *st, enum action action, int key);
/* 1: it waits; -1: it cannot (*why); 0: it is for now.  The condition is in
 * it, or NULL; always: even where nothing else waits.  */
int stage_wait_line(struct stage *st, const char *line, const char *condition,
		    bool always, char **why);
void stage_wait_for_nothing(struct stage *st);
bool stage_wait_over(struct stage *st);	/* one that waited was carried out */

/* stage_choose.c: commands that choose; each as struct stage_command says.  */
#define STAGE_RUN(name) \
	int stage_run_##name(struct stage *st, const char *rest, \
			     enum screen_answer *answer, char **why)
STAGE_RUN(go);
STAGE_RUN(signal);
STAGE_RUN(deliver);
STAGE_RUN(cut);
STAGE_RUN(expire);
STAGE_RUN(fail);
STAGE_RUN(wake);
STAGE_RUN(type);
#undef STAGE_RUN
/* A number, and nothing after it; nothing at all is the other.  */
const char *stage_skip_spaces(const char *s);
int stage_number(const char *text, int otherwise, int *out, char **why);

/* stage_screen.c: the mouse.  */
enum screen_answer stage_click(struct stage *st);

/* stage_explore.c: `x`.  */
enum screen_answer stage_explore(struct stage *st);

/* stage_edit.c: `e`.  */
enum screen_answer stage_edit(struct stage *st);

/* complete.c: how a line could go on.  */
typedef void offer_fn(void *offers, const char *line);
void complete_condition(const struct world *w, const char *before,
			offer_fn *offer, void *offers);
void complete_command(const struct world *w, const char *before,
		      offer_fn *offer, void *offers);
void complete_signal(const struct world *w, const char *before,
		     offer_fn *offer, void *offers);

enum stage_when {
	AT_ONCE,		/* it ends what waits */
	IN_ORDER,		/* after what waits, else at once */
	AFTER_STEP,
};

/* The commands of the prompt, for completion, help and the manual.  */
struct stage_command {
	const char *name;
	const char *form;	/* "until CONDITION" */
	const char *help;	/* N_() */
	int (*run)(struct stage *st, const char *rest,
		   enum screen_answer *answer, char **why);
	enum stage_when when;	/* while a step is being made */
};
const struct stage_command *stage_commands(void);	/* ended by NULL */

#endif
