/* See tally.h.  */
#include "config.h"

#include "explore/tally.h"

#include "base/cells.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 4 };	/* bytes of a character in UTF-8 */

/* FNV-1a.  */
static uint64_t
hash_of(const char *bytes, size_t len)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
	return h;
}

static void
add_escaped(struct buf *out, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_addf(out, "\\x%02x", (unsigned char)bytes[i]);
}

/* The next character, or byte that is none; its length.  */
static size_t
add_shown(struct buf *out, const char *s)
{
	int32_t code;
	size_t n = cells_decode(s, &code);

	if (n == 0)
		n = 1;		/* a NUL */
	if (*s == '\n')
		buf_adds(out, "\\n");
	else if (code < 0x20 || (code >= 0x7f && code < 0xa0))
		add_escaped(out, s, n);
	else
		buf_add(out, s, n);
	return n;
}

static void
set_text(struct tally_row *row, const char *output, size_t len)
{
	char head[TALLY_BYTES + LONGEST] = "";
	struct buf text = BUF_INIT;
	size_t i = 0;

	/* The last character is whole; then it may need some bytes more.  */
	memcpy(head, output, len < sizeof(head) - 1 ? len : sizeof(head) - 1);
	while (i < len && i < TALLY_BYTES - LONGEST)
		i += add_shown(&text, head + i);
	if (i < len)
		buf_adds(&text, "...");
	memcpy(row->text, buf_str(&text), text.len + 1);
	buf_release(&text);
}

/* Runs that ended as this row says.  */
static void
add_row(struct tally *t, const struct tally_row *row)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->row[i].status == row->status &&
		    t->row[i].hash == row->hash) {
			t->row[i].runs += row->runs;
			return;
		}
	if (t->n < TALLY_MAX)
		t->row[t->n++] = *row;
	else
		t->others += row->runs;
}

void
tally_add(struct tally *t, int status, const char *output, size_t len)
{
	struct tally_row row = { .runs = 1, .status = status,
				 .hash = hash_of(output, len) };

	set_text(&row, output, len);
	add_row(t, &row);
}

/* ---- as text: a line with the others, then one a row ---- */

void
tally_write(struct buf *out, const struct tally *t)
{
	buf_addf(out, "%llu\n", (unsigned long long)t->others);
	for (size_t i = 0; i < t->n; i++)
		buf_addf(out, "%llu %d %llu %s\n",
			 (unsigned long long)t->row[i].runs, t->row[i].status,
			 (unsigned long long)t->row[i].hash, t->row[i].text);
}

/* A number without a sign, and what has to stand after it.  */
static bool
read_number(const char **p, char after, uint64_t *number)
{
	char *end;

	if (!isdigit((unsigned char)**p))
		return false;
	errno = 0;
	*number = strtoull(*p, &end, 10);
	if (errno || *end != after)
		return false;
	*p = end + 1;
	return true;
}

static bool
read_row(const char **p, struct tally_row *row)
{
	uint64_t status;
	size_t len;

	if (!read_number(p, ' ', &row->runs) ||
	    !read_number(p, ' ', &status) || status > UINT16_MAX ||
	    !read_number(p, ' ', &row->hash))
		return false;
	row->status = (int)status;
	len = strcspn(*p, "\n");
	if (!(*p)[len] || len >= sizeof(row->text))
		return false;
	memcpy(row->text, *p, len);
	row->text[len] = '\0';
	*p += len + 1;
	return true;
}

bool
tally_unite(struct tally *t, const char *text)
{
	struct tally_row row;
	uint64_t others;

	if (!read_number(&text, '\n', &others))
		return false;
	t->others += others;
	while (*text) {
		if (!read_row(&text, &row))
			return false;
		add_row(t, &row);
	}
	return true;
}
