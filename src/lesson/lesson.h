/*
 * A lesson: its head, its steps, and the parts of each step, as read from
 * lesson.md (docs/lesson-format.md).  format.c reads the file, block.c the
 * fenced blocks, check.c finds what a reader of single lines cannot see, and
 * lesson.c puts a translation over the English text.
 *
 * A lesson owns all its strings.  Nothing here runs anything.
 */
#ifndef LESSON_LESSON_H
#define LESSON_LESSON_H

#include "base/problem.h"

/* A text and the line of the file that it stands in.  */
struct item {
	char *text;	/* NULL: not given */
	int line;
	const char *file;	/* borrowed from the lesson: a translation's
				   block may have taken it from the English */
};

struct items {
	size_t n, room;
	struct item *item;
};

struct answer {
	char *text;		/* Markdown */
	char *explanation;	/* of this very answer; Markdown */
	bool right;
	int line;
};

struct question {
	char *text;		/* Markdown */
	size_t n, room;
	struct answer *answer;
};

/* What is run, and where: the part that experiments and claims share.  */
struct setup {
	struct item program;	/* "fill.c 3": a program, its arguments */
	struct item command;	/* or a command, for sh -c */
	struct item cast;	/* "A=writer,A.1=reader" */
	struct item needs;	/* words of need.h */
	struct item hide;	/* objects that the stage leaves out */
	struct items files;	/* "props/state=unknown": laid before a run */
};

/* What each run must be, where many are made: the part that experiments (for
 * x on the stage) and claims share; see search.h.  */
struct right {
	struct item status;	/* the exit status; absent: any */
	struct item allow;	/* "races leaks": no failures then */
	struct item with;	/* "signals faults": choices of their own */
	struct items never, always, finally;	/* rules */
};

struct experiment {
	struct item id;
	struct setup setup;
	struct right right;
	struct item goal;	/* a condition */
	struct item goal_says;	/* shown instead of the condition */
	struct items say;
};

struct claim {
	struct item says;
	struct setup setup;	/* taken from the experiment if it names one */
	struct item experiment;
	struct item schedule;
	struct item until;
	struct items then;
	struct item explore;	/* "finds crash": many runs, not one */
	struct item runs;	/* ... at most */
	struct right right;	/* its rules are those of the one run, too */
	struct item cites;
};

/* Lines of a program, shown where they stand in the text.  */
struct excerpt {
	char *file;
	int first, last;
};

enum part_kind {
	PART_TEXT, PART_QUESTION, PART_EXPERIMENT, PART_CLAIM, PART_EXCERPT,
	PART_EXHIBIT,
	PART_KINDS
};

struct part {
	enum part_kind kind;
	int line;
	union {
		char *text;	/* Markdown */
		struct question *question;
		struct experiment *experiment;
		struct claim *claim;
		struct excerpt *excerpt;
		struct exhibit *exhibit;	/* exhibit.h */
	};
};

enum step_kind {
	STEP_INTRO,	/* what stands before the first heading */
	STEP_READ, STEP_PREDICT, STEP_DO, STEP_BREAK, STEP_MYTH, STEP_REAL,
	STEP_WRONG, STEP_SUMMARY,
	STEP_KINDS
};

struct lesson_step {
	enum step_kind kind;
	char *id;		/* "" for the introduction */
	char *title;
	int line;
	size_t n, room;
	struct part *part;
};

struct lesson {
	char *folder;		/* where its files are */
	char *name;		/* "02-pipes" */
	char *file;		/* the text that was read */
	char *original;		/* the English one, if that is another */
	char *lang;		/* "en", "zh_CN" */
	/* the head */
	struct item title, goal, minutes, programs, compile, opens, needs;
	size_t n, room;
	struct lesson_step *step;
};

/* Read one file; only what can be seen in it alone is checked.  Always gives
 * a lesson, as far as it could be read.  text[len] must be NUL.  */
struct lesson *lesson_parse(const char *folder, const char *file,
			    const char *lang, const char *text, size_t len,
			    struct problems *p);
void lesson_free(struct lesson *l);

/* Load a lesson in a language: the translation over the English text.  NULL
 * where there is none to read.  lang "en": lesson.md.  */
struct lesson *lesson_load(const char *folder, const char *lang,
			   struct problems *p);

/* Compare a translation with the original and take from that what the
 * translation leaves out (keys that are not text).  The items taken borrow
 * the original's file name.  */
void lesson_merge(struct lesson *translation, const struct lesson *original,
		  struct problems *p);

void lesson_merge_head(struct lesson *l, const struct lesson *original);

/* What the file says of itself: right answers, ids, programs that exist,
 * conditions that parse, parts that a kind of step must have.  */
void lesson_check(const struct lesson *l, struct problems *p);

const char *step_kind_name(enum step_kind kind);	/* "predict" */
const char *part_kind_name(enum part_kind kind);	/* "question" */

/* By id; NULL: none.  */
const struct experiment *lesson_experiment(const struct lesson *l,
					   const char *id);
/* Is this word ("fill.c") among the programs of the head?  */
bool lesson_has_program(const struct lesson *l, const char *word, size_t len);

/* Words separated by blanks: the next one from *p; its length, 0: the end. */
size_t word_next(const char **p);

/* block.c: read the body of a fence.  lines of it, from body on, the first
 * of them being number line.  False: not one of the lesson's own words.  */
bool block_read(struct lesson *l, struct part *part, const char *info,
		const char *body, size_t len, int line, struct problems *p);
void part_release(struct part *part);
void block_merge(struct part *part, const struct part *original,
		 const char *file, struct problems *p);
/* Is info ("claim", "source fill.c 1-9") the start of such a block?  */
bool block_is_ours(const char *info);
/* Which of them was probably meant ("clam")?  NULL: none.  */
const char *block_meant(const char *info);

/* question.c */
struct question *question_read(const char *file, const char *body, size_t len,
			       int line, struct problems *p);
void question_free(struct question *q);

void item_release(struct item *it);
void items_add(struct items *list, const char *text, size_t len, int line,
	       const char *file);
void items_release(struct items *list);

#endif
