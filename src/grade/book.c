/* See book.h.  */
#include "config.h"

#include "base/i18n.h"
#include "base/sha.h"
#include "base/sql.h"
#include "grade/book.h"

#include <stdlib.h>
#include <string.h>

/* Thousands of the version are for what an older ipclab cannot read.  */
enum { BOOK_VERSION = 1001, EPOCH = 1000, BUSY_MS = 5000,
       APPLICATION = 0x69706367 /* "ipcg" */ };

struct book {
	sqlite3 *db;
	char *path;
	bool open;		/* a transaction */
};

static const char schema[] =
	"BEGIN IMMEDIATE;"
	"CREATE TABLE IF NOT EXISTS attempt ("
	" id INTEGER PRIMARY KEY,"
	" assignment TEXT NOT NULL, exercise TEXT NOT NULL,"
	" student TEXT NOT NULL, digest TEXT NOT NULL,"
	" submitted_at TEXT NOT NULL,"
	" UNIQUE (assignment, exercise, student, digest, submitted_at));"
	"CREATE TABLE IF NOT EXISTS grading ("
	" id INTEGER PRIMARY KEY,"
	" attempt INTEGER NOT NULL REFERENCES attempt (id),"
	" content TEXT NOT NULL,"	/* digest of all but the times */
	" graded_at TEXT NOT NULL,"
	" title TEXT NOT NULL, verdict TEXT NOT NULL, bug TEXT NOT NULL,"
	" gradable INTEGER NOT NULL,"
	" score INTEGER NOT NULL, maximum INTEGER NOT NULL,"
	" result TEXT NOT NULL,"
	" hints INTEGER NOT NULL DEFAULT 0,"
	" UNIQUE (attempt, content));"
	"CREATE INDEX IF NOT EXISTS grading_of ON grading (attempt);"
	"PRAGMA user_version = 1001;"
	"COMMIT;";

/* From version 1000 on.  */
static const char add_hints[] =
	"BEGIN IMMEDIATE;"
	"ALTER TABLE grading ADD COLUMN hints INTEGER NOT NULL DEFAULT 0;"
	"PRAGMA user_version = 1001;"
	"COMMIT;";

static int
complain(const struct book *b, char **why)
{
	return fail(why, "%s: %s", b->path, sqlite3_errmsg(b->db));
}

/* Somebody else's file.  */
static int
no_book(const struct book *b, char **why)
{
	return fail(why, _("%s is no gradebook"), b->path);
}

static int
number_of(struct book *b, const char *sql, int *number)
{
	sqlite3_stmt *st = sql_prepare(b->db, sql, "");
	int rc = st ? sqlite3_step(st) : SQLITE_ERROR;

	if (rc == SQLITE_ROW)
		*number = sqlite3_column_int(st, 0);
	sqlite3_finalize(st);
	return rc == SQLITE_ROW ? 0 : -1;
}

static int
prepare_file(struct book *b, char **why)
{
	int version = 0, application = 0, tables = 0;

	if (number_of(b, "PRAGMA user_version", &version) < 0 ||
	    number_of(b, "PRAGMA application_id", &application) < 0 ||
	    number_of(b, "SELECT count(*) FROM sqlite_master", &tables) < 0)
		return sqlite3_errcode(b->db) == SQLITE_NOTADB ?
		       no_book(b, why) : complain(b, why);
	if (tables && application != APPLICATION)
		return no_book(b, why);
	if (version / EPOCH > BOOK_VERSION / EPOCH)
		return fail(why, _("%s was made by a later version of ipclab"),
			    b->path);
	if (version >= BOOK_VERSION)
		return 0;
	if (sqlite3_exec(b->db, "PRAGMA application_id = 1768973159", NULL,
			 NULL, NULL) != SQLITE_OK ||
	    sqlite3_exec(b->db, version ? add_hints : schema, NULL, NULL,
			 NULL) != SQLITE_OK)
		return complain(b, why);
	return 0;
}

struct book *
book_open(const char *path, bool create, char **why)
{
	int flags = SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);
	struct book *b = xcalloc(1, sizeof(*b));

	b->path = xstrdup(path);
	if (sqlite3_open_v2(path, &b->db, flags, NULL) != SQLITE_OK) {
		complain(b, why);
		book_close(b);
		return NULL;
	}
	sqlite3_busy_timeout(b->db, BUSY_MS);
	if (prepare_file(b, why) < 0) {
		book_close(b);
		return NULL;
	}
	return b;
}

