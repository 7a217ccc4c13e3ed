/*
 * scanf(3): a string is loaded, and what was converted is stored, one after
 * the other.  Where a conversion is not known none of it is told.
 *
 * A word of a stream may have any length: without a width it is stored where
 * it belongs, and told when it is there.
 */
#include "config.h"

#include "runtime/inside.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { SLOTS = 8, ROOM = 2048 };

void *__real_memcpy(void *to, const void *from, size_t n);
size_t __real_strlen(const char *s);
char *__real_strchr(const char *s, int c);

/* The format is the program's own, handed on.  */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

/* Behind a set: "[^]a-z]".  */
static const char *
behind_set(const char *p)
{
	p += *p == '^';
	p += *p == ']';
	while (*p && *p != ']')
		p++;
	return p + (*p == ']');
}

/* How large a number is that a conversion stores; 0: it stores none.  */
static size_t
number_size(char conversion, int longs, int shorts)
{
	if (__real_strchr("diouxXn", conversion))
		return shorts > 1 ? 1 : shorts ? sizeof(short) :
		       longs ? sizeof(long) : sizeof(int);
	if (__real_strchr("aefgAEFG", conversion))
		return longs ? sizeof(double) : sizeof(float);
	return conversion == 'p' ? sizeof(void *) : 0;
}

/* Where a conversion stores, and where it is kept before it is stored.  */
struct slot {
	void *to;
	char *kept;
	size_t size;		/* 0: a string, with its end */
	int after;		/* stored if so many were converted */
};

struct scan {
	const char *p;		/* of the format */
	size_t longest;		/* string that can come out of it, 0: any */
	va_list ap;
	struct slot slot[SLOTS];
	int n, converted;
	char room[ROOM];
	size_t used;
};

/* False: there is no room.  */
static bool
add(struct scan *s, size_t size, size_t needed, bool counts)
{
	struct slot *slot = &s->slot[s->n];

	if (s->n == SLOTS || needed > ROOM - s->used)
		return false;
	*slot = (struct slot){ .to = va_arg(s->ap, void *), .size = size };
	slot->kept = needed ? s->room + s->used : slot->to;
	s->converted += counts;
	slot->after = s->converted;
	s->used += (needed + 15) & ~(size_t)15;
	if (s->used > ROOM)
		s->used = ROOM;
	s->n++;
	return true;
}

/* One conversion, behind its '%'.  False: not known.  */
static bool
scan_one(struct scan *s)
{
	bool stores = *s->p != '*', big = false;
	size_t width = 0, size;
	int longs = 0, shorts = 0;
	char c;

	s->p += !stores;
	for (; *s->p >= '0' && *s->p <= '9'; s->p++)
		width = width * 10 + *s->p - '0';
	for (; *s->p && __real_strchr("hljztqL", *s->p); s->p++) {
		shorts += *s->p == 'h';
		longs += *s->p != 'h';
		big |= *s->p == 'L';
	}
	c = *s->p;
	if (!c)
		return false;
	s->p++;
	if (c == '[')
		s->p = behind_set(s->p);
	if (!stores || c == '%')
		return true;
	size = big ? sizeof(long double) : number_size(c, longs, shorts);
	if (size || c == 'c') {
		size = size ? size : width ? width : 1;
		return add(s, size, size, c != 'n');
	}
	if (width == 0 || (s->longest && width > s->longest))
		width = s->longest;
	return (c == 's' || c == '[') && !longs &&
	       add(s, 0, width ? width + 1 : 0, true);
}

static bool
scan_all(struct scan *s, const char *format)
{
	for (s->p = format; (s->p = __real_strchr(s->p, '%')); ) {
		s->p++;
		if (!scan_one(s))
			return false;
	}
	return true;
}

/* A string, or a stream.  */
struct source {
	const char *string;
	FILE *stream;
};

/* As C99 has it, where the library knows the difference.  */
int __real_vsscanf(const char *s, const char *format, va_list ap);
int __real_vfscanf(FILE *s, const char *format, va_list ap);
int __real___isoc99_vsscanf(const char *s, const char *format, va_list ap)
	__attribute__((weak));
