/*
 * What of an exercise a student does not get before the time: tests,
 * solutions, and hidden checks with all that belongs to them.  The two tables
 * in secret.c are the only place that says so.
 */
#ifndef AUTHOR_SECRET_H
#define AUTHOR_SECRET_H

#include "exercise/exercise.h"

enum secret_kind {
	SECRET_NOT,		/* as it is */
	SECRET_PARTLY,		/* written anew, without what is secret */
	SECRET_WHOLE,		/* not at all */
};

/* Of a file by its path below the exercise's folder.  */
enum secret_kind secret_of_file(const char *path);

/* Take the secret parts out of an exercise that was loaded.  Each of their
 * texts is told, if anybody wants to know, before it goes.  */
void secret_take_out(struct exercise *e,
		     void (*each)(void *with, const struct yaml_text *text),
		     void *with);

/* The bytes of exercise.yaml, or of exercise.LANG.yaml from an exercise that
 * was loaded in that language: of an exercise without its secrets.  */
void secret_write(const struct exercise *e, struct buf *out);
void secret_write_texts(const struct exercise *e, struct buf *out);

#endif
