/* Descriptor tables.  */
#include "config.h"

#include "event/descriptors.h"

#include <stdlib.h>
#include <string.h>

/* Beyond the limits that processes have in practice (RLIMIT_NOFILE is 1024
 * unless raised); a larger number in a recording is mostly damage, and must
 * not cost memory.  */
enum { FD_MAX = 1 << 16 };

struct descriptors *
descriptors_new(void)
{
	struct descriptors *t = xcalloc(1, sizeof(*t));

	t->refs = 1;
	return t;
}

struct descriptors *
descriptors_share(struct descriptors *t)
{
	t->refs++;
	return t;
}

struct descriptors *
descriptors_copy(const struct descriptors *t)
{
	struct descriptors *copy = descriptors_new();
	size_t n = t->room;

	while (n > 0 && !t->fd[n - 1].open)
		n--;
	if (!n)
		return copy;
	copy->room = n;
	copy->fd = xmalloc(n * sizeof(*t->fd));
	memcpy(copy->fd, t->fd, n * sizeof(*t->fd));
	return copy;
}

void
descriptors_put(struct descriptors *t)
{
	if (!t || --t->refs > 0)
		return;
	free(t->fd);
	free(t);
}

struct descriptor *
descriptors_get(const struct descriptors *t, int fd)
{
	if (fd < 0 || (size_t)fd >= t->room || !t->fd[fd].open)
		return NULL;
	return &t->fd[fd];
}

void
descriptors_set(struct descriptors *t, int fd, struct descriptor d)
{
	size_t room = t->room;

	if (fd < 0 || fd >= FD_MAX)
		return;
	t->fd = xgrow(t->fd, &room, (size_t)fd + 1, sizeof(*t->fd));
	if (room > t->room)
		memset(t->fd + t->room, 0, (room - t->room) * sizeof(*t->fd));
	t->room = room;
	d.open = true;
	t->fd[fd] = d;
}

void
descriptors_close(struct descriptors *t, int first, int last)
{
	if (first < 0)
		first = 0;
	if (last < first)
		return;
	for (size_t i = first; i < t->room && i <= (size_t)last; i++)
		t->fd[i].open = false;
}

void
descriptors_exec(struct descriptors *t)
{
	for (size_t i = 0; i < t->room; i++)
		if (t->fd[i].cloexec)
			t->fd[i].open = false;
}
