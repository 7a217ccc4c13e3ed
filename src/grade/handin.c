/* See handin.h.  */
#include "config.h"

#include "base/i18n.h"
#include "base/save.h"
#include "base/sha.h"
#include "exercise/breaker.h"
#include "exercise/found.h"
#include "exercise/workspace.h"
#include "grade/manifest.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- looking ---- */
static bool
is_as_begun(const struct handin_part *p, const struct submission_file *f)
{
	char *path = xasprintf("start/%s", f->name);
	char *text = exercise_text(p->exercise, path, NULL);
	bool same = text && strlen(text) == f->n &&
		    memcmp(text, f->bytes, f->n) == 0;

	free(text);
	free(path);
	return same;
}

void
handin_look(struct handin_part *p, const struct exercise *e,
	    const char *workspace)
{
	enum submission_outcome out;

	*p = (struct handin_part){ .exercise = e };
	if (access(workspace, F_OK) < 0) {
		p->lacks = xasprintf(_("there is no folder %s"), workspace);
		return;
	}
	out = submission_read(&p->work, e, workspace, &p->lacks);
	if (out != SUBMISSION_TAKEN)
		return;
	p->breaker = found_for(e);
	p->untouched = true;
	for (size_t i = 0; i < p->work.n_files; i++)
		p->untouched &= is_as_begun(p, &p->work.file[i]);
}

void
handin_release(struct handin_part *p)
{
	submission_release(&p->work);
	free(p->lacks);
	free(p->breaker);
	*p = (struct handin_part){ .lacks = NULL };
}

/* ---- the archive ---- */
static bool
ends(const char *path, const char *ending)
{
	size_t n = strlen(path), len = strlen(ending);

	return n > len && strcmp(path + n - len, ending) == 0;
}

bool
handin_is_name(const char *path)
{
	return ends(path, ".tar") || ends(path, ".tar.gz") ||
	       ends(path, ".tgz");
}

static la_ssize_t
take_bytes(struct archive *a, void *out, const void *bytes, size_t n)
{
	(void)a;
	buf_add(out, bytes, n);
	return (la_ssize_t)n;
}

/* POSIX's plain format, and no time in gzip's head either.  */
static struct archive *
begin(struct buf *out, bool gzip)
{
	struct archive *a = archive_write_new();

	if (archive_write_set_format_ustar(a) == ARCHIVE_OK &&
	    (!gzip || (archive_write_add_filter_gzip(a) == ARCHIVE_OK &&
		       archive_write_set_filter_option(a, "gzip", "timestamp",
						       NULL) == ARCHIVE_OK)) &&
	    archive_write_open2(a, out, NULL, take_bytes, NULL, NULL) ==
	    ARCHIVE_OK)
		return a;
	archive_write_free(a);
	return NULL;
}

static bool
add(struct archive *a, const char *path, const char *bytes, size_t n)
{
	struct archive_entry *entry = archive_entry_new();
	bool done;

	archive_entry_set_pathname(entry, path);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_mtime(entry, 0, 0);
	archive_entry_set_size(entry, (la_int64_t)n);
	done = archive_write_header(a, entry) == ARCHIVE_OK &&
	       archive_write_data(a, bytes, n) == (la_ssize_t)n;
	archive_entry_free(entry);
	return done;
}

static bool
add_part(struct archive *a, const struct handin_part *p)
{
	bool done = true;

	for (size_t i = 0; i < p->work.n_files && done && !p->lacks; i++) {
		const struct submission_file *f = &p->work.file[i];
		char *path = xasprintf("%s/%s", p->exercise->name, f->name);

		done = add(a, path, f->bytes, f->n);
		free(path);
	}
	return done;
}

static bool
is_handed_in(const struct handin_part *part, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(part[i].exercise->name, name) == 0 &&
		    !part[i].lacks)
			return true;
	return false;
}

/* What broke the program that is mended here, unless it is handed in as an
 * exercise of its own.  */
static bool
add_breaker(struct archive *a, const struct handin_part *part, size_t n,
	    size_t i)
{
	const struct handin_part *p = &part[i];
	const char *name = p->exercise->breaks.text;
	char *path;
	bool done;

	if (p->lacks || !p->breaker || is_handed_in(part, n, name))
		return true;
	path = xasprintf("%s/" BREAKER_FILE, name);
	done = add(a, path, p->breaker, strlen(p->breaker));
	free(path);
	return done;
}

static int
pack(struct buf *out, const struct handin_part *part, size_t n,
     const char *assignment, bool gzip, char **why)
{
	char *text = manifest_text(part, n, assignment);
	struct archive *a = begin(out, gzip);
	bool done = a && add(a, MANIFEST_FILE, text, strlen(text));
	int ret = 0;

	for (size_t i = 0; i < n && done; i++)
		done = add_part(a, &part[i]) && add_breaker(a, part, n, i);
	if (done)
		done = archive_write_close(a) == ARCHIVE_OK;
	if (!done)
		ret = fail(why, _("the archive cannot be made: %s"),
			   a ? archive_error_string(a) : "libarchive");
	if (a)
		archive_write_free(a);
	free(text);
	return ret;
}

int
handin_write(const struct handin_part *part, size_t n, const char *assignment,
	     const char *path, char **digest, char **why)
{
	struct buf out = BUF_INIT;
	struct sha d;
	int ret = pack(&out, part, n, assignment, !ends(path, ".tar"), why);

	if (ret == 0)
		ret = save_file(path, buf_str(&out), out.len, why);
	if (ret == 0 && digest) {
		sha_begin(&d);
		sha_add(&d, buf_str(&out), out.len);
		*digest = sha_end(&d);
	}
	buf_release(&out);
	return ret;
}
