/*
 * The log: lines and an index of them.
 *
 * Positions run through a file first and through memory behind it: a line
 * at position p < file_end lies in the file, the others at p - file_end in
 * text.  The file is the recording that was opened, or, for a live run that
 * grows beyond SPILL, an unlinked temporary file, so that a subject that
 * floods the log does not fill the memory.
 */
#include "config.h"

#include "base/i18n.h"
#include "event/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	SPILL = 16 << 20,	/* bytes of text kept in memory */
	WINDOW = 1 << 17,	/* read from the file at once */
	LINE_LONGEST = 1 << 20,	/* a longer one is damage */
};

struct log {
	struct header header;
	char *path;		/* of the recording, NULL: a live run */
	char *warning;
	int fd;			/* -1: no file */
	bool ours;		/* fd is the temporary file: may grow */
	bool no_spill;		/* it could not be made or written */
	int64_t file_end;
	struct buf text;
	uint64_t count;
	size_t room;
	int64_t *start;		/* position of each event's line */
	struct buf window;	/* the part of the file read last */
	int64_t window_at;
	uint64_t at;		/* event holds this one, 0: none */
	struct event event;
};

struct log *
log_new(void)
{
	struct log *log = xcalloc(1, sizeof(*log));

	log->fd = -1;
	log->header.version = EVENT_VERSION;
	return log;
}

void
log_free(struct log *log)
{
	if (!log)
		return;
	if (log->fd >= 0)
		close(log->fd);
	free(log->path);
	free(log->warning);
	free(log->start);
	buf_release(&log->text);
	buf_release(&log->window);
	free(log);
}

const char *
log_warning(const struct log *log)
{
	return log->warning;
}

const struct header *
log_header(const struct log *log)
{
	return &log->header;
}

void
log_set_header(struct log *log, const struct header *h)
{
	log->header = *h;
}

uint64_t
log_count(const struct log *log)
{
	return log->count;
}

static void
add_start(struct log *log, int64_t position)
{
	log->start = xgrow(log->start, &log->room, log->count + 1,
			   sizeof(*log->start));
	log->start[log->count++] = position;
}

/* ---- live runs ---- */

/* A file without a name, so that nothing is left behind (open(2)).  */
static int
temporary_file(void)
{
	const char *folder = getenv("TMPDIR");
	char *name;
	int fd;

	if (!folder || folder[0] != '/')
		folder = "/tmp";
	fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0)
		return fd;
	name = xasprintf("%s/ipclab-log-XXXXXX", folder);
	fd = mkostemp(name, O_CLOEXEC);
	if (fd >= 0)
		unlink(name);
	free(name);
	return fd;
}

static bool
write_at(int fd, const char *p, size_t n, int64_t at)
{
	while (n > 0) {
		ssize_t done = pwrite(fd, p, n, at);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		p += done;
		n -= done;
		at += done;
	}
	return true;
}

/* Put the text that is in memory into the file.  Where that cannot be done
 * (no space) it stays in memory.  */
static void
spill(struct log *log)
{
	if (log->no_spill || (log->fd >= 0 && !log->ours))
		return;
	if (log->fd < 0) {
		log->fd = temporary_file();
		log->ours = true;
	}
	if (log->fd < 0 || !write_at(log->fd, log->text.data, log->text.len,
				     log->file_end)) {
		log->no_spill = true;
		return;
	}
	log->file_end += log->text.len;
	log->window.len = 0;
	buf_clear(&log->text);
}

void
log_append(struct log *log, const char *line, size_t len)
{
	if (len > 0 && line[len - 1] == '\n')
		len--;
	add_start(log, log->file_end + (int64_t)log->text.len);
	buf_add(&log->text, line, len);
	buf_addc(&log->text, '\n');
	if (log->text.len >= SPILL)
		spill(log);
}

void
log_truncate(struct log *log, uint64_t n)
{
	int64_t end;

	if (n >= log->count)
		return;
	end = log->start[n];
	if (end < log->file_end) {
		log->file_end = end;
		buf_clear(&log->text);
	} else {
		log->text.len = end - log->file_end;
	}
	log->count = n;
	log->window.len = 0;
	log->at = 0;
}

