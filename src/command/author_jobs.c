/* See author_jobs.h.  */
#include "config.h"

#include "command/author_jobs.h"

#include "base/base.h"
#include "base/processors.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { JOBS_MAX = 64 };

struct job {
	pid_t pid;		/* 0: not begun, or over */
	int slot;		/* its processor */
	int said;		/* what it printed; -1: it was told */
	bool over;
};

struct jobs {
	int slots;
	bool busy[JOBS_MAX];
	struct job *job;
	unsigned bits;
};

static int
free_slot(const struct jobs *all)
{
	for (int i = 0; i < all->slots; i++)
		if (!all->busy[i])
			return i;
	return -1;
}

static bool
begin(struct jobs *all, struct job *j, int slot, const char *folder,
      author_job_fn *do_it, void *with)
{
	j->said = memfd_create("said", MFD_CLOEXEC);
	j->slot = slot;
	j->pid = j->said < 0 ? -1 : fork();
	if (j->pid == 0) {
		/* Two on one would take turns while another has none.  */
		processors_move(slot);
		processors_stay();
		dup2(j->said, STDOUT_FILENO);
		exit((int)do_it(with, folder));
	}
	all->busy[slot] = j->pid > 0;
	return j->pid > 0;
}

/* Some process of these has ended: whose?  */
static void
reap(struct jobs *all, int n, unsigned failed)
{
	int status;
	pid_t pid = wait(&status);

	for (int i = 0; i < n; i++) {
		struct job *j = &all->job[i];

		if (pid < 0 || j->pid != pid || j->over)
			continue;
		j->over = true;
		all->busy[j->slot] = false;
		all->bits |= WIFEXITED(status) ? (unsigned)WEXITSTATUS(status)
					       : failed;
	}
}

/* What those printed whose turn it is.  */
static int
tell(struct jobs *all, int from, int n)
{
	char bytes[4096];
	ssize_t got;

	for (; from < n && all->job[from].over; from++) {
		struct job *j = &all->job[from];

		if (j->said < 0)
			continue;
		for (off_t at = 0; (got = pread(j->said, bytes, sizeof(bytes),
						at)) > 0; at += got)
			fwrite(bytes, 1, (size_t)got, stdout);
		fflush(stdout);
		close(j->said);
	}
	return from;
}

static void
prepare(struct jobs *all, int jobs, int n)
{
	all->slots = jobs > 0 ? jobs : processors_count();
	if (all->slots > JOBS_MAX)
		all->slots = JOBS_MAX;
	if (all->slots > n)
		all->slots = n;
}

unsigned
author_jobs(int jobs, char *const *folders, int n, author_job_fn *job,
	    void *with, unsigned failed)
{
	struct jobs all = { .bits = 0 };
	int begun = 0, told = 0, slot;

	prepare(&all, jobs, n);
	if (all.slots <= 1) {
		for (int i = 0; i < n; i++)
			all.bits |= job(with, folders[i]);
		return all.bits;
	}
	fflush(stdout);
	all.job = xcalloc((size_t)n, sizeof(*all.job));
	while (told < n) {
		while (begun < n && (slot = free_slot(&all)) >= 0) {
			struct job *j = &all.job[begun];

			if (!begin(&all, j, slot, folders[begun], job, with)) {
				all.bits |= failed;
				j->over = true;
			}
			begun++;
		}
		told = tell(&all, told, n);
		if (told < begun)
			reap(&all, begun, failed);
		told = tell(&all, told, n);
	}
	free(all.job);
	return all.bits;
}
