/* See help.h.  */
#include "config.h"

#include "view/help.h"

#include "base/cells.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

enum { KEYS_COLS = 18 };

/* A click on a key of the line presses it.  That of all the digits is no one
 * key: who goes is the actor that was chosen.  */
static void
mark_key(struct canvas *c, struct rect r, enum screens screen,
	 enum action action)
{
	int key;

	if (action == ACTION_GO_1)
		action = ACTION_GO_CHOSEN;
	key = action == ACTION_ANSWER ? KEYS_NONE : keys_for(screen, action);
	if (key != KEYS_NONE)
		canvas_target(c, r, TARGET_KEY, key);
}

void
help_line(struct canvas *c, int y, int x, int cols, enum screens screen,
	  const enum action *actions)
{
	int at = x + 1;

	for (int i = 0; actions[i] != ACTION_NONE; i++) {
		const struct action_def *def = keys_describe(actions[i]);
		struct buf keys = BUF_INIT;
		const char *brief = def->brief ? _(def->brief) : "";
		size_t len;
		int used;

		keys_of(screen, actions[i], &keys);
		/* The first key stands for all.  */
		len = strcspn(buf_str(&keys), ",");
		if (len == 0 && keys.len)
			len = 1;
		if (keys.len)
			keys.data[len] = '\0';
		used = cells_of(buf_str(&keys)) + 1 + cells_of(brief);
		if (keys.len && *brief && at + used < x + cols) {
			mark_key(c, (struct rect){ y, at, 1, used }, screen,
				 actions[i]);
			at += canvas_put(c, y, at, cols, ROLE_KEY,
					 buf_str(&keys));
			at += 2 + canvas_putf(c, y, at, cols, ROLE_TEXT,
					      " %s", brief);
		}
		buf_release(&keys);
	}
}

void
help_text(struct buf *out, enum screens screen)
{
	for (int i = ACTION_NONE + 1; i < ACTION_MAX; i++) {
		struct buf keys = BUF_INIT;

		/* 1-9 is one line.  */
		if (i > ACTION_GO_1 && i <= ACTION_GO_9) {
			keys_of(screen, ACTION_GO_1, &keys);
			if (strcmp(buf_str(&keys), "1-9") == 0) {
				buf_release(&keys);
				continue;
			}
			buf_clear(&keys);
		}
		keys_of(screen, (enum action)i, &keys);
		if (keys.len)
			buf_addf(out, "%s\t%s\n", buf_str(&keys),
				 _(keys_describe((enum action)i)->help));
		buf_release(&keys);
	}
}

struct page {
	struct canvas *c;
	int y, row, first;	/* y of the next line; rows passed */
	int x;
};

static void
page_line(void *arg, const char *start, size_t len)
{
	struct page *p = arg;
	char *line = xstrndup(start, len);

	if (p->row++ >= p->first && p->y < p->c->rows - 1)
		canvas_put(p->c, p->y++, p->x, p->c->cols - p->x, ROLE_TEXT,
			   line);
	free(line);
}

int
help_draw(struct canvas *c, enum screens screen, const char *title, int first)
{
	static const enum action keys[] = {
		ACTION_DOWN, ACTION_CLOSE, ACTION_NONE,
	};
	struct page page = { .c = c, .y = 2, .first = first,
			     .x = KEYS_COLS + 2 };
	struct buf text = BUF_INIT;
	char *save = NULL;

	canvas_putf(c, 0, 1, c->cols - 2, ROLE_TITLE, _("Keys: %s"), title);
	help_text(&text, screen);
	for (char *line = text.len ? strtok_r(text.data, "\n", &save) : NULL;
	     line; line = strtok_r(NULL, "\n", &save)) {
		char *tab = strchr(line, '\t');
		int y = page.y;
		bool shown = page.row >= first && y < c->rows - 1;

		*tab = '\0';
		cells_wrap(tab + 1, c->cols - page.x - 1, page_line, &page);
		if (shown)
			canvas_put(c, y, 2, KEYS_COLS - 1, ROLE_KEY, line);
	}
	help_line(c, c->rows - 1, 0, c->cols, SCREEN_HELP, keys);
	buf_release(&text);
	return page.row;
}

struct help {
	enum screens screen;
	const char *title;
	int first, rows, shown;
};

static void
draw(void *arg, struct canvas *c)
{
	struct help *h = arg;

	h->shown = c->rows - 3;
	h->rows = help_draw(c, h->screen, h->title, h->first);
}

static enum screen_answer
key(void *arg, int pressed)
{
	struct help *h = arg;
	int most = h->rows > h->shown ? h->rows - h->shown : 0;

	switch (keys_action(SCREEN_HELP, pressed)) {
	case ACTION_CLOSE:
	case ACTION_HELP:
		return SCREEN_UP;
	case ACTION_LEAVE:
		return SCREEN_LEAVE;
	case ACTION_UP:
		h->first--;
		break;
	case ACTION_DOWN:
		h->first++;
		break;
	case ACTION_PAGE_UP:
		h->first -= h->shown;
		break;
	case ACTION_PAGE_DOWN:
		h->first += h->shown;
		break;
	case ACTION_FIRST:
		h->first = 0;
		break;
	case ACTION_LAST:
		h->first = most;
		break;
	default:
		return SCREEN_IGNORED;
	}
	h->first = h->first < 0 ? 0 : h->first > most ? most : h->first;
	return SCREEN_STAY;
}

enum screen_answer
help_run(enum screens screen, const char *title)
{
	struct help h = { .screen = screen, .title = title };
	struct screen s = { .arg = &h, .draw = draw, .key = key };
	enum screen_answer answer = screen_run(&s);

	return answer == SCREEN_LEAVE ? SCREEN_LEAVE : SCREEN_STAY;
}
