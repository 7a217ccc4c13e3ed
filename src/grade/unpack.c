/* See unpack.h.  */
#include "config.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "exercise/archive.h"
#include "grade/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	ENTRIES_MAX = 10000,
	FILE_MAX = 4 << 20,
	ALL_MAX = 64 << 20,	/* bytes of all files */
	PATH_MOST = 1000,
};

struct unpacking {
	struct archive *archive;
	int folder;
	size_t bytes;
};

/* Parts of letters that have no meaning, none of them "." or "..".  */
static bool
is_beneath(const char *path)
{
	if (!*path || *path == '/' || strlen(path) > PATH_MOST)
		return false;
	for (const char *s = path; s; s = strchr(s, '/')) {
		s += *s == '/';
		if (strcmp(s, "..") == 0 || strncmp(s, "../", 3) == 0)
			return false;
	}
	return true;
}

/* The folders on the way to the last part.  */
static int
make_way(int folder, char *path)
{
	for (char *s = strchr(path, '/'); s; s = strchr(s + 1, '/')) {
		int rc;

		*s = '\0';
		rc = *path ? mkdirat(folder, path, 0777) : 0;
		*s = '/';
		if (rc < 0 && errno != EEXIST)
			return -1;
	}
	return 0;
}

static int
read_entry(struct unpacking *u, const char *path, struct buf *bytes,
	   char **why)
{
	char block[16384];
	la_ssize_t n;

	while ((n = archive_read_data(u->archive, block, sizeof(block))) > 0) {
		buf_add(bytes, block, (size_t)n);
		u->bytes += (size_t)n;
		if (bytes->len > FILE_MAX || u->bytes > ALL_MAX)
			return fail(why, _("%s: too large"), path);
	}
	return n < 0 ? fail(why, _("the archive is damaged")) : 0;
}

static int
write_file(int folder, const char *path, const struct buf *bytes)
{
	int fd = openat(folder, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC |
			O_NOFOLLOW, 0666);
	const char *s = buf_str(bytes);
	size_t left = bytes->len;
	ssize_t n = 0;

	if (fd < 0)
		return -1;
	while (left && (n = write(fd, s, left)) > 0) {
		s += n;
		left -= (size_t)n;
	}
	return close(fd) < 0 || left ? -1 : 0;
}

static int
unpack_entry(struct unpacking *u, struct archive_entry *entry, char **why)
{
	const char *name = archive_entry_pathname(entry);
	bool folder = archive_entry_filetype(entry) == AE_IFDIR;
	struct buf bytes = BUF_INIT;
	char *path;
	int ret = 0;

	if (!name || !is_beneath(name))
		return fail(why, _("%s: its path leads out of the archive"),
			    name ? name : "?");
	if ((!folder && archive_entry_filetype(entry) != AE_IFREG) ||
	    archive_entry_hardlink(entry))
		return fail(why, _("%s: a link, or no ordinary file"), name);
	path = xasprintf("%s%s", name, folder ? "/" : "");
	if (!folder)
		ret = read_entry(u, path, &bytes, why);
	if (ret == 0 && (make_way(u->folder, path) < 0 ||
			 (!folder && write_file(u->folder, path, &bytes) < 0)))
		ret = fail(why, _("cannot write %s: %s"), path,
			   strerror(errno));
	buf_release(&bytes);
	free(path);
	return ret;
}

static int
unpack_all(struct unpacking *u, char **why)
{
	struct archive_entry *entry;
	int n = 0, rc;

	while ((rc = archive_read_next_header(u->archive, &entry)) ==
	       ARCHIVE_OK) {
		if (++n > ENTRIES_MAX)
			return fail(why, _("too many files"));
		if (unpack_entry(u, entry, why) < 0)
			return -1;
	}
	return rc == ARCHIVE_EOF ? 0 : fail(why, _("the archive is damaged"));
}

int
unpack(const char *archive, const char *folder, char **why)
{
	int fd = open(archive, O_RDONLY | O_CLOEXEC | O_NONBLOCK), ret;
	struct unpacking u = { .folder = -1 };
	char *what = NULL;

	if (fd < 0)
		return fail(why, _("cannot open %s: %s"), archive,
			    strerror(errno));
	u.archive = archive_reader(fd);
	u.folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (u.folder < 0)
		ret = fail(&what, "%s: %s", folder, strerror(errno));
	else if (!u.archive)
		ret = fail(&what, _("no archive that is known"));
	else
		ret = unpack_all(&u, &what);
	if (ret < 0)
		fail(why, "%s: %s", archive, what);
	free(what);
	if (u.archive)
		archive_read_free(u.archive);
	if (u.folder >= 0)
		close(u.folder);
	close(fd);
	return ret;
}
