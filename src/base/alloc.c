/* Memory that is there or the program ends.  */
#include "config.h"

#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *
xmalloc(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (!p)
		die("out of memory (%zu bytes wanted)", size);
	return p;
}

void *
xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);

	if (!p)
		die("out of memory (%zu times %zu bytes wanted)", n, size);
	return p;
}

void *
xrealloc(void *p, size_t size)
{
	p = realloc(p, size ? size : 1);
	if (!p)
		die("out of memory (%zu bytes wanted)", size);
	return p;
}

void *
xgrow(void *p, size_t *room, size_t need, size_t size)
{
	size_t want = *room ? *room : 8;

	if (need <= *room)
		return p;
	while (want < need)
		want *= 2;
	if (want > SIZE_MAX / size)
		die("out of memory (%zu times %zu bytes wanted)", want, size);
	*room = want;
	return xrealloc(p, want * size);
}

char *
xstrdup(const char *s)
{
	return xstrndup(s, strlen(s));
}

char *
xstrndup(const char *s, size_t n)
{
	size_t len = strnlen(s, n);
	char *copy = xmalloc(len + 1);

	memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

char *
xvasprintf(const char *fmt, va_list ap)
{
	char *s;

	if (vasprintf(&s, fmt, ap) < 0)
		die("out of memory");
	return s;
}

char *
xasprintf(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = xvasprintf(fmt, ap);
	va_end(ap);
	return s;
}

void
copy_str(char *dst, size_t room, const char *src)
{
	size_t len = strnlen(src, room - 1);

	memcpy(dst, src, len);
	dst[len] = '\0';
}
