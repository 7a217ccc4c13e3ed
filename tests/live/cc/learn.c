/*
 * A program for runtime_test.c: what its threads share, and what they do not.
 * It prints where each thing is.  Exit status: what is wrong, 0: nothing.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct {
	long counter, gap, read_only, gap_1, written_late, gap_2;
	long own[2], gap_3, before;
} all = { .read_only = 5 };
static long *on_stack, *from_heap, *handed_over;
static int constructed;
static long sum;

static void
on_child(int signal)
{
	(void)signal;
}

__attribute__((constructor)) static void
construct(void)
{
	signal(SIGCHLD, on_child);
	constructed++;
	printf("constructed\n");	/* to be flushed by each run */
}

static void
work(long i)
{
	volatile long local[4] = { 0 };
	long *block = malloc(64);

	for (int n = 0; n < 4; n++)
		local[n] = local[(n + 1) % 4] + n;
	block[0] = local[1];
	all.own[i] += block[0] + all.read_only + all.written_late;
	printf("block %p\n", (void *)block);
	free(block);
	all.counter++;
}

static void *
first(void *arg)
{
	work(0);
	*on_stack = 1;
	handed_over = malloc(200);
	handed_over[0] = 1;
	return arg;
}

static void *
second(void *arg)
{
	work(1);
	return arg;
}

static void
run_each(void *(*run)(void *))
{
	pthread_t t;

	pthread_create(&t, NULL, run, NULL);
	pthread_join(t, NULL);
}

int
main(int argc, char **argv)
{
	struct sigaction now;
	long local = 0;

	all.before = 1;
	on_stack = &local;
	from_heap = malloc(64);
	sigaction(SIGCHLD, NULL, &now);
	if (constructed != 1 || now.sa_handler != on_child ||
	    !(now.sa_flags & SA_RESTART) || getppid() == getpid())
		return 1;
	printf("counter %p\nread_only %p\nwritten_late %p\nown %p\nbefore %p\n"
	       "on_stack %p\n", (void *)&all.counter, (void *)&all.read_only,
	       (void *)&all.written_late, (void *)all.own,
	       (void *)&all.before, (void *)&local);
	if (argc > 1 && strcmp(argv[1], "fork") == 0) {
		run_each(first);
		if (fork() == 0) {	/* alone with a copy */
			all.counter += 3;
			_exit(all.own[0] == 0);
		}
		return 0;
	}
	run_each(first);
	run_each(second);
	sum = local + all.before;
	all.written_late = 7;
	free(handed_over);
	printf("handed_over %p\n", (void *)handed_over);
	return all.counter == 2 && sum == 2 ? 0 : 2;
}
