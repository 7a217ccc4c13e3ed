/* A canvas compared with tests/screen/golden/NAME.txt, text and roles.  */
#ifndef TESTS_SCREEN_GOLDEN_H
#define TESTS_SCREEN_GOLDEN_H

#include "view/canvas.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int golden_number, golden_failures;

static void
golden_tell(bool ok, const char *name, const char *more)
{
	printf("%s %d - %s\n", ok ? "ok" : "not ok", ++golden_number, name);
	if (ok)
		return;
	golden_failures++;
	for (const char *p = more; p && *p; ) {
		size_t n = strcspn(p, "\n");

		printf("# %.*s\n", (int)n, p);
		p += n + (p[n] == '\n');
	}
}

static void
golden_write(const char *path, const struct buf *have)
{
	FILE *f = fopen(path, "w");

	if (!f || fputs(buf_str(have), f) < 0 || fclose(f) != 0)
		die("cannot write %s", path);
}

static void
golden_compare(const char *name, const struct canvas *c)
{
	char *path = xasprintf("%s/tests/screen/golden/%s.txt", TOP_SRCDIR,
			       name), *why = NULL;
	struct buf want = BUF_INIT, have = BUF_INIT;

	canvas_text(c, &have);
	buf_adds(&have, "--- roles ---\n");
	canvas_roles(c, &have);
	if (getenv("GENERATE"))
		golden_write(path, &have);
	if (buf_read_file(&want, path, 1 << 20, &why) < 0)
		golden_tell(false, name, why);
	else
		golden_tell(strcmp(buf_str(&want), buf_str(&have)) == 0, name,
			    buf_str(&have));
	free(why);
	free(path);
	buf_release(&want);
	buf_release(&have);
}

#endif
