/* Statements about an object.  */
#include "config.h"

#include "base/i18n.h"
#include "condition/inside.h"
#include "world/queue.h"

#include <string.h>

/* The object, NULL where there is none of that name.  */
static const struct object *
find(const struct blanks *b, const struct world *w, int *id, struct buf *out)
{
	*id = world_object(w, b->object);
	if (*id >= 0)
		return &w->object[*id];
	if (out)
		buf_addf(out, _("there is no %s"), b->object);
	return NULL;
}

static bool
is_pipe(const struct object *o)
{
	return o->kind == KIND_PIPE || o->kind == KIND_FIFO;
}

/* Bytes in a pipe, or of a file: derived first, as that is never late.  */
static int64_t
bytes_in(const struct object *o)
{
	if (is_pipe(o) || object_is_queue(o) || o->kind == KIND_SOCKET)
		return o->bytes;
	return o->size >= 0 ? o->size : o->probed.size;
}

/* A number of something, -1: not known.  */
static enum truth
judge(const struct blanks *b, int64_t actual, int how, struct buf *out)
{
	if (actual >= 0)
		return compare(actual, how, b->number);
	if (out)
		buf_addf(out, _("that is not known of %s"), b->object);
	return IS_UNKNOWN;
}

static void
tell_bytes(const struct blanks *b, int64_t bytes, struct buf *out)
{
	buf_addf(out, ngettext("%s holds %lld byte", "%s holds %lld bytes",
			       bytes), b->object, (long long)bytes);
}

enum truth
object_is_full(const struct blanks *b, const struct world *w, struct buf *out)
{
	int id;
	const struct object *o = find(b, w, &id, out);
	bool full = b->word[0] == 0;
	int64_t bytes, room;

	if (!o)
		return IS_UNKNOWN;
	bytes = bytes_in(o);
	room = world_room(w, id);
	if (bytes < 0 || (full && room < 0)) {
		if (out)
			buf_addf(out, _("how much is in %s is not known"),
				 b->object);
		return IS_UNKNOWN;
	}
	if (out && is_pipe(o) && o->capacity >= 0)
		buf_addf(out, _("%s holds %lld of %lld bytes"), b->object,
			 (long long)bytes, (long long)o->capacity);
	else if (out)
		tell_bytes(b, bytes, out);
	if (object_is_queue(o) && !full)
		return world_messages(w, id) == 0 ? IS_TRUE : IS_FALSE;
	return (full ? room == 0 : bytes == 0) ? IS_TRUE : IS_FALSE;
}

enum truth
object_holds(const struct blanks *b, const struct world *w, struct buf *out)
{
	int id, how = b->option[0];
	const struct object *o = find(b, w, &id, out);
	int64_t actual = o ? bytes_in(o) : -1;
	enum truth t = o ? judge(b, actual, how, out) : IS_UNKNOWN;

	if (!out || t == IS_UNKNOWN)
		return t;
	tell_bytes(b, actual, out);
	return but_wanted(b, how, t, out);
}

enum truth
object_has_room(const struct blanks *b, const struct world *w,
		struct buf *out)
{
	int id, how = b->option[0] == COMPARE_IS ? COMPARE_LEAST
						 : b->option[0];
	const struct object *o = find(b, w, &id, out);
	int64_t actual = o ? world_room(w, id) : -1;
	enum truth t = o ? judge(b, actual, how, out) : IS_UNKNOWN;

	if (!out || t == IS_UNKNOWN)
		return t;
	buf_addf(out, ngettext("%s has room for %lld byte",
			       "%s has room for %lld bytes", actual),
		 b->object, (long long)actual);
	return but_wanted(b, how, t, out);
}

enum truth
object_has_capacity(const struct blanks *b, const struct world *w,
		    struct buf *out)
{
	int id, how = COMPARE_IS;
	const struct object *o = find(b, w, &id, out);
	int64_t actual = o ? o->capacity : -1;
	enum truth t = o ? judge(b, actual, how, out) : IS_UNKNOWN;

	if (!out || t == IS_UNKNOWN)
		return t;
	buf_addf(out, _("%s has capacity %lld"), b->object, (long long)actual);
	return but_wanted(b, how, t, out);
}

enum truth
object_has_size(const struct blanks *b, const struct world *w,
		struct buf *out)
{
	int id, how = b->option[0];
	const struct object *o = find(b, w, &id, out);
	int64_t actual = o ? bytes_in(o) : -1;
	enum truth t = o ? judge(b, actual, how, out) : IS_UNKNOWN;

	if (!out || t == IS_UNKNOWN)
		return t;
	buf_addf(out, _("%s has size %lld"), b->object, (long long)actual);
	return but_wanted(b, how, t, out);
}

