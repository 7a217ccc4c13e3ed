/* server WORD...: one descriptor for both directions, so that the FIFO always
 * has a reader and a writer; stdio takes the lines apart.  */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define DOOR "door"

static void
run_client(const char *word)
{
	int out = open(DOOR, O_WRONLY);
	char line[100];
	int n = snprintf(line, sizeof(line), "%s\n", word);

	if (out < 0 || write(out, line, (size_t)n) != n)
		err(1, "client");
	_exit(0);
}

int
main(int argc, char **argv)
{
	char *line = NULL;
	size_t room = 0;
	FILE *requests;
	int fd;

	if (mkfifo(DOOR, 0600) < 0 || (fd = open(DOOR, O_RDWR | O_CLOEXEC)) < 0)
		err(1, DOOR);
	for (char **word = argv + 1; *word; word++) {
		pid_t client = fork();

		if (client < 0)
			err(1, "fork");
		if (client == 0)
			run_client(*word);
	}
	if (!(requests = fdopen(fd, "r")))
		err(1, "fdopen");
	for (int left = argc - 1; left > 0; left--) {
		if (getline(&line, &room, requests) < 0)
			err(1, "getline");
		printf("%s", line);
	}
	free(line);
	fclose(requests);
	if (unlink(DOOR) < 0)
		err(1, "unlink");
	while (wait(NULL) > 0)
		;
	return 0;
}
