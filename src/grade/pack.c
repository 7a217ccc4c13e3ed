/* See pack.h.  */
#include "config.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "base/sha.h"
#include "exercise/archive.h"
#include "exercise/pack_file.h"
#include "grade/pack.h"
#include "grade/unpack.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEP_MAX = 8 };

/* ---- pack.yaml ---- */
static int
read_name(struct pack *p, char **why)
{
	struct problems problems = PROBLEMS_INIT;
	struct pack_file file;
	int ret = pack_file_read(&file, p->folder, &problems);

	if (ret == 0 && file.line)
		p->name = xstrdup(file.name.text);
	if (ret < 0)
		fail(why, "%s:%d: %s", problems.list[0].file,
		     problems.list[0].line, problems.list[0].text);
	pack_file_release(&file);
	problems_release(&problems);
	return ret;
}

/* ---- where it is ---- */
static bool
has_pack(const char *folder)
{
	char *path = xasprintf("%s/pack.yaml", folder);
	bool there = access(path, F_OK) == 0;

	free(path);
	return there;
}

/* Of what was unpacked: the folder itself, or the one in it that has a
 * pack.yaml; the caller's.  */
static char *
folder_in(const char *unpacked)
{
	DIR *dir = has_pack(unpacked) ? NULL : opendir(unpacked);
	struct dirent *d;
	char *found = NULL;

	while (dir && !found && (d = readdir(dir))) {
		char *path = xasprintf("%s/%s", unpacked, d->d_name);

		if (*d->d_name != '.' && has_pack(path))
			found = path;
		else
			free(path);
	}
	if (dir)
		closedir(dir);
	return found ? found : xstrdup(unpacked);
}

static int
open_archive(struct pack *p, const char *path, const char *to, char **why)
{
	if (!to)
		to = p->temporary = path_temporary(why);
	if (!to || unpack(path, to, why) < 0)
		return -1;
	p->folder = folder_in(to);
	return 0;
}

int
pack_open(struct pack *p, const char *path, const char *to, char **why)
{
	struct stat st;
	int ret = 0;

	*p = (struct pack){ .folder = NULL };
	if (!path)
		p->folder = path_data("exercises");
	else if (stat(path, &st) < 0)
		ret = fail(why, _("cannot open the pack %s: %s"), path,
			   strerror(errno));
	else if (S_ISDIR(st.st_mode))
		p->folder = xstrdup(path);
	else if (S_ISREG(st.st_mode) && archive_is(path))
		ret = open_archive(p, path, to, why);
	else
		ret = fail(why, _("the pack %s is neither a folder nor an "
				  "archive"), path);
	return ret < 0 ? -1 : read_name(p, why);
}

void
pack_close(struct pack *p)
{
	if (p->temporary)
		path_remove_tree(p->temporary, NULL);
	free(p->temporary);
	free(p->folder);
	free(p->name);
	*p = (struct pack){ .folder = NULL };
}

/* ---- the digest ---- */
static int add_folder(struct sha *d, int at, const char *name,
		      const char *path, int deep, char **why);

static int
cannot(const char *path, char **why)
{
	return fail(why, _("cannot read %s: %s"), path, strerror(errno));
}

static int
add_file(struct sha *d, int fd, const char *path, char **why)
{
	struct buf all = BUF_INIT;
	char chunk[16384];
	ssize_t n;
	char size[32];

	while ((n = read(fd, chunk, sizeof(chunk))) > 0 ||
	       (n < 0 && errno == EINTR))
		if (n > 0)
			buf_add(&all, chunk, (size_t)n);
	snprintf(size, sizeof(size), "%zu", all.len);
	sha_add_text(d, size);
	sha_add(d, buf_str(&all), all.len);
	buf_release(&all);
	return n < 0 ? cannot(path, why) : 0;
}

static int
add_link(struct sha *d, int at, const char *name, const char *path, char **why)
{
	char text[4096];
	ssize_t n = readlinkat(at, name, text, sizeof(text) - 1);

	if (n < 0)
		return cannot(path, why);
	text[n] = '\0';
	sha_add_text(d, text);
	return 0;
}

/* What is neither file nor folder nor link is nothing that judging reads.  */
static int
add_entry(struct sha *d, int at, const char *name, const char *path, int deep,
	  char **why)
{
	struct stat st;
	int fd, ret;

	if (fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return cannot(path, why);
	if (S_ISDIR(st.st_mode))
		return add_folder(d, at, name, path, deep, why);
	sha_add_text(d, path);
	if (S_ISLNK(st.st_mode))
		return add_link(d, at, name, path, why);
	if (!S_ISREG(st.st_mode))
		return 0;
	fd = openat(at, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return cannot(path, why);
	ret = add_file(d, fd, path, why);
	close(fd);
	return ret;
}

/* Not alphasort(), in which the locale has a say.  */
static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int
is_shown(const struct dirent *d)
{
	return *d->d_name != '.';
}

static int
add_folder(struct sha *d, int at, const char *name, const char *path, int deep,
	   char **why)
{
	int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
			O_CLOEXEC), n, ret = 0;
	struct dirent **list;

	n = fd < 0 ? -1 : scandirat(fd, ".", &list, is_shown, by_name);
	if (n < 0)
		ret = cannot(path, why);
	if (deep > DEEP_MAX)
		ret = fail(why, _("%s: folders in folders, too deep"), path);
	for (int i = 0; i < n; i++) {
		const char *it = list[i]->d_name;
		char *below = xasprintf("%s%s%s", path, *path ? "/" : "", it);

		if (ret == 0 && strcmp(below, "solutions") != 0)
			ret = add_entry(d, fd, it, below, deep + 1, why);
		free(below);
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	if (fd >= 0)
		close(fd);
	return ret;
}

char *
pack_digest(const char *folder, char **why)
{
	char *real = realpath(folder, NULL), *digest;
	struct sha d;
	int ret;

	sha_begin(&d);
	ret = real ? add_folder(&d, AT_FDCWD, real, "", 0, why) :
	      cannot(folder, why);
	free(real);
	digest = sha_end(&d);
	if (ret == 0)
		return digest;
	free(digest);
	return NULL;
}
