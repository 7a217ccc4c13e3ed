/*
 * What a reader may see of a result: a copy without the checks that are
 * hidden from him, all of its text made presentable again, for a result may
 * have been written by others.
 */
#ifndef REPORT_READER_H
#define REPORT_READER_H

#include "report/report.h"

/* No text of a report is longer.  */
enum { READER_TEXT_MAX = 64 << 10 };

/* seen is to be released.  Returns how many checks are left out.  */
size_t reader_sees(struct result *seen, const struct result *r,
		   enum report_view view, const struct report_options *o);

#endif
