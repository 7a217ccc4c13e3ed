/* Progress of a learner, in SQLite.  */
#include "config.h"

#include "lesson/progress.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "base/sql.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SCHEMA_VERSION = 1002, SCHEMA_EPOCH = 1000, BUSY_MS = 2000 };

struct progress {
	sqlite3 *db;
	char *path;
	bool kept;
	char *trouble;		/* not yet told */
	char *told;
};

static const char schema[] =
	"BEGIN IMMEDIATE;"
	"CREATE TABLE IF NOT EXISTS lesson ("
	" name TEXT PRIMARY KEY,"
	" step TEXT NOT NULL,"
	" reached INTEGER NOT NULL,"
	" done INTEGER NOT NULL DEFAULT 0,"
	" opened INTEGER NOT NULL);"	/* the larger, the later */
	"CREATE TABLE IF NOT EXISTS answer ("
	" id INTEGER PRIMARY KEY,"
	" lesson TEXT NOT NULL, step TEXT NOT NULL,"
	" question INTEGER NOT NULL, answer INTEGER NOT NULL,"
	" right INTEGER NOT NULL);"
	"CREATE TABLE IF NOT EXISTS claim ("
	" lesson TEXT NOT NULL, step TEXT NOT NULL, claim INTEGER NOT NULL,"
	" PRIMARY KEY (lesson, step, claim));"
	"CREATE TABLE IF NOT EXISTS experiment ("
	" lesson TEXT NOT NULL, id TEXT NOT NULL,"
	" PRIMARY KEY (lesson, id));"
	"CREATE TABLE IF NOT EXISTS exercise ("
	" name TEXT PRIMARY KEY,"
	" folder TEXT NOT NULL,"
	" tried INTEGER NOT NULL DEFAULT 0,"
	" score INTEGER NOT NULL DEFAULT 0,"
	" maximum INTEGER NOT NULL DEFAULT 0,"
	" passed INTEGER NOT NULL DEFAULT 0,"
	" hints INTEGER NOT NULL DEFAULT 0);"
	"CREATE TABLE IF NOT EXISTS assignment ("
	" path TEXT PRIMARY KEY,"
	" folder TEXT NOT NULL);"
	"PRAGMA user_version = 1002;"
	"COMMIT;";

static void
trouble(struct progress *p, const char *fmt, ...) PRINTF_LIKE(2, 3);

static void
trouble(struct progress *p, const char *fmt, ...)
{
	va_list ap;

	free(p->trouble);
	va_start(ap, fmt);
	p->trouble = xvasprintf(fmt, ap);
	va_end(ap);
}

/* A file that may not grow is to be an error of write(2), not the end of the
 * lab.  Set only while the store works, for an ignored signal would be
 * handed on to the subjects.  */
static void
size_signal(bool ignore, struct sigaction *before)
{
	struct sigaction quiet = { .sa_handler = SIG_IGN };

	if (ignore)
		sigaction(SIGXFSZ, &quiet, before);
	else
		sigaction(SIGXFSZ, before, NULL);
}

static int
run_sql(sqlite3 *db, const char *sql)
{
	struct sigaction before;
	int rc;

	size_signal(true, &before);
	rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
	if (rc != SQLITE_OK && !sqlite3_get_autocommit(db))
		sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	size_signal(false, &before);
	return rc;
}

/* The first row; NULL: none.  The caller finalizes.  */
static sqlite3_stmt *
look_up(sqlite3 *db, const char *sql, const char *types, ...)
{
	struct sigaction before;
	sqlite3_stmt *st;
	va_list ap;

	/* A reader, too, makes the file that readers share.  */
	size_signal(true, &before);
	va_start(ap, types);
	st = sql_vprepare(db, sql, types, ap);
	va_end(ap);
	if (st && sqlite3_step(st) != SQLITE_ROW) {
		sqlite3_finalize(st);
		st = NULL;
	}
	size_signal(false, &before);
	return st;
}

