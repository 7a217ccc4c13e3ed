/*
 * main() of a fuzz target without a fuzzer: every file of its corpus goes in
 * once, whole and cut at each of a few places.  A crash is the failure.
 * Usage: NAME_fuzz [FILE...]; without files, tests/fuzz/corpus/NAME/.
 */
#include "tests/fuzz/fuzz.h"

#include "base/buf.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CUTS = 16, FILE_MAX = 1 << 20 };

static void
feed(const char *text, size_t len)
{
	/* Memory of the exact size, so that sanitizers see the end of it. */
	uint8_t *copy = xmalloc(len);

	memcpy(copy, text, len);
	LLVMFuzzerTestOneInput(copy, len);
	free(copy);
}

static void
replay(const char *path, int number)
{
	struct buf b = BUF_INIT;
	char *why = NULL;
	const char *slash = strrchr(path, '/');

	if (buf_read_file(&b, path, FILE_MAX, &why) < 0) {
		printf("not ok %d - %s\n", number, why);
		free(why);
		return;
	}
	feed(buf_str(&b), b.len);
	for (int i = 0; i < CUTS; i++)
		feed(buf_str(&b), b.len * i / CUTS);
	printf("ok %d - %s is survived\n", number, slash ? slash + 1 : path);
	fflush(stdout);
	buf_release(&b);
}

/* "tests/fuzz/event_fuzz" -> the files of ".../corpus/event/".  */
static void
find_corpus(const char *program, glob_t *files)
{
	const char *slash = strrchr(program, '/');
	const char *name = slash ? slash + 1 : program;
	const char *end = strstr(name, "_fuzz");
	char *pattern = xasprintf("%s/tests/fuzz/corpus/%.*s/*", TOP_SRCDIR,
				  end ? (int)(end - name) : 0, name);

	if (glob(pattern, 0, NULL, files) != 0)
		files->gl_pathc = 0;
	free(pattern);
}

int
main(int argc, char **argv)
{
	glob_t files = { .gl_pathc = 0 };
	int n = argc - 1;
	char **path = argv + 1;

	if (argc < 2) {
		find_corpus(argv[0], &files);
		n = files.gl_pathc;
		path = files.gl_pathv;
	}
	if (n == 0) {
		printf("1..1\nnot ok 1 - there is no corpus\n");
		return EXIT_FAILURE;
	}
	printf("1..%d\n", n);
	for (int i = 0; i < n; i++)
		replay(path[i], i + 1);
	globfree(&files);
	return EXIT_SUCCESS;
}
