/*
 * Functions of <string.h> and the like that read or write memory.  Compiled
 * with -fno-builtin, programs call them where they say so.
 *
 * How long a string is must be known before the access is told; the access
 * itself is made afterwards, so that it finds what is there then.
 *
 * What is copied or set goes word by word, up to eight words; more than that
 * in eight pieces.  Others may come in between, as they may in the C library:
 * who reads a record while it is written finds a part of the old one.
 */
#include "config.h"

#include "runtime/inside.h"

#include <string.h>
#include <strings.h>

enum {
	CHUNK = 4096,
	WORD = 8,
	PIECES = 8,
};

#define LISTENING() __builtin_expect(rt_on, 0)

static void
load(const void *at, size_t size, uintptr_t pc)
{
	rt_access(RT_LOAD, (uintptr_t)at, size, 0, pc);
}

static void
store(const void *at, size_t size, uintptr_t pc)
{
	rt_access(RT_STORE, (uintptr_t)at, size, 0, pc);
}

/* NAME(RESULT, NAME, (parameters), (arguments), what to tell) */
#define BYTES(result, name, parameters, arguments, ...) \
	result __real_##name parameters; \
	RT_EXPORT result __wrap_##name parameters; \
	RT_EXPORT result \
	__wrap_##name parameters \
	{ \
		if (LISTENING()) { \
			uintptr_t pc = RT_HERE; \
			__VA_ARGS__ \
		} \
		return __real_##name arguments; \
	}
#define LOAD(at, size) load(at, size, pc);
#define LENGTH(s) __real_strlen(s)
#define STRING(s) load(s, LENGTH(s) + 1, pc);
#define STRING_N(s, n) load(s, string_n(s, n), pc);

size_t __real_strlen(const char *s);
size_t __real_strnlen(const char *s, size_t n);

/* The string with its end, if that is in the first n bytes.  */
static size_t
string_n(const char *s, size_t n)
{
	size_t len = __real_strnlen(s, n);

	return len < n ? len + 1 : n;
}

/* ---- copying ---- */

void *__real_memcpy(void *to, const void *from, size_t n);
void *__real_memmove(void *to, const void *from, size_t n);

static void
copy_piece(char *to, const char *from, size_t n, uintptr_t pc)
{
	char piece[CHUNK];

	load(from, n, pc);
	__real_memcpy(piece, from, n);
	store(to, n, pc);
	__real_memcpy(to, piece, n);
}

/* How much of n bytes goes at once: all, if that is no more than a word; else
 * whole words, as they lie in memory.  */
static size_t
piece_of(size_t n)
{
	size_t piece = (n / PIECES + WORD - 1) & ~(size_t)(WORD - 1);

	if (n <= WORD)
		return 2 * WORD;	/* wherever it lies */
	return piece < WORD ? WORD : piece > CHUNK ? CHUNK : piece;
}

/* The next bytes from at on, at most left, up to the end of a piece.  */
static size_t
next_piece(uintptr_t at, size_t left, size_t piece)
{
	size_t n = piece - at % WORD;

	return n < left ? n : left;
}

/*
 * A load, then a store; others may move between.  So what was loaded is kept
 * until it is stored; as with memmove(), those pieces go first that would be
 * overwritten.
 */
static void
copy(char *to, const char *from, size_t n, uintptr_t pc)
{
	size_t piece = piece_of(n), part;

	if (to <= from || to >= from + n) {
		for (size_t at = 0; at < n; at += part) {
			part = next_piece((uintptr_t)to + at, n - at, piece);
			copy_piece(to + at, from + at, part, pc);
		}
		return;
	}
	for (size_t left = n; left > 0; ) {
		part = left % piece ? left % piece : piece;
		left -= part;
		copy_piece(to + left, from + left, part, pc);
	}
}

#define COPY(name, after) \
	void *__real_##name(void *to, const void *from, size_t n); \
	RT_EXPORT void *__wrap_##name(void *to, const void *from, size_t n); \
	RT_EXPORT void * \
	__wrap_##name(void *to, const void *from, size_t n) \
	{ \
		if (!LISTENING()) \
			return __real_##name(to, from, n); \
		copy(to, from, n, RT_HERE); \
		return (char *)to + (after); \
	}
COPY(memcpy, 0)
COPY(memmove, 0)
COPY(mempcpy, n)

/* Newer compilers' names, where the program does not say them itself.  */
#define COPY_TSAN(name, real) \
	RT_EXPORT void *name(void *to, const void *from, size_t n); \
	RT_EXPORT void * \
	name(void *to, const void *from, size_t n) \
	{ \
		if (!LISTENING()) \
			return real(to, from, n); \
		copy(to, from, n, RT_HERE); \
		return to; \
	}
COPY_TSAN(__tsan_memcpy, __real_memcpy)
COPY_TSAN(__tsan_memmove, __real_memmove)

RT_EXPORT void __wrap_bcopy(const void *from, void *to, size_t n);
RT_EXPORT void
__wrap_bcopy(const void *from, void *to, size_t n)
{
	if (LISTENING())
		copy(to, from, n, RT_HERE);
	else
		__real_memmove(to, from, n);
}

