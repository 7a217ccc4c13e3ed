/*
 * Events in, a world out: each tests/unit/world/NAME.events is folded and
 * dumped at its lines "= TITLE" and at its end, and compared with NAME.world,
 * which GENERATE=1 rewrites.  The fold is also done a second way, through a
 * copy of the world at every event, which must give the same.  A line
 * beginning with '#' is a comment.
 */
#include "config.h"

#include "tests/unit/dump.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

static void
apply(struct world **w, const char *line, size_t len, const char *path,
      struct buf *out)
{
	static struct event e;
	struct world *copy = world_copy(*w);
	struct buf differ = BUF_INIT;
	char *why = NULL;

	world_free(*w);
	*w = copy;
	if (event_parse(line, len, &e, &why) < 0) {
		buf_addf(out, "%s: %s: %.*s\n", path, why, (int)len, line);
		free(why);
		return;
	}
	world_apply(*w, &e);
	if (!world_check(*w, &e, &differ))
		buf_addf(out, "check at event %llu: %s\n",
			 (unsigned long long)(*w)->n, buf_str(&differ));
	buf_release(&differ);
}

static void
fold(const char *path, const char *text, struct buf *out)
{
	struct header h = { .version = 1 };
	struct world *w = NULL;

	for (const char *p = text; *p; ) {
		size_t n = strcspn(p, "\n");

		if (!w) {
			char *why = NULL;

			if (header_parse(p, n, &h, &why) < 0)
				buf_addf(out, "%s\n", why);
			free(why);
			w = world_new(&h);
		} else if (*p == '=') {
			buf_addf(out, "%.*s\n", (int)n, p);
			dump_world(w, out);
		} else if (*p != '#' && n > 0) {
			apply(&w, p, n, path, out);
		}
		p += n + (p[n] == '\n');
	}
	if (w) {
		buf_adds(out, "= at the end\n");
		dump_world(w, out);
	}
	world_free(w);
}

static void
write_golden(const char *path, const struct buf *text)
{
	FILE *f = fopen(path, "w");

	if (!f)
		return;
	fwrite(buf_str(text), 1, text->len, f);
	fclose(f);
}

/* The first line where they part, for the reader of the report.  */
static void
tell_difference(const char *expected, const char *got)
{
	int line = 1;

	while (*expected && *expected == *got) {
		line += *expected == '\n';
		expected++;
		got++;
	}
	printf("# line %d: expected ...%.*s\n# got ...%.*s\n", line,
	       (int)strcspn(expected, "\n"), expected,
	       (int)strcspn(got, "\n"), got);
}

static bool
test(const char *path, int number)
{
	struct buf events = BUF_INIT, expected = BUF_INIT, got = BUF_INIT;
	char *golden = xasprintf("%.*s.world", (int)strlen(path) - 7, path);
	const char *slash = strrchr(path, '/');
	bool same;

	buf_read_file(&events, path, 1 << 20, NULL);
	fold(slash + 1, buf_str(&events), &got);
	if (getenv("GENERATE"))
		write_golden(golden, &got);
	buf_read_file(&expected, golden, 1 << 20, NULL);
	same = strcmp(buf_str(&expected), buf_str(&got)) == 0;
	if (!same)
		tell_difference(buf_str(&expected), buf_str(&got));
	printf("%s %d - %s gives its world\n", same ? "ok" : "not ok", number,
	       slash + 1);
	buf_release(&events);
	buf_release(&expected);
	buf_release(&got);
	free(golden);
	return same;
}

int
main(void)
{
	glob_t files;
	bool good = true;

	if (glob(TOP_SRCDIR "/tests/unit/world/*.events", 0, NULL, &files)) {
		printf("1..1\nnot ok 1 - there are no events\n");
		return EXIT_FAILURE;
	}
	printf("1..%zu\n", files.gl_pathc);
	for (size_t i = 0; i < files.gl_pathc; i++)
		good &= test(files.gl_pathv[i], (int)i + 1);
	globfree(&files);
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
