/* See similar.h.  */
#include "config.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "base/save.h"
#include "grade/similar.h"
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define INSIDE "/class"

enum { SAID_MAX = 64 << 20, CPU_SECONDS = 600, DESCRIPTORS = 64 };

/* The sandbox's user has to read them, and nobody else should: the folder
 * above cannot be listed, and this one's name cannot be guessed.  */
static char *
make_folder(const char *above, char **why)
{
	uint64_t secret[2];
	char *folder;

	if (getrandom(secret, sizeof(secret), 0) != sizeof(secret)) {
		fail(why, "getrandom: %s", strerror(errno));
		return NULL;
	}
	folder = xasprintf("%s/%016llx%016llx", above,
			   (unsigned long long)secret[0],
			   (unsigned long long)secret[1]);
	if (chmod(above, 0711) == 0 && mkdir(folder, 0700) == 0 &&
	    chmod(folder, 0755) == 0)
		return folder;
	fail(why, _("cannot make the folder %s: %s"), folder,
	     strerror(errno));
	free(folder);
	return NULL;
}

static int
lay_text(const char *folder, size_t number, const char *bytes, size_t n,
	 char **why)
{
	char *path = xasprintf("%s/%zu.c", folder, number);
	int ret = save_file(path, bytes, n, why);

	if (ret == 0)
		chmod(path, 0644);
	free(path);
	return ret;
}

/* A stream in memory; its descriptor.  */
static int
memory(const char *text)
{
	int fd = memfd_create("ipclab", MFD_CLOEXEC);

	if (fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text))
		lseek(fd, 0, SEEK_SET);
	return fd;
}

static int
wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}

static int
read_back(struct buf *out, int fd)
{
	char chunk[65536];
	ssize_t n;

	if (lseek(fd, 0, SEEK_SET) < 0)
		return -1;
	while ((n = read(fd, chunk, sizeof(chunk))) > 0 && out->len < SAID_MAX)
		buf_add(out, chunk, (size_t)n);
	return n < 0 ? -1 : 0;
}

/* sim_c over the files whose names are in list; what it says.  */
static int
run_sim(const char *folder, const char *list, int least, struct buf *out,
	char **why)
{
	const struct sandbox_bind bind = { folder, INSIDE };
	const struct sandbox_config c = {
		.bind = &bind, .n_binds = 1, .cwd = INSIDE,
		.limits = { .cpu = CPU_SECONDS, .file = SAID_MAX,
			    .descriptors = DESCRIPTORS },
	};
	char *threshold = xasprintf("%d", least);
	const char *const argv[] = { "sim_c", "-p", "-e", "-a", "-T", "-t",
				     threshold, "-i", NULL };
	int fds[3] = { memory(list), memory(""), memory("") };
	pid_t pid = sandbox_spawn(&c, (char *const *)argv, fds, 3, why);
	int status = pid < 0 ? -1 : wait_for(pid), ret = -1;

	if (pid >= 0 && status == 0)
		ret = read_back(out, fds[1]);
	if (pid >= 0 && ret < 0)
		fail(why, _("sim_c did not end well; is similarity-tester "
			    "installed?"));
	for (int i = 0; i < 3; i++)
		close(fds[i]);
	free(threshold);
	return ret;
}

/* ---- what it says ---- */
static struct similar_pair *
pair_of(struct similar *s, size_t a, size_t b)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->pair[i].a == a && s->pair[i].b == b)
			return &s->pair[i];
	s->pair = xrealloc(s->pair, (s->n + 1) * sizeof(*s->pair));
	s->pair[s->n] = (struct similar_pair){ a, b, 0 };
	return &s->pair[s->n++];
}

/* "3.c consists for 19 % of 7.c material": number n is the skeleton.  */
static void
take_line(struct similar *s, const char *line, size_t n)
{
	struct similar_pair *p;
	size_t a, b;
	int percent;

	if (sscanf(line, "%zu.c consists for %d %% of %zu.c material", &a,
		   &percent, &b) != 3 || a > n || b > n || a == b)
		return;
	if (b == n)
		s->of_start[a] = percent;
	if (a == n || b == n)
		return;
	p = a < b ? pair_of(s, a, b) : pair_of(s, b, a);
	if (percent > p->percent)
		p->percent = percent;
}

static int
more_alike(const void *x, const void *y)
{
	const struct similar_pair *p = x, *q = y;

	if (p->percent != q->percent)
		return q->percent - p->percent;
	if (p->a != q->a)
		return p->a < q->a ? -1 : 1;
	return p->b < q->b ? -1 : p->b > q->b;
}

static void
take(struct similar *s, const char *said, size_t n, int least)
{
	size_t kept = 0;

	while (*said) {
		size_t len = strcspn(said, "\n");
		char *line = xstrndup(said, len);

		take_line(s, line, n);
		free(line);
		said += len + (said[len] == '\n');
	}
	for (size_t i = 0; i < s->n; i++) {
		const struct similar_pair *p = &s->pair[i];

		/* What both began with is no likeness of theirs.  */
		if (p->percent >= least &&
		    p->percent > s->of_start[p->a] &&
		    p->percent > s->of_start[p->b])
			s->pair[kept++] = *p;
	}
	s->n = kept;
	if (kept)
		qsort(s->pair, kept, sizeof(*s->pair), more_alike);
}

static int
compare(struct similar *s, const char *folder, const struct buf *text,
	size_t n, const char *start, int least, char **why)
{
	struct buf list = BUF_INIT, said = BUF_INIT;
	int ret = lay_text(folder, n, start, strlen(start), why);

	for (size_t i = 0; ret == 0 && i < n; i++)
		ret = lay_text(folder, i, buf_str(&text[i]), text[i].len, why);
	for (size_t i = 0; i <= n; i++)
		buf_addf(&list, "%zu.c\n", i);
	/* What the skeleton is of each is wanted below the threshold, too.  */
	if (ret == 0)
		ret = run_sim(folder, buf_str(&list), 1, &said, why);
	if (ret == 0)
		take(s, buf_str(&said), n, least);
	buf_release(&said);
	buf_release(&list);
	return ret;
}

int
similar_find(struct similar *s, const struct buf *text, size_t n,
	     const char *start, int least, char **why)
{
	char *above, *folder;
	int ret = -1;

	*s = (struct similar){ .of_start = xcalloc(n + 1, sizeof(int)) };
	if (sandbox_tier(why) == SANDBOX_NONE)
		return -1;
	free(why ? *why : NULL);
	if (why)
		*why = NULL;
	above = path_temporary(why);
	if (!above)
		return -1;
	folder = make_folder(above, why);
	if (folder)
		ret = compare(s, folder, text, n, start, least, why);
	path_remove_tree(above, NULL);
	free(folder);
	free(above);
	return ret;
}

void
similar_release(struct similar *s)
{
	free(s->pair);
	free(s->of_start);
	*s = (struct similar){ .n = 0 };
}