int __real___isoc99_vfscanf(FILE *s, const char *format, va_list ap)
	__attribute__((weak));

static int
scan_source(const struct source *from, const char *format, va_list ap)
{
	if (from->string)
		return (__real___isoc99_vsscanf ? __real___isoc99_vsscanf
			: __real_vsscanf)(from->string, format, ap);
	return (__real___isoc99_vfscanf ? __real___isoc99_vfscanf
		: __real_vfscanf)(from->stream, format, ap);
}

/* Not sscanf(): that would be the one that is wrapped.  */
static int
scan_to(const struct source *from, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = scan_source(from, format, ap);
	va_end(ap);
	return n;
}

/* All arguments are pointers: more of them than it takes do no harm.  */
static int
scan_kept(struct scan *s, const struct source *from, const char *format)
{
#define KEPT(i) s->slot[i].kept
	return scan_to(from, format, KEPT(0), KEPT(1), KEPT(2), KEPT(3),
		       KEPT(4), KEPT(5), KEPT(6), KEPT(7));
#undef KEPT
}

static int
scan(const struct source *from, const char *format, va_list ap, uintptr_t pc)
{
	struct scan s = { .longest = 0 };
	bool known;
	int n;

	if (!__builtin_expect(rt_on, 0))
		return scan_source(from, format, ap);
	if (from->string) {
		s.longest = __real_strlen(from->string);
		rt_access(RT_LOAD, (uintptr_t)from->string, s.longest + 1, 0,
			  pc);
	}
	va_copy(s.ap, ap);
	known = scan_all(&s, format);
	va_end(s.ap);
	if (!known)
		return scan_source(from, format, ap);
	n = scan_kept(&s, from, format);
	for (int i = 0; i < s.n && s.slot[i].after <= n; i++) {
		const struct slot *slot = &s.slot[i];
		size_t size = slot->size ? slot->size
					 : __real_strlen(slot->kept) + 1;

		rt_access(RT_STORE, (uintptr_t)slot->to, size, 0, pc);
		if (slot->kept != slot->to)
			__real_memcpy(slot->to, slot->kept, size);
	}
	return n;
}

/* What the headers call them: by the C standard that is asked for.
 * SCANS(NAME, (parameters), the source) and the same with a va_list.  */
#define SCANS(name, parameters, ...) \
	RT_EXPORT int __wrap_##name parameters; \
	RT_EXPORT int \
	__wrap_##name parameters \
	{ \
		const struct source from = { __VA_ARGS__ }; \
		va_list ap; \
		int n; \
\
		va_start(ap, format); \
		n = scan(&from, format, ap, RT_HERE); \
		va_end(ap); \
		return n; \
	}
#define VSCANS(name, parameters, ...) \
	RT_EXPORT int __wrap_##name parameters; \
	RT_EXPORT int \
	__wrap_##name parameters \
	{ \
		const struct source from = { __VA_ARGS__ }; \
\
		return scan(&from, format, ap, RT_HERE); \
	}
#define ALL_STANDARDS(how, name, ...) \
	how(name, __VA_ARGS__) \
	how(__isoc99_##name, __VA_ARGS__) \
	how(__isoc23_##name, __VA_ARGS__)

ALL_STANDARDS(SCANS, sscanf, (const char *s, const char *format, ...),
	      .string = s)
ALL_STANDARDS(SCANS, fscanf, (FILE *s, const char *format, ...), .stream = s)
ALL_STANDARDS(SCANS, scanf, (const char *format, ...), .stream = stdin)
ALL_STANDARDS(VSCANS, vsscanf,
	      (const char *s, const char *format, va_list ap), .string = s)
ALL_STANDARDS(VSCANS, vfscanf, (FILE *s, const char *format, va_list ap),
	      .stream = s)
ALL_STANDARDS(VSCANS, vscanf, (const char *format, va_list ap),
	      .stream = stdin)
