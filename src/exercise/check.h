/* What a table of keys cannot see: whether an exercise makes sense.  */
#ifndef EXERCISE_CHECK_H
#define EXERCISE_CHECK_H

#include "exercise/exercise.h"

/* 0, or -1 when problems were added: all of them.  */
int exercise_is_sound(const struct exercise *e, const char *file,
		      struct problems *p);

/* A name of small letters, digits and '-', 32 at most.  */
bool exercise_name_is_sound(const char *name);
/* May a learner hand in a file of this name?  Letters, digits, '.', '_', '-';
 * not at first '.' or '-'; and one of the endings that an exercise can have. */
bool exercise_file_is_sound(const char *name);

/* The words of `allow:`, as bits.  */
#define ALLOWANCES(X) \
	X(RACES, "races") X(LEAKS, "leaks") X(BUSY_WAIT, "busy-wait") \
	X(SLEEP, "sleep")
enum allowance {
#define ALLOW_NAME(name, word) ALLOW_##name,
	ALLOWANCES(ALLOW_NAME)
#undef ALLOW_NAME
	ALLOWANCES_COUNT
};
unsigned exercise_allows(const struct exercise_check *c);
#define ALLOWS(c, what) (exercise_allows(c) >> ALLOW_##what & 1)

/* The exit status that is right: -1 for any.  */
int exercise_status(const struct yaml_text *status);

#endif
