/* Looking at figures.  */
#include "config.h"

#include "bench/channel.h"

#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

void
figures_release(struct figures *f)
{
	for (int m = 0; m < MECH_MAX; m++)
		free(f->line[m].why);
	memset(f, 0, sizeof(*f));
}

const struct point *
figures_point(const struct figures *f, enum mechanism m, enum figure figure,
	      enum placement place, int size)
{
	const struct point *p = &f->line[m].point[figure][place][size];

	return p->value > 0 ? p : NULL;
}

void
figures_lack(const struct figures *f, enum mechanism m, enum figure figure,
	     int size, struct buf *out)
{
	const struct line *line = &f->line[m];
	const struct mechanism_ops *ops = &mechanism_ops[m];

	if (line->why)
		buf_adds(out, line->why);
	else if (figure == FIGURE_THROUGHPUT && ops->no_stream)
		buf_adds(out, _("it cannot carry a stream of messages"));
	else if (line->largest && bench_sizes[size] > line->largest)
		buf_addf(out, _("nothing larger than %u bytes: %s"),
			 line->largest, ops->def.limit ? _(ops->def.limit)
			 : _("the kernel refuses it"));
	else
		buf_adds(out, _("not measured"));
}