/* ---- setting ---- */

void *__real_memset(void *at, int c, size_t n);

static void
fill(char *to, int c, size_t n, uintptr_t pc)
{
	size_t piece = piece_of(n), part;

	for (size_t at = 0; at < n; at += part) {
		part = next_piece((uintptr_t)to + at, n - at, piece);
		store(to + at, part, pc);
		__real_memset(to + at, c, part);
	}
}

RT_EXPORT void *__wrap_memset(void *at, int c, size_t n);
RT_EXPORT void *
__wrap_memset(void *at, int c, size_t n)
{
	if (!LISTENING())
		return __real_memset(at, c, n);
	fill(at, c, n, RT_HERE);
	return at;
}

RT_EXPORT void *__tsan_memset(void *at, int c, size_t n);
RT_EXPORT void *
__tsan_memset(void *at, int c, size_t n)
{
	if (!LISTENING())
		return __real_memset(at, c, n);
	fill(at, c, n, RT_HERE);
	return at;
}

#define ZERO(name) \
	RT_EXPORT void __wrap_##name(void *at, size_t n); \
	RT_EXPORT void \
	__wrap_##name(void *at, size_t n) \
	{ \
		if (LISTENING()) \
			fill(at, 0, n, RT_HERE); \
		else \
			__real_memset(at, 0, n); \
		/* Not to be left out as useless.  */ \
		__asm__ volatile("" : : "r"(at) : "memory"); \
	}
ZERO(bzero)
ZERO(explicit_bzero)

/* ---- looking ---- */

BYTES(int, memcmp, (const void *a, const void *b, size_t n), (a, b, n),
      LOAD(a, n) LOAD(b, n))
RT_EXPORT int __wrap_bcmp(const void *a, const void *b, size_t n);
RT_EXPORT int
__wrap_bcmp(const void *a, const void *b, size_t n)
{
	if (LISTENING()) {
		load(a, n, RT_HERE);
		load(b, n, RT_HERE);
	}
	return __real_memcmp(a, b, n);
}

BYTES(void *, memchr, (const void *s, int c, size_t n), (s, c, n), LOAD(s, n))
BYTES(size_t, strlen, (const char *s), (s), STRING(s))
BYTES(size_t, strnlen, (const char *s, size_t n), (s, n), STRING_N(s, n))
BYTES(int, strcmp, (const char *a, const char *b), (a, b),
      STRING(a) STRING(b))
BYTES(int, strncmp, (const char *a, const char *b, size_t n), (a, b, n),
      STRING_N(a, n) STRING_N(b, n))
BYTES(int, strcasecmp, (const char *a, const char *b), (a, b),
      STRING(a) STRING(b))
BYTES(int, strncasecmp, (const char *a, const char *b, size_t n), (a, b, n),
      STRING_N(a, n) STRING_N(b, n))
BYTES(char *, strchr, (const char *s, int c), (s, c), STRING(s))
BYTES(char *, strrchr, (const char *s, int c), (s, c), STRING(s))
BYTES(char *, strstr, (const char *a, const char *b), (a, b),
      STRING(a) STRING(b))
BYTES(char *, strdup, (const char *s), (s), STRING(s))
BYTES(char *, strndup, (const char *s, size_t n), (s, n), STRING_N(s, n))
BYTES(int, atoi, (const char *s), (s), STRING(s))
BYTES(long, atol, (const char *s), (s), STRING(s))
BYTES(long long, atoll, (const char *s), (s), STRING(s))
BYTES(double, atof, (const char *s), (s), STRING(s))
BYTES(long, strtol, (const char *s, char **end, int base), (s, end, base),
      STRING(s))
BYTES(unsigned long, strtoul, (const char *s, char **end, int base),
      (s, end, base), STRING(s))
BYTES(long long, strtoll, (const char *s, char **end, int base),
      (s, end, base), STRING(s))
BYTES(unsigned long long, strtoull, (const char *s, char **end, int base),
      (s, end, base), STRING(s))

/* What <stdlib.h> calls them where C23 is asked for; older libraries do not
 * have these names.  */
#define STRTO23(type, name) \
	type __real___isoc23_##name(const char *s, char **end, int base) \
		__attribute__((weak)); \
	RT_EXPORT type __wrap___isoc23_##name(const char *s, char **end, \
					      int base); \
	RT_EXPORT type \
	__wrap___isoc23_##name(const char *s, char **end, int base) \
	{ \
		if (LISTENING()) \
			load(s, LENGTH(s) + 1, RT_HERE); \
		return __real___isoc23_##name \
		       ? __real___isoc23_##name(s, end, base) \
		       : __real_##name(s, end, base); \
	}
STRTO23(long, strtol)
STRTO23(unsigned long, strtoul)
STRTO23(long long, strtoll)
STRTO23(unsigned long long, strtoull)
BYTES(double, strtod, (const char *s, char **end), (s, end), STRING(s))
BYTES(size_t, strspn, (const char *a, const char *b), (a, b),
      STRING(a) STRING(b))
