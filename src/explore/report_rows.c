/* The rows of a run as text, for those who draw it otherwise.  */
#include "config.h"

#include "explore/report_inside.h"

/* What stands between fields stands in none of them.  */
static void
add_field(struct buf *out, const char *text)
{
	for (; *text; text++)
		buf_addc(out, (unsigned char)*text < ' ' ? ' ' : *text);
	buf_addc(out, '\t');
}

static void
add_row(const struct report *r, const struct row *row, bool changes,
	bool turning, struct buf *out)
{
	struct buf what = BUF_INIT;

	buf_adds(&what, row->call);
	if (row->result[0])
		buf_addf(&what, " %s", row->result);
	add_field(out, report_role(r, row->actor));
	add_field(out, buf_str(&what));
	add_field(out, row->on);
	add_field(out, row->source);
	buf_addf(out, "%c%c%c\n", changes ? 's' : '-', turning ? 't' : '-',
		 row->fault ? 'f' : '-');
	buf_release(&what);
}

/* Who lives at the end, and what it waits in.  */
static void
add_blocked(const struct report *r, int actor, struct buf *out)
{
	const struct actor *a = &r->world->actor[actor];
	struct buf why = BUF_INIT;

	if (!actor_is_alive(a))
		return;
	world_why(r->world, actor, &why);
	buf_adds(out, "\t");
	add_field(out, report_role(r, actor));
	add_field(out, a->call);
	add_field(out, a->object >= 0 ? r->world->object[a->object].name : "");
	add_field(out, buf_str(&why));
	buf_addc(out, '\n');
	buf_release(&why);
}

void
report_rows(const struct report *r, const struct report_facts *f,
	    struct buf *out)
{
	int before = -1;

	for (size_t i = 0; i < r->n_rows; i++) {
		const struct row *row = &r->row[i];

		add_row(r, row, before >= 0 && row->actor != before,
			row->chosen && f->turning && row->step == f->turning,
			out);
		before = row->actor;
	}
	for (int a = 0; a < r->world->n_actors; a++)
		add_blocked(r, a, out);
}
