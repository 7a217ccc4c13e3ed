/* The machine that is measured.  */
#ifndef BENCH_MACHINE_H
#define BENCH_MACHINE_H

#include "bench/bench.h"

/* Kernel, processors and file system of the machine that we run on.  */
void machine_look(struct figures *f);

#endif
