/* The loop.  */
#include "config.h"

#include "term/screen.h"

#include "term/keys.h"
#include "term/term.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

enum {
	FRAME_MS = 33,
	DEPTH_MAX = 8,
	QUICK_MAX = 4,	/* frames that need not wait, after each key */
};

/* The screens that are open, the uppermost last.  */
static const struct screen *stack[DEPTH_MAX];
static int depth;

static bool dirty;		/* something must be drawn */
static bool urgent;		/* ... now: a key was pressed */
static int quick;		/* what a key brought about is shown at once */
static int64_t last_frame;	/* ms */
static char *said;

static int64_t
now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void
screen_say(const char *sentence)
{
	char *copy = sentence ? xstrdup(sentence) : NULL;

	free(said);
	said = copy;
	dirty = urgent = true;
}

static void
draw(void (*over)(void *arg, struct canvas *c), void *arg)
{
	struct canvas *c = term_canvas();
	const struct screen *top = stack[depth - 1];

	canvas_clear(c);
	if (!term_is_too_small()) {
		top->draw(top->arg, c);
		if (said) {
			canvas_fill(c, c->rows - 1, 0, 1, c->cols, ROLE_TEXT,
				    ' ');
			canvas_put_short(c, c->rows - 1, 1, c->cols - 2,
					 ROLE_WARN, said);
		}
		if (over)
			over(arg, c);
	}
	term_show();
	dirty = urgent = false;
	last_frame = now_ms();
}

/* How long may poll(2) sleep?  Until the next frame is due, if one is.  */
static int
patience(void)
{
	int64_t due = last_frame + FRAME_MS - now_ms();

	if (!dirty)
		return -1;
	if (urgent || due < 0)
		return 0;
	return due > FRAME_MS ? FRAME_MS : (int)due;
}

static void
wait_and_feed(void)
{
	struct pollfd fds[TERM_FDS + DEPTH_MAX * SCREEN_POLLS_MAX];
	int n = term_poll(fds);
	bool changed = false;

	for (int i = 0; i < depth; i++)
		if (stack[i]->poll)
			n += stack[i]->poll(stack[i]->arg, fds + n);
	if (poll(fds, (nfds_t)n, patience()) < 0 && errno != EINTR)
		die("poll: %s", "the descriptors of the lab are broken");
	/* The terminal is gone and nobody told us.  */
	if (fds[0].revents & (POLLHUP | POLLERR | POLLNVAL))
		die("the terminal is gone");
	if (term_pump())
		dirty = urgent = true;
	for (int i = 0; i < depth; i++)
		if (stack[i]->pump && stack[i]->pump(stack[i]->arg))
			changed = true;
	if (changed && quick > 0) {
		quick--;
		urgent = true;
	}
	dirty |= changed;
}

int
screen_turn(void (*over)(void *arg, struct canvas *c), void *arg)
{
	int key;

	if (dirty && (urgent || now_ms() - last_frame >= FRAME_MS))
		draw(over, arg);
	key = term_key();
	if (key == KEYS_NONE) {
		wait_and_feed();
		key = term_key();
	}
	if (key != KEYS_NONE) {
		free(said);
		said = NULL;
		dirty = urgent = true;
		quick = QUICK_MAX;
	}
	return key;
}

bool
screen_common_key(int key)
{
	switch (key) {
	case 'L' & 0x1f:
		term_redraw();
		return true;
	case 'Z' & 0x1f:
		term_suspend();
		return true;
	case 'C' & 0x1f:
		raise(SIGINT);
		return true;
	case '\\' & 0x1f:
		raise(SIGQUIT);
		return true;
	}
	return false;
}

static bool
is_done(const struct screen *s)
{
	return s->done && s->done(s->arg);
}

enum screen_answer
screen_run(const struct screen *s)
{
	enum screen_answer answer = SCREEN_STAY;

	if (depth == DEPTH_MAX)
		return SCREEN_UP;
	stack[depth++] = s;
	dirty = urgent = true;
	while (answer == SCREEN_STAY || answer == SCREEN_IGNORED) {
		int key = screen_turn(NULL, NULL);

		answer = SCREEN_STAY;
		if (key == KEYS_NONE)
			;
		else if ((s->takes_all && s->takes_all(s->arg))
			 || !screen_common_key(key))
			answer = s->key(s->arg, key);
		if (answer == SCREEN_STAY && is_done(s))
			answer = SCREEN_UP;
	}
	depth--;
	dirty = urgent = true;
	return answer;
}
