/*
 * Two words over two pipes: pingpong PING PONG.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORD_MAX = 64 };

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

int
main(int argc, char **argv)
{
	char word[WORD_MAX];
	int to_child[2], to_parent[2];
	long n;

	if (argc != 3)
		return 2;
	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	check(pipe(to_child), "pipe");
	check(pipe(to_parent), "pipe");
	if (check(fork(), "fork") == 0) {
		close(to_child[1]);
		close(to_parent[0]);
		n = check(read(to_child[0], word, sizeof(word)), "read");
		printf("child: %.*s\n", (int)n, word);
		check(write(to_parent[1], argv[2], strlen(argv[2])), "write");
		return 0;
	}
	close(to_child[0]);
	close(to_parent[1]);
	check(write(to_child[1], argv[1], strlen(argv[1])), "write");
	fcntl(to_parent[0], F_SETFL, O_NONBLOCK);
	while ((n = read(to_parent[0], word, sizeof(word))) < 0)
		usleep(1000);
	printf("parent: %.*s\n", (int)n, word);
	check(wait(NULL), "wait");
	return 0;
}
