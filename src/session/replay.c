/*
 * Is it the same run?  Events of a re-run against those that are known, what
 * a step did against what the schedule notes, and a digest over all.
 */
#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "event/json.h"
#include "event/names.h"
#include "session/inside.h"

enum { VALUE_SHOWN = 80 };

/* ---- two events ---- */

static void
neutral_bytes(const struct pids *p, char *bytes, int *len, int room)
{
	struct buf out = BUF_INIT;

	if (*len <= 0)
		return;
	pids_neutral(p, bytes, *len, &out);
	*len = out.len < (size_t)room ? (int)out.len : room - 1;
	memcpy(bytes, buf_str(&out), *len);
	bytes[*len] = '\0';
	buf_release(&out);
}

static void
neutral_text(const struct pids *p, char *text, int room)
{
	int len = strlen(text);

	neutral_bytes(p, text, &len, room);
}

/* What programs print about process ids is no difference.  */
void
replay_neutral(const struct pids *p, struct event *e)
{
	neutral_bytes(p, e->data, &e->data_len, DATA_MAX_LEN);
	neutral_bytes(p, e->state.content, &e->state.content_len,
		      CONTENT_MAX_LEN);
	neutral_text(p, e->text, sizeof(e->text));
	neutral_text(p, e->path, sizeof(e->path));
	neutral_text(p, e->args, sizeof(e->args));
}

/* The field of that name as it stands in the event's line.  */
static void
field_value(const struct event *e, const char *field, char *out, size_t room)
{
	struct buf line = BUF_INIT;
	struct json j;
	char key[NAME_MAX_LEN];
	const char *from;

	copy_str(out, room, _("nothing"));
	event_write(&line, e);
	json_init(&j, buf_str(&line), line.len);
	for (bool first = true; json_next_key(&j, first, key, sizeof(key));
	     first = false) {
		from = j.p;
		if (!json_skip(&j))
			break;
		if (strcmp(key, field) != 0)
			continue;
		if ((size_t)(j.p - from) < room)
			room = j.p - from + 1;
		copy_str(out, room, from);
		break;
	}
	buf_release(&line);
}

static void
say_difference(struct session *s, const struct event *known,
	       const struct event *seen, const char *field, char **why)
{
	struct buf was = BUF_INIT, is = BUF_INIT;
	char x[VALUE_SHOWN], y[VALUE_SHOWN];

	event_describe(&was, known, NULL);
	event_describe(&is, seen, NULL);
	field_value(known, field, x, sizeof(x));
	field_value(seen, field, y, sizeof(y));
	fail(why, _("step %d went another way this time: '%s' was expected, "
		    "'%s' was seen (%s: %s before, %s now). The program "
		    "depends on something that the lab does not control"),
	     s->made + 1, buf_str(&was), buf_str(&is), field, x, y);
	buf_release(&was);
	buf_release(&is);
}

bool
replay_same(struct session *s, const struct event *known,
	    const struct event *seen, char **why)
{
	const char *field = "";
	struct event *a, *b;
	bool same;

	if (event_equal(known, seen, &field))
		return true;
	a = xmalloc(sizeof(*a));
	b = xmalloc(sizeof(*b));
	*a = *known;
	*b = *seen;
	replay_neutral(&s->known_pids, a);
	replay_neutral(&s->new_pids, b);
	same = event_equal(a, b, &field);
	if (!same)
		say_difference(s, known, seen, field, why);
	free(a);
	free(b);
	return same;
}

/* ---- what a step did ---- */

static void
call_happened(const struct pids *p, const struct event *e, struct buf *out)
{
	const char *name;

	buf_addf(out, "%s = ", e->call);
	if (e->error) {
		buf_adds(out, errno_name(e->error));
		return;
	}
	if (e->result > 0 && event_returns_id(e->call)) {
		name = pids_name(p, e->result);
		buf_adds(out, name ? name : "id");
		return;
	}
	buf_addf(out, "%" PRId64, e->result);
}

void
replay_happened(const struct pids *p, const struct event *e, char *out,
		size_t room)
{
	struct buf text = BUF_INIT;

	if (e->what == WHAT_CALL && (e->has_result || e->error))
		call_happened(p, e, &text);
	else if (e->what == WHAT_BLOCK)
		buf_addf(&text, "%s waits", e->call);
	else if (e->what == WHAT_EXEC)
		buf_adds(&text, "exec");
	else if (e->what == WHAT_EXIT && e->signal)
		buf_addf(&text, "killed by %s", signal_name(e->signal));
	else if (e->what == WHAT_EXIT)
		buf_addf(&text, "exit %d", e->status);
	else if (e->what == WHAT_SIGNAL)
		buf_addf(&text, "gets %s", signal_name(e->signal));
	else if (e->what == WHAT_STOP)
		buf_addf(&text, "stops by %s", signal_name(e->signal));
	copy_str(out, room, buf_str(&text));
	buf_release(&text);
}

/* ---- the whole ---- */

/* FNV-1a: told apart are accidents, not attacks.  */
static uint64_t
hash(uint64_t h, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)bytes[i]) * 0x100000001b3;
	return h;
}

uint64_t
replay_digest(struct log *log, uint64_t n)
{
	uint64_t h = 0xcbf29ce484222325;
	struct event *e = xmalloc(sizeof(*e));
	struct pids pids = { 0 };
	struct buf line = BUF_INIT;

	for (uint64_t i = 1; i <= n; i++) {
		const struct event *known = log_at(log, i, NULL);

		if (!known)
			continue;
		*e = *known;
		pids_note(&pids, e);
		replay_neutral(&pids, e);
		event_blank(e);
		buf_clear(&line);
		event_write(&line, e);
		h = hash(h, buf_str(&line), line.len);
	}
	buf_release(&line);
	pids_release(&pids);
	free(e);
	return h ? h : 1;	/* 0: not noted */
}
