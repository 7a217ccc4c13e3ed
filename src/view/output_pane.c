/* See output_pane.h.  */
#include "config.h"

#include "view/output_pane.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "term/glyph.h"
#include "term/keys.h"

#include <stdlib.h>
#include <string.h>
#include <vterm.h>

enum {
	HISTORY_MAX = 200,	/* lines kept that scrolled away */
	OWNERS_MAX = 64,
	TERMINALS_MAX = 4,
	MATCH_BYTES = 16,	/* of a write, enough to know it by */
	PENDING_MAX = 1 << 16,
	REPLAYED_MAX = 20000,	/* events */
	LABEL_COLS_MAX = 10,
	NOBODY = -1,
};

struct old_line {
	char *text;
	int owner;
};

struct output_pane {
	VTerm *vt;
	VTermScreen *screen;
	int rows, cols;
	VTermPos cursor;
	bool cursor_shown;
	int *row_owner;		/* of each row of the screen */
	struct old_line history[HISTORY_MAX];	/* a ring */
	int n_history, first_history;
	int64_t fed;		/* bytes, ever */

	int n_owners;
	char owner[OWNERS_MAX][NAME_MAX_LEN];
	int current;		/* owner of the bytes being fed */

	struct buf pending;	/* bytes not yet fed */
	uint64_t seen;		/* events looked at */
	int owed_to;		/* a write whose bytes have not all come */
	int64_t owed;
	int n_terminals;
	char terminal[TERMINALS_MAX][NAME_MAX_LEN];
};

/* A row as text.  */
static char *
cells_text(const VTermScreenCell *cells, int cols)
{
	struct buf b = BUF_INIT;

	for (int i = 0; i < cols; i += cells[i].width > 0 ? cells[i].width : 1)
		for (int k = 0; k == 0 || (k < VTERM_MAX_CHARS_PER_CELL
					   && cells[i].chars[k]); k++) {
			char utf8[8];
			uint32_t ch = cells[i].chars[k];

			utf8_write((int)(ch && ch < 0x110000 ? ch : ' '),
				   utf8);
			buf_adds(&b, utf8);
		}
	while (b.len > 0 && b.data[b.len - 1] == ' ')
		b.data[--b.len] = '\0';
	return buf_take(&b);
}

static int
on_push(int cols, const VTermScreenCell *cells, void *user)
{
	struct output_pane *p = user;
	int at = (p->first_history + p->n_history) % HISTORY_MAX;

	if (p->n_history == HISTORY_MAX)
		p->first_history = (p->first_history + 1) % HISTORY_MAX;
	else
		p->n_history++;
	free(p->history[at].text);
	p->history[at].text = cells_text(cells, cols);
	p->history[at].owner = p->row_owner[0];
	return 1;
}

static int
on_damage(VTermRect rect, void *user)
{
	struct output_pane *p = user;

	for (int y = rect.start_row; y < rect.end_row && y < p->rows; y++)
		p->row_owner[y] = p->current;
	return 1;
}

static int
on_move(VTermRect dest, VTermRect src, void *user)
{
	struct output_pane *p = user;
	int rows = dest.end_row - dest.start_row;

	if (dest.start_row >= 0 && src.start_row >= 0
	    && dest.end_row <= p->rows && src.start_row + rows <= p->rows)
		memmove(p->row_owner + dest.start_row,
			p->row_owner + src.start_row,
			(size_t)rows * sizeof(*p->row_owner));
	return 1;
}

static int
on_cursor(VTermPos pos, VTermPos old, int visible, void *user)
{
	struct output_pane *p = user;

	(void)old;
	p->cursor = pos;
	p->cursor_shown = visible;
	return 1;
}

static const VTermScreenCallbacks callbacks = {
	.damage = on_damage,
	.moverect = on_move,
	.movecursor = on_cursor,
	.sb_pushline = on_push,
};

struct output_pane *
output_new(int rows, int cols)
{
	struct output_pane *p = xcalloc(1, sizeof(*p));

	p->rows = rows;
	p->cols = cols;
	p->vt = vterm_new(rows, cols);
	if (!p->vt)
		die("out of memory");
	p->row_owner = xcalloc((size_t)rows, sizeof(*p->row_owner));
	vterm_set_utf8(p->vt, 1);
	p->screen = vterm_obtain_screen(p->vt);
	vterm_screen_enable_altscreen(p->screen, 1);
	vterm_screen_set_callbacks(p->screen, &callbacks, p);
	output_reset(p);
	return p;
}

void
output_free(struct output_pane *p)
{
	if (!p)
		return;
	vterm_free(p->vt);
	for (int i = 0; i < HISTORY_MAX; i++)
		free(p->history[i].text);
	buf_release(&p->pending);
	free(p->row_owner);
	free(p);
}

