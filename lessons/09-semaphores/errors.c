/*
 * Things that can go wrong with semaphores, done on purpose.
 *
 *	errors NAME	(nowait, timed, removed, interrupted, names, too-much,
 *			number, overflow, posix, open)
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

union semun { int val; };

static void
tell(const char *what, long result)
{
	printf("%s: %s\n", what, result == -1 ? strerror(errno) : "it worked");
}

static int
new_set(int value)
{
	int set = semget(IPC_PRIVATE, 1, 0600);

	if (set == -1 || semctl(set, 0, SETVAL, (union semun){ value }) == -1) {
		perror("semget");
		exit(1);
	}
	return set;
}

static long
add(int set, int number, int by, int flags)
{
	struct sembuf op = { number, by, flags };

	return semop(set, &op, 1);
}

static void
nowait(void)
{
	tell("nowait", add(new_set(0), 0, -1, IPC_NOWAIT));
}

static void
timed(void)
{
	struct sembuf take = { 0, -1, 0 };
	struct timespec second = { 1, 0 };

	tell("timed", semtimedop(new_set(0), &take, 1, &second));
}

static void
removed(void)
{
	int set = new_set(0);

	if (fork() == 0) {
		tell("removed", add(set, 0, -1, 0));
		return;
	}
	semctl(set, 0, IPC_RMID);
	wait(NULL);
}

static void
handler(int signal)
{
	(void)signal;
}

static void
interrupted(void)
{
	struct sigaction action = {
		.sa_handler = handler, .sa_flags = SA_RESTART
	};
	int set = new_set(0);
	pid_t child;

	sigaction(SIGUSR1, &action, NULL);
	child = fork();
	if (child == 0) {
		tell("interrupted", add(set, 0, -1, 0));
		return;
	}
	kill(child, SIGUSR1);
	wait(NULL);
}

static void
names(void)
{
	key_t key = ftok(".", 's');

	tell("no such id", add(12345, 0, 1, 0));
	tell("no such key", semget(key, 1, 0));
	semget(key, 1, IPC_CREAT | 0600);
	tell("not the first", semget(key, 1, IPC_CREAT | IPC_EXCL | 0600));
}

static void
too_much(void)
{
	tell("too-much", add(new_set(32767), 0, 1, 0));
}

static void
number(void)
{
	tell("number", add(new_set(1), 1, -1, 0));
}

static void
overflow(void)
{
	sem_t s;

	sem_init(&s, 0, SEM_VALUE_MAX);
	tell("overflow", sem_post(&s));
}

static void
posix(void)
{
	struct timespec past = { 1, 0 };	/* of the year 1970 */
	sem_t s;

	sem_init(&s, 0, 0);
	tell("try", sem_trywait(&s));
	tell("past", sem_timedwait(&s, &past));
}

static long
open_named(int flags, unsigned value)
{
	return sem_open("/ipclab-09", flags, 0600, value) == SEM_FAILED ?
	       -1 : 0;
}

static void
open_them(void)
{
	tell("no such name", open_named(0, 0));
	tell("too large", open_named(O_CREAT, (unsigned)SEM_VALUE_MAX + 1));
	open_named(O_CREAT, 1);
	tell("not the first", open_named(O_CREAT | O_EXCL, 1));
	sem_unlink("/ipclab-09");
}

static const struct {
	const char *name;
	void (*go)(void);
} tries[] = {
	{ "nowait", nowait }, { "timed", timed }, { "removed", removed },
	{ "interrupted", interrupted }, { "names", names },
	{ "too-much", too_much }, { "number", number },
	{ "overflow", overflow }, { "posix", posix }, { "open", open_them },
};

int
main(int argc, char *argv[])
{
	size_t i;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	for (i = 0; i < sizeof(tries) / sizeof(tries[0]); i++)
		if (argc > 1 && strcmp(argv[1], tries[i].name) == 0)
			tries[i].go();
	return 0;
}
