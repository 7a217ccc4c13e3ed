/* See archive.h.  */
#include "config.h"

#include "base/i18n.h"
#include "exercise/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	BLOCK = 65536,
	UNPACKED_MAX = 64 << 20,	/* bytes that are looked at in all */
};

static const char *const endings[] = {
	".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2",
	".tar.zst", ".zip", ".cpio", ".7z",
};

size_t
archive_stem(const char *name)
{
	size_t n = strlen(name), best = n;

	for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
		size_t len = strlen(endings[i]);

		if (n > len && n - len < best &&
		    strcasecmp(name + n - len, endings[i]) == 0)
			best = n - len;
	}
	return best;
}

bool
archive_is(const char *path)
{
	return archive_stem(path) < strlen(path);
}

/* The file that an entry is: "pong.c", "./pong.c", "hw3/pong.c".  NULL: its
 * path goes elsewhere.  */
static const char *
name_of(const char *path)
{
	const char *name = strrchr(path, '/');

	if (!*path || *path == '/')
		return NULL;
	for (const char *p = path; p; p = strchr(p, '/')) {
		p += *p == '/';
		if (strncmp(p, "..", 2) == 0 && (!p[2] || p[2] == '/'))
			return NULL;
	}
	return name ? name + 1 : path;
}

static enum submission_outcome
refused(char **why, const char *name, const char *what)
{
	fail(why, "%s: %s", name, what);
	return SUBMISSION_REFUSED;
}

static enum submission_outcome
take_entry(struct submission *s, struct archive *a, const char *name,
	   char **why)
{
	char *bytes = xmalloc(SUBMISSION_FILE_MAX + 2);
	size_t n = 0;
	la_ssize_t got;

	while (n <= SUBMISSION_FILE_MAX &&
	       (got = archive_read_data(a, bytes + n,
					SUBMISSION_FILE_MAX + 1 - n)) > 0)
		n += (size_t)got;
	if (n > SUBMISSION_FILE_MAX || got < 0) {
		free(bytes);
		return refused(why, name, got < 0 ?
			       _("the archive is damaged") :
			       _("too large"));
	}
	bytes[n] = '\0';
	submission_add(s, name, xrealloc(bytes, n + 1), n);
	return SUBMISSION_TAKEN;
}

/* What is passed over is unpacked all the same: within bounds.  */
static enum submission_outcome
pass_over(struct submission *s, struct archive *a, char **why)
{
	char block[BLOCK];
	la_ssize_t got;

	while ((got = archive_read_data(a, block, sizeof(block))) > 0)
		if (archive_filter_bytes(a, 0) > UNPACKED_MAX)
			return refused(why, s->id, _("too much in the "
						     "archive"));
	return got < 0 ? refused(why, s->id, _("the archive is damaged")) :
	       SUBMISSION_TAKEN;
}

/* Which entries are this exercise's, of several in one archive.  */
struct scope {
	const char *in;			/* the folder that they are in; NULL:
					   any, but none of these: */
	const char *const *beside;	/* or NULL */
};

/* Is the entry in a folder of this name?  */
static bool
is_in(const char *path, const char *folder)
{
	size_t n = strlen(folder);
	const char *end = strrchr(path, '/');

	return end && (size_t)(end - path) >= n &&
	       strncmp(end - n, folder, n) == 0 &&
	       ((size_t)(end - path) == n || end[-(ptrdiff_t)n - 1] == '/');
}

static bool
is_within(const struct scope *scope, const char *path)
{
	if (scope->in)
		return is_in(path, scope->in);
	for (size_t i = 0; scope->beside && scope->beside[i]; i++)
		if (is_in(path, scope->beside[i]))
			return false;
	return true;
}

static enum submission_outcome
look_at(struct submission *s, const struct exercise *e,
	const struct scope *scope, struct archive *a,
	struct archive_entry *entry, char **why)
{
	const char *path = archive_entry_pathname(entry), *name;

	name = path ? name_of(path) : NULL;
	if (!name)
		return refused(why, path ? path : "?",
			       _("its path leads out of the archive"));
	if (!submission_wants(e, name) || !is_within(scope, path))
		return pass_over(s, a, why);
	if (archive_entry_filetype(entry) != AE_IFREG ||
	    archive_entry_hardlink(entry))
		return refused(why, name, _("a link, or no ordinary file"));
	if (submission_file(s, name))
		return refused(why, name, _("it is there twice"));
	return take_entry(s, a, name, why);
}

struct archive *
archive_reader(int fd)
{
	struct archive *a = archive_read_new();

	archive_read_support_format_tar(a);
	archive_read_support_format_zip(a);
	archive_read_support_format_cpio(a);
	archive_read_support_format_7zip(a);
	archive_read_support_filter_gzip(a);
	archive_read_support_filter_xz(a);
	archive_read_support_filter_bzip2(a);
	archive_read_support_filter_zstd(a);
	if (archive_read_open_fd(a, fd, BLOCK) == ARCHIVE_OK)
		return a;
	archive_read_free(a);
	return NULL;
}

static enum submission_outcome
unpack_of(struct submission *s, const struct exercise *e,
	  const struct scope *scope, int fd, char **why)
{
	enum submission_outcome out = SUBMISSION_TAKEN;
	struct archive_entry *entry;
	struct archive *a;
	int n = 0, rc = ARCHIVE_EOF;

	a = archive_reader(fd);
	if (!a)
		return refused(why, s->id, _("no archive that is known"));
	while (out == SUBMISSION_TAKEN &&
	       (rc = archive_read_next_header(a, &entry)) == ARCHIVE_OK) {
		if (++n > SUBMISSION_ENTRIES_MAX)
			out = refused(why, s->id, _("too many files"));
		else
			out = look_at(s, e, scope, a, entry, why);
	}
	if (out == SUBMISSION_TAKEN && rc != ARCHIVE_EOF)
		out = refused(why, s->id, _("the archive is damaged"));
	archive_read_free(a);
	return out;
}

enum submission_outcome
submission_unpack(struct submission *s, const struct exercise *e,
		  const char *const *beside, int fd, char **why)
{
	struct scope scope = { .in = beside ? e->name : NULL,
			       .beside = beside };
	enum submission_outcome out;
	struct stat st;

	if (fstat(fd, &st) < 0 || st.st_size > SUBMISSION_ARCHIVE_MAX)
		return refused(why, s->id, _("too large an archive"));
	out = unpack_of(s, e, &scope, fd, why);
	if (out != SUBMISSION_TAKEN || s->n_files || !beside)
		return out;
	scope.in = NULL;
	if (lseek(fd, 0, SEEK_SET) < 0) {
		fail(why, "%s: %s", s->id, strerror(errno));
		return SUBMISSION_FAILED;
	}
	return unpack_of(s, e, &scope, fd, why);
}
