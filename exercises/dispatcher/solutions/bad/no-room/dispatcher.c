/*
 * dispatcher TEXT...: two workers are there before the work is.  For each TEXT
 * the dispatcher makes two pipes and hands their ends to one of the workers,
 * by turns, through a socket: one to read the text from, and one to write the
 * answer to.  "-" hands over nothing, "+" one descriptor more than a worker
 * has room for: no answer comes.  The dispatcher prints the answers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS = 2, JOBS_MAX = 100, ROOM = 2 };

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

/* Room for the descriptors of one message, where a header may stand.  */
union control {
	struct cmsghdr align;
	char bytes[CMSG_SPACE(3 * sizeof(int))];
};

/* Send one message with n descriptors, which may be 0.  */
static void
send_job(int s, const int *fd, int n)
{
	union control control = { .bytes = "" };
	struct iovec byte = { "j", 1 };
	struct msghdr m = { .msg_iov = &byte, .msg_iovlen = 1 };
	struct cmsghdr *c;

	if (n > 0) {
		m.msg_control = control.bytes;
		m.msg_controllen = CMSG_SPACE(n * sizeof(int));
		c = CMSG_FIRSTHDR(&m);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(n * sizeof(int));
		memcpy(CMSG_DATA(c), fd, n * sizeof(int));
	}
	check(sendmsg(s, &m, 0), "sendmsg");
}

/* Take one message.  Returns ROOM, with the descriptors that came; 0 where it
 * were more or fewer, none of which stays open; -1: no more will come.  */
static int
take_job(int s, int *fd)
{
	union control control;
	char byte;
	struct iovec part = { &byte, 1 };
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1,
			    .msg_control = control.bytes,
			    .msg_controllen = CMSG_LEN(0) };
	struct cmsghdr *c;
	int n = 0;

	if (check(recvmsg(s, &m, 0), "recvmsg") == 0)
		return -1;
	c = CMSG_FIRSTHDR(&m);
	if (c) {
		n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		memcpy(fd, CMSG_DATA(c), n * sizeof(int));
	}
	if (n == ROOM && !(m.msg_flags & MSG_CTRUNC))
		return n;
	while (n > 0)
		close(fd[--n]);
	return 0;
}

/* Read the text to its end, and answer.  */
static void
work(const char *name, int text, int answer)
{
	char line[200];
	int n = snprintf(line, sizeof(line), "%s: ", name);
	ssize_t more;

	while ((more = check(read(text, line + n, sizeof(line) - n),
			     "read")) > 0)
		n += more;
	check(write(answer, line, n), "write");
}

static void
run_worker(int s, const char *name)
{
	int fd[ROOM], n;

	while ((n = take_job(s, fd)) != -1) {
		if (n == 0)
			continue;
		work(name, fd[0], fd[1]);
		close(fd[0]);
		close(fd[1]);
	}
}

/* ---- the dispatcher ---- */
static void
print_answer(int answer)
{
	char line[200];
	ssize_t n = 0, more;

	while ((more = check(read(answer, line + n, sizeof(line) - n),
			     "read")) > 0)
		n += more;
	close(answer);
	if (n > 0)
		printf("%.*s\n", (int)n, line);
	else
		printf("no answer\n");
}

/* Returns where the answer will come from.  */
static int
hand_over(int s, const char *word)
{
	int text[2], back[2], fd[3];

	check(pipe(text), "pipe");
	check(pipe(back), "pipe");
	check(write(text[1], word, strlen(word)), "write");
	close(text[1]);
	fd[0] = fd[2] = text[0];
	fd[1] = back[1];
	send_job(s, fd, *word == '-' ? 0 : *word == '+' ? 3 : 2);
	close(text[0]);
	close(back[1]);
	return back[0];
}

int
main(int argc, char **argv)
{
	static const char *const names[WORKERS] = { "first", "second" };
	int worker[WORKERS], answer[JOBS_MAX], s[2];

	if (argc > JOBS_MAX)
		return 2;
	for (int i = 0; i < WORKERS; i++) {
		check(socketpair(AF_UNIX, SOCK_STREAM, 0, s), "socketpair");
		if (check(fork(), "fork") == 0) {
			close(s[0]);
			for (int k = 0; k < i; k++)
				close(worker[k]);
			run_worker(s[1], names[i]);
			close(s[1]);
			return 0;
		}
		close(s[1]);
		worker[i] = s[0];
	}
	for (int i = 1; i < argc; i++)
		answer[i] = hand_over(worker[(i - 1) % WORKERS], argv[i]);
	for (int i = 1; i < argc; i++)
		print_answer(answer[i]);
	for (int i = 0; i < WORKERS; i++)
		close(worker[i]);
	for (int i = 0; i < WORKERS; i++)
		check(wait(NULL), "wait");
	return 0;
}
