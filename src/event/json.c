/* Just enough JSON for the lines of events.  */
#include "config.h"

#include "event/json.h"

#include <string.h>

enum { DEPTH_MAX = 32 };

/* ---- writing ---- */

void
json_key(struct buf *out, const char *name)
{
	buf_addc(out, '"');
	buf_adds(out, name);
	buf_adds(out, "\":");
}

static void
escape(struct buf *out, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char code[6] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };

	switch (c) {
	case '"': buf_add(out, "\\\"", 2); break;
	case '\\': buf_add(out, "\\\\", 2); break;
	case '\n': buf_add(out, "\\n", 2); break;
	case '\t': buf_add(out, "\\t", 2); break;
	case '\r': buf_add(out, "\\r", 2); break;
	default: buf_add(out, code, 6);
	}
}

/* Bytes of the well-formed UTF-8 character at s, 0: it is none.  */
static int
character(const unsigned char *s)
{
	int n = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;

	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	for (int i = 1; i < n; i++)
		if (s[i] >> 6 != 2)
			return 0;
	/* Too long a form, a surrogate, beyond the last plane. */
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
	    (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
		return 0;
	return n;
}

static bool
is_plain(unsigned char c)
{
	return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
}

void
json_text(struct buf *out, const char *s)
{
	const char *from = s;
	int n;

	buf_addc(out, '"');
	for (;;) {
		while (is_plain(*s))
			s++;
		n = (unsigned char)*s < 0x80 ? 0
					     : character((const void *)s);
		if (n) {
			s += n;
			continue;
		}
		buf_add(out, from, s - from);
		if (!*s)
			break;
		if ((unsigned char)*s < 0x80)
			escape(out, *s);
		else
			buf_addc(out, '?');
		from = ++s;
	}
	buf_addc(out, '"');
}

void
json_bytes(struct buf *out, const char *s, int n)
{
	int from = 0;

	buf_addc(out, '"');
	for (int i = 0; i < n; i++) {
		if (is_plain(s[i]))
			continue;
		buf_add(out, s + from, i - from);
		escape(out, s[i]);
		from = i + 1;
	}
	buf_add(out, s + from, n - from);
	buf_addc(out, '"');
}

/* ---- reading ---- */

void
json_init(struct json *j, const char *text, size_t len)
{
	*j = (struct json){ .start = text, .p = text, .end = text + len };
}

bool
json_wrong(struct json *j, const char *what)
{
	if (!j->wrong)
		j->wrong = what;
	return false;
}

bool
json_failed(const struct json *j)
{
	return j->wrong != NULL;
}

int
json_why(const struct json *j, char **why)
{
	return fail(why, "column %td: %s", j->p - j->start + 1,
		    j->wrong ? j->wrong : "more text than one object");
}

static void
skip_space(struct json *j)
{
	while (j->p < j->end && (*j->p == ' ' || *j->p == '\t' ||
				 *j->p == '\r' || *j->p == '\n'))
		j->p++;
}

static bool
take(struct json *j, char c)
{
	skip_space(j);
	if (j->p >= j->end || *j->p != c)
		return false;
	j->p++;
	return true;
}

bool
json_at_end(struct json *j)
{
	skip_space(j);
	return j->p == j->end;
}

bool
json_peek_text(struct json *j)
{
	skip_space(j);
	return j->p < j->end && *j->p == '"';
}

bool
json_peek_object(struct json *j)
{
	skip_space(j);
	return j->p < j->end && *j->p == '{';
}

static bool read_key(struct json *j, char *key, size_t room);

bool
json_next_key(struct json *j, bool first, char *key, size_t room)
{
	if (j->wrong)
		return false;
	if (first && !take(j, '{'))
		return json_wrong(j, "an object should begin here");
	if (take(j, '}'))
		return false;
	if (!first && !take(j, ','))
		return json_wrong(j, "',' or '}' should stand here");
	if (!read_key(j, key, room))
		return false;
	return take(j, ':') || json_wrong(j, "':' should stand here");
}

bool
json_next_item(struct json *j, bool first)
{
	if (j->wrong)
		return false;
	if (first && !take(j, '['))
		return json_wrong(j, "a list should begin here");
	if (take(j, ']'))
		return false;
	if (!first && !take(j, ','))
		return json_wrong(j, "',' or ']' should stand here");
	return true;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The code unit after "\u"; -1 when it is not four hexadecimal digits.  */
static int
read_code(struct json *j)
{
	int code = 0;

	if (j->end - j->p < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int d = hex_digit(*j->p++);

		if (d < 0)
			return -1;
		code = code * 16 + d;
	}
	return code;
}

/* One character after a backslash; its code, or -1.  */
static int
read_escape(struct json *j)
{
	static const char letters[] = "\"\\/bfnrt";
	static const char meanings[] = "\"\\/\b\f\n\r\t";
	const char *at;

	if (j->p >= j->end)
		return -1;
	if (*j->p == 'u') {
		j->p++;
		return read_code(j);
	}
	at = memchr(letters, *j->p, sizeof(letters) - 1);
	if (!at)
		return -1;
	j->p++;
	return meanings[at - letters];
}

/* UTF-8 for a code, or the byte itself.  */
static int
encode(char *out, int code, bool bytes)
{
	if (bytes || code < 0x80) {
		out[0] = code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = 0xc0 | code >> 6;
		out[1] = 0x80 | (code & 0x3f);
		return 2;
	}
	if (code < 0x10000) {
		out[0] = 0xe0 | code >> 12;
		out[1] = 0x80 | (code >> 6 & 0x3f);
		out[2] = 0x80 | (code & 0x3f);
		return 3;
	}
	out[0] = 0xf0 | code >> 18;
	out[1] = 0x80 | (code >> 12 & 0x3f);
	out[2] = 0x80 | (code >> 6 & 0x3f);
	out[3] = 0x80 | (code & 0x3f);
	return 4;
}

/* After the backslash in a text: a character beyond the basic plane comes as
 * two escapes (RFC 8259, 7).  -1 when it is not right.  */
static int
read_character(struct json *j)
{
	int code = read_escape(j), low;

	if (code < 0xd800 || code > 0xdfff)
		return code;
	if (code > 0xdbff || j->end - j->p < 2 || j->p[0] != '\\' ||
	    j->p[1] != 'u')
		return -1;
	j->p += 2;
	low = read_code(j);
	if (low < 0xdc00 || low > 0xdfff)
		return -1;
	return 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
}

enum string_kind { TEXT, BYTES, KEY };	/* KEY: cut when too long */

/* The bytes of one unit of a string (a plain byte, an escape) to unit; their
 * number, 0 after an error.  */
static int
read_unit(struct json *j, char unit[4], bool bytes)
{
	unsigned char c = *j->p++;
	int code;

	if (c < ' ') {
		json_wrong(j, "a control character in a text");
		return 0;
	}
	unit[0] = c;
	if (c != '\\')
		return 1;
	code = bytes ? read_escape(j) : read_character(j);
	if (code < 0 || (bytes && code > 0xff)) {
		json_wrong(j, "no such escape");
		return 0;
	}
	if (!bytes && code == 0) {
		json_wrong(j, "a NUL in a text");
		return 0;
	}
	return encode(unit, code, bytes);
}

static bool
read_string(struct json *j, char *out, size_t room, size_t *len,
	    enum string_kind kind)
{
	size_t n = 0;

	if (!take(j, '"'))
		return json_wrong(j, "a text in quotes should stand here");
	while (j->p < j->end && *j->p != '"') {
		char unit[4];
		int size = read_unit(j, unit, kind == BYTES);

		if (!size)
			return false;
		if (n + size < room) {
			for (int i = 0; i < size; i++)
				out[n++] = unit[i];
		} else if (kind != KEY) {
			return json_wrong(j, "a text longer than allowed");
		}
	}
	if (j->p >= j->end)
		return json_wrong(j, "a text that does not end");
	j->p++;
	out[n] = '\0';
	*len = n;
	return true;
}

static bool
read_key(struct json *j, char *key, size_t room)
{
	size_t len;

	return read_string(j, key, room, &len, KEY);
}

bool
json_read_text(struct json *j, char *out, size_t room)
{
	size_t len;

	return read_string(j, out, room, &len, TEXT);
}

bool
json_read_bytes(struct json *j, char *out, int room, int *len)
{
	size_t n;

	if (!read_string(j, out, room + 1, &n, BYTES))
		return false;
	*len = n;
	return true;
}

bool
json_read_int(struct json *j, int64_t *out)
{
	bool negative;
	int64_t value = 0;
	const char *from;

	skip_space(j);
	negative = j->p < j->end && *j->p == '-';
	if (negative)
		j->p++;
	from = j->p;
	while (j->p < j->end && *j->p >= '0' && *j->p <= '9') {
		int digit = *j->p++ - '0';

		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_sub_overflow(value, digit, &value))
			return json_wrong(j, "a number out of range");
	}
	if (j->p == from)
		return json_wrong(j, "a whole number should stand here");
	if (!negative && value == INT64_MIN)
		return json_wrong(j, "a number out of range");
	*out = negative ? value : -value;
	return true;
}

static bool
take_word(struct json *j, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(j->end - j->p) < n || memcmp(j->p, word, n) != 0)
		return false;
	j->p += n;
	return true;
}

