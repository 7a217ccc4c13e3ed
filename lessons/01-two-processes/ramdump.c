/*
 * WRONG ON PURPOSE: the collector does not know how far debuggerd has come.
 *
 * A crash daemon saves the memory of a crashed program (bulk data) and then
 * says so in a property (control information).  A collector looks at the
 * property and takes the dump away.  With a number, as in `ramdump 100`, it
 * sleeps that many milliseconds before it looks.
 */
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define DUMP "ramdump.bin"
#define STATE "props/ramdump"

static int sleep_ms;

static void
debuggerd(void)
{
	char block[4096];
	int fd = open(DUMP, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	if (fd == -1)
		err(2, "%s", DUMP);
	memset(block, '#', sizeof(block));
	for (int i = 0; i < 3; i++)
		if (write(fd, block, sizeof(block)) != sizeof(block))
			err(2, "%s", DUMP);
	close(fd);

	fd = open(STATE, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	if (fd == -1 || write(fd, "done", 4) != 4)
		err(2, "%s", STATE);
	close(fd);
	exit(0);
}

static void
answer(const char *line, int status)
{
	if (write(STDOUT_FILENO, line, strlen(line)) == -1)
		err(2, "write");
	exit(status);
}

static void
collector(void)
{
	char state[16] = "", dump[16384];
	int fd;

	if (sleep_ms > 0)
		usleep(sleep_ms * 1000);

	fd = open(STATE, O_RDONLY);
	if (fd == -1)
		answer("collector: FAILED, there is no state\n", 1);
	if (read(fd, state, sizeof(state) - 1) == -1)
		err(2, "%s", STATE);
	close(fd);
	if (strcmp(state, "done") != 0)
		answer("collector: FAILED, the state is not done\n", 1);

	fd = open(DUMP, O_RDONLY);
	if (fd == -1)
		answer("collector: FAILED, there is no dump\n", 1);
	if (read(fd, dump, sizeof(dump)) != 3 * 4096)
		answer("collector: FAILED, the dump is not whole\n", 1);
	close(fd);
	answer("collector: saved 12288 bytes\n", 0);
}

static void
start(void (*role)(void))
{
	pid_t pid = fork();

	if (pid == -1)
		err(2, "fork");
	if (pid == 0)
		role();
}

int
main(int argc, char **argv)
{
	if (argc > 1)
		sleep_ms = atoi(argv[1]);
	mkdir("props", 0777);	/* it may be there already */
	start(debuggerd);
	start(collector);
	for (int i = 0; i < 2; i++)
		if (wait(NULL) == -1)
			err(2, "wait");
	return 0;
}
