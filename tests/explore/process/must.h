/*
 * What the programs of this folder have in common: processes that share
 * memory, and promises.  A broken promise is an abort(), and a child that
 * does not end well makes the exit status of its parent 1: its siblings, who
 * may wait for it for ever, are killed.
 */
#ifndef MUST_H
#define MUST_H

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static inline void
must(int holds, const char *promise)
{
	if (!holds) {
		fprintf(stderr, "broken: %s\n", promise);
		abort();
	}
}

/* Memory full of zeros that all children have too.  */
static inline void *
share(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	must(memory != MAP_FAILED, "there is memory to share");
	return memory;
}

enum { CHILDREN_MAX = 8 };

static pid_t children[CHILDREN_MAX];	/* 0: none */

/* Put one child in the place of another.  */
static inline void
replace_child(pid_t old, pid_t new)
{
	int i = 0;

	while (i < CHILDREN_MAX && children[i] != old)
		i++;
	must(i < CHILDREN_MAX, "there is room for a child");
	children[i] = new;
}

static inline pid_t
start(void (*role)(void))
{
	pid_t pid = fork();

	must(pid != -1, "a child can be started");
	if (pid == 0) {
		role();
		_exit(0);
	}
	replace_child(0, pid);
	return pid;
}

/* Wait for so many children.  The exit status: 0 if all of them ended well.  */
static inline int
finish(int count)
{
	int failed = 0, status;

	while (count-- > 0) {
		pid_t pid;

		do
			pid = wait(&status);
		while (pid < 0 && errno == EINTR);
		replace_child(pid, 0);
		if (status == 0)
			continue;
		failed = 1;
		for (int i = 0; i < CHILDREN_MAX; i++)
			if (children[i] > 0)
				kill(children[i], SIGKILL);
	}
	return failed;
}

#endif