bool
json_read_bool(struct json *j, bool *out)
{
	skip_space(j);
	if (take_word(j, "true"))
		*out = true;
	else if (take_word(j, "false"))
		*out = false;
	else
		return json_wrong(j, "true or false should stand here");
	return true;
}

static bool
skip_text(struct json *j)
{
	j->p++;
	while (j->p < j->end && *j->p != '"') {
		if (*j->p == '\\')
			j->p++;
		j->p++;
	}
	if (j->p >= j->end) {
		j->p = j->end;	/* a backslash may have stood last */
		return json_wrong(j, "a text that does not end");
	}
	j->p++;
	return true;
}

static bool
skip_nested(struct json *j)
{
	char open = *j->p, key[256];
	bool ok = true;

	if (++j->depth > DEPTH_MAX)
		return json_wrong(j, "nested too deep");
	if (open == '{') {
		for (bool f = true; ok && json_next_key(j, f, key, sizeof(key));
		     f = false)
			ok = json_skip(j);
	} else {
		for (bool f = true; ok && json_next_item(j, f); f = false)
			ok = json_skip(j);
	}
	j->depth--;
	return ok && !j->wrong;
}

bool
json_skip(struct json *j)
{
	skip_space(j);
	if (j->p >= j->end)
		return json_wrong(j, "a value should stand here");
	if (*j->p == '"')
		return skip_text(j);
	if (*j->p == '{' || *j->p == '[')
		return skip_nested(j);
	if (take_word(j, "true") || take_word(j, "false") ||
	    take_word(j, "null"))
		return true;
	if (*j->p != '-' && (*j->p < '0' || *j->p > '9'))
		return json_wrong(j, "a value should stand here");
	while (j->p < j->end && strchr("+-.eE0123456789", *j->p) && *j->p)
		j->p++;
	return true;
}

bool
json_read_raw(struct json *j, char *out, size_t room)
{
	const char *from;

	skip_space(j);
	from = j->p;
	if (!json_skip(j))
		return false;
	if ((size_t)(j->p - from) >= room)
		return json_wrong(j, "a value longer than allowed");
	for (const char *p = from; p < j->p; p++)
		if ((unsigned char)*p < ' ')
			return json_wrong(j, "a control character");
	memcpy(out, from, j->p - from);
	out[j->p - from] = '\0';
	return true;
}