static int
number_of(sqlite3 *db, const char *sql, int otherwise)
{
	sqlite3_stmt *st = look_up(db, sql, "");
	int n = st ? sqlite3_column_int(st, 0) : otherwise;

	sqlite3_finalize(st);
	return n;
}

static bool
is_sound(sqlite3 *db)
{
	sqlite3_stmt *st = look_up(db, "PRAGMA quick_check(1)", "");
	bool sound = st && strcmp((const char *)sqlite3_column_text(st, 0),
				  "ok") == 0;

	sqlite3_finalize(st);
	return sound;
}

/* SQLite's answer for the file as a whole: SQLITE_OK, SQLITE_CORRUPT,
 * SQLITE_MISMATCH (made by a later ipclab), or what hinders.  */
static int
open_file(const char *path, sqlite3 **db)
{
	int rc = sqlite3_open_v2(path, db, SQLITE_OPEN_READWRITE |
				 SQLITE_OPEN_CREATE, NULL);
	int version;

	if (rc != SQLITE_OK)
		return rc;
	sqlite3_busy_timeout(*db, BUSY_MS);
	rc = run_sql(*db, "PRAGMA journal_mode = WAL;"
		     "PRAGMA synchronous = NORMAL;");
	if (rc != SQLITE_OK)
		return rc;
	if (!is_sound(*db)) {
		rc = sqlite3_errcode(*db);
		return rc == SQLITE_BUSY || rc == SQLITE_LOCKED
			? rc : SQLITE_CORRUPT;
	}
	version = number_of(*db, "PRAGMA user_version", -1);
	if (version / SCHEMA_EPOCH > SCHEMA_VERSION / SCHEMA_EPOCH)
		return SQLITE_MISMATCH;
	return version >= SCHEMA_VERSION ? SQLITE_OK : run_sql(*db, schema);
}

static void
close_file(sqlite3 **db)
{
	struct sigaction before;

	size_signal(true, &before);
	sqlite3_close(*db);
	size_signal(false, &before);
	*db = NULL;
}

static void
move_with(const char *path, const char *aside, const char *suffix)
{
	char *from = xasprintf("%s%s", path, suffix);
	char *to = xasprintf("%s%s", aside, suffix);

	rename(from, to);
	free(from);
	free(to);
}

/* A damaged file keeps its content under another name.  */
static void
set_aside(struct progress *p)
{
	char *aside = NULL;

	for (int n = 1; n < 1000; n++) {
		free(aside);
		aside = xasprintf("%s.damaged-%d", p->path, n);
		if (access(aside, F_OK) < 0)
			break;
	}
	if (rename(p->path, aside) == 0) {
		move_with(p->path, aside, "-wal");
		move_with(p->path, aside, "-shm");
		trouble(p, _("the file with your progress was damaged; it is "
			     "now %s, and the lab begins a new one"), aside);
	}
	free(aside);
}

/* Nothing can be kept: go on in memory.  */
static void
go_on_in_memory(struct progress *p)
{
	sqlite3 *memory;

	if (sqlite3_open(":memory:", &memory) != SQLITE_OK)
		die("out of memory");
	if (p->db) {
		/* What could be read so far is still known.  */
		sqlite3_backup *b = sqlite3_backup_init(memory, "main", p->db,
							"main");

		if (b) {
			sqlite3_backup_step(b, -1);
			sqlite3_backup_finish(b);
		}
		close_file(&p->db);
	}
	if (run_sql(memory, schema) != SQLITE_OK)
		die("out of memory");
	p->db = memory;
	p->kept = false;
}

static void
not_kept(struct progress *p, int rc)
{
	if (rc == SQLITE_MISMATCH)
		trouble(p, _("your progress is not kept: %s was written by a "
			     "later version of ipclab"), p->path);
	else
		trouble(p, _("your progress is not kept: %s: %s"), p->path,
			sqlite3_errstr(rc));
	/* A file that could not be read has nothing to take along.  */
	if (rc == SQLITE_MISMATCH)
		close_file(&p->db);
	go_on_in_memory(p);
}

