/*
 * Base: what every file needs and the C library does not give.
 *
 * Memory: the x-functions never return NULL; they end the program through
 * die() when memory is exhausted.  What they return is freed with free().
 *
 * Errors come in three kinds.  A broken invariant is an assert().  What
 * cannot be survived is die().  What is expected (a missing file, a wrong
 * word in a lesson) is a return value of -1 and a sentence for the user in
 * *why, made by fail().
 */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

/* die.c: give up.  Runs the hooks first (the terminal is put back before a
 * word is printed), then prints "ipclab: MESSAGE" and exits with 70.  */
void die(const char *fmt, ...) PRINTF_LIKE(1, 2) __attribute__((noreturn));
void die_hook(void (*hook)(void));

/* fail() stores the sentence in *why (freed by the caller; an earlier one is
 * freed here; why may be NULL) and returns -1.  The sentence says what
 * happened, to what, and what to do; it ends without a full stop.  */
int fail(char **why, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* alloc.c */
void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t size);
/* Grow array p (of *room elements) so that it holds at least need.  */
void *xgrow(void *p, size_t *room, size_t need, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);
char *xasprintf(const char *fmt, ...) PRINTF_LIKE(1, 2);
char *xvasprintf(const char *fmt, va_list ap) PRINTF_LIKE(1, 0);

/* Copy a string into a fixed array, cut to fit, always terminated.  */
void copy_str(char *dst, size_t room, const char *src);
#define COPY_STR(array, src) copy_str((array), sizeof(array), (src))

#endif
