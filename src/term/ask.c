/*
 * The prompt: libedit inside curses.
 *
 * libedit edits only on a terminal (tty_setup() asks isatty(3)) and sets that
 * terminal's modes around each line, so it gets one of its own: a pty that
 * nobody reads.  What it would draw goes to /dev/null; we draw its line
 * ourselves.  Its input is a function (EL_GETCFN) that runs one turn of the
 * lab's loop until a key comes: the screen above stays alive meanwhile.
 */
#include "config.h"

#include "term/screen.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "term/keys.h"
#include "view/canvas.h"

#include <errno.h>
#include <histedit.h>
#include <limits.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

enum { HISTORY_SIZE = 100, LINE_COLS = 4096, OFFERS_MAX = 200 };

struct asking {
	const struct ask *ask;
	EditLine *el;
	HistoryW *history;
	char *message;		/* why not, or the completions; NULL */
	bool cancelled;
	bool vi;		/* Esc is vi's; ^C cancels */
	/* Offers of a completion.  */
	char *offer[OFFERS_MAX];
	int n_offers;
};

static struct {
	int master, slave;
	FILE *in, *null;
} pty = { .master = -1 };

static struct asking *current;	/* of the callbacks */

static char *
narrow(const wchar_t *text, size_t n)
{
	struct buf b = BUF_INIT;
	char bytes[MB_LEN_MAX + 1];
	mbstate_t state = { 0 };

	for (size_t i = 0; i < n; i++) {
		size_t len = wcrtomb(bytes, text[i], &state);

		if (len != (size_t)-1)
			buf_add(&b, bytes, len);
		else
			memset(&state, 0, sizeof(state));
	}
	return buf_take(&b);
}

/* Draw the prompt, the line and its cursor on the bottom row: scrolled so
 * that the cursor is in sight.  */
static void
draw_prompt(void *arg, struct canvas *c)
{
	struct asking *a = arg;
	const LineInfoW *info = el_wline(a->el);
	char *before = narrow(info->buffer,
			      (size_t)(info->cursor - info->buffer));
	char *after = narrow(info->cursor,
			     (size_t)(info->lastchar - info->cursor));
	int y = c->rows - 1, x, room;
	const char *start = before;

	canvas_fill(c, y, 0, 1, c->cols, ROLE_TEXT, ' ');
	x = 1 + canvas_put(c, y, 1, c->cols / 2, ROLE_STRONG, a->ask->prompt);
	room = c->cols - x - 2;
	while (cells_of(start) > room)
		start += cells_next(start, NULL);
	x += canvas_put(c, y, x, room, ROLE_TEXT, start);
	canvas_put(c, y, x, c->cols - x, ROLE_TEXT, after);
	c->cursor_y = y;
	c->cursor_x = x;
	if (a->message) {
		struct rect r = { y - 2, 1, 2, c->cols - 2 };

		canvas_fill(c, y - 2, 0, 2, c->cols, ROLE_TEXT, ' ');
		canvas_wrap(c, r, ROLE_WARN, a->message);
	}
	free(before);
	free(after);
}

static const struct {
	int key;
	wchar_t control;
} as_control[] = {
	{ KEYS_LEFT, 'B' & 0x1f },
	{ KEYS_RIGHT, 'F' & 0x1f },
	{ KEYS_UP, 'P' & 0x1f },
	{ KEYS_DOWN, 'N' & 0x1f },
	{ KEYS_HOME, 'A' & 0x1f },
	{ KEYS_END, 'E' & 0x1f },
	{ KEYS_DELETE, 'D' & 0x1f },
	{ KEYS_ENTER, '\n' },
};

