/*
 * How many runs of a program a driver makes in a second, beside a loop of
 * posix_spawn(3) and wait(2) of the same program built plainly: on one
 * processor, as the driver, and on all; the faster of the two counts.
 *
 *	runs WHAT ASKED INSTRUMENTED PLAIN
 *
 * ASKED is the ratio that is aimed at.  Both are measured in turns, in slices
 * so short that what else runs on the machine leaves some of each alone.  Beside
 * it stands the ratio of the processor's time that they take, which depends less
 * on that; and how many runs there would be if a run were no more than a fork of
 * this program, a thread in it, and their ends, with no lab at all.
 */
#include "config.h"

#include "tracer/driver.h"
#include "tracer/namespace.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
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

static int64_t
as_us(struct timeval v)
{
	return v.tv_sec * INT64_C(1000000) + v.tv_usec;
}

/* Of a child that lives: the server of a search.  */
static int64_t
childs_us(void)
{
	FILE *f = fopen("/proc/thread-self/children", "re");
	struct timespec ts = { 0 };
	clockid_t clock;
	int pid;

	if (f && fscanf(f, "%d", &pid) == 1 &&
	    clock_getcpuclockid(pid, &clock) == 0)
		clock_gettime(clock, &ts);
	if (f)
		fclose(f);
	return ts.tv_sec * INT64_C(1000000) + ts.tv_nsec / 1000;
}

/* The processor's time that this process and its children have taken.  */
static int64_t
spent_us(void)
{
	struct rusage own, ended;

	getrusage(RUSAGE_SELF, &own);
	getrusage(RUSAGE_CHILDREN, &ended);
	return as_us(own.ru_utime) + as_us(own.ru_stime) +
	       as_us(ended.ru_utime) + as_us(ended.ru_stime) + childs_us();
}

/* In a second of the clock, and of the processor; 0: it does not work.  */
struct rate {
	double wall, spent;
};

static struct rate
rate_of(int n, int64_t begin_us, int64_t begin_spent)
{
	int64_t spent = spent_us() - begin_spent;

	return (struct rate){
		n * 1e6 / (now_us() - begin_us),
		spent > 0 ? n * 1e6 / spent : 0,
	};
}

static void
better(struct rate *best, struct rate now)
{
	best->wall = now.wall > best->wall ? now.wall : best->wall;
	best->spent = now.spent > best->spent ? now.spent : best->spent;
}

/* ---- the loop ---- */

static struct rate
spawns(char *program)
{
	char *argv[] = { program, NULL };
	posix_spawn_file_actions_t files;
	int64_t begin = now_us(), end = begin + SLICE_MS * 1000;
	int64_t spent = spent_us();
	int n = 0;

	posix_spawn_file_actions_init(&files);
	for (int fd = 0; fd < 3; fd++)
		posix_spawn_file_actions_addopen(&files, fd, "/dev/null",
						 O_RDWR, 0);
	while (now_us() < end) {
		pid_t pid;
		int status;

		if (posix_spawn(&pid, program, &files, NULL, argv, environ))
			return (struct rate){ 0, 0 };
		waitpid(pid, &status, 0);
		n++;
	}
	posix_spawn_file_actions_destroy(&files);
	return rate_of(n, begin, spent);
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

static struct rate
drives(struct driver *d, uint64_t *steps)
{
	static const struct decider decider = { pick, did, NULL };
	int64_t begin = now_us(), end = begin + SLICE_MS * 1000;
	int64_t spent = spent_us();
	struct run_end last;
	char *why = NULL;
	int n = 0;

	*steps = 0;
	while (now_us() < end) {
		if (driver_run(d, &decider, NULL, &last, &why) < 0) {
			fprintf(stderr, "runs: %s\n", why);
			return (struct rate){ 0, 0 };
		}
		*steps += last.steps;
		n++;
	}
	*steps /= n;
	return rate_of(n, begin, spent);
}

/* ---- the bound ---- */

static void *
nothing(void *with)
{
	return with;
}

static void
fork_and_thread(void)
{
	pthread_t thread;
	pid_t pid = fork();

	if (pid == 0) {
		pthread_create(&thread, NULL, nothing, NULL);
		pthread_join(thread, NULL);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

static struct rate
forks(void)
{
	int64_t begin = now_us(), end = begin + SLICE_MS * 1000;
	int64_t spent = spent_us();
	int n = 0;

	for (; now_us() < end; n++)
		fork_and_thread();
	return rate_of(n, begin, spent);
}

/* ---- all of it ---- */

static void
tell(char **argv, const struct rate *best, int steps)
{
	const struct rate *runs = &best[0], *loop = &best[1], *bound = &best[2];

	printf("%-44s %6.2f of a loop of posix_spawn and wait, asked %s\n"
	       "%-44s %6.2f by the time of processors\n"
	       "%-51s (%.0f and %.0f runs/s, %d steps)\n"
	       "%-44s %6.2f (%.2f by the time of processors)\n",
	       argv[1], runs->wall / loop->wall, argv[2],
	       "", runs->spent / loop->spent,
	       "", runs->wall, loop->wall, steps,
	       "... a fork, a thread, two ends, and no lab",
	       bound->wall / loop->wall, bound->spent / loop->spent);
}

static void
compare(char **argv)
{
	cpu_set_t all, one;
	char *subject[] = { argv[3], NULL };
	struct driver_config c = { .tracer = { .argv = subject } };
	struct rate best[3] = { { 0, 0 } };
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
		better(&best[2], forks());
		sched_setaffinity(0, sizeof(all), &all);
		better(&best[1], spawns(argv[4]));
		sched_setaffinity(0, sizeof(one), &one);
	}
	driver_close(d);
	tell(argv, best, (int)steps);
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
