/* Statements about shared memory.  */
#include "config.h"

#include "base/i18n.h"
#include "condition/inside.h"

#include <inttypes.h>
#include <string.h>

static int
find(const struct blanks *b, const struct world *w, struct buf *out)
{
	int id = world_object(w, b->object);

	if (id < 0 && out)
		buf_addf(out, _("there is no %s"), b->object);
	return id;
}

/* "writer maps memory 1 shared at 0x7ffff7fb0000" */
static void
tell_mapping(const struct blanks *b, const struct world *w, int actor,
	     const struct mapping *m, struct buf *out)
{
	if (!m)
		buf_addf(out, _("%s does not map %s"), w->actor[actor].role,
			 b->object);
	else
		buf_addf(out, m->shared ? _("%s maps %s shared, at %#" PRIx64) :
			 _("%s maps %s privately, at %#" PRIx64),
			 w->actor[actor].role, b->object, m->address);
}

enum truth
maps_object(const struct blanks *b, const struct world *w, int actor,
	    struct buf *out)
{
	enum { SHARED, PRIVATELY };
	int id = find(b, w, out);
	const struct mapping *m;

	if (id < 0)
		return IS_UNKNOWN;
	for (int i = 0; (m = world_mapping(w, id, actor, i)); i++)
		if (b->option[0] < 0 || m->shared == (b->option[0] == SHARED))
			break;
	if (out)
		tell_mapping(b, w, actor,
			     m ? m : world_mapping(w, id, actor, 0), out);
	return m ? IS_TRUE : IS_FALSE;
}

/* The numbers are shown to root alone.  But what is shared and in memory is
 * the object's own page, of which there is one; a copy of one's own never is
 * (proc(5), /proc/PID/pagemap).  */
static enum truth
same_frame(const struct mapping *x, const struct mapping *y, struct buf *out)
{
	if (x->own < 0 || y->own < 0) {
		if (out)
			buf_adds(out, _("there is no page in memory yet"));
		return IS_UNKNOWN;
	}
	if (x->frame > 0 && y->frame > 0) {
		if (out)
			buf_addf(out, _("page frames %" PRId64 " and %" PRId64),
				 x->frame, y->frame);
		return x->frame == y->frame ? IS_TRUE : IS_FALSE;
	}
	if (out)
		buf_addf(out, _("by the object and the place in it (%" PRId64
				" and %" PRId64 "): page frame numbers are "
				"not shown to you"), x->offset, y->offset);
	if (x->own || y->own || x->offset != y->offset)
		return IS_FALSE;
	return IS_TRUE;
}

enum truth
maps_at_same(const struct blanks *b, const struct world *w, int actor,
	     struct buf *out)
{
	enum { FRAME, ADDRESS };
	int id = find(b, w, out), other = world_actor(w, b->other);
	const struct mapping *x, *y;

	if (id < 0 || other < 0)
		return IS_UNKNOWN;
	x = world_mapping(w, id, actor, 0);
	y = world_mapping(w, id, other, 0);
	if (!x || !y) {
		if (out)
			tell_mapping(b, w, x ? other : actor, NULL, out);
		return IS_FALSE;
	}
	if (b->word[0] == FRAME)
		return same_frame(x, y, out);
	if (out)
		buf_addf(out, _("addresses %#" PRIx64 " and %#" PRIx64),
			 x->address, y->address);
	return x->address == y->address ? IS_TRUE : IS_FALSE;
}

enum truth
has_own_copy(const struct blanks *b, const struct world *w, int actor,
	     struct buf *out)
{
	int id = find(b, w, out);
	const struct mapping *m;
	bool known = false;

	if (id < 0)
		return IS_UNKNOWN;
	for (int i = 0; (m = world_mapping(w, id, actor, i)); i++) {
		known |= m->own >= 0 || m->shared;
		if (m->own == 1)
			break;
	}
	if (out)
		buf_addf(out, m ? _("%s has a copy of its own of %s") :
			 known ? _("what %s has is the page of %s itself") :
			 _("%s has no page of %s in memory yet"),
			 w->actor[actor].role, b->object);
	return m ? IS_TRUE : IS_FALSE;
}

