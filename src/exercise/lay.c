/* See lay.h.  */
#include "config.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/save.h"
#include "base/words.h"
#include "exercise/build.h"
#include "exercise/lay.h"
#include "sandbox/sandbox.h"

#include <poll.h>
#include <stdlib.h>

static int
copy_program(const struct built *b, const char *name, const char *folder,
	     char **why)
{
	char *from = xasprintf("%s/%s", b->folder, name);
	char *to = xasprintf("%s/%s", folder, name);
	int ret = copy_file(from, to, why);

	free(to);
	free(from);
	return ret;
}

static int
copy_all(const struct exercise *e, const struct built *b, const char *folder,
	 char **why)
{
	const struct exercise_program *all = e->build.programs.at;
	int ret = 0;

	if (b->verdict != GRADE_ACCEPT)
		return fail(why, "%s", b->message ? b->message : "?");
	for (size_t i = 0; i < e->build.programs.n && ret == 0; i++)
		ret = copy_program(b, all[i].name.text, folder, why);
	return ret;
}

int
lay_programs(const struct exercise *e, const char *folder, char **why)
{
	struct build *b = build_start(e, NULL, sandbox_is_used(), why);
	int ret;

	if (!b)
		return -1;
	while (!build_result(b)) {
		struct pollfd fd = { .fd = build_fd(b), .events = POLLIN };

		poll(&fd, 1, -1);
		build_advance(b);
	}
	ret = copy_all(e, build_result(b), folder, why);
	build_end(b);
	return ret;
}

char **
lay_argv(const struct exercise *e)
{
	const struct exercise_goal *g = &e->goal;
	char **argv = xcalloc(g->args.n + 2, sizeof(*argv));

	argv[0] = xasprintf("./%s", g->program.text);
	for (size_t i = 0; i < g->args.n; i++)
		argv[i + 1] = xstrdup(g->args.text[i].text);
	return argv;
}

char *
lay_command(const struct exercise *e)
{
	char **argv = lay_argv(e);
	struct buf out = BUF_INIT;

	buf_adds(&out, "ipclab watch --schedule schedule ");
	if (e->goal.cast.text)
		buf_addf(&out, "--cast %s ", e->goal.cast.text);
	buf_adds(&out, "-- ");
	words_join(&out, argv);
	words_free(argv);
	return buf_take(&out);
}
