/*
 * The gradebook of a class: an SQLite file with every attempt of every student,
 * and every grading of it.
 *
 * An attempt is what somebody handed in at some time, for an exercise of an
 * assignment: its digest tells it from others.  It may be graded again (with a
 * mended pack, another ipclab); the grading of the latest graded_at counts, and
 * the one before is kept, to be compared.  To import the same results twice
 * changes nothing.
 *
 * Imports are one transaction: killed in the middle, nothing of it is there.
 */
#ifndef GRADE_BOOK_H
#define GRADE_BOOK_H

#include "grade/assignment.h"
#include "report/result.h"

struct book;

/* create: it may be a new file.  NULL with *why: it cannot be opened, is no
 * gradebook, or was made by a later ipclab.  */
struct book *book_open(const char *path, bool create, char **why);
void book_close(struct book *b);

enum book_added {
	BOOK_SAME,		/* it was there */
	BOOK_ATTEMPT,		/* a new attempt */
	BOOK_REGRADED,		/* a new grading of one */
	BOOK_ADDED_COUNT
};

/* Between begin and commit nobody else sees what was added; without commit
 * book_close() takes it back.  0, or -1 with *why.  */
int book_begin(struct book *b, char **why);
int book_commit(struct book *b, char **why);
/* One result, the text of its file (name is for people).  0, or -1 with *why:
 * it is no result, or the file cannot be written.  */
int book_add(struct book *b, const char *json, size_t n, const char *name,
	     enum book_added *added, char **why);

/* A row: one attempt, as it counts now.  Strings are the list's.  */
struct book_row {
	char *student, *exercise, *assignment;	/* assignment: "" for none */
	char *digest, *submitted_at;		/* "" where not known */
	char *title;				/* of the exercise */
	enum grade verdict;
	char *bug;				/* the first that was named; "" */
	bool gradable;
	int64_t score, maximum;
	int64_t hints;		/* that were read, as was handed in */
	int number;		/* of the student's attempts at the exercise,
				   from 1; 0: not gradable */
	bool before;		/* it was graded before, and then: */
	int64_t score_before;
	enum grade verdict_before;
	/* By book_mark(): */
	bool counts;		/* it is the student's mark of the exercise */
	int lost;		/* percent, for being late */
	int64_t mark;		/* hundredths of a point */
};

struct book_list {
	struct book_row *row;	/* by assignment, exercise, student, time */
	size_t n;
};

/* All attempts.  0, or -1 with *why.  To be released in either case.  */
int book_read(struct book *b, struct book_list *list, char **why);
void book_list_release(struct book_list *list);

/* Are both attempts of one student at one exercise?  */
bool book_same_work(const struct book_row *a, const struct book_row *b);

/* Which attempt counts, and for how much: of those allowed the best mark, of
 * these the first.  a NULL: points as they are, any number of attempts; else
 * rows of other assignments and exercises count for nothing.  */
void book_mark(struct book_list *list, const struct assignment *a);

/* The JSON of a row's result as it counts now, the caller's; NULL with *why. */
char *book_result(struct book *b, const struct book_row *row, char **why);

#endif
