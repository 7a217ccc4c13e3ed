/* Writing a file whole or not at all.  */
#include "config.h"

#include "base/save.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"

static int
write_all(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, bytes, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		bytes += done;
		n -= done;
	}
	return 0;
}

/* mkstemp(3) makes files that only their owner can read.  */
static mode_t
mode_for(const char *path)
{
	struct stat st;
	mode_t mask;

	if (stat(path, &st) == 0)
		return st.st_mode & 07777;
	mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

/* Beside the place, then into it.  0 or errno.  */
static int
save_beside(const char *path, const void *bytes, size_t n)
{
	char *temporary = xasprintf("%s.XXXXXX", path);
	int fd = mkostemp(temporary, O_CLOEXEC), error = 0;

	if (fd < 0) {
		error = errno;
		free(temporary);
		return error;
	}
	if (write_all(fd, bytes, n) < 0 || fchmod(fd, mode_for(path)) < 0 ||
	    fsync(fd) < 0)
		error = errno;
	if (close(fd) < 0 && !error)
		error = errno;
	if (!error && rename(temporary, path) < 0)
		error = errno;
	if (error)
		unlink(temporary);
	free(temporary);
	return error;
}

/* A device or a FIFO must not be replaced by a file.  0 or errno.  */
static int
save_into(const char *path, const void *bytes, size_t n)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY), error = 0;

	if (fd < 0)
		return errno;
	if (write_all(fd, bytes, n) < 0)
		error = errno;
	if (close(fd) < 0 && !error)
		error = errno;
	return error;
}

int
save_file(const char *path, const void *bytes, size_t n, char **why)
{
	/* A link stays, and what it leads to is written.  */
	char *real = realpath(path, NULL);
	struct stat st;
	int error;

	/* The name that /proc gives a pipe leads nowhere but through itself. */
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		error = save_into(path, bytes, n);
	else
		error = save_beside(real ? real : path, bytes, n);
	free(real);
	return error ? fail(why, _("cannot write %s: %s"), path,
			    strerror(error)) : 0;
}

int
save_possible(const char *path, char **why)
{
	char *folder = xstrdup(path), *slash = strrchr(folder, '/');
	bool there = access(path, F_OK) == 0;
	int error;

	if (slash)
		slash[slash == folder] = '\0';
	/* A new file needs its folder; an old one is replaced in it.  */
	error = access(there ? path : slash ? folder : ".", W_OK) == 0
		? 0 : errno;
	free(folder);
	return error ? fail(why, _("cannot write %s: %s"), path,
			    strerror(error)) : 0;
}

int
copy_file(const char *from, const char *to, char **why)
{
	int in = open(from, O_RDONLY | O_CLOEXEC), out = -1, rc = 0;
	char bytes[65536];
	struct stat st;
	ssize_t n = 0;

	if (in < 0 || fstat(in, &st) < 0) {
		rc = fail(why, _("cannot open %s: %s"), from, strerror(errno));
		goto close_in;
	}
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
		   st.st_mode & 0777);
	if (out < 0) {
		rc = fail(why, _("cannot write %s: %s"), to, strerror(errno));
		goto close_in;
	}
	while ((n = read(in, bytes, sizeof(bytes))) > 0)
		if (write(out, bytes, n) != n)
			break;
	if (n != 0)
		rc = fail(why, _("cannot copy %s to %s: %s"), from, to,
			  strerror(errno));
	if (close(out) < 0 && rc == 0)
		rc = fail(why, _("cannot write %s: %s"), to, strerror(errno));
close_in:
	if (in >= 0)
		close(in);
	return rc;
}
