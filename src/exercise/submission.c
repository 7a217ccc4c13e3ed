/*
 * What was handed in.  Whoever did so chose all of it but the names that the
 * exercise asks for: only these are ever opened.
 */
#include "config.h"

#include "base/sha.h"
#include "base/i18n.h"
#include "exercise/archive.h"
#include "report/result.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

const struct submission_file *
submission_file(const struct submission *s, const char *name)
{
	for (size_t i = 0; i < s->n_files; i++)
		if (strcmp(s->file[i].name, name) == 0)
			return &s->file[i];
	return NULL;
}

bool
submission_wants(const struct exercise *e, const char *name)
{
	for (size_t i = 0; i < e->files.n; i++)
		if (strcmp(e->files.text[i].text, name) == 0)
			return true;
	return false;
}

void
submission_add(struct submission *s, const char *name, char *bytes, size_t n)
{
	struct submission_file *f;
	struct sha d;

	s->file = xrealloc(s->file, (s->n_files + 1) * sizeof(*s->file));
	f = &s->file[s->n_files++];
	sha_begin(&d);
	sha_add(&d, bytes, n);
	*f = (struct submission_file){ .name = xstrdup(name), .bytes = bytes,
				       .n = n, .digest = sha_end(&d) };
}

static enum submission_outcome refuse(char **why, const char *fmt, ...)
	PRINTF_LIKE(2, 3);

static enum submission_outcome
refuse(char **why, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = xvasprintf(fmt, ap);
	va_end(ap);
	fail(why, "%s", text);
	free(text);
	return SUBMISSION_REFUSED;
}

/* ---- a file ---- */
/* Beneath the folder, through no link of any kind; openat2(2).  */
static int
open_beneath(int folder, const char *name, uint64_t flags)
{
	struct open_how how = {
		.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
			   RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV,
	};

	return (int)syscall(SYS_openat2, folder, name, &how, sizeof(how));
}

/* What stat(2) says may change until the last byte was read: only what was
 * read counts.  */
static enum submission_outcome
read_open(struct submission *s, const char *name, int fd, char **why)
{
	struct buf bytes = BUF_INIT;
	char chunk[16384];
	struct stat st;
	ssize_t n;

	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return refuse(why, _("%s: not an ordinary file"), name);
	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n > 0)
			buf_add(&bytes, chunk, (size_t)n);
		if (n > 0 && bytes.len <= SUBMISSION_FILE_MAX)
			continue;
		buf_release(&bytes);
		if (n > 0)
			return refuse(why, _("%s: larger than %d KiB"), name,
				      SUBMISSION_FILE_MAX / 1024);
		fail(why, "%s: %s", name, strerror(errno));
		return SUBMISSION_FAILED;
	}
	n = (ssize_t)bytes.len;
	submission_add(s, name, buf_take(&bytes), (size_t)n);
	return SUBMISSION_TAKEN;
}

static enum submission_outcome
read_file(struct submission *s, int folder, const char *name, char **why)
{
	int fd = open_beneath(folder, name, 0), error = errno;
	enum submission_outcome out;

	if (fd < 0 && (error == ENOENT || error == ENOTDIR))
		return SUBMISSION_TAKEN;	/* told when all were looked for */
	if (fd < 0 && (error == ELOOP || error == EXDEV || error == ENXIO))
		return refuse(why, _("%s: a link, or no ordinary file"), name);
	if (fd < 0 && (error == EACCES || error == EPERM))
		return refuse(why, _("%s: it may not be read"), name);
	if (fd < 0) {
		fail(why, "%s: %s", name, strerror(error));
		return SUBMISSION_FAILED;
	}
	out = read_open(s, name, fd, why);
	close(fd);
	return out;
}

/* ---- all of it ---- */
static enum submission_outcome
read_folder(struct submission *s, const struct exercise *e, int folder,
	    char **why)
{
	enum submission_outcome out = SUBMISSION_TAKEN;

	for (size_t i = 0; i < e->files.n && out == SUBMISSION_TAKEN; i++)
		out = read_file(s, folder, e->files.text[i].text, why);
	return out;
}

/* In the folder of the exercise's name, where there is one.  An exercise that is
 * alone is looked for there where none of its files lies outside: so the archive
 * is laid out that `ipclab submit` writes.  */