void
output_reset(struct output_pane *p)
{
	p->current = p->owed_to = NOBODY;
	p->owed = 0;
	p->seen = 0;
	p->fed = 0;
	p->n_history = p->first_history = 0;
	p->n_terminals = 0;
	buf_clear(&p->pending);
	vterm_screen_reset(p->screen, 1);
	p->cursor = (VTermPos){ 0, 0 };
	p->cursor_shown = true;
	for (int y = 0; y < p->rows; y++)
		p->row_owner[y] = NOBODY;
}

void
output_feed(struct output_pane *p, const char *bytes, size_t n)
{
	buf_add(&p->pending, bytes, n);
	/* A flood: nobody reads it line by line.  */
	if (p->pending.len > PENDING_MAX)
		output_flush(p);
}

/* Hand the first n pending bytes to the terminal, as owner's.  */
static void
hand_over(struct output_pane *p, size_t n, int owner)
{
	char answers[256];

	if (n == 0)
		return;
	p->current = owner;
	vterm_input_write(p->vt, p->pending.data, n);
	vterm_screen_flush_damage(p->screen);
	p->fed += (int64_t)n;
	buf_drop(&p->pending, n);
	/* What the terminal would answer to questions is not sent: it would
	 * be input that no schedule knows.  */
	while (vterm_output_read(p->vt, answers, sizeof(answers)) > 0)
		;
}

void
output_flush(struct output_pane *p)
{
	hand_over(p, p->pending.len, NOBODY);
	p->owed = 0;
}

size_t
output_pending(const struct output_pane *p)
{
	return p->pending.len;
}

static int
owner_of(struct output_pane *p, const char *actor)
{
	for (int i = 0; i < p->n_owners; i++)
		if (strcmp(p->owner[i], actor) == 0)
			return i;
	if (p->n_owners == OWNERS_MAX)
		return NOBODY;
	COPY_STR(p->owner[p->n_owners], actor);
	return p->n_owners++;
}

/* Hand over what a write of `bytes` bytes became: the terminal makes "\r\n"
 * of each newline (ONLCR, termios(3)).  Returns the bytes still to come.  */
static int64_t
hand_over_write(struct output_pane *p, int64_t bytes, int owner)
{
	size_t at = 0;

	while (bytes > 0 && at < p->pending.len) {
		bool newline = p->pending.data[at] == '\r'
			       && at + 1 < p->pending.len
			       && p->pending.data[at + 1] == '\n';

		at += newline ? 2 : 1;
		bytes--;
	}
	hand_over(p, at, owner);
	return bytes;
}

/* Where the pending bytes begin to look like the data of this write; -1:
 * nowhere.  */
static long
find_write(const struct output_pane *p, const struct event *e)
{
	int n = e->data_len < MATCH_BYTES ? e->data_len : MATCH_BYTES;

	for (size_t at = 0; at < p->pending.len; at++) {
		size_t k = at;
		int i = 0;

		for (; i < n && k < p->pending.len; i++, k++) {
			if (e->data[i] == '\n' && p->pending.data[k] == '\r'
			    && k + 1 < p->pending.len)
				k++;
			if (p->pending.data[k] != e->data[i])
				break;
		}
		if (i == n || k == p->pending.len)
			return (long)at;
	}
	return -1;
}

static bool
is_terminal(struct output_pane *p, const char *object)
{
	for (int i = 0; i < p->n_terminals; i++)
		if (strcmp(p->terminal[i], object) == 0)
			return true;
	return false;
}

static void
add_terminal(struct output_pane *p, const char *object)
{
	if (p->n_terminals < TERMINALS_MAX && !is_terminal(p, object))
		COPY_STR(p->terminal[p->n_terminals++], object);
}

/* A write to the terminal?  Remembers which objects are terminals.  */
static bool
is_output(struct output_pane *p, const struct event *e)
{
	if (e->what == WHAT_OBJECT && e->kind == KIND_TERMINAL)
		add_terminal(p, e->object);
	return e->what == WHAT_CALL && e->end == MODE_WRITE && e->bytes > 0
	       && !e->error && is_terminal(p, e->object);
}

void
output_attribute(struct output_pane *p, struct log *log, uint64_t upto)
{
	if (p->owed > 0)
		p->owed = hand_over_write(p, p->owed, p->owed_to);
	for (; p->seen < upto; p->seen++) {
		const struct event *e = log_at(log, p->seen + 1, NULL);
		long at;

		if (!e || !is_output(p, e))
			continue;
		/* The event may be here before its bytes.  */
		if (p->pending.len == 0)
			return;
		at = find_write(p, e);
		if (at > 0)
			hand_over(p, (size_t)at, NOBODY);
		p->owed_to = owner_of(p, e->actor);
		p->owed = hand_over_write(p, e->bytes, p->owed_to);
	}
}

