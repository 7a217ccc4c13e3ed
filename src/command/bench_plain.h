/* The table of features and the adviser as linear text.  */
#ifndef COMMAND_BENCH_PLAIN_H
#define COMMAND_BENCH_PLAIN_H

#include "bench/bench.h"

#include <stdio.h>

/* Print the table; an exit code.  */
int plain_features(void);
/* Ask the five questions; answers are numbers, a line each.  f may be NULL:
 * nothing was measured.  An exit code: 1 when the answers ended early.  */
int plain_advise(const struct figures *f, FILE *answers);

#endif
