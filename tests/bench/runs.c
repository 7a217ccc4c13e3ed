/*
 * How many runs of a program a driver makes in a second, beside a loop of
 * posix_spawn(3) and wait(2) of the same program built plainly: on one
 * processor, as the driver, and on all; the faster of the two counts.
 *
 *	runs WHAT ASKED INSTRUMENTED PLAIN
 *
 * ASKED is the ratio that is aimed at.  Both are measured in turns, in slices
 * so short that what else runs on the machine leaves some of each alone.
 */
#include "config.h"

#include "tracer/driver.h"
#include "tracer/namespace.h"

#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { ROUNDS = 20, SLICE_MS = 80 };

static uint64_t chance = 88172645463325252u;

static int64_t
now_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * INT64_C(1000000) + ts.tv_nsec / 1000;
}

/* ---- the loop ---- */

static double
spawns(char *program)
{
	char *argv[] = { program, NULL };
	posix_spawn_file_actions_t files;
	int64_t begin = now_us(), end = begin + SLICE_MS * 1000;
	int n = 0;

	posix_spawn_file_actions_init(&files);
	for (int fd = 0; fd < 3; fd++)
		posix_spawn_file_actions_addopen(&files, fd, "/dev/null",
						 O_RDWR, 0);
	while (now_us() < end) {
		pid_t pid;
		int status;

		if (posix_spawn(&pid, program, &files, NULL, argv, environ))
			return 0;
		waitpid(pid, &status, 0);
		n++;
	}
	posix_spawn_file_actions_destroy(&files);
	return n * 1e6 / (now_us() - begin);
}

/* ---- the driver ---- */

static int
pick(void *with, const struct position *p)
{
	(void)with;
	chance ^= chance << 13;
	chance ^= chance >> 7;
	chance ^= chance << 17;
	return (int)(chance % (uint64_t)p->n_alternatives);
}

static void
did(void *with, const struct position *p, int picked, const struct done *d)
{
	(void)with, (void)p, (void)picked, (void)d;
}

static double
drives(struct driver *d, uint64_t *steps)
{
	static const struct decider decider = { pick, did, NULL };
	int64_t begin = now_us(), end = begin + SLICE_MS * 1000;
	struct run_end last;
	char *why = NULL;
	int n = 0;

	*steps = 0;
	while (now_us() < end) {
		if (driver_run(d, &decider, NULL, &last, &why) < 0) {
			fprintf(stderr, "runs: %s\n", why);
			return 0;
		}
		*steps += last.steps;
		n++;
	}
	*steps /= n;
	return n * 1e6 / (now_us() - begin);
}

static void
better(double *best, double now)
{
	*best = now > *best ? now : *best;
}

static void
compare(char **argv)
{
	cpu_set_t all, one;
	char *subject[] = { argv[3], NULL };
	struct driver_config c = { .tracer = { .argv = subject } };
	double best[2] = { 0, 0 };
	uint64_t steps = 0;
	char *why = NULL;
	struct driver *d;

	sched_getaffinity(0, sizeof(all), &all);
	d = driver_open(&c, &why);
	sched_getaffinity(0, sizeof(one), &one);
	if (!d) {
		fprintf(stderr, "runs: %s\n", why);
		return;
	}
	for (int i = 0; i < ROUNDS; i++) {
		better(&best[0], drives(d, &steps));
		better(&best[1], spawns(argv[4]));
		sched_setaffinity(0, sizeof(all), &all);
		better(&best[1], spawns(argv[4]));
		sched_setaffinity(0, sizeof(one), &one);
	}
	driver_close(d);
	printf("%-44s %6.2f of a loop of posix_spawn and wait, asked %s\n"
	       "%-51s (%.0f and %.0f runs/s, %d steps)\n", argv[1],
	       best[0] / best[1], argv[2], "", best[0], best[1], (int)steps);
}

int
main(int argc, char **argv)
{
	unsigned got;
	int status;
	pid_t pid;

	if (argc != 5)
		return 2;
	pid = namespace_fork(PARTS_ISOLATED | PART_BIT(PART_PIDS), &got);
	if (pid == 0) {
		compare(argv);
		fflush(NULL);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return status != 0;
}