/* A byte, or four of them as a number (little-endian).  */
enum truth
place_is(const struct blanks *b, const struct world *w, struct buf *out)
{
	enum { BYTE, WORD };
	int id = find(b, w, out), n = b->word[0] == WORD ? 4 : 1;
	char content[CONTENT_MAX_LEN];
	uint32_t value = 0;
	enum truth t;

	if (id < 0)
		return IS_UNKNOWN;
	if (b->place < 0 || b->place + n >
	    world_content(w, id, content, sizeof(content), NULL)) {
		if (out)
			buf_addf(out, _("that place of %s is not known"),
				 b->object);
		return IS_UNKNOWN;
	}
	for (int i = n - 1; i >= 0; i--)
		value = value << 8 | (unsigned char)content[b->place + i];
	t = compare(n == 1 ? value : (int32_t)value, b->option[0], b->number);
	if (out)
		buf_addf(out, n == 1 ? _("byte %lld of %s is %lld") :
			 _("the word at %lld of %s is %lld"),
			 (long long)b->place, b->object,
			 n == 1 ? (long long)value : (int32_t)value);
	return t;
}

enum truth
byte_written_by(const struct blanks *b, const struct world *w, struct buf *out)
{
	int id = find(b, w, out), who = world_actor(w, b->who), by;

	if (id < 0)
		return IS_UNKNOWN;
	by = world_byte_writer(w, id, b->place, NULL);
	if (out && by < 0)
		buf_addf(out, _("nobody is known to have written byte %lld of "
				"%s"), (long long)b->place, b->object);
	else if (out)
		buf_addf(out, _("byte %lld of %s was last written by %s"),
			 (long long)b->place, b->object, w->actor[by].role);
	if (b->quantifier == WHO_NAMED)
		return who >= 0 && by == who ? IS_TRUE : IS_FALSE;
	return (by >= 0) == (b->quantifier != WHO_NOBODY) ? IS_TRUE : IS_FALSE;
}

enum truth
object_has_mappings(const struct blanks *b, const struct world *w,
		    struct buf *out)
{
	int id = find(b, w, out), n = 0, how = b->option[0];
	enum truth t;

	if (id < 0)
		return IS_UNKNOWN;
	while (world_mapping(w, id, -1, n))
		n++;
	t = compare(n, how, b->number);
	if (out)
		buf_addf(out, ngettext("%s has %d mapping", "%s has %d mappings",
				       n), b->object, n);
	return t;
}

enum truth
object_is_unordered(const struct blanks *b, const struct world *w,
		    struct buf *out)
{
	int id = find(b, w, out);
	bool is;

	if (id < 0)
		return IS_UNKNOWN;
	is = world_byte_unordered(w, id, -1);
	if (out)
		buf_addf(out, is ? _("two accessed %s with nothing between "
				     "them that puts them in order") :
			 _("no accesses to %s without order were seen"),
			 b->object);
	return is ? IS_TRUE : IS_FALSE;
}

enum truth
object_is_marked(const struct blanks *b, const struct world *w,
		 struct buf *out)
{
	int id = find(b, w, out);
	bool is;

	if (id < 0)
		return IS_UNKNOWN;
	is = world_is_marked(w, id) && !w->object[id].removed;
	if (out)
		buf_addf(out, is ? _("%s is marked for removal") :
			 _("%s is not marked for removal"), b->object);
	return is ? IS_TRUE : IS_FALSE;
}

/* The kernel's own words: F_SEAL_WRITE, SHM_DEST.  */
enum truth
object_has_status(const struct blanks *b, const struct world *w,
		  struct buf *out)
{
	int id = find(b, w, out);
	const char *status;

	if (id < 0)
		return IS_UNKNOWN;
	status = w->object[id].probed.status;
	if (out && status[0])
		buf_addf(out, _("the status of %s is %s"), b->object, status);
	else if (out)
		buf_addf(out, _("the kernel has nothing to add about %s"),
			 b->object);
	return strstr(status, b->text) ? IS_TRUE : IS_FALSE;
}
