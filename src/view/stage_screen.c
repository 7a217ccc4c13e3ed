/* The stage alone, as a screen of the lab.  */
#include "config.h"

#include "view/stage_inside.h"

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
