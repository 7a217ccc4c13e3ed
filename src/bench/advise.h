/*
 * The adviser: five questions, and the mechanisms in the order in which they
 * fit, each with its reasons.
 *
 * What a mechanism cannot do rules it out.  What is only a drawback (marking
 * where messages end, synchronising by oneself, ...) counts as if it were
 * twice as slow.  Then the measured figures decide: latency, or throughput
 * for a stream; both processes on one processor.  Without figures the fewest
 * drawbacks decide.
 */
#ifndef BENCH_ADVISE_H
#define BENCH_ADVISE_H

#include "bench/features.h"

enum question { ASK_WHERE, ASK_WHAT, ASK_SIZE, ASK_WHO, ASK_MORE, QUESTIONS };
enum { ANSWERS_MAX = 4, REASONS_MAX = 12, ADVICE_MAX = MECH_MAX };

enum where { WHERE_RELATED, WHERE_SAME, WHERE_ACROSS };
enum what { WHAT_MESSAGES, WHAT_STREAM, WHAT_STATE, WHAT_SIGN };
enum howlarge { SIZE_NUMBER, SIZE_PAGE, SIZE_64K, SIZE_MORE };
enum who { WHO_PAIR, WHO_WRITERS, WHO_SHARE, WHO_ALL };
enum more { MORE_NOTHING, MORE_POLL, MORE_SURVIVES, MORE_BOTH };

struct ask_def {
	const char *text;			/* N_() */
	const char *answer[ANSWERS_MAX + 1];	/* N_(), ended by NULL */
};
extern const struct ask_def questions[QUESTIONS];
int question_answers(enum question q);	/* how many there are */

enum reason_kind { REASON_FOR, REASON_DRAWBACK, REASON_AGAINST };

struct reason {
	enum reason_kind kind;
	const char *text;	/* N_() */
};

struct advice {
	const struct feature_row *row;
	int n_against, n_drawbacks, n;
	struct reason reason[REASONS_MAX];
	double value[PLACE_MAX];	/* measured; 0: not */
	double score;			/* the smaller the better */
};

struct advices {
	int answer[QUESTIONS];
	enum figure figure;	/* what decided */
	int size;		/* of bench_sizes */
	bool measured;		/* by figures of this machine */
	int n_fit;		/* the first so many are ruled out by nothing */
	struct advice advice[ADVICE_MAX];
};

/* f may be NULL: nothing was measured.  */
void advise(struct advices *out, const int answer[QUESTIONS],
	    const struct figures *f);

/* As text: the best ones with their reasons, the others in a line each.  */
void advice_write(struct buf *out, const struct advices *a);
/* "8.1 us on one processor, 40 us on two (4K bytes)"; "": not measured.  */
void advice_figures_write(struct buf *out, const struct advices *all,
			  const struct advice *a);
/* One reason with its sign: "+ ...", "- ...", "x ...".  */
void reason_write(struct buf *out, const struct reason *r);

#endif
