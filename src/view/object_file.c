/* A file on the stage, and whatever has no view of its own.  */
#include "config.h"

#include "view/object_inside.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "term/glyph.h"
#include "view/quote.h"

#include <inttypes.h>
#include <string.h>

static void
file_facts(const struct scene *s, const struct object *o, struct buf *out)
{
	int64_t size = o->probed.known && o->probed.size >= 0
		       && o->probed_n >= o->last_write_n
		       ? o->probed.size : o->size;
	struct buf locks = BUF_INIT;

	if (size >= 0)
		quote_count(out, size);
	if (o->last_writer >= 0)
		buf_addf(out, "%s%s", out->len ? "   " : "",
			 _("last written by "));
	if (o->last_writer >= 0)
		buf_adds(out, s->world->actor[o->last_writer].role);
	if (o->removed)
		buf_addf(out, "%s%s", out->len ? "   " : "", _("(removed)"));
	object_locks(s, (int)(o - s->world->object), &locks);
	if (locks.len)
		buf_addf(out, "%s%s", out->len ? "   " : "", buf_str(&locks));
	buf_release(&locks);
}

void
file_draw(const struct scene *s, struct canvas *c, struct rect r, int object)
{
	const struct object *o = &s->world->object[object];
	int x = r.x + NAME_COLS, cols = r.cols - NAME_COLS, used;
	struct buf b = BUF_INIT;

	canvas_put_short(c, r.y, r.x + 2, NAME_COLS - 2, ROLE_STRONG, o->name);
	used = 3 + canvas_put_short(c, r.y, x, cols / 2, ROLE_TEXT,
				    object_short_path(s, o->path));
	file_facts(s, o, &b);
	canvas_put_short(c, r.y, x + used, cols - used, ROLE_DIM, buf_str(&b));
	if (r.rows > 1) {
		buf_clear(&b);
		object_content(s, object, o->size, &b);
		canvas_put_short(c, r.y + 1, x, cols, ROLE_CODE,
				 b.len ? buf_str(&b) : "\"\"");
	}
	if (r.rows > 2) {
		buf_clear(&b);
		mappings_text(s, object, &b);
		canvas_put_short(c, r.y + 2, x, cols, ROLE_DIM, buf_str(&b));
	}
	buf_release(&b);
}

void
other_draw(const struct scene *s, struct canvas *c, struct rect r, int object)
{
	const struct object *o = &s->world->object[object];
	struct buf b = BUF_INIT;
	int x = r.x + NAME_COLS, cols = r.cols - NAME_COLS, used;

	canvas_put_short(c, r.y, r.x + 2, NAME_COLS - 2, ROLE_STRONG, o->name);
	used = 3 + canvas_put_short(c, r.y, x, cols / 2, ROLE_TEXT,
				    object_short_path(s, o->path));
	object_holder_names(s, object, MODE_READ | MODE_WRITE, &b);
	canvas_put_short(c, r.y, x + used, cols - used, ROLE_DIM, buf_str(&b));
	buf_release(&b);
}
