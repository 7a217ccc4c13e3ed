/*
 * What is in a pipe: segments, in the order in which they will be read.
 * Small writes of one actor that are known whole are one segment: a pipe
 * keeps no boundaries (pipe(7)).
 */
#include "config.h"

#include "base/i18n.h"
#include "world/inside.h"
#include "world/queue.h"

#include <string.h>

bool
object_is_pipe(const struct object *o)
{
	return o->kind == KIND_PIPE || o->kind == KIND_FIFO;
}

void
pipe_emptied(struct object *o)
{
	o->bytes = 0;
	o->n_segments = o->head_segment = 0;
}

/* Continue the last segment if it is the same writer's and all of both is
 * known and fits.  */
static bool
joins_last(struct object *o, int writer, int64_t bytes, const char *data,
	   int data_len)
{
	struct segment *last;

	if (o->n_segments == o->head_segment)
		return false;
	last = &o->segment[o->n_segments - 1];
	if (last->writer != writer || last->data_len != last->bytes ||
	    data_len != bytes ||
	    last->data_len + data_len > (int)sizeof(last->data))
		return false;
	memcpy(last->data + last->data_len, data, data_len);
	last->data_len += data_len;
	last->bytes += bytes;
	return true;
}

struct segment *
segment_add(struct object *o)
{
	/* The place of segments that are read is used again. */
	if (o->head_segment > 64 && o->head_segment > o->n_segments / 2) {
		o->n_segments -= o->head_segment;
		memmove(o->segment, o->segment + o->head_segment,
			o->n_segments * sizeof(*o->segment));
		o->head_segment = 0;
	}
	o->segment = xgrow(o->segment, &o->room_segments, o->n_segments + 1,
			   sizeof(*o->segment));
	return &o->segment[o->n_segments++];
}

void
pipe_in(struct world *w, int object, int writer, int64_t bytes,
	const char *data, int data_len)
{
	struct object *o = &w->object[object];
	struct segment *s;
	int64_t paid = bytes < o->debt ? bytes : o->debt;

	if (__builtin_add_overflow(o->total_in, bytes, &o->total_in))
		o->total_in = INT64_MAX;
	if (writer >= 0) {
		o->last_writer = writer;
		o->last_write_n = w->n;
	}
	o->changed_n = w->n;
	/* These were read already: their read was told first. */
	o->debt -= paid;
	bytes -= paid;
	data += paid < data_len ? paid : data_len;
	data_len -= paid < data_len ? paid : data_len;
	if (bytes <= 0 || bytes > INT64_MAX - o->bytes)
		return;
	o->bytes += bytes;
	if (joins_last(o, writer, bytes, data, data_len))
		return;
	s = segment_add(o);
	s->writer = writer;
	s->n = w->n;
	s->type = -1;
	s->rights = 0;
	s->bytes = bytes;
	s->data_len = data_len < (int)sizeof(s->data) ? data_len
						      : (int)sizeof(s->data);
	memcpy(s->data, data, s->data_len);
}

void
pipe_out(struct world *w, int object, int reader, int64_t bytes)
{
	struct object *o = &w->object[object];

	if (__builtin_add_overflow(o->total_out, bytes, &o->total_out))
		o->total_out = INT64_MAX;
	if (reader >= 0)
		o->last_reader = reader;
	o->changed_n = w->n;
	while (bytes > 0 && o->head_segment < o->n_segments) {
		struct segment *s = &o->segment[o->head_segment];
		int64_t taken = bytes < s->bytes ? bytes : s->bytes;
		int known = taken < s->data_len ? (int)taken : s->data_len;

		if (reader >= 0)
			world_link(w, s->n);
		memmove(s->data, s->data + known, s->data_len - known);
		s->data_len -= known;
		s->bytes -= taken;
		o->bytes -= taken;
		bytes -= taken;
		if (s->bytes == 0)
			o->head_segment++;
	}
	if (o->head_segment == o->n_segments)
		pipe_emptied(o);
	if (bytes > INT64_MAX - o->debt)
		bytes = INT64_MAX - o->debt;
	o->debt += bytes;
}

