/*
 * The same with each of several folders, some of them at once: each in a
 * process of its own, on a processor of its own.  What they print comes out
 * in the order of the folders, whoever is done first.
 */
#ifndef COMMAND_AUTHOR_JOBS_H
#define COMMAND_AUTHOR_JOBS_H

/* What is done with a folder; prints to stdout.  Bits of the caller's, at most
 * 7 of them.  */
typedef unsigned author_job_fn(void *with, const char *folder);

/* Blocks until all are done.  The bits of all of them together; where a process
 * died, or none could be made, failed is among them.  jobs: at most so many at
 * once, 1: all in this process; 0: as many as there are processors.  */
unsigned author_jobs(int jobs, char *const *folders, int n,
		     author_job_fn *job, void *with, unsigned failed);

#endif