void
output_replay(struct output_pane *p, struct log *log, const struct world *w)
{
	uint64_t upto = w->n;

	if (upto < p->seen)
		output_reset(p);
	/* What was printed longer ago than this has scrolled away.  */
	if (upto - p->seen > REPLAYED_MAX) {
		output_reset(p);
		p->seen = upto - REPLAYED_MAX;
	}
	for (int i = 0; i < w->n_objects; i++)
		if (w->object[i].kind == KIND_TERMINAL)
			add_terminal(p, w->object[i].name);
	for (; p->seen < upto; p->seen++) {
		const struct event *e = log_at(log, p->seen + 1, NULL);

		if (!e || !is_output(p, e))
			continue;
		for (int i = 0; i < e->data_len; i++) {
			if (e->data[i] == '\n')
				buf_addc(&p->pending, '\r');
			buf_addc(&p->pending, e->data[i]);
		}
		if (e->data_len < e->bytes)
			buf_adds(&p->pending, "...\r\n");
		hand_over(p, p->pending.len, owner_of(p, e->actor));
	}
}

bool
output_is_empty(const struct output_pane *p)
{
	return p->fed == 0;
}

static bool
row_is_blank(const struct output_pane *p, int y)
{
	for (int x = 0; x < p->cols; x++) {
		VTermScreenCell cell;

		vterm_screen_get_cell(p->screen, (VTermPos){ y, x }, &cell);
		if (cell.chars[0] && cell.chars[0] != ' ')
			return false;
	}
	return true;
}

static int
rows_used(const struct output_pane *p)
{
	int n = p->rows;

	while (n > 0 && row_is_blank(p, n - 1))
		n--;
	/* An empty line with the cursor waits for something to be typed;
	 * after a newline it says nothing.  */
	if (n <= p->cursor.row && p->cursor.col > 0)
		n = p->cursor.row + 1;
	return n;
}

int
output_lines(const struct output_pane *p)
{
	return p->n_history + rows_used(p);
}

/* One of the 16 colours that is near, -1: the default.  */
static int
colour_number(const struct output_pane *p, VTermColor colour, bool fg)
{
	int bright;

	if (fg ? VTERM_COLOR_IS_DEFAULT_FG(&colour)
	       : VTERM_COLOR_IS_DEFAULT_BG(&colour))
		return -1;
	if (VTERM_COLOR_IS_INDEXED(&colour) && colour.indexed.idx < 16)
		return colour.indexed.idx;
	vterm_screen_convert_color_to_rgb(p->screen, &colour);
	bright = colour.rgb.red > 191 || colour.rgb.green > 191
		 || colour.rgb.blue > 191;
	return (colour.rgb.red > 95) | (colour.rgb.green > 95) << 1
	       | (colour.rgb.blue > 95) << 2 | bright << 3;
}

static void
draw_cell(const struct output_pane *p, struct canvas *c, int y, int x,
	  int cols, const VTermScreenCell *from)
{
	char text[VTERM_MAX_CHARS_PER_CELL * 4 + 1] = "", utf8[8];
	struct cell *cell;

	for (int k = 0; k < VTERM_MAX_CHARS_PER_CELL && from->chars[k]; k++) {
		if (from->chars[k] >= 0x110000)
			break;
		utf8_write((int)from->chars[k], utf8);
		strcat(text, utf8);
	}
	canvas_put(c, y, x, cols, ROLE_CODE, text[0] ? text : " ");
	cell = canvas_cell(c, y, x);
	if (!cell)
		return;
	cell->bold = from->attrs.bold;
	cell->underline = from->attrs.underline != 0;
	cell->reverse = from->attrs.reverse;
	cell->fg = (int8_t)colour_number(p, from->fg, true);
	cell->bg = (int8_t)colour_number(p, from->bg, false);
}

static void
draw_screen_row(const struct output_pane *p, struct canvas *c, int y, int x,
		int cols, int row)
{
	for (int i = 0; i < p->cols && i < cols; i++) {
		VTermScreenCell cell;

		vterm_screen_get_cell(p->screen, (VTermPos){ row, i }, &cell);
		draw_cell(p, c, y, x + i, cols - i, &cell);
		if (cell.width == 2)
			i++;
	}
}

static void
draw_owner(const struct output_pane *p, const struct scene *s,
	   struct canvas *c, int y, int x, int cols, int owner)
{
	int actor;