static int
next_key(EditLine *el, wchar_t *out)
{
	struct asking *a = current;
	int key;

	(void)el;
	do {
		key = screen_turn(draw_prompt, a);
		if (key != ('C' & 0x1f) && screen_common_key(key))
			key = KEYS_NONE;
	} while (key == KEYS_NONE);
	free(a->message);
	a->message = NULL;
	if (key == ('C' & 0x1f) || (key == KEYS_ESCAPE && !a->vi)) {
		a->cancelled = true;
		errno = ECANCELED;
		return -1;
	}
	*out = (wchar_t)key;
	for (size_t i = 0; i < ARRAY_SIZE(as_control); i++)
		if (as_control[i].key == key)
			*out = as_control[i].control;
	/* A key without a meaning here: a refresh does no harm.  */
	if (*out >= KEYS_UP)
		*out = 'L' & 0x1f;
	return 1;
}

static void
take_offer(void *arg, const char *line)
{
	struct asking *a = arg;

	for (int i = 0; i < a->n_offers; i++)
		if (strcmp(a->offer[i], line) == 0)
			return;
	if (a->n_offers < OFFERS_MAX)
		a->offer[a->n_offers++] = xstrdup(line);
}

/* Bytes that all offers have in common.  */
static size_t
common_start(const struct asking *a)
{
	size_t n = strlen(a->offer[0]);

	for (int i = 1; i < a->n_offers; i++) {
		size_t same = 0;

		while (same < n && a->offer[i][same] == a->offer[0][same])
			same++;
		n = same;
	}
	while (n > 0 && ((unsigned char)a->offer[0][n] & 0xc0) == 0x80)
		n--;
	return n;
}

static void
insert(EditLine *el, const char *text, size_t n)
{
	char *narrow_text = xstrndup(text, n);
	size_t room = strlen(narrow_text) + 1;
	wchar_t *wide = xmalloc(room * sizeof(*wide));

	if (mbstowcs(wide, narrow_text, room) != (size_t)-1)
		el_winsertstr(el, wide);
	free(wide);
	free(narrow_text);
}

/* What could follow, shown above the prompt: from the word being typed.  */
static char *
list_offers(const struct asking *a, const char *before)
{
	const char *space = strrchr(before, ' ');
	size_t skip = space ? (size_t)(space + 1 - before) : 0;
	struct buf b = BUF_INIT;

	for (int i = 0; i < a->n_offers; i++) {
		const char *line = a->offer[i];

		buf_addf(&b, "%s%s", i ? "   " : "",
			 strlen(line) > skip ? line + skip : line);
	}
	return buf_take(&b);
}

static unsigned char
complete_line(EditLine *el, wint_t ch)
{
	struct asking *a = current;
	const LineInfoW *info = el_wline(el);
	char *before;
	size_t typed, common;

	(void)ch;
	if (!a->ask->complete)
		return CC_REFRESH;
	before = narrow(info->buffer, (size_t)(info->cursor - info->buffer));
	typed = strlen(before);
	a->n_offers = 0;
	a->ask->complete(a->ask->arg, before, take_offer, a);
	if (a->n_offers > 0) {
		common = common_start(a);
		if (common > typed)
			insert(el, a->offer[0] + typed, common - typed);
		else if (a->n_offers > 1)
			a->message = list_offers(a, before);
	}
	for (int i = 0; i < a->n_offers; i++)
		free(a->offer[i]);
	free(before);
	return CC_REFRESH;
}

static int
open_pty(void)
{
	struct winsize size = { .ws_row = 1, .ws_col = LINE_COLS };

	if (pty.master >= 0)
		return 0;
	pty.null = fopen("/dev/null", "we");
	if (!pty.null)
		return -1;
	if (openpty(&pty.master, &pty.slave, NULL, NULL, &size) < 0) {
		fclose(pty.null);
		pty.master = -1;
		return -1;
	}
	pty.in = fdopen(dup(pty.slave), "r");
	return 0;
}

static char *
history_path(const struct ask *ask)
{
	char *below = xasprintf("history-%s", ask->history);
	char *path = path_state(below);

	free(below);
	return path;
}

