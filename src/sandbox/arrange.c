/*
 * How a sandbox is furnished: the arguments of bwrap(1).
 *
 * A regular file that only the caller can reach is opened here and copied
 * from its descriptor.  All else is bound.
 */
#include "config.h"

#include "sandbox/inside.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "sandbox/policy.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define MIB (INT64_C(1) << 20)

/* What 0 stands for in struct sandbox_limits.  */
static const struct sandbox_limits usual = {
	.cpu = 10, .memory = 1024 * MIB, .file = 64 * MIB,
	.descriptors = 256, .processes = 64, .disk = 64 * MIB,
};

/* Memory file systems of a sandbox and of the run in it, and processes of ours
 * beside those that are counted inside.  */
enum { QUEUE_BYTES = 819200, FILE_SYSTEMS = 6, OURS = 64 };

static void
word(struct arrangement *a, char *text)
{
	a->argv = xgrow(a->argv, &a->room, a->n + 2, sizeof(*a->argv));
	a->argv[a->n++] = text;
	a->argv[a->n] = NULL;
}

/* Words, NULL last.  */
static void
words(struct arrangement *a, const char *const *from)
{
	while (*from)
		word(a, xstrdup(*from++));
}
#define WORDS(a, ...) words(a, (const char *const[]){ __VA_ARGS__, NULL })

/* Takes fd; it is an argument now.  */
static void
descriptor(struct arrangement *a, int fd)
{
	a->fd = xgrow(a->fd, &a->fd_room, a->n_fds + 1, sizeof(*a->fd));
	a->fd[a->n_fds] = fd;
	word(a, xasprintf("%d", a->first + (int)a->n_fds++));
}

static int
bytes_fd(const void *bytes, size_t n, char **why)
{
	int fd = memfd_create("sandbox", MFD_CLOEXEC);
	const char *p = bytes;

	while (fd >= 0 && n > 0) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno != EINTR) {
			close(fd);
			fd = -1;
		} else if (done > 0) {
			p += done;
			n -= (size_t)done;
		}
	}
	if (fd >= 0 && lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	return fail(why, _("cannot keep a file for the sandbox: %s"),
		    strerror(errno));
}

static int
give_fd(struct arrangement *a, int fd, const char *to, mode_t mode,
	const char *how)
{
	if (fd < 0)
		return -1;
	WORDS(a, "--perms");
	word(a, xasprintf("%04o", mode ? (unsigned)mode : 0444));
	WORDS(a, how);
	descriptor(a, fd);
	WORDS(a, to);
	return 0;
}

static int
give_text(struct arrangement *a, const char *to, const char *text, char **why)
{
	return give_fd(a, bytes_fd(text, strlen(text), why), to, 0,
		       "--ro-bind-data");
}

/* ---- the system ---- */

/* Where /lib and the like are links into /usr they are so inside, too.  */
static void
give_root_folder(struct arrangement *a, const char *path)
{
	char target[PATH_MAX];
	struct stat st;
	ssize_t n;

	if (lstat(path, &st) < 0)
		return;
	if (S_ISDIR(st.st_mode)) {
		WORDS(a, "--ro-bind", path, path);
		return;
	}
	n = readlink(path, target, sizeof(target) - 1);
	if (n <= 0)
		return;
	target[n] = '\0';
	WORDS(a, "--symlink", target, path);
}

/* Exercises, with what is hidden in them, may be installed below /usr.  */
static void
hide_data(struct arrangement *a)
{
	char *data = path_data("."), *real = realpath(data, NULL);

	if (real && strncmp(real, "/usr/", 5) == 0)
		WORDS(a, "--perms", "0555", "--size", "4096", "--tmpfs", real);
	free(real);
	free(data);
}

static int
give_system(struct arrangement *a, char **why)
{
	static const char *const folders[] = {
		"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32",
	};

	WORDS(a, "--ro-bind", "/usr", "/usr");
	hide_data(a);
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++)
		give_root_folder(a, folders[i]);
	WORDS(a, "--ro-bind-try", "/etc/alternatives", "/etc/alternatives",
	      "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache");
	if (give_text(a, "/etc/passwd", "user:x:1000:1000::/box:/bin/sh\n",
		      why) < 0 ||
	    give_text(a, "/etc/group", "user:x:1000:\n", why) < 0)
		return -1;
	return give_text(a, "/etc/hosts",
			 "127.0.0.1 localhost\n::1 localhost\n", why);
}