struct progress *
progress_open(const char *path)
{
	struct progress *p = xcalloc(1, sizeof(*p));
	char *slash, *why = NULL;
	int rc;

	p->path = path ? xstrdup(path) : path_state("progress.db");
	slash = strrchr(p->path, '/');
	if (slash) {
		*slash = '\0';
		/* If this fails, opening the file will say so.  */
		path_make_folder(p->path, &why);
		*slash = '/';
		free(why);
	}
	rc = open_file(p->path, &p->db);
	if (rc == SQLITE_NOTADB || rc == SQLITE_CORRUPT) {
		close_file(&p->db);
		set_aside(p);
		rc = open_file(p->path, &p->db);
	}
	p->kept = rc == SQLITE_OK;
	if (!p->kept)
		not_kept(p, rc);
	return p;
}

void
progress_close(struct progress *p)
{
	if (!p)
		return;
	close_file(&p->db);
	free(p->path);
	free(p->trouble);
	free(p->told);
	free(p);
}

const char *
progress_trouble(struct progress *p)
{
	free(p->told);
	p->told = p->trouble;
	p->trouble = NULL;
	return p->told;
}

bool
progress_is_kept(const struct progress *p)
{
	return p->kept;
}

static int
change_once(sqlite3 *db, const char *sql, const char *types, va_list ap)
{
	sqlite3_stmt *st = sql_vprepare(db, sql, types, ap);
	struct sigaction before;
	int rc = SQLITE_ERROR;

	if (st) {
		/* One statement is one transaction.  */
		size_signal(true, &before);
		rc = sqlite3_step(st);
		sqlite3_finalize(st);
		size_signal(false, &before);
	}
	return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static void
change(struct progress *p, const char *sql, const char *types, ...)
{
	va_list ap;
	int rc;

	va_start(ap, types);
	rc = change_once(p->db, sql, types, ap);
	va_end(ap);
	if (rc == SQLITE_OK || !p->kept)
		return;
	not_kept(p, rc);
	va_start(ap, types);
	change_once(p->db, sql, types, ap);
	va_end(ap);
}

void
progress_lesson(struct progress *p, const char *lesson,
		struct progress_lesson *out)
{
	sqlite3_stmt *st = look_up(p->db, "SELECT step, reached, done FROM "
				   "lesson WHERE name = ?", "s", lesson);

	*out = (struct progress_lesson){ .begun = st != NULL };
	if (st) {
		COPY_STR(out->step,
			 (const char *)sqlite3_column_text(st, 0));
		out->reached = sqlite3_column_int(st, 1);
		out->done = sqlite3_column_int(st, 2);
	}
	sqlite3_finalize(st);
}

char *
progress_last(struct progress *p)
{
	sqlite3_stmt *st = look_up(p->db, "SELECT name FROM lesson "
				   "ORDER BY opened DESC LIMIT 1", "");
	char *name = xstrdup(st ? (const char *)sqlite3_column_text(st, 0)
				: "");

	sqlite3_finalize(st);
	return name;
}

void
progress_at(struct progress *p, const char *lesson, const char *step,
	    int number)
{
	change(p, "INSERT INTO lesson (name, step, reached, opened) VALUES "
	       "(?1, ?2, ?3, 1 + (SELECT ifnull(max(opened), 0) FROM lesson))"
	       " ON CONFLICT (name) DO UPDATE SET step = excluded.step,"
	       " reached = max(reached, excluded.reached),"
	       " opened = excluded.opened", "ssi", lesson, step, number);
}

void
progress_done(struct progress *p, const char *lesson)
{
	change(p, "UPDATE lesson SET done = 1 WHERE name = ?", "s", lesson);
}

void
progress_answer(struct progress *p, const char *lesson, const char *step,
		int question, int answer, bool right)
{
	change(p, "INSERT INTO answer (lesson, step, question, answer, right)"
	       " VALUES (?, ?, ?, ?, ?)", "ssiii", lesson, step, question,
	       answer, right);
}

int
progress_answered(struct progress *p, const char *lesson, const char *step,
		  int question)
{
	sqlite3_stmt *st = look_up(p->db, "SELECT answer FROM answer WHERE "
				   "lesson = ? AND step = ? AND question = ? "
				   "ORDER BY id DESC LIMIT 1", "ssi", lesson,
				   step, question);
	int answer = st ? sqlite3_column_int(st, 0) : -1;

	sqlite3_finalize(st);
	return answer;
}

void
progress_claim(struct progress *p, const char *lesson, const char *step,
	       int claim)
{
	change(p, "INSERT OR IGNORE INTO claim VALUES (?, ?, ?)", "ssi",
	       lesson, step, claim);
}

bool
progress_claim_seen(struct progress *p, const char *lesson, const char *step,
		    int claim)
{
	sqlite3_stmt *st = look_up(p->db, "SELECT 1 FROM claim WHERE lesson = "
				   "? AND step = ? AND claim = ?", "ssi",
				   lesson, step, claim);

	sqlite3_finalize(st);
	return st != NULL;
}

void
progress_experiment(struct progress *p, const char *lesson, const char *id)
{
	change(p, "INSERT OR IGNORE INTO experiment VALUES (?, ?)", "ss",
	       lesson, id);
}

bool
progress_experiment_done(struct progress *p, const char *lesson,
			 const char *id)
{
	sqlite3_stmt *st = look_up(p->db, "SELECT 1 FROM experiment WHERE "
				   "lesson = ? AND id = ?", "ss", lesson, id);

	sqlite3_finalize(st);
	return st != NULL;
}

void
progress_exercise(struct progress *p, const char *name,
		  struct progress_exercise *out)
{
	sqlite3_stmt *st = look_up(p->db, "SELECT folder, tried, score, "
				   "maximum, passed, hints FROM exercise "
				   "WHERE name = ?", "s", name);

	*out = (struct progress_exercise){ .begun = false };
	if (st) {
		COPY_STR(out->folder,
			 (const char *)sqlite3_column_text(st, 0));
		out->begun = out->folder[0] != '\0';
		out->tried = sqlite3_column_int(st, 1);
		out->score = sqlite3_column_int(st, 2);
		out->maximum = sqlite3_column_int(st, 3);
		out->passed = sqlite3_column_int(st, 4);
		out->hints = sqlite3_column_int(st, 5);
	}
	sqlite3_finalize(st);
}

void
progress_exercise_begin(struct progress *p, const char *name,
			const char *folder)
{
	change(p, "INSERT INTO exercise (name, folder) VALUES (?1, ?2) "
	       "ON CONFLICT (name) DO UPDATE SET folder = excluded.folder",
	       "ss", name, folder);
}

void
progress_exercise_tried(struct progress *p, const char *name, int score,
			int maximum, bool passed)
{
	change(p, "UPDATE exercise SET tried = tried + 1, score = ?2, "
	       "maximum = ?3, passed = max(passed, ?4) WHERE name = ?1",
	       "siii", name, score, maximum, passed);
}

void
progress_exercise_hints(struct progress *p, const char *name, int hints)
{
	change(p, "INSERT INTO exercise (name, folder, hints) "
	       "VALUES (?1, '', ?2) ON CONFLICT (name) DO UPDATE "
	       "SET hints = max(hints, excluded.hints)", "si", name, hints);
}

void
progress_assignment_open(struct progress *p, const char *path,
			 const char *folder)
{
	change(p, "INSERT INTO assignment (path, folder) VALUES (?1, ?2) "
	       "ON CONFLICT (path) DO UPDATE SET folder = excluded.folder",
	       "ss", path, folder);
}

bool
progress_assignment(struct progress *p, int i,
		    struct progress_assignment *out)
{
	sqlite3_stmt *st = look_up(p->db, "SELECT path, folder FROM assignment "
				   "ORDER BY rowid LIMIT 1 OFFSET ?", "i", i);
	bool there = st != NULL;

	if (there) {
		COPY_STR(out->path, sql_text(st, 0));
		COPY_STR(out->folder, sql_text(st, 1));
	}
	sqlite3_finalize(st);
	return there;
}