static enum submission_outcome
read_part(struct submission *s, const struct exercise *e,
	  const char *const *beside, int folder, char **why)
{
	enum submission_outcome out = SUBMISSION_TAKEN;
	int part;

	if (!beside)
		out = read_folder(s, e, folder, why);
	if (out != SUBMISSION_TAKEN || s->n_files)
		return out;
	part = open_beneath(folder, e->name, O_DIRECTORY);
	if (part < 0 && errno != ENOENT && errno != ENOTDIR)
		return refuse(why, _("%s: a folder that cannot be opened"),
			      e->name);
	if (part >= 0 || beside)
		out = read_folder(s, e, part < 0 ? folder : part, why);
	if (part >= 0)
		close(part);
	return out;
}

static enum submission_outcome
read_path(struct submission *s, const struct exercise *e,
	  const char *const *beside, const char *path, char **why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
	enum submission_outcome out;
	struct stat st;

	if (fd < 0 && errno == ELOOP)
		return refuse(why, _("%s: a link"), path);
	if (fd < 0 || fstat(fd, &st) < 0) {
		fail(why, "%s: %s", path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return SUBMISSION_FAILED;
	}
	if (S_ISDIR(st.st_mode))
		out = read_part(s, e, beside, fd, why);
	else if (!S_ISREG(st.st_mode))
		out = refuse(why, _("%s: neither a folder nor a file"), path);
	else if (archive_is(path))
		out = submission_unpack(s, e, beside, fd, why);
	else if (e->files.n == 1)
		out = read_open(s, e->files.text[0].text, fd, why);
	else
		out = refuse(why, _("%s: a folder or an archive is wanted"),
			     path);
	close(fd);
	return out;
}

static enum submission_outcome
look_for_all(const struct submission *s, const struct exercise *e, char **why)
{
	for (size_t i = 0; i < e->files.n; i++)
		if (!submission_file(s, e->files.text[i].text))
			return refuse(why, _("%s was not handed in"),
				      e->files.text[i].text);
	return SUBMISSION_TAKEN;
}

static int
by_name(const void *a, const void *b)
{
	const struct submission_file *one = a, *other = b;

	return strcmp(one->name, other->name);
}

static char *
digest_of(const struct submission *s)
{
	struct sha d;

	sha_begin(&d);
	for (size_t i = 0; i < s->n_files; i++) {
		sha_add_text(&d, s->file[i].name);
		sha_add_text(&d, s->file[i].digest);
	}
	return sha_end(&d);
}

/* The last part of the path; n: how long the path is without '/' at its
 * end.  */
static const char *
last_part(const char *path, size_t *n)
{
	const char *last = path;

	for (*n = strlen(path); *n > 1 && path[*n - 1] == '/'; (*n)--)
		;
	for (const char *s = path; s + 1 < path + *n; s++)
		if (*s == '/')
			last = s + 1;
	return last;
}

/* The last part of the path, without an archive's ending.  */
char *
submission_id(const char *path)
{
	size_t n;
	const char *last = last_part(path, &n);
	char *name = xstrndup(last, (size_t)(path + n - last)), *id;

	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
		char *real = realpath(path, NULL);

		free(name);
		last = last_part(real ? real : path, &n);
		name = xstrdup(last);
		free(real);
	}
	name[archive_stem(name)] = '\0';
	id = result_text(name, strlen(name), 200);
	free(name);
	return id;
}

enum submission_outcome
submission_read(struct submission *s, const struct exercise *e,
		const char *path, char **why)
{
	return submission_read_of(s, e, NULL, path, why);
}

bool
submission_is_file(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	       !archive_is(path);
}

enum submission_outcome
submission_look(struct submission *s, const struct exercise *e,
		const char *const *beside, const char *path, char **why)
{
	enum submission_outcome out;
	char *itself;
	size_t n;

	*s = (struct submission){ .id = submission_id(path) };
	last_part(path, &n);
	/* With a '/' behind it a link would be followed.  */
	itself = xstrndup(path, n);
	out = read_path(s, e, beside, itself, why);
	free(itself);
	if (s->n_files)
		qsort(s->file, s->n_files, sizeof(*s->file), by_name);
	s->digest = digest_of(s);
	return out;
}

enum submission_outcome
submission_read_of(struct submission *s, const struct exercise *e,
		   const char *const *beside, const char *path, char **why)
{
	enum submission_outcome out = submission_look(s, e, beside, path, why);

	return out == SUBMISSION_TAKEN ? look_for_all(s, e, why) : out;
}

void
submission_release(struct submission *s)
{
	for (size_t i = 0; i < s->n_files; i++) {
		free(s->file[i].name);
		free(s->file[i].bytes);
		free(s->file[i].digest);
	}
	free(s->file);
	free(s->id);
	free(s->digest);
	*s = (struct submission){ .id = NULL };
}
