/* What the events add up to, against what the kernel says.  */
#include "config.h"

#include "base/i18n.h"
#include "world/inside.h"

#include <string.h>

static bool
differ(struct buf *out, const struct object *o, const char *what,
       int64_t derived, int64_t kernel)
{
	buf_addf(out, _("%s: %s: the events say %lld, the kernel says %lld"),
		 o->name, what, (long long)derived, (long long)kernel);
	return false;
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
world_check(const struct world *w, const struct event *e, struct buf *out)
{
	const struct object_state *s = &e->state;
	const struct object *o;
	int id, n;

	if (!s->known || !e->object[0])
		return true;
	id = world_object(w, e->object);
	if (id < 0)
		return true;
	o = &w->object[id];
	/* What the subject was given, others use as well. */
	if (!o->made)
		return true;
	if (o->kind == KIND_FILE && s->size >= 0 && o->size >= 0 &&
	    o->size != s->size)
		return differ(out, o, _("size"), o->size, s->size);
	if (!object_is_pipe(o))
		return true;
	if (s->bytes >= 0 && o->bytes - o->debt != s->bytes)
		return differ(out, o, _("bytes"), o->bytes - o->debt,
			      s->bytes);
	n = world_ends(w, id, MODE_READ);
	if (s->read_ends >= 0 && n != s->read_ends)
		return differ(out, o, _("read ends"), n, s->read_ends);
	n = world_ends(w, id, MODE_WRITE);
	if (s->write_ends >= 0 && n != s->write_ends)
		return differ(out, o, _("write ends"), n, s->write_ends);
	return s->content_len < 0 || check_content(o, s, out);
}
