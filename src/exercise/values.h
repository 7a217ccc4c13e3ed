/*
 * Fresh values: ${word:NAME}, ${number:NAME:LOW:HIGH}, ${text:NAME:BYTES} and
 * ${pick:NAME:a|b|c} in the texts of a check.  They are a function of the
 * seed, the exercise, the check, the case and NAME, and of nothing else: so
 * the same name is the same value wherever it stands, and a program that has
 * the answers built in fails in the next case.
 */
#ifndef EXERCISE_VALUES_H
#define EXERCISE_VALUES_H

#include "base/base.h"

/* What the values of one case are made from.  */
uint64_t values_of(uint64_t seed, const char *exercise, const char *check,
		   int number);
/* The text with its values, the caller's.  It must be sound.  */
char *values_expand(uint64_t values, const char *text);
/* Is each ${...} well made?  0, or -1 with *why.  */
int values_are_sound(const char *text, char **why);

#endif
