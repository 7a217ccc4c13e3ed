/* See results.h.  */
#include "config.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "base/save.h"
#include "base/sha.h"
#include "grade/results.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_MOST = 160, NAME_CUT = 128, RANDOM_PART = 6 };

static const char lock_name[] = ".ipclab-grade";
static const char ending[] = ".json";

/* ---- names ---- */
static bool
is_plain(char c, bool first)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (unsigned char)c >= 0x80 ||
	       c == '_' || c == '+' || c == '@' ||
	       (!first && (c == '-' || c == '.'));
}

/* Cut where a character ends, and told from others that begin alike.  */
static void
shorten(struct buf *name, const char *id)
{
	char *digest;
	struct sha d;

	name->len = NAME_CUT;
	while (name->len && ((unsigned char)name->data[name->len] & 0xc0) ==
			    0x80)
		name->len--;
	sha_begin(&d);
	sha_add_text(&d, id);
	digest = sha_end(&d);
	buf_addf(name, "~%.16s", digest + strlen("sha256:"));
	free(digest);
}

char *
results_name(const char *id, const char *exercise)
{
	struct buf name = BUF_INIT;

	for (const char *s = id; *s; s++)
		if (is_plain(*s, s == id))
			buf_addc(&name, *s);
		else
			buf_addf(&name, "%%%02X", (unsigned char)*s);
	if (name.len > NAME_MOST)
		shorten(&name, id);
	buf_addf(&name, ".%s%s", exercise, ending);
	return buf_take(&name);
}

bool
results_is_name(const char *name)
{
	size_t n = strlen(name), end = strlen(ending);

	return *name != '.' && n > end && strcmp(name + n - end, ending) == 0;
}

/* "ID.EXERCISE.json.Ab3xYz": what save_file() had not yet renamed.  */
static bool
is_left(const char *name)
{
	size_t n = strlen(name), end = strlen(ending) + 1 + RANDOM_PART;

	return *name != '.' && n > end &&
	       strncmp(name + n - end, ending, strlen(ending)) == 0 &&
	       name[n - RANDOM_PART - 1] == '.' &&
	       strspn(name + n - RANDOM_PART, "abcdefghijklmnopqrstuvwxyz"
		      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == RANDOM_PART;
}

/* ---- the folder ---- */
static void
sweep(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *d;

	while (dir && (d = readdir(dir)))
		if (is_left(d->d_name))
			unlinkat(dirfd(dir), d->d_name, 0);
	if (dir)
		closedir(dir);
}

/* Is it still the file of this name?  Whoever had the lock removed it.  */
static bool
is_there(int fd, const char *path)
{
	struct stat opened, there;

	return fstat(fd, &opened) == 0 && lstat(path, &there) == 0 &&
	       opened.st_ino == there.st_ino && opened.st_dev == there.st_dev;
}

static int
lock(struct results *r, char **why)
{
	char *path = xasprintf("%s/%s", r->folder, lock_name);
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int ret = 0;

	/* fcntl(2), open file description locks: gone with the process, and
	 * seen by other machines where the file system is shared.  */
	do {
		if (r->lock >= 0)
			close(r->lock);
		r->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW |
			       O_NONBLOCK, 0666);
		if (r->lock < 0)
			ret = fail(why, _("cannot write to %s: %s"), r->folder,
				   strerror(errno));
		else if (fcntl(r->lock, F_OFD_SETLK, &whole) < 0)
			ret = errno == EAGAIN || errno == EACCES ?
			      fail(why, _("somebody else is grading into %s: "
					  "wait for it, or name another "
					  "folder"), r->folder) :
			      fail(why, _("%s cannot be locked: %s"), path,
				   strerror(errno));
	} while (ret == 0 && !is_there(r->lock, path));
	if (ret < 0 && r->lock >= 0) {
		close(r->lock);
		r->lock = -1;
	}
	free(path);
	return ret;
}

static int
make_folder(const char *folder, char **why)
{
	char *path = xstrdup(folder);
	int error = 0;

	for (char *s = path + 1; *path; s++) {
		char c = *s;

		if (c && c != '/')
			continue;
		*s = '\0';
		if (mkdir(path, 0777) < 0 && errno != EEXIST && !error)
			error = errno;
		*s = c;
		if (!c)
			break;
	}
	free(path);
	/* That one above it cannot be made does not matter where it is there. */
	return error && access(folder, F_OK) < 0 ?
	       fail(why, _("cannot make the folder %s: %s"), folder,
		    strerror(error)) : 0;
}

int
results_open(struct results *r, const char *folder, char **why)
{
	*r = (struct results){ .folder = xstrdup(folder), .lock = -1 };
	if (make_folder(folder, why) < 0 || lock(r, why) < 0)
		return -1;
	sweep(folder);
	return 0;
}

/* The names of the new files are on the disk, too.  */
static void
sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
}

void
results_close(struct results *r)
{
	char *path;

	if (r->lock >= 0) {
		sync_folder(r->folder);
		path = xasprintf("%s/%s", r->folder, lock_name);
		unlink(path);
		close(r->lock);
		free(path);
	}
	free(r->folder);
	*r = (struct results){ .lock = -1 };
}

/* ---- one result ---- */
int
results_write(const struct results *r, const char *id, const char *exercise,
	      const struct buf *json, char **why)
{
	char *name = results_name(id, exercise);
	char *path = xasprintf("%s/%s", r->folder, name);
	int ret = save_file(path, buf_str(json), json->len, why);

	free(path);
	free(name);
	return ret;
}

static bool
equal(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : !a && !b;
}

static bool
is_as(const struct result *r, const struct result *wanted)
{
	return r->gradable && equal(r->tool, wanted->tool) &&
	       equal(r->exercise, wanted->exercise) &&
	       equal(r->title, wanted->title) &&
	       equal(r->assignment, wanted->assignment) &&
	       equal(r->pack, wanted->pack) &&
	       equal(r->pack_digest, wanted->pack_digest) &&
	       equal(r->id, wanted->id) && equal(r->digest, wanted->digest) &&
	       equal(r->breaker, wanted->breaker) &&
	       r->hints == wanted->hints && r->seed == wanted->seed && equal(r->tier, wanted->tier) &&
	       equal(r->submitted_at, wanted->submitted_at);
}

bool
results_has(const struct results *r, const struct result *wanted,
	    struct buf *json)
{
	char *name = results_name(wanted->id, wanted->exercise);
	char *path = xasprintf("%s/%s", r->folder, name);
	bool has = false;

	if (access(path, F_OK) == 0 &&
	    buf_read_file(json, path, RESULTS_FILE_MAX, NULL) == 0) {
		struct result there;

		has = result_read(&there, buf_str(json), json->len, path,
				  NULL) == 0 && is_as(&there, wanted);
		result_release(&there);
	}
	if (!has)
		buf_clear(json);
	free(path);
	free(name);
	return has;
}
