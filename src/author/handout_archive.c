/* A handout as an archive, and back.  */
#include "config.h"

#include "author/handout.h"
#include "base/i18n.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { FILES_MAX = 10000, BYTES_MAX = 64 << 20 };

/* By the file's ending.  Of gzip, the time is left out.  */
static const struct kind {
	const char *ending;
	int (*format)(struct archive *a);
	int (*filter)(struct archive *a);
	const char *options;		/* NULL: none */
} kinds[] = {
	{ ".tar", archive_write_set_format_ustar,
	  archive_write_add_filter_none, NULL },
	{ ".tar.gz", archive_write_set_format_ustar,
	  archive_write_add_filter_gzip, "gzip:!timestamp" },
	{ ".tgz", archive_write_set_format_ustar,
	  archive_write_add_filter_gzip, "gzip:!timestamp" },
	{ ".tar.xz", archive_write_set_format_ustar,
	  archive_write_add_filter_xz, NULL },
	{ ".tar.zst", archive_write_set_format_ustar,
	  archive_write_add_filter_zstd, NULL },
};

static const struct kind *
kind_of(const char *file)
{
	size_t n = strlen(file);

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		size_t len = strlen(kinds[i].ending);

		if (n > len && strcasecmp(file + n - len,
					  kinds[i].ending) == 0)
			return &kinds[i];
	}
	return NULL;
}

static la_ssize_t
take_bytes(struct archive *a, void *to, const void *bytes, size_t n)
{
	(void)a;
	buf_add(to, bytes, n);
	return (la_ssize_t)n;
}

static int
write_entry(struct archive *a, const struct handout_file *f)
{
	struct archive_entry *entry = archive_entry_new();
	int rc;

	archive_entry_set_pathname(entry, f->path);
	archive_entry_set_size(entry, (la_int64_t)f->n);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_uid(entry, 0);
	archive_entry_set_gid(entry, 0);
	archive_entry_set_mtime(entry, 0, 0);
	rc = archive_write_header(a, entry);
	if (rc == ARCHIVE_OK &&
	    archive_write_data(a, f->bytes, f->n) != (la_ssize_t)f->n)
		rc = ARCHIVE_FATAL;
	archive_entry_free(entry);
	return rc;
}

int
handout_pack(const struct handout *h, const char *file, struct buf *out,
	     char **why)
{
	const struct kind *kind = kind_of(file);
	struct archive *a;
	int rc;

	if (!kind)
		return fail(why, _("%s: an archive's name ends with .tar, "
				   ".tar.gz, .tgz, .tar.xz or .tar.zst"),
			    file);
	a = archive_write_new();
	kind->format(a);
	rc = kind->filter(a);
	if (rc == ARCHIVE_OK && kind->options)
		rc = archive_write_set_options(a, kind->options);
	/* No bytes behind the end but those of the format.  */
	archive_write_set_bytes_in_last_block(a, 1);
	if (rc == ARCHIVE_OK)
		rc = archive_write_open(a, out, NULL, take_bytes, NULL);
	for (size_t i = 0; rc == ARCHIVE_OK && i < h->n; i++)
		rc = write_entry(a, &h->at[i]);
	if (rc == ARCHIVE_OK)
		rc = archive_write_close(a);
	if (rc != ARCHIVE_OK)
		fail(why, "%s: %s", file, archive_error_string(a));
	archive_write_free(a);
	return rc == ARCHIVE_OK ? 0 : -1;
}

/* ---- back ---- */
static int
read_entry(struct handout *h, struct archive *a, struct archive_entry *entry,
	   size_t *all, char **why)
{
	const char *path = archive_entry_pathname(entry);
	struct buf bytes = BUF_INIT;
	char block[16384];
	la_ssize_t got;
	size_t n;

	if (!path || archive_entry_filetype(entry) != AE_IFREG ||
	    archive_entry_hardlink(entry))
		return fail(why, _("%s: a link, or no ordinary file"),
			    path ? path : "?");
	while ((got = archive_read_data(a, block, sizeof(block))) > 0 &&
	       (*all += (size_t)got) <= BYTES_MAX)
		buf_add(&bytes, block, (size_t)got);
	if (got != 0) {
		buf_release(&bytes);
		return fail(why, _("%s: damaged, or too large"), path);
	}
	n = bytes.len;
	handout_add(h, xstrdup(path), bytes.data ? buf_take(&bytes) :
		    xstrdup(""), n);
	return 0;
}

int
handout_unpack(struct handout *h, const void *bytes, size_t n, char **why)
{
	struct archive *a = archive_read_new();
	struct archive_entry *entry;
	size_t all = 0;
	int rc, ret = 0;

	*h = (struct handout)HANDOUT_INIT;
	archive_read_support_format_tar(a);
	archive_read_support_filter_gzip(a);
	archive_read_support_filter_xz(a);
	archive_read_support_filter_zstd(a);
	rc = archive_read_open_memory(a, bytes, n);
	while (rc == ARCHIVE_OK && ret == 0 &&
	       (rc = archive_read_next_header(a, &entry)) == ARCHIVE_OK)
		ret = h->n >= FILES_MAX ? fail(why, _("too many files")) :
		      read_entry(h, a, entry, &all, why);
	if (ret == 0 && rc != ARCHIVE_EOF)
		ret = fail(why, _("the archive is damaged"));
	archive_read_free(a);
	return ret;
}
