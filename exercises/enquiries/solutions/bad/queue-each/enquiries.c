/*
 * enquiries NAME=NUMBER...: a server knows all the numbers.  For each name
 * there is a client, which asks for its number through the one queue, and
 * prints what it is told.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

enum { QUESTION = 1 };		/* the type of a question */

struct message {
	long type;
	pid_t from;		/* who asks */
	char text[28];		/* a name, or a number */
};

enum { SIZE = sizeof(struct message) - sizeof(long) };

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

/* The number of this name among NAME=NUMBER...  */
static const char *
find_number(char **entry, const char *name)
{
	size_t n = strlen(name);

	for (; *entry; entry++)
		if (strncmp(*entry, name, n) == 0 && (*entry)[n] == '=')
			return *entry + n + 1;
	return "unknown";
}

static void
run_client(int queue, const char *name)
{
	struct message m = { .type = QUESTION, .from = getpid() };

	snprintf(m.text, sizeof(m.text), "%s", name);
	check(msgsnd(queue, &m, SIZE, 0), "msgsnd");
	check(msgrcv(queue, &m, SIZE, getpid(), 0), "msgrcv");
	printf("%s %s\n", name, m.text);
}

static void
run_server(int queue, char **entry, int questions)
{
	struct message m;

	while (questions-- > 0) {
		check(msgrcv(queue, &m, SIZE, QUESTION, 0), "msgrcv");
		m.type = m.from;
		snprintf(m.text, sizeof(m.text), "%s",
			 find_number(entry, m.text));
		check(msgsnd(queue, &m, SIZE, 0), "msgsnd");
	}
}

int
main(int argc, char **argv)
{
	int queue[argc];

	for (int i = 1; i < argc; i++) {
		queue[i] = check(msgget(IPC_PRIVATE, 0600), "msgget");
		if (check(fork(), "fork") == 0) {
			strchr(argv[i], '=')[0] = '\0';
			run_client(queue[i], argv[i]);
			return 0;
		}
	}
	for (int i = 1; i < argc; i++)
		run_server(queue[i], argv + 1, 1);
	for (int i = 1; i < argc; i++)
		check(wait(NULL), "wait");
	for (int i = 1; i < argc; i++)
		check(msgctl(queue[i], IPC_RMID, NULL), "msgctl");
	return 0;
}
