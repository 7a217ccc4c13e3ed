/*
 * enquiries NAME=NUMBER...: the clients are called 2, 3, 4..., and whoever asks
 * puts his own in front of the name: "2 ann".  The answer has that type.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

enum { QUESTION = 1, FIRST_CLIENT = 2, LONGEST = 31 };

static void
give_up(const char *what)
{
	perror(what);
	exit(1);
}

static void
put(int queue, long type, const char *text)
{
	struct {
		long type;
		char text[LONGEST + 1];
	} m = { .type = type };

	strncpy(m.text, text, LONGEST);
	if (msgsnd(queue, &m, strlen(m.text), 0) == -1)
		give_up("msgsnd");
}

static void
take(int queue, long type, char text[LONGEST + 1])
{
	struct {
		long type;
		char text[LONGEST];
	} m;
	ssize_t n = msgrcv(queue, &m, LONGEST, type, 0);

	if (n == -1)
		give_up("msgrcv");
	memcpy(text, m.text, (size_t)n);
	text[n] = '\0';
}

static void
run_client(int queue, long me, const char *name)
{
	char text[LONGEST + 1];

	snprintf(text, sizeof(text), "%ld %s", me, name);
	put(queue, QUESTION, text);
	take(queue, me, text);
	printf("%s %s\n", name, text);
}

static void
answer(int queue, char **entry)
{
	char text[LONGEST + 1], *name;
	long client;

	take(queue, QUESTION, text);
	client = strtol(text, &name, 10);
	name++;
	for (; *entry; entry++) {
		size_t n = strcspn(*entry, "=");

		if (n == strlen(name) && memcmp(*entry, name, n) == 0)
			put(queue, client, *entry + n + 1);
	}
}

int
main(int argc, char **argv)
{
	int queue = msgget(IPC_PRIVATE, IPC_CREAT | 0600), i;

	if (queue == -1)
		give_up("msgget");
	for (i = 1; i < argc; i++) {
		pid_t pid = fork();

		if (pid == -1)
			give_up("fork");
		if (pid == 0) {
			run_client(queue, FIRST_CLIENT + i,
				   strtok(argv[i], "="));
			exit(0);
		}
	}
	for (i = 1; i < argc; i++)
		answer(queue, argv + 1);
	while (wait(NULL) > 0)
		;
	if (msgctl(queue, IPC_RMID, NULL) == -1)
		give_up("msgctl");
	return 0;
}
