/* What a lesson shows of ipclab bench.  */
#include "config.h"

#include "lesson/figures.h"

#include "base/i18n.h"
#include "bench/features.h"
#include "bench/record.h"
#include "bench/text.h"

#include <stdlib.h>
#include <string.h>

enum { FEATURE_COLUMNS = 3 };

static void
features(struct buf *out, enum figure figure)
{
	(void)figure;
	features_markdown(out, FEATURE_COLUMNS, 0);
}

static void
measured(struct buf *out, enum figure figure)
{
	struct figures *f = xcalloc(1, sizeof(*f));
	char *why = NULL;

	if (record_last(f, &why) < 0) {
		buf_addf(out, _("Nothing has been measured here yet. `ipclab "
				"bench` does it in less than a minute; then the "
				"figures of this machine stand here.\n"));
		free(why);
	} else {
		buf_adds(out, "```\n");
		table_write(out, f, figure, PLACE_ONE, false);
		machine_write(out, f);
		buf_adds(out, "```\n");
		figures_release(f);
	}
	free(f);
}

static const struct {
	const char *name;
	void (*write)(struct buf *out, enum figure figure);
	enum figure figure;
} all[] = {
	{ "features", features, FIGURE_LATENCY },
	{ "latency", measured, FIGURE_LATENCY },
	{ "throughput", measured, FIGURE_THROUGHPUT },
};

bool
figures_known(const char *what)
{
	for (size_t i = 0; i < ARRAY_SIZE(all); i++)
		if (strcmp(all[i].name, what) == 0)
			return true;
	return false;
}

void
figures_markdown(struct buf *out, const char *what)
{
	for (size_t i = 0; i < ARRAY_SIZE(all); i++)
		if (strcmp(all[i].name, what) == 0)
			all[i].write(out, all[i].figure);
}
