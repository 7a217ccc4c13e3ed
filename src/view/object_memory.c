/*
 * Shared memory on the stage: who maps it where, the bytes as numbers and as
 * text, and under each byte the letter of the one who wrote it last.
 */
#include "config.h"

#include "view/object_inside.h"

#include "base/i18n.h"
#include "view/quote.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

enum { LINE = 16, HEX_X = 4, TEXT_X = HEX_X + 3 * LINE + 1 };

/* ---- who maps it ---- */

void
mapping_text(const struct scene *s, const struct mapping *m, struct buf *out)
{
	buf_addf(out, "%s %" PRIx64, s->world->actor[m->actor].role,
		 m->address);
	if (!m->readable || !m->writable)
		buf_addf(out, " %s", m->readable ? _("read only") :
			 m->writable ? _("write only") : _("no access"));
	if (m->offset)
		buf_addf(out, "+%" PRId64, m->offset);
	if (!m->shared)
		buf_addf(out, " %s", m->own == 1 ? _("own copy") :
			 _("private"));
}

void
mappings_text(const struct scene *s, int object, struct buf *out)
{
	const struct mapping *m;
	size_t start = out->len;

	for (int i = 0; (m = world_mapping(s->world, object, -1, i)); i++) {
		buf_adds(out, out->len > start ? "   " : "");
		mapping_text(s, m, out);
	}
	if (out->len == start)
		buf_adds(out, _("nobody has it mapped"));
}

static void
put_name(const struct scene *s, struct canvas *c, int y, int x, int cols,
	 int object)
{
	const struct object *o = &s->world->object[object];
	struct buf b = BUF_INIT;

	if (o->path[0])
		buf_addf(&b, "%s  ", object_short_path(s, o->path));
	if (o->size >= 0)
		quote_count(&b, o->size);
	if (o->removed)
		buf_addf(&b, " %s", _("(removed)"));
	else if (world_is_marked(s->world, object))
		buf_addf(&b, " %s", _("(goes with its last user)"));
	else if (o->probed.status[0])
		buf_addf(&b, " %s", o->probed.status);
	buf_adds(&b, "   ");
	mappings_text(s, object, &b);
	canvas_put_short(c, y, x, cols, ROLE_TEXT, buf_str(&b));
	buf_release(&b);
}

/* ---- the bytes ---- */

/* The letter of an actor: that of its name, or its number, if another has
 * the same.  */
static char
letter_of(const struct scene *s, int actor)
{
	char letter = (char)toupper((unsigned char)s->world->actor[actor].role[0]);

	for (int i = 0; i < s->world->n_actors; i++)
		if (i != actor &&
		    toupper((unsigned char)s->world->actor[i].role[0]) ==
		    (unsigned char)letter)
			return actor < 9 ? (char)('1' + actor) : '*';
	return isalpha((unsigned char)letter) ? letter : '*';
}

/* The line with the byte that was written last.  */
static int
line_shown(const struct scene *s, int object, int n)
{
	uint64_t latest = 0, at;
	int line = 0;

	for (int i = 0; i < n; i++) {
		world_byte_writer(s->world, object, i, &at);
		if (at > latest) {
			latest = at;
			line = i / LINE;
		}
	}
	return line * LINE;
}

static void
put_byte(const struct scene *s, struct canvas *c, int y, int x, int cols,
	 int object, int at, unsigned char byte, bool letters)
{
	int who = world_byte_writer(s->world, object, at, NULL);
	bool bad = world_byte_unordered(s->world, object, at);
	enum role role = bad ? ROLE_BAD : who >= 0 ? actor_role(who) :
			 byte ? ROLE_CODE : ROLE_DIM;
	int column = at % LINE, hex = x + HEX_X + 3 * column +
		     (column >= LINE / 2);
	char text[2] = { byte >= ' ' && byte < 127 ? (char)byte : '.', '\0' };

	if (3 * column + HEX_X + 3 > cols)
		return;
	canvas_putf(c, y, hex, 2, role, "%02x", byte);
	if (TEXT_X + column < cols)
		canvas_put(c, y, x + TEXT_X + column, 1, role, text);
	if (letters && who >= 0)
		canvas_putf(c, y + 1, hex, 2, role, "%c%s",
			    letter_of(s, who), bad ? "!" : "");
	else if (letters && bad)
		canvas_put(c, y + 1, hex, 2, role, " !");
}