/* ---- looking ---- */

/* Bytes from..to of the file into the window, more where that is free.  */
static bool
fill_window(struct log *log, int64_t from, int64_t to)
{
	int64_t want = to - from;
	size_t got = 0;

	if (from >= log->window_at &&
	    to <= log->window_at + (int64_t)log->window.len)
		return true;
	if (want < WINDOW)
		want = log->file_end - from < WINDOW ? log->file_end - from
						     : WINDOW;
	buf_clear(&log->window);
	buf_need(&log->window, want);
	while (got < (size_t)want) {
		ssize_t n = pread(log->fd, log->window.data + got, want - got,
				  from + got);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		got += n;
	}
	log->window.len = got;
	log->window_at = from;
	return got >= (size_t)(to - from);
}

/* The line of event n with its newline; NULL when it cannot be had.  */
static const char *
line_at(struct log *log, uint64_t n, size_t *len, char **why)
{
	int64_t total = log->file_end + (int64_t)log->text.len;
	int64_t from = log->start[n - 1];
	int64_t to = n < log->count ? log->start[n] : total;

	*len = to - from;
	if (from >= log->file_end)
		return log->text.data + (from - log->file_end);
	if (to - from > LINE_LONGEST) {
		fail(why, _("the line is longer than %d bytes"), LINE_LONGEST);
		return NULL;
	}
	if (!fill_window(log, from, to)) {
		fail(why, _("the line cannot be read any more: has the file "
		     "been changed?"));
		return NULL;
	}
	return log->window.data + (from - log->window_at);
}

/* The header is the first line, event 1 the second.  */
static void
say_where(const struct log *log, uint64_t n, char **why)
{
	fail(why, _("%s:%llu: %s"), log->path ? log->path : "events",
	     (unsigned long long)n + 1, why && *why ? *why : "");
}

const struct event *
log_at(struct log *log, uint64_t n, char **why)
{
	const char *line;
	size_t len;

	if (n < 1 || n > log->count) {
		fail(why, _("there is no event %llu"), (unsigned long long)n);
		return NULL;
	}
	if (log->at == n)
		return &log->event;
	log->at = 0;
	line = line_at(log, n, &len, why);
	if (!line || event_parse(line, len, &log->event, why) < 0) {
		say_where(log, n, why);
		return NULL;
	}
	log->at = n;
	return &log->event;
}

enum what
log_what(struct log *log, uint64_t n)
{
	static const char key[] = "\"what\":\"";
	size_t len;
	const char *line, *at, *end;

	if (n < 1 || n > log->count)
		return WHAT_NONE;
	line = line_at(log, n, &len, NULL);
	at = line ? memmem(line, len, key, sizeof(key) - 1) : NULL;
	if (!at)
		return WHAT_NONE;
	at += sizeof(key) - 1;
	end = memchr(at, '"', line + len - at);
	for (int i = WHAT_NONE + 1; end && i < WHAT_MAX; i++) {
		const char *name = event_what_name(i);

		if (strlen(name) == (size_t)(end - at) &&
		    memcmp(name, at, end - at) == 0)
			return i;
	}
	return WHAT_NONE;
}

/* ---- opening ---- */

static struct log *
open_file(const char *path, char **why)
{
	struct log *log = log_new();
	struct stat st;

	log->path = xstrdup(path);
	/* O_NONBLOCK: a FIFO of that name must not make us wait. */
	log->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (log->fd < 0 || fstat(log->fd, &st) < 0) {
		fail(why, _("cannot open %s: %s"), path, strerror(errno));
	} else if (!S_ISREG(st.st_mode)) {
		fail(why, _("%s is not a regular file: a recording is read "
			    "from a file"), path);
	} else {
		log->file_end = st.st_size;
		return log;
	}
	log_free(log);
	return NULL;
}

/* Read the first line; *next is where the second begins, -1 when the first
 * does not end.  */
