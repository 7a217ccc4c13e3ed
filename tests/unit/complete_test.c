/* Completion: how a line of the prompts could go on.  */
#include "tests/unit/unit.h"

#include "view/stage_inside.h"

static struct world *world;

static void
collect(void *arg, const char *line)
{
	struct buf *b = arg;
	char *marked = xasprintf("[%s]", line);

	/* As the prompt does: each once.  */
	if (!strstr(buf_str(b), marked))
		buf_adds(b, marked);
	free(marked);
}

static void
make_world(void)
{
	static const char *const lines[] = {
		"{\"n\":1,\"actor\":\"A\",\"pid\":2,\"tid\":2,"
		"\"what\":\"start\"}",
		"{\"n\":2,\"actor\":\"A\",\"what\":\"object\","
		"\"object\":\"pipe 1\",\"kind\":\"pipe\"}",
		"{\"n\":3,\"actor\":\"A\",\"what\":\"object\","
		"\"object\":\"file 1\",\"kind\":\"file\","
		"\"path\":\"/etc/passwd\"}",
	};
	struct header h = { .version = EVENT_VERSION };
	static struct event e;

	COPY_STR(h.cast, "A=writer");
	world = world_new(&h);
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		ck_assert_int_eq(event_parse(lines[i], strlen(lines[i]), &e,
					     NULL), 0);
		world_apply(world, &e);
	}
}

typedef void complete_fn(const struct world *, const char *, offer_fn *,
			 void *);

/* These, and after them perhaps others.  */
static void
offers_first(complete_fn *complete, const char *before, const char *want)
{
	struct buf b = BUF_INIT;

	if (!world)
		make_world();
	complete(world, before, collect, &b);
	ck_assert_msg(strncmp(buf_str(&b), want, strlen(want)) == 0,
		      "after \"%s\": %s", before, buf_str(&b));
	buf_release(&b);
}

/* These and no others.  */
static void
offers(complete_fn *complete, const char *before, const char *want)
{
	struct buf b = BUF_INIT;

	if (!world)
		make_world();
	complete(world, before, collect, &b);
	ck_assert_msg(strcmp(buf_str(&b), want) == 0, "after \"%s\": %s",
		      before, buf_str(&b));
	buf_release(&b);
}

START_TEST(a_condition_goes_on_with_names_and_words)
{
	offers(complete_condition, "pi", "[pipe ]");
	offers_first(complete_condition, "pipe ", "[pipe 1 ]");
	offers(complete_condition, "pipe 1 is f", "[pipe 1 is full]");
	offers_first(complete_condition, "pipe 1 is ",
		     "[pipe 1 is full][pipe 1 is empty]");
	offers(complete_condition, "writer is bl",
	       "[writer is blocked][writer is blocked ]");
	offers(complete_condition, "writer was k",
	       "[writer was killed][writer was killed ]");
	offers(complete_condition, "nonsense", "");
}
END_TEST

START_TEST(system_files_are_not_offered)
{
	offers(complete_condition, "file", "");
}
END_TEST

START_TEST(a_command_goes_on_with_its_words)
{
	offers(complete_command, "sa", "[save ]");
	offers(complete_command, "se", "[seek ]");
	offers(complete_command, "signal w", "[signal writer ]");
	offers(complete_command, "signal writer SIGT",
	       "[signal writer SIGTERM]");
	offers(complete_command, "until pipe 1 is e",
	       "[until pipe 1 is empty]");
	offers(complete_command, "until p", "[until pipe ]");
	offers(complete_command, "q", "[quit]");
}
END_TEST

START_TEST(a_signal_goes_on)
{
	offers(complete_signal, "w", "[writer ]");
	offers(complete_signal, "writer SIGU",
	       "[writer SIGUSR1][writer SIGUSR2]");
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("complete");

	unit_add(s, a_condition_goes_on_with_names_and_words);
	unit_add(s, system_files_are_not_offered);
	unit_add(s, a_command_goes_on_with_its_words);
	unit_add(s, a_signal_goes_on);
	return unit_run(s);
}
