/*
 * The result of one submission: docs/result-format.md has every field.  It is
 * what grading ends in, and all that reports and gradebooks know.
 *
 * A result owns its strings.  Text that came from the submission was made
 * presentable when it was put in (result_text()): UTF-8 without control
 * characters other than newline and tab.  Each report escapes it again for
 * its own format.
 */
#ifndef REPORT_RESULT_H
#define REPORT_RESULT_H

#include "base/buf.h"

/* X(NAME, word) as docs/result-format.md explains them.  */
#define GRADES(X) \
	X(ACCEPT, "accept") X(WRONG, "wrong") \
	X(COMPILE_ERROR, "compile-error") X(CRASH, "crash") \
	X(DEADLOCK, "deadlock") X(LIVELOCK, "livelock") \
	X(STARVATION, "starvation") X(RACE, "race") X(LEAK, "leak") \
	X(BUSY_WAIT, "busy-wait") X(TOO_SERIAL, "too-serial") \
	X(CPU_LIMIT, "cpu-limit") X(WALL_LIMIT, "wall-limit") \
	X(MEMORY_LIMIT, "memory-limit") X(OUTPUT_LIMIT, "output-limit") \
	X(FILE_LIMIT, "file-limit") X(FORBIDDEN, "forbidden") \
	X(REJECT, "reject") X(SKIPPED, "skipped") X(INTERNAL, "internal")

enum grade {
#define GRADE_NAME(name, word) GRADE_##name,
	GRADES(GRADE_NAME)
#undef GRADE_NAME
	GRADES_COUNT
};
const char *grade_word(enum grade g);
enum grade grade_named(const char *word);	/* GRADES_COUNT: none */
/* In a word or two, for people, in their language.  */
const char *grade_title(enum grade g);

struct result_file {
	char *name;
	int64_t size;
	char *digest;		/* "sha256:..." */
};

/* One operation of the failing run.  */
struct result_step {
	char *actor, *what, *object, *source;	/* object and source may be
						   NULL */
	bool changes;		/* another actor went before it */
	bool turning;		/* no run recovered after it */
};

/* Of a deadlock or a time-out.  */
struct result_blocked {
	char *actor, *call, *object, *holder;	/* all but actor may be NULL */
};

struct result_check {
	char *id, *title;
	int64_t points, maximum;
	char *visibility;	/* "visible", ... */
	enum grade verdict;
	/* NULL where there is nothing to be said: */
	char *message, *bug, *says, *hint, *rule;
	int64_t failed_case;	/* from 1; 0: none */
	char *args, *input;	/* of that case */
	int64_t runs;
	bool complete;
	char *claim;		/* sentences, one a line */
	char *schedule, *picture, *passing;
	char *output, *expected;
	struct result_step *step;
	size_t n_steps;
	struct result_blocked *blocked;
	size_t n_blocked;
};

enum { RESULT_ARGS_SHOWN = 160 };	/* cells of args, for people */

struct result_forbidden {
	char *call, *actor, *check;
	char *error, *source;	/* "EPERM"; "work.c:4"; or NULL */
	int64_t times;		/* 100: that many or more */
};

struct result {
	char *tool, *exercise, *title, *assignment;
	char *pack, *pack_digest;
	char *id, *digest;	/* of the submission */
	char *breaker;		/* digest of the schedule that was handed in
				   beside it and tried on it; NULL: none */
	int64_t hints;		/* read by the student, as was handed in */
	struct result_file *file;
	size_t n_files;
	uint64_t seed;
	char *tier;
	char *submitted_at, *graded_at;	/* "2026-11-16T23:59:59Z"; NULL */
	enum grade verdict;
	int64_t score, maximum;
	bool gradable;
	enum grade build;	/* ACCEPT, COMPILE_ERROR, REJECT, INTERNAL */
	char *build_message, *diagnostics;	/* NULL: none */
	struct result_check *check;
	size_t n_checks;
	char *limits;		/* a JSON object; NULL */
	struct result_forbidden *forbidden;
	size_t n_forbidden;
	int64_t compile_ms, check_ms, total_ms;
};

/* An empty one, ACCEPT and gradable.  */
void result_init(struct result *r);
void result_release(struct result *r);
/* Room for one more: what is returned is empty, and valid until the next.  */
struct result_check *result_add_check(struct result *r);
struct result_step *result_add_step(struct result_check *c);
struct result_blocked *result_add_blocked(struct result_check *c);
struct result_file *result_add_file(struct result *r);
struct result_forbidden *result_add_forbidden(struct result *r);

/* Bytes as text that can be shown and stored, the caller's: what is no UTF-8,
 * and control characters but newline and tab, become \xNN; at most max bytes
 * of it, with "..." where it was cut.  */
char *result_text(const char *bytes, size_t n, size_t max);

/* One JSON object, keys in the page's order, two blanks a level, ended by a
 * newline.  times: false leaves graded_at and times out, so that results of
 * two runs can be compared.  */
void result_write(struct buf *out, const struct result *r, bool times);
/* Read one.  0, or -1 with *why: what is missing or wrong, and where; name is
 * the file's, for people.  r is to be released in either case.  Unknown keys
 * are passed over.  */
int result_read(struct result *r, const char *text, size_t n, const char *name,
		char **why);
/* Points are sums, verdict is the first check's that did not pass...: what a
 * result must be in itself.  0, or -1 with *why.  result_read() asks it.  */
int result_is_sound(const struct result *r, char **why);

#endif
