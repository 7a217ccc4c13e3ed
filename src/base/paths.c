/* Where things are.  */
#include "config.h"

#include "base/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *
path_self(void)
{
	char exe[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	return xstrndup(exe, n > 0 ? n : 0);
}

/* The folder of the running program, "" if it cannot be told.  */
static char *
self_folder(void)
{
	char *path = path_self(), *slash = strrchr(path, '/');

	if (slash)
		*slash = '\0';
	return path;
}

/* Programs of the build tree lie in it or, the tests, below it.  */
static bool
in_build_tree(const char *folder)
{
	size_t n = strlen(TOP_BUILDDIR);

	return strncmp(folder, TOP_BUILDDIR, n) == 0 &&
	       (folder[n] == '\0' || folder[n] == '/');
}

/* In a folder beside that of the program, else in fallback.  */
static char *
beside(const char *what, const char *fallback)
{
	char *folder = self_folder();
	char *path = xasprintf("%s/../%s", folder, what);

	free(folder);
	if (access(path, R_OK) == 0)
		return path;
	free(path);
	return xstrdup(fallback);
}

char *
path_data(const char *below)
{
	const char *env = getenv("IPCLAB_DATADIR");
	char *folder, *base, *path;

	if (env && *env)
		return xasprintf("%s/%s", env, below);
	folder = self_folder();
	base = in_build_tree(folder) ? xstrdup(TOP_SRCDIR)
				     : beside("share/ipclab", PKGDATADIR);
	path = xasprintf("%s/%s", base, below);
	free(base);
	free(folder);
	return path;
}

char *
path_library(const char *below)
{
	char *folder = self_folder(), *base, *path;

	base = in_build_tree(folder) ? xstrdup(TOP_BUILDDIR)
				     : beside("lib/ipclab", PKGLIBDIR);
	path = xasprintf("%s/%s", base, below);
	free(base);
	free(folder);
	return path;
}

char *
path_locale(void)
{
	char *folder = self_folder(), *path;

	path = in_build_tree(folder) ? xstrdup(TOP_BUILDDIR "/po/locale")
				     : beside("share/locale", LOCALEDIR);
	free(folder);
	return path;
}

static char *
xdg(const char *variable, const char *otherwise, const char *below)
{
	const char *base = getenv(variable), *home = getenv("HOME");

	/* A relative path there is to be ignored, says the specification. */
	if (base && base[0] == '/')
		return xasprintf("%s/ipclab/%s", base, below);
	return xasprintf("%s/%s/ipclab/%s", home ? home : "/", otherwise,
			 below);
}

char *
path_config(const char *below)
{
	return xdg("XDG_CONFIG_HOME", ".config", below);
}

char *
path_state(const char *below)
{
	return xdg("XDG_STATE_HOME", ".local/state", below);
}

char *
path_user(const char *below)
{
	return xdg("XDG_DATA_HOME", ".local/share", below);
}

char *
path_cache(const char *below)
{
	return xdg("XDG_CACHE_HOME", ".cache", below);
}

int
path_make_folder(const char *path, char **why)
{
	char *copy = xstrdup(path);
	int rc = 0;

	for (char *p = copy + 1; rc == 0; p++) {
		char c = *p;

		if (c && c != '/')
			continue;
		*p = '\0';
		if (mkdir(copy, 0700) < 0 && errno != EEXIST)
			rc = fail(why, "cannot make the folder %s: %s", copy,
				  strerror(errno));
		*p = c;
		if (!c)
			break;
	}
	free(copy);
	return rc;
}
