/* Any bytes as a result: refused with a reason, or the same when it is written
 * and read again, and a report in every format; and any bytes as text of a
 * submission.  */
#include "config.h"

#include "base/cells.h"
#include "report/report.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

/* UTF-8 without control characters but tab and line ends.  */
static void
look_at(const struct buf *text)
{
	int32_t code;

	if (strlen(buf_str(text)) != text->len)
		abort();
	for (const char *s = buf_str(text); *s; ) {
		size_t n = cells_decode(s, &code);

		if (code < 0 || code == 0x7f ||
		    (code < ' ' && code != '\n' && code != '\r' &&
		     code != '\t'))
			abort();
		s += n;
	}
}

/* What a format cannot say it refuses, with a reason and nothing written.  */
static void
report(const struct result *r, const struct report_options *o, size_t n)
{
	const struct result twice[2] = { *r, *r };

	for (size_t i = 0; report_formats[i]; i++) {
		struct buf out = BUF_INIT;
		char *why = NULL;

		if (report_write(report_formats[i], &out, twice, n, o, &why) < 0 &&
		    (!why || out.len))
			abort();
		look_at(&out);
		buf_release(&out);
		free(why);
	}
}

static const char context[] = "{\"classroom\":\"c\",\"assignment\":\"a\","
	"\"assignment_type\":\"group\",\"owner\":\"o\",\"submission\":"
	"\"submit/1\",\"commit\":\"c\",\"release\":\"r\",\"review\":\"v\","
	"\"datetime\":\"2026-11-16T23:59:59Z\"}";
static const char worksheet[] = "Identifier,Email address,Grade,"
	"Last modified (grade),Feedback comments\n"
	"Participant 1,ann@x,\"\",-,\"a \"\" b\"\n";

static void
report_all(const struct result *r)
{
	const struct report_options o = { .context = context,
		.assignment = "A (1)", .worksheet = worksheet };
	const struct report_options all = { .instructor = true,
		.context = context, .assignment = "A (1)" };

	report(r, &o, 1);
	report(r, &all, 1);
	report(r, &all, 2);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf once = BUF_INIT, twice = BUF_INIT;
	struct result r, again;
	char *why = NULL, *text;

	text = result_text((const char *)data, size, 4096);
	if (strlen(text) > 4096 + 3)
		abort();
	free(text);
	if (result_read(&r, (const char *)data, size, "f", &why) < 0) {
		if (!why)
			abort();
		free(why);
		result_release(&r);
		return 0;
	}
	result_write(&once, &r, true);
	if (result_read(&again, once.data, once.len, "f", &why) < 0)
		abort();
	result_write(&twice, &again, true);
	if (once.len != twice.len || memcmp(once.data, twice.data, once.len))
		abort();
	report_all(&r);
	result_release(&r);
	result_release(&again);
	buf_release(&once);
	buf_release(&twice);
	return 0;
}
