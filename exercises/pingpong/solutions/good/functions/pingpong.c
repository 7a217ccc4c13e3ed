/*
 * Two words over two pipes: pingpong PING PONG.  Each side is a function, and
 * a word ends where its pipe ends.
 */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int
say(int out, const char *word)
{
	size_t n = strlen(word);
	int ok = write(out, word, n) == (ssize_t)n;

	close(out);
	return ok;
}

static int
hear(int in, const char *who)
{
	char word[128];
	size_t n = 0;
	ssize_t got;

	while (n < sizeof(word) &&
	       (got = read(in, word + n, sizeof(word) - n)) > 0)
		n += (size_t)got;
	close(in);
	printf("%s: %.*s\n", who, (int)n, word);
	fflush(stdout);
	return n > 0;
}

static int
run_child(int in, int out, const char *pong)
{
	return hear(in, "child") && say(out, pong) ? 0 : 1;
}

static int
run_parent(int in, int out, const char *ping)
{
	int status;

	if (!say(out, ping) || !hear(in, "parent"))
		return 1;
	return wait(&status) > 0 && status == 0 ? 0 : 1;
}

int
main(int argc, char **argv)
{
	int down[2], up[2];
	pid_t child;

	if (argc != 3 || pipe(down) < 0 || pipe(up) < 0)
		return 2;
	child = fork();
	if (child < 0)
		return 2;
	if (child == 0) {
		close(down[1]);
		close(up[0]);
		return run_child(down[0], up[1], argv[2]);
	}
	close(down[0]);
	close(up[1]);
	return run_parent(up[0], down[1], argv[1]);
}