/* ---- devices and memory file systems ---- */

static void
give_memory(struct arrangement *a, const char *at, int64_t bytes)
{
	WORDS(a, "--perms", "1777", "--size");
	word(a, xasprintf("%lld", (long long)bytes));
	WORDS(a, "--tmpfs", at);
}

/* No terminal, and none can be made.  */
static void
give_devices(struct arrangement *a)
{
	static const char *const devices[] = {
		"/dev/null", "/dev/zero", "/dev/full", "/dev/random",
		"/dev/urandom",
	};

	for (size_t i = 0; i < ARRAY_SIZE(devices); i++)
		WORDS(a, "--dev-bind", devices[i], devices[i]);
	WORDS(a, "--symlink", "/proc/self/fd", "/dev/fd",
	      "--symlink", "/proc/self/fd/0", "/dev/stdin",
	      "--symlink", "/proc/self/fd/1", "/dev/stdout",
	      "--symlink", "/proc/self/fd/2", "/dev/stderr",
	      "--mqueue", "/dev/mqueue");
}

/* ---- what the caller gives ---- */

/* By who we will be: root becomes nobody.  */
static bool
is_reachable(const char *path)
{
	char *real = realpath(path, NULL), *slash;
	mode_t asks = S_IROTH;
	struct stat st;
	bool may = real;

	while (may && geteuid() == 0) {
		may = stat(real, &st) == 0 && st.st_mode & asks;
		asks = S_IXOTH;
		slash = strrchr(real, '/');
		if (slash == real)
			break;
		*slash = '\0';
	}
	free(real);
	return may;
}

/* A copy has a name, as debuggers want it, and a bound one that was copied
 * has none; but it is read-only only where the root is.  */
static int
give_copy(struct arrangement *a, const struct sandbox_config *c, int fd,
	  const char *to, mode_t mode, bool named)
{
	static const char *const memory[] = { "/tmp/", "/dev/", "/box/" };
	size_t n = ARRAY_SIZE(memory) - c->keep_caps;

	for (size_t i = 0; i < n && !named; i++)
		if (strncmp(to, memory[i], strlen(memory[i])) == 0)
			return give_fd(a, fd, to, mode, "--ro-bind-data");
	return give_fd(a, fd, to, mode, "--file");
}

static int
give_bind(struct arrangement *a, const struct sandbox_config *c,
	  const struct sandbox_bind *b, char **why)
{
	int fd = open(b->from, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0) {
		fail(why, "%s: %s", b->from, strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	if (S_ISREG(st.st_mode) && !is_reachable(b->from))
		return give_copy(a, c, fd, b->to,
				 st.st_mode & 0111 ? 0555 : 0444, false);
	close(fd);
	if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode))
		return fail(why, _("%s is neither a file nor a folder"),
			    b->from);
	WORDS(a, "--ro-bind", b->from, b->to);
	return 0;
}

static int
give_wishes(struct arrangement *a, const struct sandbox_config *c, char **why)
{
	for (size_t i = 0; i < c->n_binds; i++)
		if (give_bind(a, c, &c->bind[i], why) < 0)
			return -1;
	for (size_t i = 0; i < c->n_data; i++) {
		const struct sandbox_data *d = &c->data[i];

		if (give_copy(a, c, bytes_fd(d->bytes, d->n, why), d->to,
			      d->mode, d->named) < 0)
			return -1;
	}
	return 0;
}

/* ---- limits ---- */

static int64_t
bound(int64_t wanted, int64_t otherwise)
{
	return wanted > 0 ? wanted : otherwise;
}

/* Nobody can raise what he was allowed himself (getrlimit(2)).  more: of the
 * hard limit than of the soft one.  */
static void
give_limit(struct arrangement *a, const char *option, int resource,
	   int64_t value, int more)
{
	struct rlimit r = { .rlim_max = RLIM_INFINITY };

	getrlimit(resource, &r);
	if (r.rlim_max != RLIM_INFINITY && (int64_t)r.rlim_max < value + more)
		value = (int64_t)r.rlim_max - more;
	word(a, xasprintf("--%s=%lld:%lld", option, (long long)value,
			  (long long)value + more));
}

/*
 * They are set inside, by prlimit(1): the number of processes is counted in
 * the user namespace then, and whatever else the user runs does not count.
 * Outside nothing could be set lower than what bwrap itself needs.
 */
