/*
 * Who has what mapped where (proc(5), /proc/PID/maps): of each process the
 * mappings that others can reach too, and those of files of its own.
 *
 * The list of a process is kept until it makes a call that may change it.  In
 * a free run such calls may pass unseen: there it is read each time.
 */
#include "config.h"

#include "tracer/trace.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>

struct maps {
	bool fresh;
	int n;
	size_t room;
	struct mapping *mapping;
};

static bool
parse(const char *line, struct mapping *m)
{
	unsigned major, minor;

	m->path[0] = '\0';
	m->thing = m->looked = -1;
	if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %4s %" SCNx64
		   " %x:%x %lu %255[^\n]", &m->start, &m->end, m->perms,
		   &m->offset, &major, &minor, &m->ino, m->path) < 7)
		return false;
	m->dev = makedev(major, minor);
	return true;
}

static bool
is_wanted(const struct mapping *m)
{
	return m->perms[3] == 's' || (m->ino && !path_is_system(m->path));
}

static void
read_maps(struct task *k, struct maps *maps)
{
	char name[64], line[PATH_MAX_LEN + 128];
	struct mapping m;
	FILE *f;

	maps->n = 0;
	snprintf(name, sizeof(name), "/proc/%d/maps", k->tid);
	f = fopen(name, "re");
	while (f && fgets(line, sizeof(line), f)) {
		if (!parse(line, &m) || !is_wanted(&m))
			continue;
		maps->mapping = xgrow(maps->mapping, &maps->room, maps->n + 1,
				      sizeof(m));
		maps->mapping[maps->n++] = m;
	}
	if (f)
		fclose(f);
}

int
maps_of(struct tracing *t, struct task *k, struct mapping **list)
{
	struct task *leader = k->leader;

	/* Before it runs its program it is a copy of the lab.  */
	if (!t->exec_done) {
		*list = NULL;
		return 0;
	}
	if (!leader->maps)
		leader->maps = xcalloc(1, sizeof(*leader->maps));
	if (!leader->maps->fresh) {
		/* The thread in hand surely lives. */
		read_maps(k, leader->maps);
		leader->maps->fresh = t->config.driven;
	}
	*list = leader->maps->mapping;
	return leader->maps->n;
}

struct mapping *
maps_at(struct tracing *t, struct task *k, uint64_t at)
{
	struct mapping *m;
	int n = maps_of(t, k, &m);

	for (int i = 0; i < n; i++)
		if (m[i].start <= at && at < m[i].end)
			return &m[i];
	return NULL;
}

bool
maps_look(pid_t tid, uint64_t at, struct mapping *m)
{
	char name[64], line[PATH_MAX_LEN + 128];
	bool found = false;
	FILE *f;

	snprintf(name, sizeof(name), "/proc/%d/maps", tid);
	f = fopen(name, "re");
	while (f && !found && fgets(line, sizeof(line), f))
		found = parse(line, m) && m->start <= at && at < m->end;
	if (f)
		fclose(f);
	return found;
}

/* Of what is kept only: the loader changes much that is not.  */
void
maps_touched(struct tracing *t, struct task *k, uint64_t from, uint64_t to)
{
	struct mapping *m;
	int n = maps_of(t, k, &m);

	for (int i = 0; i < n; i++)
		if (m[i].start < to && from < m[i].end) {
			maps_changed(k);
			return;
		}
}

void
maps_changed(struct task *k)
{
	if (k->leader->maps)
		k->leader->maps->fresh = false;
}

void
maps_free(struct task *k)
{
	if (!k->maps)
		return;
	free(k->maps->mapping);
	free(k->maps);
	k->maps = NULL;
}
