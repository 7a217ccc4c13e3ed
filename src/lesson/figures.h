/*
 * What a lesson shows of ipclab bench: the table of features, and the figures
 * that were measured last on this machine.
 */
#ifndef LESSON_FIGURES_H
#define LESSON_FIGURES_H

#include "base/buf.h"

/* "features", "latency", "throughput"?  */
bool figures_known(const char *what);

/* As Markdown.  Where nothing has been measured yet, a sentence says how to.  */
void figures_markdown(struct buf *out, const char *what);

#endif