enum truth
object_has_ends(const struct blanks *b, const struct world *w,
		struct buf *out)
{
	bool write = b->word[0] == 0;
	int id, how = b->option[0];
	const struct object *o = find(b, w, &id, out);
	int n = o ? world_ends(w, id, write ? MODE_WRITE : MODE_READ) : 0;
	enum truth t = o ? judge(b, n, how, out) : IS_UNKNOWN;

	if (!out || t == IS_UNKNOWN)
		return t;
	buf_addf(out, write ? ngettext("%s has %d write end open",
				       "%s has %d write ends open", n) :
		 ngettext("%s has %d read end open",
			  "%s has %d read ends open", n), b->object, n);
	return but_wanted(b, how, t, out);
}

enum truth
object_has_no_ends(const struct blanks *b, const struct world *w,
		   struct buf *out)
{
	struct blanks none = *b;

	none.option[0] = COMPARE_IS;
	none.number = 0;
	return object_has_ends(&none, w, out);
}

enum truth
object_contains(const struct blanks *b, const struct world *w,
		struct buf *out)
{
	char content[CONTENT_MAX_LEN];
	int id, n;
	const struct object *o = find(b, w, &id, out);
	bool whole, found;

	if (!o)
		return IS_UNKNOWN;
	n = world_content(w, id, content, sizeof(content), NULL);
	whole = bytes_in(o) >= 0 && n >= bytes_in(o);
	if (b->option[0] == 0)
		found = n == b->text_len && memcmp(content, b->text, n) == 0;
	else
		found = memmem(content, n, b->text, b->text_len) != NULL;
	if (out)
		buf_addf(out, whole ? _("%s contains \"%.*s\"") :
			 _("%s begins with \"%.*s\""), b->object, n, content);
	/* What is beyond the known beginning may be it. */
	if (found && (b->option[0] < 0 || whole))
		return IS_TRUE;
	return whole ? IS_FALSE : IS_UNKNOWN;
}

enum truth
object_written_by(const struct blanks *b, const struct world *w,
		  struct buf *out)
{
	int id, who = world_actor(w, b->who);
	const struct object *o = find(b, w, &id, out);
	bool is;

	if (!o)
		return IS_UNKNOWN;
	if (out && o->last_writer < 0)
		buf_addf(out, _("nobody has written to %s"), b->object);
	else if (out)
		buf_addf(out, _("%s was last written by %s"), b->object,
			 w->actor[o->last_writer].role);
	if (b->quantifier == WHO_NAMED)
		is = who >= 0 && o->last_writer == who;
	else
		is = (o->last_writer >= 0) == (b->quantifier != WHO_NOBODY);
	return is ? IS_TRUE : IS_FALSE;
}

enum truth
object_exists(const struct blanks *b, const struct world *w, struct buf *out)
{
	int id;
	const struct object *o = find(b, w, &id, out);

	if (!o)
		return IS_UNKNOWN;
	if (out)
		buf_addf(out, o->removed ? _("%s was removed") :
			 _("%s is there"), b->object);
	return o->removed ? IS_FALSE : IS_TRUE;
}

enum truth
bytes_passed(const struct blanks *b, const struct world *w, struct buf *out)
{
	bool in = b->word[2] == 0;	/* bytes|byte were|was written|read */
	int id, how = b->option[0];
	const struct object *o = find(b, w, &id, out);
	int64_t n = o && is_pipe(o) ? in ? o->total_in : o->total_out : -1;
	enum truth t = o ? judge(b, n, how, out) : IS_UNKNOWN;

	if (!out || t == IS_UNKNOWN)
		return t;
	buf_addf(out, in ? ngettext("%s has taken in %lld byte",
				    "%s has taken in %lld bytes", n) :
		 ngettext("%s has given out %lld byte",
			  "%s has given out %lld bytes", n), b->object,
		 (long long)n);
	return but_wanted(b, how, t, out);
}

enum truth
byte_is_lost(const struct blanks *b, const struct world *w, struct buf *out)
{
	int looked_at = 0;

	(void)b;
	for (int i = 0; i < w->n_objects; i++) {
		const struct object *o = &w->object[i];

		if (!is_pipe(o) || !o->made || o->probed.bytes < 0 ||
		    o->probed_n < o->changed_n)
			continue;
		looked_at++;
		if (o->probed.bytes >= o->bytes - o->debt)
			continue;
		if (out)
			buf_addf(out, _("%s should hold %lld bytes, and the "
					"kernel has %lld"), o->name,
				 (long long)(o->bytes - o->debt),
				 (long long)o->probed.bytes);
		return IS_TRUE;
	}
	if (out)
		buf_addf(out, ngettext("all bytes of %d pipe are there",
				       "all bytes of %d pipes are there",
				       looked_at), looked_at);
	return IS_FALSE;
}
