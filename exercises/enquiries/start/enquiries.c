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
	struct message m = { .type = QUESTION };

	/* To do: ask for name, and take the answer that is for you.  */
	(void)queue;
	printf("%s %s\n", name, m.text);
}

static void
run_server(int queue, char **entry, int questions)
{
	/* To do: take so many questions, and send whoever asked the number.  */
	(void)queue;
	(void)questions;
	(void)find_number(entry, "");
}

int
main(int argc, char **argv)
{
	int queue = check(msgget(IPC_PRIVATE, 0600), "msgget");

	for (int i = 1; i < argc; i++)
		if (check(fork(), "fork") == 0) {
			strchr(argv[i], '=')[0] = '\0';
			run_client(queue, argv[i]);
			return 0;
		}
	run_server(queue, argv + 1, argc - 1);
	/* To do: what has to be done before the server ends?  */
	return 0;
}
