/* SQLite: a statement and what it is asked with.  */
#ifndef BASE_SQL_H
#define BASE_SQL_H

#include "base/base.h"

#include <sqlite3.h>
#include <stdarg.h>

/* Prepare sql and bind what types says: s a text (NULL is NULL), i an int,
 * l an int64_t.  NULL: SQLite does not understand it, or is out of memory.
 * The caller finalizes.  */
sqlite3_stmt *sql_prepare(sqlite3 *db, const char *sql, const char *types,
			  ...);
sqlite3_stmt *sql_vprepare(sqlite3 *db, const char *sql, const char *types,
			   va_list ap);
/* All its steps, when it answers no rows: SQLite's code, SQLITE_OK if all went
 * well.  */
int sql_run(sqlite3 *db, const char *sql, const char *types, ...);
/* A column's text, "" for NULL; valid until the next step.  */
const char *sql_text(sqlite3_stmt *st, int column);

#endif