	canvas_put(c, y, x + cols - 2, 1, ROLE_BORDER,
		   glyph(c->unicode, GLYPH_VLINE));
	if (owner == NOBODY)
		return;
	actor = world_actor(s->world, p->owner[owner]);
	canvas_put_short(c, y, x, cols - 3, actor_role(actor), actor >= 0
			 ? s->world->actor[actor].role : p->owner[owner]);
}

static int
label_cols(const struct output_pane *p, const struct scene *s)
{
	int cols = 4;

	for (int i = 0; i < p->n_owners; i++) {
		int actor = world_actor(s->world, p->owner[i]);
		int n = cells_of(actor >= 0 ? s->world->actor[actor].role
					    : p->owner[i]);

		if (n > cols)
			cols = n;
	}
	return (cols < LABEL_COLS_MAX ? cols : LABEL_COLS_MAX) + 3;
}

static void
place_cursor(const struct output_pane *p, const struct scene *s,
	     struct canvas *c, struct rect r, int first, int x)
{
	int y = r.y + p->cursor.row + p->n_history - first;

	if (!s->typing || !p->cursor_shown || y < r.y || y >= r.y + r.rows
	    || x + p->cursor.col >= r.x + r.cols)
		return;
	c->cursor_y = y;
	c->cursor_x = x + p->cursor.col;
}

void
output_draw(struct output_pane *p, const struct scene *s, struct canvas *c,
	    struct rect r, bool whole)
{
	int lines = whole ? p->n_history + p->rows : output_lines(p);
	int first = output_lines(p) > r.rows ? output_lines(p) - r.rows : 0;
	int label = whole && r.cols < p->cols + LABEL_COLS_MAX
		    ? 0 : label_cols(p, s);

	/* Keep the line in sight in which something is typed.  */
	if ((whole || s->typing) && first > p->n_history + p->cursor.row)
		first = p->n_history + p->cursor.row;
	/* The screen begins where the program believes it does.  */
	if (whole && first < p->n_history)
		first = p->n_history;
	for (int y = 0; y < r.rows && first + y < lines; y++) {
		int at = first + y, row = at - p->n_history;
		const struct old_line *old = row >= 0 ? NULL : &p->history[
			(p->first_history + at) % HISTORY_MAX];

		if (label)
			draw_owner(p, s, c, r.y + y, r.x, label,
				   old ? old->owner : p->row_owner[row]);
		if (old)
			canvas_put(c, r.y + y, r.x + label, r.cols - label,
				   ROLE_CODE, old->text);
		else
			draw_screen_row(p, c, r.y + y, r.x + label,
					r.cols - label, row);
	}
	place_cursor(p, s, c, r, first, r.x + label);
}

static const struct {
	int key;
	VTermKey vterm;
} special[] = {
	{ KEYS_ENTER, VTERM_KEY_ENTER },
	{ KEYS_TAB, VTERM_KEY_TAB },
	{ KEYS_BACKSPACE, VTERM_KEY_BACKSPACE },
	{ KEYS_ESCAPE, VTERM_KEY_ESCAPE },
	{ KEYS_UP, VTERM_KEY_UP },
	{ KEYS_DOWN, VTERM_KEY_DOWN },
	{ KEYS_LEFT, VTERM_KEY_LEFT },
	{ KEYS_RIGHT, VTERM_KEY_RIGHT },
	{ KEYS_HOME, VTERM_KEY_HOME },
	{ KEYS_END, VTERM_KEY_END },
	{ KEYS_PAGE_UP, VTERM_KEY_PAGEUP },
	{ KEYS_PAGE_DOWN, VTERM_KEY_PAGEDOWN },
	{ KEYS_DELETE, VTERM_KEY_DEL },
};

void
output_key(struct output_pane *p, int key, struct buf *bytes)
{
	char out[64];
	size_t n;
	VTermKey named = VTERM_KEY_NONE;

	for (size_t i = 0; i < ARRAY_SIZE(special); i++)
		if (special[i].key == key)
			named = special[i].vterm;
	if (key >= KEYS_F1 && key <= KEYS_F12)
		named = VTERM_KEY_FUNCTION(key - KEYS_F1 + 1);
	if (named != VTERM_KEY_NONE)
		vterm_keyboard_key(p->vt, named, VTERM_MOD_NONE);
	else if (key >= 0 && key < 0x20)
		buf_addc(bytes, (char)key);
	else if (key < KEYS_UP)
		vterm_keyboard_unichar(p->vt, (uint32_t)key, VTERM_MOD_NONE);
	while ((n = vterm_output_read(p->vt, out, sizeof(out))) > 0)
		buf_add(bytes, out, n);
}