/* The physical page frames behind the first page, where they are shown.  */
static void
put_frames(const struct scene *s, struct canvas *c, int y, int x, int cols,
	   int object)
{
	const struct mapping *m;
	struct buf b = BUF_INIT;
	int64_t first = 0;
	bool same = true;
	int n = 0, own = 0;

	for (int i = 0; (m = world_mapping(s->world, object, -1, i)); i++) {
		own += m->shared && m->own == 0 && m->offset == 0;
		if (m->frame <= 0)
			continue;
		first = n++ ? first : m->frame;
		same &= m->frame == first;
		buf_addf(&b, "%s%s %" PRId64, n > 1 ? ", " : _("page frames: "),
			 s->world->actor[m->actor].role, m->frame);
	}
	if (n > 1 && same)
		canvas_putf(c, y, x, cols, ROLE_DIM,
			    _("one page frame: %" PRId64), first);
	else if (n > 1)
		canvas_put_short(c, y, x, cols, ROLE_DIM, buf_str(&b));
	else if (n == 0 && own > 1)	/* an ordinary user sees no numbers */
		canvas_put(c, y, x, cols, ROLE_DIM,
			   _("one page (same object and place)"));
	buf_release(&b);
}

/* "W writer   R reader   ! accessed without order" */
static void
put_legend(const struct scene *s, struct canvas *c, int y, int x, int cols,
	   int object, int from, int to)
{
	bool bad = false;
	int used = 0;

	for (int a = 0; a < s->world->n_actors; a++) {
		bool any = false;

		for (int i = from; i < to; i++) {
			any |= world_byte_writer(s->world, object, i, NULL)
			       == a;
			bad |= world_byte_unordered(s->world, object, i);
		}
		if (any)
			used += canvas_putf(c, y, x + used, cols - used,
					    actor_role(a), "%c %s   ",
					    letter_of(s, a),
					    s->world->actor[a].role);
	}
	if (bad)
		used += 3 + canvas_put(c, y, x + used, cols - used, ROLE_BAD,
				       _("! accessed without order"));
	if (!used)
		used = 3 + canvas_put(c, y, x, cols, ROLE_DIM,
				      _("no write to these bytes was seen"));
	put_frames(s, c, y, x + used, cols - used, object);
}

void
memory_draw(const struct scene *s, struct canvas *c, struct rect r, int object)
{
	const struct object *o = &s->world->object[object];
	int x = r.x + NAME_COLS + 1, cols = r.cols - NAME_COLS - 1, from, to;
	char bytes[CONTENT_MAX_LEN];
	int n = world_content(s->world, object, bytes, sizeof(bytes), NULL);

	canvas_put_short(c, r.y, r.x + 2, NAME_COLS - 2, ROLE_STRONG, o->name);
	put_name(s, c, r.y, x, cols, object);
	if (r.rows < 2)
		return;
	if (n == 0) {
		canvas_put_short(c, r.y + 1, x, cols, ROLE_DIM,
				 o->size == 0 ? _("it has no bytes yet") :
				 _("what is in it is not known"));
		return;
	}
	from = line_shown(s, object, n);
	to = from + LINE < n ? from + LINE : n;
	canvas_putf(c, r.y + 1, x, cols, ROLE_DIM, "%3d", from);
	for (int i = from; i < to; i++)
		put_byte(s, c, r.y + 1, x, cols, object, i,
			 (unsigned char)bytes[i], r.rows > 2);
	if (r.rows > 3)
		put_legend(s, c, r.y + 3, x + HEX_X, cols - HEX_X, object,
			   from, to);
}
