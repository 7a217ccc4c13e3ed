/*
 * Printing: strings that are printed are loaded, and a string that is printed
 * into is stored.  The arguments are known by the format (printf(3)); at a
 * conversion that is not known here the look ends.
 */
#include "config.h"

#include "runtime/inside.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#define LISTENING() __builtin_expect(rt_on, 0)

size_t __real_strlen(const char *s);
size_t __real_strnlen(const char *s, size_t n);
char *__real_strchr(const char *s, int c);

static void
load_string(const char *s, int limit, uintptr_t pc)
{
	size_t room = limit < 0 ? SIZE_MAX : (size_t)limit, len;

	if (!s)
		return;
	len = limit < 0 ? __real_strlen(s) : __real_strnlen(s, room);
	rt_access(RT_LOAD, (uintptr_t)s, len < room ? len + 1 : room, 0, pc);
}

/* A width or a precision: digits, or an argument.  */
static const char *
number(const char *p, va_list *ap, int *n)
{
	*n = 0;
	if (*p == '*') {
		*n = va_arg(*ap, int);
		return p + 1;
	}
	for (; *p >= '0' && *p <= '9'; p++)
		*n = *n * 10 + *p - '0';
	return p;
}

/* Take the argument of a conversion; false: not known.  */
static bool
take(char conversion, int longs, bool big, int precision, va_list *ap,
     uintptr_t pc)
{
	switch (conversion) {
	case 'd': case 'i': case 'u': case 'x': case 'X': case 'o':
		if (longs)
			(void)va_arg(*ap, long);
		else
			(void)va_arg(*ap, int);
		return true;
	case 'c':
		(void)va_arg(*ap, int);
		return true;
	case 'p': case 'n':
		(void)va_arg(*ap, void *);
		return true;
	case 'f': case 'F': case 'e': case 'E': case 'g': case 'G':
	case 'a': case 'A':
		if (big)
			(void)va_arg(*ap, long double);
		else
			(void)va_arg(*ap, double);
		return true;
	case 's':
		if (longs)	/* wide characters */
			(void)va_arg(*ap, wchar_t *);
		else
			load_string(va_arg(*ap, char *), precision, pc);
		return true;
	case 'm': case '%':
		return true;
	default:
		return false;
	}
}

static void
load_arguments(const char *format, va_list *ap, uintptr_t pc)
{
	for (const char *p = format; *p; p++) {
		int width, precision = -1, longs = 0;
		bool big = false;

		if (*p != '%')
			continue;
		for (p++; *p && __real_strchr("-+ #0'I", *p); p++)
			;
		p = number(p, ap, &width);
		if (*p == '.')
			p = number(p + 1, ap, &precision);
		for (; *p && __real_strchr("hlqjztL", *p); p++) {
			longs += *p != 'h' && *p != 'L';
			big |= *p == 'L';
		}
		if (!take(*p, longs, big, precision, ap, pc))
			return;
	}
}

static void
look(const char *format, va_list ap, uintptr_t pc)
{
	va_list copy;

	load_string(format, -1, pc);
	va_copy(copy, ap);
	load_arguments(format, &copy, pc);
	va_end(copy);
}

int __real_vsnprintf(char *to, size_t room, const char *format, va_list ap);

/* How much will be stored is found by printing to nowhere first.  */
static int
print_to(char *to, size_t room, const char *format, va_list ap, uintptr_t pc)
{
	va_list copy;
	int n;

	if (LISTENING()) {
		look(format, ap, pc);
		va_copy(copy, ap);
		n = __real_vsnprintf(NULL, 0, format, copy);
		va_end(copy);
		if (n >= 0 && room > 0)
			rt_access(RT_STORE, (uintptr_t)to,
				  (size_t)n < room ? (size_t)n + 1 : room, 0,
				  pc);
	}
	return __real_vsnprintf(to, room, format, ap);
}

RT_EXPORT int __wrap_vsnprintf(char *to, size_t room, const char *format,
			       va_list ap);
RT_EXPORT int
__wrap_vsnprintf(char *to, size_t room, const char *format, va_list ap)
{
	return print_to(to, room, format, ap, RT_HERE);
}

RT_EXPORT int __wrap_vsprintf(char *to, const char *format, va_list ap);
RT_EXPORT int
__wrap_vsprintf(char *to, const char *format, va_list ap)
{
	return print_to(to, INT_MAX, format, ap, RT_HERE);
}

#define PRINTS_LIST(name, parameters, arguments) \
	int __real_##name parameters; \
	RT_EXPORT int __wrap_##name parameters; \
	RT_EXPORT int \
	__wrap_##name parameters \
	{ \
		if (LISTENING()) \
			look(format, ap, RT_HERE); \
		return __real_##name arguments; \
	}
PRINTS_LIST(vprintf, (const char *format, va_list ap), (format, ap))
PRINTS_LIST(vfprintf, (FILE *to, const char *format, va_list ap),
	    (to, format, ap))
PRINTS_LIST(vdprintf, (int fd, const char *format, va_list ap),
	    (fd, format, ap))

/* NAME(first parameters, ...): what it does with ap.  */
#define PRINTS(name, parameters, format, call) \
	RT_EXPORT int __wrap_##name parameters; \
	RT_EXPORT int \
	__wrap_##name parameters \
	{ \
		uintptr_t pc = RT_HERE; \
		va_list ap; \
		int n; \
\
		va_start(ap, format); \
		if (LISTENING()) \
			look(format, ap, pc); \
		n = call; \
		va_end(ap); \
		return n; \
	}
/* The format is the program's own, handed on.  */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

PRINTS(printf, (const char *format, ...), format,
       __real_vfprintf(stdout, format, ap))
PRINTS(fprintf, (FILE *to, const char *format, ...), format,
       __real_vfprintf(to, format, ap))
PRINTS(dprintf, (int fd, const char *format, ...), format,
       __real_vdprintf(fd, format, ap))

#define PRINTS_TO(name, parameters, room) \
	RT_EXPORT int __wrap_##name parameters; \
	RT_EXPORT int \
	__wrap_##name parameters \
	{ \
		uintptr_t pc = RT_HERE; \
		va_list ap; \
		int n; \
\
		va_start(ap, format); \
		n = print_to(to, room, format, ap, pc); \
		va_end(ap); \
		return n; \
	}
PRINTS_TO(sprintf, (char *to, const char *format, ...), INT_MAX)
PRINTS_TO(snprintf, (char *to, size_t room, const char *format, ...), room)

int __real_puts(const char *s);
RT_EXPORT int __wrap_puts(const char *s);
RT_EXPORT int
__wrap_puts(const char *s)
{
	if (LISTENING())
		load_string(s, -1, RT_HERE);
	return __real_puts(s);
}

int __real_fputs(const char *s, FILE *to);
RT_EXPORT int __wrap_fputs(const char *s, FILE *to);
RT_EXPORT int
__wrap_fputs(const char *s, FILE *to)
{
	if (LISTENING())
		load_string(s, -1, RT_HERE);
	return __real_fputs(s, to);
}
