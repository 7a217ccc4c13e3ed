/* Statements about the messages of a queue.  */
#include "config.h"

#include "base/i18n.h"
#include "condition/inside.h"
#include "world/queue.h"

#include <string.h>

/* The queue, -1 where there is none of that name.  */
static int
find_queue(const struct blanks *b, const struct world *w, struct buf *out)
{
	int id = world_object(w, b->object);

	if (id >= 0 && object_is_queue(&w->object[id]))
		return id;
	if (out)
		buf_addf(out, id < 0 ? _("there is no %s")
				      : _("%s is not a queue"), b->object);
	return -1;
}

/* first|second|third|fourth|fifth|last: the message; NULL: there is none.  */
static const struct segment *
find_message(const struct blanks *b, const struct world *w, struct buf *out)
{
	int id = find_queue(b, w, out), place = b->word[0];
	const struct segment *m;
	size_t n = id < 0 ? 0 : queue_messages(&w->object[id], &m);

	if (place == 5)
		place = (int)n - 1;
	if (place >= 0 && (size_t)place < n)
		return &m[place];
	if (id >= 0 && out)
		buf_addf(out, ngettext("%s holds %lld message",
				       "%s holds %lld messages", n),
			 b->object, (long long)n);
	return NULL;
}

enum truth
message_is(const struct blanks *b, const struct world *w, struct buf *out)
{
	const struct segment *m = find_message(b, w, out);
	int n = m && m->data_len < b->text_len ? m->data_len : b->text_len;

	if (!m)
		return IS_UNKNOWN;
	if (out)
		buf_addf(out, _("the message is \"%.*s\" (%lld bytes)"),
			 m->data_len, m->data, (long long)m->bytes);
	if (m->bytes != b->text_len || memcmp(m->data, b->text, (size_t)n))
		return IS_FALSE;
	/* Of a long one the beginning is known. */
	return n == b->text_len ? IS_TRUE : IS_UNKNOWN;
}

enum truth
message_has_type(const struct blanks *b, const struct world *w,
		 struct buf *out)
{
	const struct segment *m = find_message(b, w, out);

	if (!m)
		return IS_UNKNOWN;
	if (out && b->word[1] == 0)
		buf_addf(out, _("the message has type %lld"),
			 (long long)m->type);
	else if (out)
		buf_addf(out, _("the message has priority %lld"),
			 (long long)m->type);
	if (m->type < 0)
		return IS_UNKNOWN;
	return m->type == b->number ? IS_TRUE : IS_FALSE;
}

enum truth
message_sent_by(const struct blanks *b, const struct world *w,
		struct buf *out)
{
	const struct segment *m = find_message(b, w, out);

	if (!m)
		return IS_UNKNOWN;
	if (out)
		buf_addf(out, _("the message was sent by %s"), m->writer < 0 ?
			 _("somebody outside of this run") :
			 w->actor[m->writer].role);
	if (b->quantifier == WHO_NAMED)
		return m->writer >= 0 && m->writer == world_actor(w, b->who) ?
		       IS_TRUE : IS_FALSE;
	return (m->writer >= 0) == (b->quantifier != WHO_NOBODY) ? IS_TRUE
								  : IS_FALSE;
}

enum truth
queue_notifies(const struct blanks *b, const struct world *w, struct buf *out)
{
	int id = find_queue(b, w, out), who;
	const char *how;

	if (id < 0)
		return IS_UNKNOWN;
	who = queue_notified(w, id, &how);
	if (out && who < 0)
		buf_addf(out, _("%s notifies nobody"), b->object);
	else if (out)
		buf_addf(out, _("%s notifies %s"), b->object,
			 w->actor[who].role);
	if (b->quantifier == WHO_NAMED)
		return who >= 0 && who == world_actor(w, b->who) ? IS_TRUE
								  : IS_FALSE;
	return (who >= 0) == (b->quantifier != WHO_NOBODY) ? IS_TRUE
							    : IS_FALSE;
}
