/* See kept.h.  */
#include "config.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "base/sha.h"
#include "grade/kept.h"
#include "grade/pack.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARCHIVE_MAX = 64 << 20 };

/* Where it is kept, or is to be: named by the bytes of the archive.  */
static char *
place_of(const char *path, char **why)
{
	struct buf bytes = BUF_INIT;
	struct sha d;
	char *digest, *below, *place;

	if (buf_read_file(&bytes, path, ARCHIVE_MAX, why) < 0)
		return NULL;
	sha_begin(&d);
	sha_add(&d, buf_str(&bytes), bytes.len);
	digest = sha_end(&d);
	below = xasprintf("packs/%s", strchr(digest, ':') + 1);
	place = path_state(below);
	free(below);
	free(digest);
	buf_release(&bytes);
	return place;
}

/* Whole or not at all: beside its place, then by rename(2).  Another who did
 * the same meanwhile has made the same.  */
static int
keep(const char *path, const char *place, char **why)
{
	char *above = path_state("packs"), *stem, *beside = NULL;
	struct pack p = { .folder = NULL };
	int ret = path_make_folder(above, why);

	stem = xasprintf("%s/new-", above);
	if (ret == 0)
		beside = path_temporary_at(stem, why);
	if (!beside || pack_open(&p, path, beside, why) < 0)
		ret = -1;
	if (ret == 0 && rename(p.folder, place) < 0 && errno != EEXIST &&
	    errno != ENOTEMPTY)
		ret = fail(why, _("cannot make the folder %s: %s"), place,
			   strerror(errno));
	pack_close(&p);
	if (beside)
		path_remove_tree(beside, NULL);
	free(beside);
	free(stem);
	free(above);
	return ret;
}

char *
pack_kept(const char *path, char **why)
{
	struct stat st;
	char *place;

	/* What is wrong with a folder is said by those who look into it.  */
	if (stat(path, &st) < 0 || !S_ISREG(st.st_mode))
		return xstrdup(path);
	place = place_of(path, why);
	if (place && access(place, F_OK) < 0 && keep(path, place, why) < 0) {
		free(place);
		place = NULL;
	}
	return place;
}