static HistoryW *
history_open(const struct ask *ask)
{
	HistoryW *h = history_winit();
	HistEventW ev;
	char *path;

	if (!h)
		return NULL;
	history_w(h, &ev, H_SETSIZE, HISTORY_SIZE);
	history_w(h, &ev, H_SETUNIQUE, 1);
	if (ask->history) {
		path = history_path(ask);
		history_w(h, &ev, H_LOAD, path);
		free(path);
	}
	return h;
}

/* A history that cannot be kept (a full disk) is no reason to stop.  */
static void
history_keep(HistoryW *h, const struct ask *ask, const wchar_t *line)
{
	HistEventW ev;
	char *folder, *path;

	if (!h || !ask->history)
		return;
	history_w(h, &ev, H_ENTER, line);
	folder = path_state("");
	if (path_make_folder(folder, NULL) == 0) {
		path = history_path(ask);
		history_w(h, &ev, H_SAVE, path);
		free(path);
	}
	free(folder);
}

static int
start(struct asking *a)
{
	const wchar_t *editor = NULL;

	if (open_pty() < 0)
		return -1;
	a->el = el_init_fd("ipclab", pty.in, pty.null, pty.null, pty.slave,
			   pty.slave, pty.slave);
	if (!a->el)
		return -1;
	a->history = history_open(a->ask);
	el_wset(a->el, EL_SIGNAL, 0);
	el_wset(a->el, EL_EDITOR, L"emacs");
	if (a->history)
		el_wset(a->el, EL_HIST, history_w, a->history);
	el_wset(a->el, EL_ADDFN, L"lab-complete", L"complete", complete_line);
	el_source(a->el, NULL);
	el_wget(a->el, EL_EDITOR, &editor);
	a->vi = editor && wcscmp(editor, L"vi") == 0;
	el_wset(a->el, EL_BIND, L"^I", L"lab-complete", NULL);
	el_wset(a->el, EL_BIND, L"^R", L"em-inc-search-prev", NULL);
	el_wset(a->el, EL_GETCFN, next_key);
	return 0;
}

/* One line; NULL: cancelled, or the end (^D).  */
static char *
read_line(struct asking *a)
{
	int n;
	const wchar_t *line = el_wgets(a->el, &n);
	char *text;

	if (!line || n <= 0 || a->cancelled)
		return NULL;
	text = narrow(line, (size_t)n);
	text[strcspn(text, "\n")] = '\0';
	return text;
}

static void
push(EditLine *el, const char *text)
{
	size_t room = strlen(text) + 1;
	wchar_t *wide = xmalloc(room * sizeof(*wide));

	if (*text && mbstowcs(wide, text, room) != (size_t)-1)
		el_wpush(el, wide);
	free(wide);
}

static void
keep(struct asking *a, const char *text)
{
	size_t room = strlen(text) + 1;
	wchar_t *wide = xmalloc(room * sizeof(*wide));

	if (*text && mbstowcs(wide, text, room) != (size_t)-1)
		history_keep(a->history, a->ask, wide);
	free(wide);
}

static void
finish(struct asking *a)
{
	el_end(a->el);
	if (a->history)
		history_wend(a->history);
	free(a->message);
}

char *
screen_ask(const struct ask *ask)
{
	struct asking a = { .ask = ask }, *outer = current;
	char *text, *why = NULL;

	current = &a;
	if (start(&a) < 0) {
		current = outer;
		screen_say(_("the prompt needs a pty, and none can be had"));
		return NULL;
	}
	if (ask->initial)
		push(a.el, ask->initial);
	while ((text = read_line(&a))) {
		if (!ask->check || ask->check(ask->arg, text, &why) == 0)
			break;
		/* The text stays, with the sentence that says what is wrong. */
		a.message = why;
		why = NULL;
		push(a.el, text);
		free(text);
	}
	if (text)
		keep(&a, text);
	finish(&a);
	current = outer;
	return text;
}
