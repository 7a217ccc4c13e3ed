/*
 * Message queues as the kernel shows them: taken over where others use them,
 * too, and compared with what the events add up to.
 */
#include "config.h"

#include "world/queue_inside.h"

#include "base/i18n.h"

#include <string.h>

static bool
same_message(const struct segment *s, const struct state_item *i)
{
	int n = queue_common(s->data_len, i->data_len);

	return (i->number == NO_VALUE || s->type == i->number) &&
	       (i->value == NO_VALUE || s->bytes == i->value) &&
	       (n <= 0 || memcmp(s->data, i->data, (size_t)n) == 0);
}

static bool
agrees(const struct object *o, const struct object_state *s)
{
	const struct segment *m;
	size_t n = queue_messages(o, &m);

	if ((s->messages >= 0 && (int64_t)n != s->messages) ||
	    (s->bytes >= 0 && o->bytes != s->bytes))
		return false;
	for (int i = 0; i < s->n_items && (size_t)i < n; i++)
		if (!same_message(&m[i], &s->item[i]))
			return false;
	return true;
}

static void
add_seen(struct object *o, const struct state_item *i)
{
	struct segment *s = segment_add(o);

	*s = (struct segment){ .writer = -1, .type = -1 };
	if (i->number != NO_VALUE)
		s->type = i->number;
	if (queue_is_length(i->value))
		s->bytes = i->value;
	queue_set_data(s->data, &s->data_len, sizeof(s->data), i->data,
		 i->data_len);
	o->bytes += s->bytes;
}

/* Others put messages in and took some out: it is as the kernel says.  Of
 * those whose coming was seen, the sender stays known.  */
static void
adopt(struct object *o, const struct object_state *s)
{
	size_t old = o->n_segments;
	int64_t seen = 0;

	o->bytes = 0;
	for (int i = 0; i < s->n_items; i++) {
		size_t k = o->head_segment;

		while (k < old && !same_message(&o->segment[k], &s->item[i]))
			k++;
		add_seen(o, &s->item[i]);
		if (k < old) {
			struct segment *new = &o->segment[o->n_segments - 1];

			new->writer = o->segment[k].writer;
			new->n = o->segment[k].n;
		}
	}
	for (seen = s->n_items; seen < s->messages && seen < 4096; seen++) {
		struct segment *m = segment_add(o);

		*m = (struct segment){ .writer = -1, .type = -1 };
		/* All that is not known, the first of these has. */
		if (seen == s->n_items && queue_is_length(s->bytes) &&
		    s->bytes > o->bytes) {
			m->bytes = s->bytes - o->bytes;
			o->bytes = s->bytes;
		}
	}
	/* Without any there may be no list at all.  */
	if (o->n_segments > old)
		memmove(o->segment + o->head_segment, o->segment + old,
			(o->n_segments - old) * sizeof(*o->segment));
	o->n_segments -= old - o->head_segment;
}

void
queue_probed(struct world *w, int id, const struct object_state *s)
{
	struct object *o = &w->object[id];

	(void)w;
	if (s->messages < 0 || !queue_is_foreign(o) || agrees(o, s))
		return;
	adopt(o, s);
}

static bool
check_items(const struct object *o, const struct object_state *s,
	    struct buf *out)
{
	const struct segment *m;
	size_t n = queue_messages(o, &m);

	for (int i = 0; i < s->n_items && (size_t)i < n; i++)
		if (!same_message(&m[i], &s->item[i])) {
			buf_addf(out, _("%s: message %d: the events say type "
					"%lld, %lld bytes, the kernel says "
					"type %lld, %lld bytes"), o->name,
				 i + 1, (long long)m[i].type,
				 (long long)m[i].bytes,
				 (long long)s->item[i].number,
				 (long long)s->item[i].value);
			return false;
		}
	return true;
}

bool
queue_check(const struct world *w, int id, const struct object_state *s,
	    struct buf *out)
{
	const struct object *o = &w->object[id];
	const char *how;
	int64_t n = (int64_t)(o->n_segments - o->head_segment);

	if (queue_is_foreign(o))
		return true;
	if (queue_known(o))
		n -= queue_known(o)->n_debts;
	if (s->messages >= 0 && n != s->messages)
		return check_number(out, o, _("messages"), n, s->messages);
	if (s->bytes >= 0 && o->bytes != s->bytes)
		return check_number(out, o, _("bytes"), o->bytes, s->bytes);
	if (o->kind == KIND_MQUEUE &&
	    (queue_notified(w, id, &how) >= 0) != (s->status[0] != '\0'))
		return check_number(out, o, _("who is to be notified"),
				    queue_notified(w, id, &how) >= 0,
				    s->status[0] != '\0');
	return check_items(o, s, out);
}
