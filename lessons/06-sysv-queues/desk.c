/*
 * WRONG on purpose: questions and answers go through one queue, and the asker
 * sends all its questions before it takes an answer.
 *
 *	desk QUESTIONS		5; up to 4 find room
 *	desk QUESTIONS two	a queue for the questions, one for the answers
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

enum { QUESTION = 1, ANSWER = 2, SIZE = 4096 };

struct paper {
	long type;
	char text[SIZE];
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

static void
run_helper(int questions, int answers, int n)
{
	struct paper paper;

	while (n-- > 0) {
		check(msgrcv(questions, &paper, SIZE, QUESTION, 0), "msgrcv");
		paper.type = ANSWER;
		check(msgsnd(answers, &paper, SIZE, 0), "msgsnd");
	}
}

static void
run_asker(int questions, int answers, int n)
{
	struct paper paper = { .type = QUESTION };
	int i;

	memset(paper.text, '?', SIZE);
	for (i = 0; i < n; i++)
		check(msgsnd(questions, &paper, SIZE, 0), "msgsnd");
	for (i = 0; i < n; i++)
		check(msgrcv(answers, &paper, SIZE, ANSWER, 0), "msgrcv");
	printf("asker: %d answers\n", n);
}

int
main(int argc, char *argv[])
{
	int n = argc > 1 ? atoi(argv[1]) : 5;
	int questions = check(msgget(IPC_PRIVATE, 0600), "msgget");
	int answers = questions;

	if (argc > 2)
		answers = check(msgget(IPC_PRIVATE, 0600), "msgget");
	if (check(fork(), "fork") == 0) {
		run_helper(questions, answers, n);
		return 0;
	}
	run_asker(questions, answers, n);
	check(wait(NULL), "wait");
	check(msgctl(questions, IPC_RMID, NULL), "msgctl");
	if (answers != questions)
		check(msgctl(answers, IPC_RMID, NULL), "msgctl");
	return 0;
}