int
pipe_peek(const struct object *o, char *out, int room)
{
	int n = 0;

	for (size_t i = o->head_segment; i < o->n_segments && n < room; i++) {
		const struct segment *s = &o->segment[i];
		int take = s->data_len < room - n ? s->data_len : room - n;

		memcpy(out + n, s->data, take);
		n += take;
		if (s->data_len < s->bytes)
			break;	/* what follows is not known */
	}
	return n;
}

int64_t
world_room(const struct world *w, int object)
{
	const struct object *o;
	int64_t room;

	if (object < 0 || object >= w->n_objects)
		return -1;
	o = &w->object[object];
	if (object_is_queue(o))
		return queue_room(o);
	if (!object_is_pipe(o) || o->capacity < 0)
		return -1;
	room = o->capacity - o->bytes;
	return room > 0 ? room : 0;
}

/* ---- and what the kernel says ---- */

/* Who sleeps in a write to this object, -1: nobody.  */
static int
sleeping_writer(const struct world *w, int id)
{
	for (int a = 0; a < w->n_actors; a++) {
		const struct actor *actor = &w->actor[a];

		if ((actor->state == ACTOR_BLOCKED ||
		     actor->state == ACTOR_SLEEPING) &&
		    actor->object == id && actor->end == MODE_WRITE)
			return a;
	}
	return -1;
}

/* A pipe may hold more than finished calls put there: a large write sleeps
 * when a part of it is in.  Of a pipe that the subject was given, others read
 * and write as well.  Anything else is a difference, for world_check().  */
void
pipe_probed(struct world *w, int id, const struct object_state *s)
{
	struct object *o = &w->object[id];
	int64_t more = s->bytes - (o->bytes - o->debt);
	int writer = sleeping_writer(w, id);
	int64_t in = o->total_in, out = o->total_out;
	bool first = o->bytes == 0;

	if (s->bytes < 0 || more == 0)
		return;
	if (more > 0 && writer >= 0) {
		if (more < INT64_MAX - w->actor[writer].ahead)
			w->actor[writer].ahead += more;
		pipe_in(w, id, writer, more, s->content,
			first && s->content_len > 0 ? s->content_len : 0);
	} else if (!o->made && o->kind == KIND_PIPE) {
		if (more > 0)
			pipe_in(w, id, -1, more, s->content,
				first && s->content_len > 0 ? s->content_len
							    : 0);
		else
			pipe_out(w, id, -1, -more);
		o->total_in = in;
		o->total_out = out;
	}
}

static bool
check_content(const struct object *o, const struct object_state *s,
	      struct buf *out)
{
	char derived[CONTENT_MAX_LEN];
	int n = pipe_peek(o, derived, sizeof(derived));

	if (n > s->content_len)
		n = s->content_len;
	if (n <= 0 || memcmp(derived, s->content, n) == 0)
		return true;
	buf_addf(out, _("%s: the first bytes: the events say \"%.*s\", the "
			"kernel says \"%.*s\""), o->name, n, derived, n,
		 s->content);
	return false;
}

bool
pipe_check(const struct world *w, int id, const struct object_state *s,
	   struct buf *out)
{
	const struct object *o = &w->object[id];
	int n;

	if (s->bytes >= 0 && o->bytes - o->debt != s->bytes)
		return check_number(out, o, _("bytes"), o->bytes - o->debt,
				    s->bytes);
	n = world_ends(w, id, MODE_READ);
	if (s->read_ends >= 0 && n != s->read_ends)
		return check_number(out, o, _("read ends"), n, s->read_ends);
	n = world_ends(w, id, MODE_WRITE);
	if (s->write_ends >= 0 && n != s->write_ends)
		return check_number(out, o, _("write ends"), n, s->write_ends);
	return s->content_len < 0 || check_content(o, s, out);
}
