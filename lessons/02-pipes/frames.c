/*
 * Two numbers, each in a frame: one byte that says how many follow, then
 * these.  The reader finds the seams wherever its reads happen to end.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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

/* Length and text in one write: at most PIPE_BUF bytes stay together.  */
static void
send_text(int out, const char *text)
{
	size_t n = strlen(text);
	char frame[1 + 255];

	if (n > 255) {
		fprintf(stderr, "frames: a text is at most 255 bytes\n");
		exit(1);
	}
	frame[0] = n;
	memcpy(frame + 1, text, n);
	check(write(out, frame, 1 + n), "write");
}

/* Read n bytes, in as many reads as it takes; 0 at the end.  */
static int
read_all(int in, char *buf, size_t n)
{
	size_t have = 0;
	long got;

	while (have < n) {
		got = check(read(in, buf + have, n - have), "read");
		if (got == 0)
			return 0;
		have += got;
	}
	return 1;
}

static void
run_reader(int in)
{
	unsigned char n;
	char text[255];

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	while (read_all(in, (char *)&n, 1)) {
		if (!read_all(in, text, n)) {
			fprintf(stderr, "reader: cut off in a frame\n");
			exit(1);
		}
		printf("reader: the number is %.*s\n", n, text);
	}
}

int
main(void)
{
	int fd[2];

	check(pipe(fd), "pipe");
	if (check(fork(), "fork") == 0) {
		check(close(fd[1]), "close");
		run_reader(fd[0]);
		return 0;
	}
	check(close(fd[0]), "close");
	send_text(fd[1], "10");
	send_text(fd[1], "24");
	check(close(fd[1]), "close");
	check(wait(NULL), "wait");
	return 0;
}