static int
read_header(struct log *log, int64_t *next, char **why)
{
	struct header *h = &log->header;
	int64_t want = log->file_end < WINDOW ? log->file_end : WINDOW;
	const char *newline;

	fill_window(log, 0, want);
	newline = log->window.len ? memchr(log->window.data, '\n',
					   log->window.len) : NULL;
	if (header_parse(buf_str(&log->window), newline ?
			 (size_t)(newline - log->window.data) :
			 log->window.len, h, why) < 0)
		return fail(why, _("%s:1: %s"), log->path, why ? *why : "");
	*next = newline ? newline - log->window.data + 1 : -1;
	return 0;
}

/* The last line has no newline.  It is kept when it is whole all the same
 * (an editor may have cut the newline off).  */
static void
judge_last(struct log *log)
{
	uint64_t n = log->count;

	if (log_at(log, n, NULL))
		return;
	log->warning = xasprintf("%s ends in the middle of line %llu; the "
				 "events up to there are shown", log->path,
				 (unsigned long long)n + 1);
	log_truncate(log, n - 1);
}

/* Note where each line begins.  */
static int
index_lines(struct log *log, int64_t from, char **why)
{
	int64_t at = from, line = from;
	char *block = xmalloc(WINDOW);
	ssize_t n = 0;

	while (at < log->file_end) {
		int64_t left = log->file_end - at;

		n = pread(log->fd, block, left < WINDOW ? left : WINDOW, at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		for (char *p = block, *end = block + n; p < end; p++) {
			p = memchr(p, '\n', end - p);
			if (!p)
				break;
			add_start(log, line);
			line = at + (p - block) + 1;
		}
		at += n;
	}
	free(block);
	if (n < 0)
		return fail(why, _("cannot read %s: %s"), log->path,
			    strerror(errno));
	log->file_end = at;
	if (line < at) {
		add_start(log, line);
		judge_last(log);
	}
	return 0;
}

struct log *
log_open(const char *path, char **why)
{
	struct log *log = open_file(path, why);
	char *reason = NULL;
	int64_t next = -1;

	if (!log)
		return NULL;
	if (read_header(log, &next, &reason) < 0 ||
	    (next >= 0 && index_lines(log, next, &reason) < 0)) {
		fail(why, _("%s"), reason);
		free(reason);
		log_free(log);
		return NULL;
	}
	return log;
}

/* ---- saving ---- */

static int
write_all(struct log *log, FILE *f, char **why)
{
	struct buf line = BUF_INIT;

	header_write(&line, &log->header);
	fwrite(line.data, 1, line.len, f);
	buf_release(&line);
	for (uint64_t n = 1; n <= log->count; n++) {
		size_t len;
		const char *text = line_at(log, n, &len, why);

		if (!text) {
			say_where(log, n, why);
			return -1;
		}
		fwrite(text, 1, len, f);
		if (len == 0 || text[len - 1] != '\n')
			fputc('\n', f);
	}
	return 0;
}

int
log_save(struct log *log, const char *path, char **why)
{
	struct stat st;
	/* A pipe or a device is written to as it is.  */
	bool whole = stat(path, &st) < 0 || S_ISREG(st.st_mode);
	char *part = whole ? xasprintf("%s.part-%d", path, (int)getpid())
		     : xstrdup(path);
	FILE *f = fopen(part, "we");
	int rc = 0;

	if (!f) {
		rc = fail(why, _("cannot write %s: %s"), path, strerror(errno));
		free(part);
		return rc;
	}
	rc = write_all(log, f, why);
	if (rc == 0 && (fflush(f) == EOF || ferror(f)))
		rc = fail(why, _("cannot write %s: %s"), path, strerror(errno));
	if (fclose(f) == EOF && rc == 0)
		rc = fail(why, _("cannot write %s: %s"), path, strerror(errno));
	if (rc == 0 && whole && rename(part, path) < 0)
		rc = fail(why, _("cannot make %s: %s"), path, strerror(errno));
	if (rc < 0 && whole)
		unlink(part);
	free(part);
	return rc;
}
