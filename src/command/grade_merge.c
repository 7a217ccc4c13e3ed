/* See grade_merge.h.  */
#include "config.h"

#include "base/i18n.h"
#include "command/grade_merge.h"
#include "grade/merge.h"

#include <stdio.h>

int
grade_merge(const struct args *a)
{
	const char *to = args_value(a, "output");
	struct merge_sums sums;
	char *why = NULL;

	if (a->argc < 2 || !to)
		return command_fail(EXIT_USAGE, xstrdup(_("which results, and "
			"where to? ipclab grade merge DIR... -o DIR")));
	if (merge(a->argv + 1, (size_t)a->argc - 1, to, &sums, &why) < 0)
		return command_fail(EXIT_USAGE, why);
	printf(ngettext("%s: %zu result", "%s: %zu results", sums.results), to,
	       sums.results);
	if (sums.twice)
		printf(_(", %zu of them there more than once"), sums.twice);
	if (sums.faults)
		printf(_(", %zu cannot be counted"), sums.faults);
	putchar('\n');
	return sums.faults ? EXIT_FAULT : EXIT_DONE;
}
