/* Any bytes as a line between the explorer and a runner, in both directions:
 * refused with a reason, or the same when it is written and read again; and
 * what stands in its texts.  */
#include "config.h"

#include "explore/message.h"
#include "explore/tally.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static void
must_be_equal(struct buf *once, struct buf *twice)
{
	if (once->len != twice->len ||
	    memcmp(once->data, twice->data, once->len) != 0)
		abort();
	buf_release(once);
	buf_release(twice);
}

static void
try_order(const char *line, size_t len)
{
	struct buf once = BUF_INIT, twice = BUF_INIT;
	struct order o, again;
	char *why = NULL;

	if (order_read(&o, line, len, &why) < 0) {
		if (!why)
			abort();
		free(why);
		order_release(&o);
		return;
	}
	order_write(&once, &o);
	if (order_read(&again, once.data, once.len, &why) < 0)
		abort();
	order_write(&twice, &again);
	must_be_equal(&once, &twice);
	order_release(&o);
	order_release(&again);
}

static void
try_setting(const char *line, size_t len)
{
	struct buf once = BUF_INIT, twice = BUF_INIT;
	struct setting s, again;
	char *why = NULL;

	if (setting_read(&s, line, len, &why) < 0) {
		if (!why)
			abort();
		free(why);
		setting_release(&s);
		return;
	}
	setting_write(&once, &s);
	if (setting_read(&again, once.data, once.len, &why) < 0)
		abort();
	setting_write(&twice, &again);
	must_be_equal(&once, &twice);
	setting_release(&s);
	setting_release(&again);
}

static void
try_texts(const struct answer *a)
{
	uint64_t counts[ACTS_COUNT] = { 0 }, again[ACTS_COUNT] = { 0 };
	struct tally tally = { .n = 0 }, same = { .n = 0 };
	struct buf text = BUF_INIT, words = BUF_INIT;

	if (a->points && counts_add(counts, a->points)) {
		counts_write(&text, counts);
		if (!counts_add(again, buf_str(&text)) ||
		    memcmp(counts, again, sizeof(counts)) != 0)
			abort();
	}
	buf_clear(&text);
	if (a->tally && tally_unite(&tally, a->tally)) {
		tally_write(&text, &tally);
		if (!tally_unite(&same, buf_str(&text)))
			abort();
		tally_write(&words, &same);
		if (strcmp(buf_str(&text), buf_str(&words)) != 0)
			abort();
		buf_clear(&words);
	}
	if (a->learned) {
		words_unite(&words, a->learned);
		if (words_unite(&words, a->learned))
			abort();
	}
	buf_release(&text);
	buf_release(&words);
}

static void
try_answer(const char *line, size_t len)
{
	struct buf once = BUF_INIT, twice = BUF_INIT;
	struct answer a, again;
	char *why = NULL;

	if (answer_read(&a, line, len, &why) < 0) {
		if (!why)
			abort();
		free(why);
		answer_release(&a);
		return;
	}
	try_texts(&a);
	answer_write(&once, &a);
	if (answer_read(&again, once.data, once.len, &why) < 0)
		abort();
	answer_write(&twice, &again);
	must_be_equal(&once, &twice);
	answer_release(&a);
	answer_release(&again);
}

/* As the two sides do it: a NUL stands behind the line.  */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *line = xmalloc(size + 1);

	if (size)
		memcpy(line, data, size);
	line[size] = '\0';
	try_order(line, size);
	try_setting(line, size);
	try_answer(line, size);
	free(line);
	return 0;
}
