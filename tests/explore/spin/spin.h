/*
 * What the programs of this folder have in common: two workers that wait for
 * each other by looking again and again, as threads, or with -DPROCESSES as
 * processes that share memory.
 */
#ifndef SPIN_H
#define SPIN_H

#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Written by the program: worker 0 or 1, and what they share.  */
static void work(int me);
struct shared;
static struct shared *shared;

static inline void
must(int holds, const char *promise)
{
	if (!holds) {
		fprintf(stderr, "broken: %s\n", promise);
		abort();
	}
}

#ifdef PROCESSES
#include <sys/mman.h>
#include <sys/wait.h>

static inline void
share(size_t size)
{
	shared = mmap(NULL, size, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	must(shared != MAP_FAILED, "there is memory to share");
}

static inline int
both(void)
{
	int status, failed = 0;

	for (int i = 0; i < 2; i++) {
		pid_t pid = fork();

		must(pid >= 0, "a child can be started");
		if (pid == 0) {
			work(i);
			_exit(0);
		}
	}
	for (int i = 0; i < 2; i++) {
		must(wait(&status) > 0, "there is a child");
		failed |= status != 0;
	}
	return failed;
}
#else
#include <pthread.h>

static inline void
share(size_t size)
{
	shared = calloc(1, size);
	must(shared != NULL, "there is memory to share");
}

static inline void *
run_worker(void *me)
{
	work((int)(long)me);
	return NULL;
}

static inline int
both(void)
{
	pthread_t worker[2];

	for (long i = 0; i < 2; i++)
		must(pthread_create(&worker[i], NULL, run_worker,
				    (void *)i) == 0, "a thread can be started");
	for (int i = 0; i < 2; i++)
		must(pthread_join(worker[i], NULL) == 0, "it ends");
	return 0;
}
#endif

#endif
