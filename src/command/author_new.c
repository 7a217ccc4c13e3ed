/*
 * A lesson to begin with: it has a question, an experiment, a claim and a
 * table, and it verifies as it stands, so that an author changes one thing
 * at a time and always knows which change broke it.
 */
#include "config.h"

#include "command/author_new.h"

#include "base/i18n.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char lesson_text[] =
	"---\n"
	"title: %s\n"
	"minutes: 10\n"
	"goal: You can say what a pipe does with a byte.\n"
	"programs: hello.c\n"
	"---\n"
	"\n"
	"What the learner meets in this lesson, and why it matters.\n"
	"\n"
	"## One byte {predict #one-byte}\n"
	"\n"
	"```source hello.c 10-16\n"
	"```\n"
	"\n"
	"```question\n"
	"The byte has been written and nobody has read it. Where is it?\n"
	"- [x] In the pipe. :: Yes. The kernel keeps it until it is read.\n"
	"- [ ] Nowhere yet: `write` sleeps. :: It would sleep only if the "
	"pipe were full.\n"
	"```\n"
	"\n"
	"```claim\n"
	"says: A byte that was written stays in the pipe.\n"
	"program: hello.c\n"
	"until: A has called write\n"
	"then: pipe 1 holds 1 bytes\n"
	"cites: pipe(7)\n"
	"```\n"
	"\n"
	"## Your turn {do #your-turn}\n"
	"\n"
	"```experiment\n"
	"id: hello\n"
	"program: hello.c\n"
	"goal: pipe 1 holds 1 bytes\n"
	"goal-says: The byte is in the pipe.\n"
	"say: Press n until the byte is in the pipe.\n"
	"```\n"
	"\n"
	"## Summary {summary #summary}\n"
	"\n"
	"| what | where |\n"
	"|------|-------|\n"
	"| a byte written, not read | in the pipe |\n";

static const char program_text[] =
	"/* A byte goes into a pipe and comes out again.  */\n"
	"#include <unistd.h>\n"
	"\n"
	"int\n"
	"main(void)\n"
	"{\n"
	"\tint fd[2];\n"
	"\tchar byte = 'x';\n"
	"\n"
	"\tif (pipe(fd) < 0)\n"
	"\t\treturn 1;\n"
	"\tif (write(fd[1], &byte, 1) != 1)\n"
	"\t\treturn 1;\n"
	"\tif (read(fd[0], &byte, 1) != 1)\n"
	"\t\treturn 1;\n"
	"\treturn byte != 'x';\n"
	"}\n";

static int
write_file(const char *folder, const char *name, const char *text, char **why)
{
	char *path = xasprintf("%s/%s", folder, name);
	FILE *f = fopen(path, "wx");
	int rc = 0;

	if (!f || fputs(text, f) == EOF)
		rc = -1;
	if (f && fclose(f) == EOF)
		rc = -1;
	if (rc < 0)
		fail(why, _("cannot write %s: %s"), path, strerror(errno));
	free(path);
	return rc;
}

int
author_new_lesson(const char *name, char **why)
{
	const char *slash = strrchr(name, '/');
	const char *title = slash && slash[1] ? slash + 1 : name;
	char *text;
	int rc;

	if (mkdir(name, 0777) < 0)
		return fail(why, _("cannot make the folder %s: %s"), name,
			    strerror(errno));
	text = xasprintf(lesson_text, title);
	rc = write_file(name, "lesson.md", text, why);
	if (rc == 0)
		rc = write_file(name, "hello.c", program_text, why);
	free(text);
	return rc;
}
