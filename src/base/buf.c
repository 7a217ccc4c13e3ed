/* A growing string of bytes.  */
#include "config.h"

#include "base/buf.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
buf_release(struct buf *b)
{
	free(b->data);
	*b = (struct buf)BUF_INIT;
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	if (b->data)
		b->data[0] = '\0';
}

void
buf_need(struct buf *b, size_t more)
{
	if (more < b->room - b->len)
		return;
	b->data = xgrow(b->data, &b->room, b->len + more + 1, 1);
}

void
buf_add(struct buf *b, const void *bytes, size_t n)
{
	buf_need(b, n);
	if (n)		/* of nothing the address may be NULL */
		memcpy(b->data + b->len, bytes, n);
	b->len += n;
	b->data[b->len] = '\0';
}

void
buf_adds(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_addc(struct buf *b, char c)
{
	buf_need(b, 1);
	b->data[b->len++] = c;
	b->data[b->len] = '\0';
}

void
buf_vaddf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	buf_need(b, 64);
	n = vsnprintf(b->data + b->len, b->room - b->len, fmt, ap);
	if (n < 0)
		die("cannot format a text");
	if ((size_t)n >= b->room - b->len) {
		buf_need(b, n);
		vsnprintf(b->data + b->len, b->room - b->len, fmt, again);
	}
	va_end(again);
	b->len += n;
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(b, fmt, ap);
	va_end(ap);
}

void
buf_add_int(struct buf *b, int64_t value)
{
	char digits[24], *p = digits + sizeof(digits);
	uint64_t v = value < 0 ? -(uint64_t)value : (uint64_t)value;

	do
		*--p = '0' + v % 10;
	while (v /= 10);
	if (value < 0)
		*--p = '-';
	buf_add(b, p, digits + sizeof(digits) - p);
}

void
buf_add_line(struct buf *b, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = s[i];

		if (c == '\n')
			buf_adds(b, "\\n");
		else if (c < 0x20 || c == 0x7f)
			buf_addf(b, "\\x%02x", c);
		else
			buf_addc(b, c);
	}
}

void
buf_add_part(struct buf *b, size_t from, const char *part)
{
	const char *between = _("; ");
	const char *list = buf_str(b) + from, *at = list;
	size_t len = strlen(part), gap = strlen(between);

	while (len && (at = strstr(at, part))) {
		bool begins = at == list || ((size_t)(at - list) >= gap &&
			      memcmp(at - gap, between, gap) == 0);

		if (begins && (!at[len] ||
			       strncmp(at + len, between, gap) == 0))
			return;
		at++;
	}
	if (b->len > from)
		buf_adds(b, between);
	buf_adds(b, part);
}

void
buf_drop(struct buf *b, size_t n)
{
	if (n > b->len)
		n = b->len;
	if (!n)
		return;
	memmove(b->data, b->data + n, b->len - n + 1);
	b->len -= n;
}

const char *
buf_str(const struct buf *b)
{
	return b->data ? b->data : "";
}

char *
buf_take(struct buf *b)
{
	char *text = b->data ? b->data : xstrdup("");

	*b = (struct buf)BUF_INIT;
	return text;
}

int
buf_read_file(struct buf *b, const char *path, size_t max, char **why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = 0;

	if (fd < 0)
		return fail(why, "cannot open %s: %s", path, strerror(errno));
	do {
		buf_need(b, 65536);
		n = read(fd, b->data + b->len, b->room - b->len - 1);
		if (n > 0)
			b->len += n;
		b->data[b->len] = '\0';
	} while ((n > 0 && b->len <= max) || (n < 0 && errno == EINTR));
	if (n < 0)
		fail(why, "cannot read %s: %s", path, strerror(errno));
	close(fd);
	if (n >= 0 && b->len > max)
		return fail(why, "%s is larger than %zu bytes", path, max);
	return n < 0 ? -1 : 0;
}
