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

int
save_file(const char *path, const void *bytes, size_t n, char **why)
{
	char *temporary = xasprintf("%s.XXXXXX", path);
	int fd = mkostemp(temporary, O_CLOEXEC), error = 0;

	if (fd < 0) {
		error = errno;
		free(temporary);
		return fail(why, _("cannot write %s: %s"), path,
			    strerror(error));
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
	return error ? fail(why, _("cannot write %s: %s"), path,
			    strerror(error)) : 0;
}
