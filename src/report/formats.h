/* The formats, one in a file of its own.  */
#ifndef REPORT_FORMATS_H
#define REPORT_FORMATS_H

#include "report/report.h"

extern const struct report_format report_autolab;
extern const struct report_format report_canvas;
extern const struct report_format report_classroom50;
extern const struct report_format report_csv;
extern const struct report_format report_github;
extern const struct report_format report_github_summary;
extern const struct report_format report_gradescope;
extern const struct report_format report_html;
extern const struct report_format report_junit;
extern const struct report_format report_moodle;
extern const struct report_format report_prairielearn;
extern const struct report_format report_tap;
extern const struct report_format report_text;

#endif