BYTES(size_t, strcspn, (const char *a, const char *b), (a, b),
      STRING(a) STRING(b))
BYTES(char *, strpbrk, (const char *a, const char *b), (a, b),
      STRING(a) STRING(b))
BYTES(char *, strcasestr, (const char *a, const char *b), (a, b),
      STRING(a) STRING(b))
BYTES(void *, memrchr, (const void *s, int c, size_t n), (s, c, n),
      LOAD(s, n))
BYTES(void *, memmem, (const void *a, size_t n, const void *b, size_t m),
      (a, n, b, m), LOAD(a, n) LOAD(b, m))

/* ---- strings copied: the same as copying, once the length is known ---- */

RT_EXPORT char *__wrap_strcpy(char *to, const char *from);
RT_EXPORT char *
__wrap_strcpy(char *to, const char *from)
{
	if (LISTENING())
		copy(to, from, LENGTH(from) + 1, RT_HERE);
	else
		__real_memcpy(to, from, LENGTH(from) + 1);
	return to;
}

RT_EXPORT char *__wrap_stpcpy(char *to, const char *from);
RT_EXPORT char *
__wrap_stpcpy(char *to, const char *from)
{
	size_t len = LENGTH(from);

	if (LISTENING())
		copy(to, from, len + 1, RT_HERE);
	else
		__real_memcpy(to, from, len + 1);
	return to + len;
}

RT_EXPORT char *__wrap_strncpy(char *to, const char *from, size_t n);
RT_EXPORT char *
__wrap_strncpy(char *to, const char *from, size_t n)
{
	size_t len = __real_strnlen(from, n);

	if (LISTENING()) {
		copy(to, from, len < n ? len + 1 : n, RT_HERE);
		if (len + 1 < n)
			store(to + len + 1, n - len - 1, RT_HERE);
	} else {
		__real_memcpy(to, from, len);
	}
	__real_memset(to + len, 0, n - len);
	return to;
}

static char *
append(char *to, const char *from, size_t n, uintptr_t pc)
{
	char *end = to + LENGTH(to);
	size_t len = __real_strnlen(from, n);

	if (LISTENING()) {
		load(to, end - to + 1, pc);
		copy(end, from, len, pc);
		store(end + len, 1, pc);
	} else {
		__real_memcpy(end, from, len);
	}
	end[len] = '\0';
	return to;
}

RT_EXPORT char *__wrap_strcat(char *to, const char *from);
RT_EXPORT char *
__wrap_strcat(char *to, const char *from)
{
	return append(to, from, LENGTH(from), RT_HERE);
}

RT_EXPORT char *__wrap_strncat(char *to, const char *from, size_t n);
RT_EXPORT char *
__wrap_strncat(char *to, const char *from, size_t n)
{
	return append(to, from, n, RT_HERE);
}

/* ---- taken apart, and sorted ---- */

static void
change(const char *s, uintptr_t pc)
{
	if (LISTENING() && s)
		rt_access(RT_RMW, (uintptr_t)s, LENGTH(s) + 1, 0, pc);
}

char *__real_strtok_r(char *s, const char *ends, char **next);
RT_EXPORT char *__wrap_strtok_r(char *s, const char *ends, char **next);
RT_EXPORT char *
__wrap_strtok_r(char *s, const char *ends, char **next)
{
	change(s ? s : *next, RT_HERE);
	return __real_strtok_r(s, ends, next);
}

RT_EXPORT char *__wrap_strtok(char *s, const char *ends);
RT_EXPORT char *
__wrap_strtok(char *s, const char *ends)
{
	static char *next;

	change(s ? s : next, RT_HERE);
	return __real_strtok_r(s, ends, &next);
}

char *__real_strsep(char **s, const char *ends);
RT_EXPORT char *__wrap_strsep(char **s, const char *ends);
RT_EXPORT char *
__wrap_strsep(char **s, const char *ends)
{
	change(*s, RT_HERE);
	return __real_strsep(s, ends);
}

/* Loaded, sorted where nobody else sees it, and stored.  */
typedef int compares(const void *a, const void *b);
void __real_qsort(void *at, size_t n, size_t each, compares *compare);
RT_EXPORT void __wrap_qsort(void *at, size_t n, size_t each,
			    compares *compare);
RT_EXPORT void
__wrap_qsort(void *at, size_t n, size_t each, compares *compare)
{
	_Alignas(16) char room[CHUNK];
	size_t size = n * each;

	if (!LISTENING() || size > CHUNK) {
		if (LISTENING())
			rt_access(RT_RMW, (uintptr_t)at, size, 0, RT_HERE);
		__real_qsort(at, n, each, compare);
		return;
	}
	load(at, size, RT_HERE);
	__real_memcpy(room, at, size);
	__real_qsort(room, n, each, compare);
	store(at, size, RT_HERE);
	__real_memcpy(at, room, size);
}