static void
give_limits(struct arrangement *a, const struct sandbox_config *c)
{
	const struct sandbox_limits *l = &c->limits;

	WORDS(a, "/usr/bin/prlimit");
	give_limit(a, "core", RLIMIT_CORE, 0, 0);
	give_limit(a, "msgqueue", RLIMIT_MSGQUEUE, QUEUE_BYTES, 0);
	if (c->keep_caps)
		return;		/* it sets those of what it runs */
	give_limit(a, "as", RLIMIT_AS, bound(l->memory, usual.memory), 0);
	give_limit(a, "fsize", RLIMIT_FSIZE, bound(l->file, usual.file), 0);
	give_limit(a, "nofile", RLIMIT_NOFILE,
		   bound(l->descriptors, usual.descriptors), 0);
	give_limit(a, "nproc", RLIMIT_NPROC,
		   bound(l->processes, usual.processes), 0);
	/* SIGXCPU comes first: it says why.  */
	give_limit(a, "cpu", RLIMIT_CPU, bound(l->cpu, usual.cpu), 1);
}

/* ---- all of it ---- */

static void
give_namespaces(struct arrangement *a, const struct sandbox_config *c)
{
	WORDS(a, SANDBOX_BWRAP, "--unshare-user", "--unshare-pid",
	      "--unshare-ipc", "--unshare-net", "--unshare-uts",
	      "--unshare-cgroup-try", "--hostname", "ipclab",
	      "--uid", "1000", "--gid", "1000",
	      "--die-with-parent", "--new-session",
	      c->keep_caps ? "--cap-add" : "--cap-drop", "ALL",
	      "--clearenv", "--setenv", "PATH", "/usr/bin:/bin",
	      "--setenv", "HOME", "/box", "--setenv", "LANG", "C.UTF-8");
	for (char *const *e = c->env; e && *e; e++) {
		const char *value = strchr(*e, '=');

		WORDS(a, "--setenv");
		word(a, xstrndup(*e, (size_t)(value - *e)));
		WORDS(a, value + 1);
	}
}

static int
give_filter(struct arrangement *a, char **why)
{
	int fd = memfd_create("policy", MFD_CLOEXEC);

	if (fd < 0)
		return fail(why, _("cannot keep a file for the sandbox: %s"),
			    strerror(errno));
	WORDS(a, "--seccomp");
	descriptor(a, fd);
	if (policy_export(fd, why) < 0)
		return -1;
	lseek(fd, 0, SEEK_SET);
	return 0;
}

static int64_t
more(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Never less than what limits of each and the tracer allow: what is within
 * these ends alike with cgroups and without.  */
static void
give_together(struct arrangement *a, const struct sandbox_config *c,
	      int64_t disk)
{
	int64_t own = bound(c->limits.memory, usual.memory),
		processes = bound(c->limits.processes, usual.processes);

	a->together = (struct cgroup_limits){
		.memory = own + more(2 * own, c->limits.lent_memory) +
			  FILE_SYSTEMS * disk,
		.processes = OURS + more(processes, c->limits.lent_processes),
	};
}

int
arrange(struct arrangement *a, const struct sandbox_config *c,
	char *const argv[], size_t first, char **why)
{
	int64_t disk = bound(c->limits.disk, usual.disk);

	*a = (struct arrangement){ .first = (int)first };
	give_together(a, c, disk);
	give_namespaces(a, c);
	if (give_system(a, why) < 0)
		return -1;
	WORDS(a, "--proc", "/proc");
	give_devices(a);
	give_memory(a, "/dev/shm", disk);
	give_memory(a, "/tmp", disk);
	if (c->keep_caps)
		WORDS(a, "--perms", "0700", "--dir", "/box");
	else
		give_memory(a, "/box", disk);
	if (give_wishes(a, c, why) < 0 ||
	    (!c->keep_caps && give_filter(a, why) < 0))
		return -1;
	WORDS(a, "--remount-ro", "/", "--chdir", c->cwd ? c->cwd : "/box",
	      "--");
	give_limits(a, c);
	WORDS(a, "--");
	words(a, (const char *const *)argv);
	return 0;
}

void
arrange_release(struct arrangement *a)
{
	for (size_t i = 0; i < a->n; i++)
		free(a->argv[i]);
	for (size_t i = 0; i < a->n_fds; i++)
		close(a->fd[i]);
	free(a->argv);
	free(a->fd);
	*a = (struct arrangement){ .argv = NULL };
}
