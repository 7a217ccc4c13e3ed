/* The stage alone, as a screen of the lab; the mouse on it.  */
#include "config.h"

#include "view/stage_inside.h"

#include "term/keys.h"

/* On an actor: it is chosen.  On an operation of the time line: it is
 * selected.  */
enum screen_answer
stage_click(struct stage *st)
{
	const struct world *w = session_world(st->session);

	if (keys_mouse.kind == TARGET_ACTOR && keys_mouse.what < w->n_actors)
		st->chosen = (int)keys_mouse.what;
	if (keys_mouse.kind == TARGET_EVENT)
		st->selected = (uint64_t)keys_mouse.what;
	return SCREEN_STAY;
}

static void
screen_draw(void *arg, struct canvas *c)
{
	stage_draw(arg, c, (struct rect){ 0, 0, c->rows, c->cols }, true);
}

static enum screen_answer
screen_key(void *arg, int key)
{
	return stage_key(arg, key);
}

static int
screen_poll(void *arg, struct pollfd *fds)
{
	return stage_poll(arg, fds);
}

static bool
screen_pump(void *arg)
{
	return stage_pump(arg);
}

static bool
screen_takes_all(void *arg)
{
	return stage_is_typing(arg);
}

struct screen
stage_screen(struct stage *st)
{
	return (struct screen){
		.arg = st,
		.draw = screen_draw,
		.key = screen_key,
		.poll = screen_poll,
		.pump = screen_pump,
		.takes_all = screen_takes_all,
	};
}