void
book_close(struct book *b)
{
	if (!b)
		return;
	if (b->open)
		sqlite3_exec(b->db, "ROLLBACK", NULL, NULL, NULL);
	sqlite3_close(b->db);
	free(b->path);
	free(b);
}

int
book_begin(struct book *b, char **why)
{
	if (sql_run(b->db, "BEGIN IMMEDIATE", "") != SQLITE_OK)
		return complain(b, why);
	b->open = true;
	return 0;
}

int
book_commit(struct book *b, char **why)
{
	if (sql_run(b->db, "COMMIT", "") != SQLITE_OK)
		return complain(b, why);
	b->open = false;
	return 0;
}

/* ---- adding ---- */
static char *
content_of(const struct result *r)
{
	struct buf text = BUF_INIT;
	struct sha sha;

	result_write(&text, r, false);
	sha_begin(&sha);
	sha_add(&sha, text.data, text.len);
	buf_release(&text);
	return sha_end(&sha);
}

static const char *
or_none(const char *text)
{
	return text ? text : "";
}

static const char *
first_bug(const struct result *r)
{
	for (size_t i = 0; i < r->n_checks; i++)
		if (r->check[i].bug)
			return r->check[i].bug;
	return "";
}

static int64_t
attempt_of(struct book *b, const struct result *r, bool *is_new)
{
	int rc = sql_run(b->db, "INSERT OR IGNORE INTO attempt (assignment, "
			 "exercise, student, digest, submitted_at) "
			 "VALUES (?, ?, ?, ?, ?)", "sssss",
			 or_none(r->assignment), r->exercise, r->id,
			 or_none(r->digest), or_none(r->submitted_at));
	sqlite3_stmt *st;
	int64_t id = -1;

	*is_new = rc == SQLITE_OK && sqlite3_changes(b->db) > 0;
	st = rc != SQLITE_OK ? NULL : sql_prepare(b->db,
		"SELECT id FROM attempt WHERE assignment = ? AND exercise = ? "
		"AND student = ? AND digest = ? AND submitted_at = ?", "sssss",
		or_none(r->assignment), r->exercise, r->id,
		or_none(r->digest), or_none(r->submitted_at));
	if (st && sqlite3_step(st) == SQLITE_ROW)
		id = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return id;
}

/* The same grading made again later counts again.  */
static int
add_grading(struct book *b, int64_t attempt, const struct result *r,
	    const char *json, bool *is_new)
{
	char *content = content_of(r);
	int rc = sql_run(b->db, "INSERT OR IGNORE INTO grading (attempt, "
			 "content, graded_at, title, verdict, bug, gradable, "
			 "score, maximum, result, hints) VALUES "
			 "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "lsssssillsl",
			 attempt, content, or_none(r->graded_at), r->title,
			 grade_word(r->verdict), first_bug(r),
			 (int)r->gradable, r->score, r->maximum, json,
			 r->hints);

	*is_new = rc == SQLITE_OK && sqlite3_changes(b->db) > 0;
	if (rc == SQLITE_OK && !*is_new)
		rc = sql_run(b->db, "UPDATE grading SET graded_at = ?3 WHERE "
			     "attempt = ?1 AND content = ?2 AND "
			     "graded_at < ?3", "lss", attempt, content,
			     or_none(r->graded_at));
	free(content);
	return rc == SQLITE_OK ? 0 : -1;
}

int
book_add(struct book *b, const char *json, size_t n, const char *name,
	 enum book_added *added, char **why)
{
	bool attempt_new, grading_new = false;
	int64_t attempt;
	struct result r;
	int ret = result_read(&r, json, n, name, why);

	if (ret == 0) {
		attempt = attempt_of(b, &r, &attempt_new);
		if (attempt < 0 ||
		    add_grading(b, attempt, &r, json, &grading_new) < 0)
			ret = complain(b, why);
		*added = attempt_new ? BOOK_ATTEMPT :
			 grading_new ? BOOK_REGRADED : BOOK_SAME;
	}
	result_release(&r);
	return ret;
}

/* ---- reading ---- */
enum column {
	COL_ATTEMPT, COL_ASSIGNMENT, COL_EXERCISE, COL_STUDENT, COL_DIGEST,
	COL_TIME, COL_TITLE, COL_VERDICT, COL_BUG, COL_GRADABLE, COL_SCORE,
	COL_MAXIMUM, COL_HINTS,
};

