/* Process ids of one run.  */
#include "config.h"

#include "session/pids.h"

#include <stdlib.h>
#include <string.h>

enum { PID_SMALL = 100, DIGITS_MAX = 10 };

void
pids_clear(struct pids *p)
{
	p->n = 0;
}

void
pids_release(struct pids *p)
{
	free(p->known);
	*p = (struct pids){ 0 };
}

const char *
pids_name(const struct pids *p, int64_t pid)
{
	for (size_t i = p->n; i-- > 0;)
		if (p->known[i].pid == pid)
			return p->known[i].name;
	return NULL;
}

/* An id that is used again means its last bearer.  */
static void
add(struct pids *p, int pid, const char *actor)
{
	struct pid_name *new;
	const char *name = pids_name(p, pid);

	if (name && strcmp(name, actor) == 0)
		return;
	p->known = xgrow(p->known, &p->room, p->n + 1, sizeof(*p->known));
	new = &p->known[p->n++];
	new->pid = pid;
	COPY_STR(new->name, actor);
}

void
pids_note(struct pids *p, const struct event *e)
{
	if (e->what == WHAT_START && e->tid > 0)
		add(p, e->tid, e->actor);
}

void
pids_merge(struct pids *to, const struct pids *from)
{
	for (size_t i = 0; i < from->n; i++)
		add(to, from->known[i].pid, from->known[i].name);
}

static int
digits_at(const char *bytes, int n)
{
	int i = 0;

	while (i < n && bytes[i] >= '0' && bytes[i] <= '9')
		i++;
	return i;
}

static bool
is_after_pts(const char *bytes, int i)
{
	static const char pts[] = "/dev/pts/";
	int n = sizeof(pts) - 1;

	return i >= n && memcmp(bytes + i - n, pts, n) == 0;
}

void
pids_neutral(const struct pids *p, const char *bytes, int n, struct buf *out)
{
	for (int i = 0; i < n;) {
		int m = digits_at(bytes + i, n - i);
		const char *name = NULL;

		if (m > 0 && is_after_pts(bytes, i)) {
			name = "#";
		} else if (m > 0 && m <= DIGITS_MAX) {
			int64_t pid = 0;

			for (int k = 0; k < m; k++)
				pid = pid * 10 + bytes[i + k] - '0';
			if (pid >= PID_SMALL)
				name = pids_name(p, pid);
		}
		if (name)
			buf_adds(out, name);
		else
			buf_add(out, bytes + i, m ? m : 1);
		i += m ? m : 1;
	}
}
