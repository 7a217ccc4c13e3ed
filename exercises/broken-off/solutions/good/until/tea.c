/*
 * Without SA_RESTART: each call that sleeps is made again by hand, and the
 * sleep has an end, not a length.
 *
 * tea WORD: the cook reads from a pipe what is ordered, waits with a semaphore
 * until the water boils, lets the tea stand for 2.5 seconds, and prints it.
 * Meanwhile the guest asks with SIGUSR1, and the kitchen clock ticks each
 * second with SIGALRM.
 */
#define _GNU_SOURCE	/* TEMP_FAILURE_RETRY */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t asked, seconds;

/* Pass the result of a system call on; stop with a message if it failed.  */
static long
check(long result, const char *what)
{
	if (result == -1) {
		perror(what);
		exit(1);
	}
	return result;
}

static void
on_signal(int signal)
{
	if (signal == SIGALRM)
		seconds++;
	else
		asked = 1;
}

/* Signals are caught from now on, and the clock ticks.  */
static void
begin(void)
{
	struct sigaction action = { .sa_handler = on_signal };
	struct itimerval tick = { { 1, 0 }, { 1, 0 } };

	check(sigaction(SIGUSR1, &action, NULL), "sigaction");
	check(sigaction(SIGALRM, &action, NULL), "sigaction");
	check(setitimer(ITIMER_REAL, &tick, NULL), "setitimer");
}

/* The guest is not to be changed.  */
static void
run_guest(int out, int water, const char *word)
{
	struct sembuf boils = { .sem_num = 0, .sem_op = 1 };
	pid_t cook = getppid();

	signal(SIGUSR1, SIG_DFL);	/* nobody asks the guest */
	check(kill(cook, SIGUSR1), "kill");
	check(dprintf(out, "%s\n", word), "write");
	check(kill(cook, SIGUSR1), "kill");
	check(semop(water, &boils, 1), "semop");
	check(kill(cook, SIGUSR1), "kill");
	_exit(0);
}

static void
read_order(int in, char *order, int size)
{
	int n = 0;

	while (n < size - 1 && check(TEMP_FAILURE_RETRY(read(in, order + n, 1)),
				     "read") == 1 &&
	       order[n] != '\n')
		n++;
	order[n] = '\0';
}

static void
wait_for_water(int water)
{
	struct sembuf boiled = { .sem_num = 0, .sem_op = -1 };

	check(TEMP_FAILURE_RETRY(semop(water, &boiled, 1)), "semop");
}

static void
let_stand(void)
{
	struct timespec end;
	int error;

	check(clock_gettime(CLOCK_MONOTONIC, &end), "clock_gettime");
	end.tv_sec += 2;
	end.tv_nsec += 500000000;
	if (end.tv_nsec >= 1000000000) {
		end.tv_sec++;
		end.tv_nsec -= 1000000000;
	}
	do	/* it returns the error, and leaves errno alone */
		error = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end,
					NULL);
	while (error == EINTR);
	if (error)
		exit(1);
}

int
main(int argc, char **argv)
{
	char order[100];
	int fd[2], water;

	if (argc != 2) {
		fprintf(stderr, "usage: %s WORD\n", argv[0]);
		return 2;
	}
	begin();
	check(pipe(fd), "pipe");
	/* Linux makes it with the value 0 (semget(2)).  */
	water = (int)check(semget(IPC_PRIVATE, 1, 0600), "semget");
	if (check(fork(), "fork") == 0)
		run_guest(fd[1], water, argv[1]);
	read_order(fd[0], order, sizeof(order));
	wait_for_water(water);
	let_stand();
	printf("%s\n", order);
	check(TEMP_FAILURE_RETRY(wait(NULL)), "wait");
	check(semctl(water, 0, IPC_RMID), "semctl");
	return 0;
}
