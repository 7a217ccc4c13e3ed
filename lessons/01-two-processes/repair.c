/*
 * The ramdump race, repaired: a state to look at, and a bell to wait for.
 *
 * The bell is a pipe into which nobody writes.  Only debuggerd keeps its
 * write end, and when debuggerd ends, however it ends, the kernel closes
 * that end and wakes the collector.  `repair dies`: debuggerd ends in the
 * middle of its work.  `repair slow`: it needs a minute.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define DUMP "ramdump.bin"
#define STATE "props/ramdump"

static const char *mode = "well";
static int bell[2];

static void
say(const char *line)
{
	if (write(STDOUT_FILENO, line, strlen(line)) == -1)
		err(1, "write");
}

static void
put(const char *path, const char *bytes, ssize_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	if (fd == -1 || write(fd, bytes, len) != len)
		err(1, "%s", path);
	close(fd);
}

static ssize_t
get(const char *path, char *bytes, size_t room)
{
	int fd = open(path, O_RDONLY);
	ssize_t n = fd == -1 ? -1 : read(fd, bytes, room);

	if (fd != -1)
		close(fd);
	return n;
}

static void
debuggerd(void)
{
	char dump[12288];

	close(bell[0]);
	if (strcmp(mode, "slow") == 0)
		sleep(60);
	memset(dump, '#', sizeof(dump));
	if (strcmp(mode, "dies") == 0) {
		put(DUMP, dump, 4096);
		exit(1);
	}
	put(DUMP, dump, sizeof(dump));
	put(STATE ".new", "done", 4);
	if (rename(STATE ".new", STATE) == -1)
		err(1, "rename");
	exit(0);
}

static void
collector(void)
{
	struct pollfd end = { .fd = bell[0], .events = POLLIN };
	char state[4], dump[12288];
	int rang;

	close(bell[1]);
	rang = poll(&end, 1, 1000);	/* a second at most */
	if (rang == -1)
		err(1, "poll");

	if (get(STATE, state, 4) == 4 && memcmp(state, "done", 4) == 0) {
		if (get(DUMP, dump, sizeof(dump)) != sizeof(dump))
			err(1, "%s", DUMP);
		say("collector: saved 12288 bytes\n");
		exit(0);
	}
	if (rang == 0) {
		say("collector: no answer within a second\n");
		exit(2);
	}
	say("collector: debuggerd ended without a dump\n");
	exit(3);
}

static void
start(void (*role)(void))
{
	pid_t pid = fork();

	if (pid == -1)
		err(1, "fork");
	if (pid == 0)
		role();
}

int
main(int argc, char **argv)
{
	if (argc > 1)
		mode = argv[1];
	mkdir("props", 0777);	/* it may be there already */
	if (unlink(STATE) == -1 && errno != ENOENT)
		err(1, "%s", STATE);
	if (pipe(bell) == -1)
		err(1, "pipe");
	start(debuggerd);
	start(collector);
	close(bell[0]);
	close(bell[1]);
	for (int i = 0; i < 2; i++)
		if (wait(NULL) == -1)
			err(1, "wait");
	return 0;
}
