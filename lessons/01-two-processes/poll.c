/*
 * The simplest communication: one process writes a value into a property,
 * the other one polls it: it looks, again and again, until it has changed.
 *
 * The property props/door must be there and say "closed" at the beginning.
 */
#include <err.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define DOOR "props/door"

static void
say(const char *line)
{
	if (write(STDOUT_FILENO, line, strlen(line)) == -1)
		err(1, "write");
}

static void
set_door(const char *value)
{
	int fd = open(DOOR, O_WRONLY | O_TRUNC);

	if (fd == -1)
		err(1, "%s", DOOR);
	if (write(fd, value, strlen(value)) == -1)
		err(1, "write");
	close(fd);
}

static void
get_door(char value[32])
{
	int fd = open(DOOR, O_RDONLY);
	ssize_t n;

	if (fd == -1)
		err(1, "%s", DOOR);
	n = read(fd, value, 31);
	if (n == -1)
		err(1, "read");
	value[n] = '\0';
	close(fd);
}

int
main(void)
{
	pid_t writer = fork();
	char value[32];

	if (writer == -1)
		err(1, "fork");
	if (writer == 0) {
		set_door("open");
		return 0;
	}
	for (;;) {
		get_door(value);
		if (strcmp(value, "open") == 0)
			break;
		say("reader: not yet\n");
		usleep(10000);	/* leave the processor to the others */
	}
	say("reader: the door is open\n");
	if (wait(NULL) == -1)
		err(1, "wait");
	return 0;
}
