/*
 * Exhibits: what a lesson shows from the lab's own tables and figures
 * (bench/).  A block without text, for its words say all:
 *
 *	figures features                      the table of features, whole
 *	figures features relation naming      these columns of it
 *	figures latency [two]                 the last figures of this user, as
 *	figures throughput [two]              a table; on two processors
 *	figures chart                         Enter opens the chart
 *	figures adviser                       Enter opens the adviser
 */
#ifndef LESSON_EXHIBIT_H
#define LESSON_EXHIBIT_H

#include "bench/bench.h"
#include "lesson/markdown.h"

enum exhibit_kind {
	EXHIBIT_FEATURES, EXHIBIT_LATENCY, EXHIBIT_THROUGHPUT, EXHIBIT_CHART,
	EXHIBIT_ADVISER, EXHIBIT_KINDS
};

struct exhibit {
	enum exhibit_kind kind;
	unsigned features;	/* bits of enum feature */
	enum placement place;
};

/* What stands after the word "figures".  0, or -1 with *why.  */
int exhibit_read(struct exhibit *e, const char *words, char **why);
/* It as lines.  look.plain: what Enter would open is told as a command.  */
void exhibit_lines(struct styled *out, const struct exhibit *e,
		   const struct look *look);
/* Does it show what was measured: latency, throughput?  */
bool exhibit_is_measured(const struct exhibit *e);
/* Is there something that Enter opens?  */
bool exhibit_opens(const struct exhibit *e);

#endif