static const char rows[] =
	"SELECT a.id, a.assignment, a.exercise, a.student, a.digest,"
	" a.submitted_at, g.title, g.verdict, g.bug, g.gradable, g.score,"
	" g.maximum, g.hints FROM attempt a JOIN grading g ON g.attempt = a.id "
	"ORDER BY a.assignment, a.exercise, a.student, a.submitted_at, a.id,"
	" g.graded_at, g.id";

static void
fill_row(struct book_row *row, sqlite3_stmt *st)
{
	*row = (struct book_row){
		.student = xstrdup(sql_text(st, COL_STUDENT)),
		.exercise = xstrdup(sql_text(st, COL_EXERCISE)),
		.assignment = xstrdup(sql_text(st, COL_ASSIGNMENT)),
		.digest = xstrdup(sql_text(st, COL_DIGEST)),
		.submitted_at = xstrdup(sql_text(st, COL_TIME)),
		.title = xstrdup(sql_text(st, COL_TITLE)),
		.bug = xstrdup(sql_text(st, COL_BUG)),
		.verdict = grade_named(sql_text(st, COL_VERDICT)),
		.gradable = sqlite3_column_int(st, COL_GRADABLE),
		.score = sqlite3_column_int64(st, COL_SCORE),
		.maximum = sqlite3_column_int64(st, COL_MAXIMUM),
		.hints = sqlite3_column_int64(st, COL_HINTS),
	};
}

static void
release_row(struct book_row *row)
{
	free(row->student);
	free(row->exercise);
	free(row->assignment);
	free(row->digest);
	free(row->submitted_at);
	free(row->title);
	free(row->bug);
}

/* A later grading takes the place of the one before.  */
static void
regrade_row(struct book_row *row, sqlite3_stmt *st)
{
	struct book_row old = *row;

	fill_row(row, st);
	row->before = true;
	row->score_before = old.score;
	row->verdict_before = old.verdict;
	release_row(&old);
}

bool
book_same_work(const struct book_row *a, const struct book_row *b)
{
	return strcmp(a->assignment, b->assignment) == 0 &&
	       strcmp(a->exercise, b->exercise) == 0 &&
	       strcmp(a->student, b->student) == 0;
}

static void
number_attempts(struct book_list *list)
{
	int n = 0;

	for (size_t i = 0; i < list->n; i++) {
		if (i == 0 || !book_same_work(&list->row[i], &list->row[i - 1]))
			n = 0;
		list->row[i].number = list->row[i].gradable ? ++n : 0;
	}
}

int
book_read(struct book *b, struct book_list *list, char **why)
{
	sqlite3_stmt *st = sql_prepare(b->db, rows, "");
	int64_t last = -1;
	size_t room = 0;
	int rc = SQLITE_ERROR;

	*list = (struct book_list){ .n = 0 };
	while (st && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		if (sqlite3_column_int64(st, COL_ATTEMPT) == last) {
			regrade_row(&list->row[list->n - 1], st);
			continue;
		}
		last = sqlite3_column_int64(st, COL_ATTEMPT);
		if (list->n == room) {
			room = room ? room * 2 : 64;
			list->row = xrealloc(list->row,
					     room * sizeof(*list->row));
		}
		fill_row(&list->row[list->n++], st);
	}
	sqlite3_finalize(st);
	number_attempts(list);
	return rc == SQLITE_DONE ? 0 : complain(b, why);
}

void
book_list_release(struct book_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		release_row(&list->row[i]);
	free(list->row);
	*list = (struct book_list){ .n = 0 };
}

char *
book_result(struct book *b, const struct book_row *row, char **why)
{
	sqlite3_stmt *st = sql_prepare(b->db,
		"SELECT g.result FROM attempt a JOIN grading g "
		"ON g.attempt = a.id WHERE a.assignment = ? AND "
		"a.exercise = ? AND a.student = ? AND a.digest = ? AND "
		"a.submitted_at = ? ORDER BY g.graded_at DESC, g.id DESC "
		"LIMIT 1", "sssss", row->assignment, row->exercise,
		row->student, row->digest, row->submitted_at);
	char *text = NULL;

	if (st && sqlite3_step(st) == SQLITE_ROW)
		text = xstrdup(sql_text(st, 0));
	else
		complain(b, why);
	sqlite3_finalize(st);
	return text;
}
