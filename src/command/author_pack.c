/* ipclab author pack: what students get.  */
#include "config.h"

#include "author/handout.h"
#include "base/i18n.h"
#include "base/save.h"
#include "command/author_exercise.h"
#include "exercise/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What came out of the archive, against each exercise in it.  */
static void
check_all(const struct handout *h, const char *folder, struct problems *p)
{
	char *one = xasprintf("%s/exercise.yaml", folder);

	if (access(one, F_OK) == 0)
		handout_check(h, folder, p);
	for (size_t i = 0; access(one, F_OK) < 0 && i < h->n; i++) {
		size_t n = strcspn(h->at[i].path, "/");
		char *of = xasprintf("%s/%.*s", folder, (int)n,
				     h->at[i].path);

		if (strcmp(h->at[i].path + n, "/exercise.yaml") == 0)
			handout_check(h, of, p);
		free(of);
	}
	free(one);
}

/* In memory, and read back: what is written has been looked at.  */
static int
pack(const char *folder, const char *file, struct buf *bytes,
     struct problems *p, char **why)
{
	struct handout made, read = HANDOUT_INIT;
	int ret = 0;

	handout_make(&made, folder, p);
	if (p->n == 0)
		ret = handout_pack(&made, file, bytes, why);
	if (p->n == 0 && ret == 0)
		ret = handout_unpack(&read, buf_str(bytes), bytes->len, why);
	if (p->n == 0 && ret == 0)
		check_all(&read, folder, p);
	handout_release(&read);
	handout_release(&made);
	return ret;
}

int
author_pack(const struct args *a)
{
	const char *file = args_value(a, "output");
	struct problems p = PROBLEMS_INIT;
	struct buf bytes = BUF_INIT, said = BUF_INIT;
	char *why = NULL;
	int code = EXIT_DONE, ret;

	if (a->argc != 1 || !file) {
		fail(&why, _("author pack takes a folder and a file: author "
			     "pack FOLDER -o FILE"));
		return command_fail(EXIT_USAGE, why);
	}
	ret = pack(a->argv[0], file, &bytes, &p, &why);
	if (ret == 0 && p.n == 0)
		ret = save_file(file, buf_str(&bytes), bytes.len, &why);
	if (ret < 0)
		code = command_fail(EXIT_USAGE, why);
	else if (p.n)
		code = EXIT_NO;
	problems_write(&p, &said);
	if (code == EXIT_DONE)
		buf_addf(&said, _("%s is written, without anything that is "
				  "secret: %zu bytes\n"), file, bytes.len);
	fputs(buf_str(&said), stdout);
	buf_release(&said);
	buf_release(&bytes);
	problems_release(&p);
	return code;
}
