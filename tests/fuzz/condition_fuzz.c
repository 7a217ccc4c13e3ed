/* Any text may come as a condition or a rule; what parses is evaluated.  */
#include "tests/fuzz/fuzz.h"

#include "condition/condition.h"

#include <stdlib.h>
#include <string.h>

static struct world *
some_world(void)
{
	static const char *const lines[] = {
		"{\"what\":\"start\",\"actor\":\"A\",\"pid\":1,\"tid\":1}",
		("{\"what\":\"call\",\"actor\":\"A\",\"call\":\"pipe2\","
		"\"result\":0,\"object\":\"pipe 1\",\"opens\":[{\"fd\":3,"
		"\"object\":\"pipe 1\",\"mode\":\"read\"},{\"fd\":4,"
		"\"object\":\"pipe 1\",\"mode\":\"write\"}]}"),
		("{\"what\":\"block\",\"actor\":\"A\",\"call\":\"read\","
		"\"object\":\"pipe 1\",\"end\":\"read\",\"fd\":3}"),
	};
	static struct event e;
	struct world *w = world_new(NULL);

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		if (event_parse(lines[i], strlen(lines[i]), &e, NULL) == 0)
			world_apply(w, &e);
	return w;
}

static void
try_condition(const char *text, const struct world *w)
{
	char *why = NULL;
	struct condition *c = condition_parse(text, &why);
	struct buf out = BUF_INIT;

	if (c) {
		condition_eval(c, w);
		condition_explain(c, w, &out);
	} else if (!why) {
		abort();	/* an error without a sentence */
	}
	condition_free(c);
	buf_release(&out);
	free(why);
}

static void
try_rule(const char *text, const struct world *w)
{
	char *why = NULL;
	struct rule r;

	if (rule_parse(&r, text, &why) == 0) {
		rule_feed(&r, w);
		rule_end(&r, w);
		if (!r.decided)
			abort();
		rule_release(&r);
	} else if (!why) {
		abort();
	}
	free(why);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct world *w;
	char *text = xstrndup((const char *)data, size);

	if (!w)
		w = some_world();
	try_condition(text, w);
	try_rule(text, w);
	free(text);
	return 0;
}
