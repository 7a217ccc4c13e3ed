/*
 * Two processes at once: nobody has said who goes first.
 */
#include <err.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* One write(2) for a line: what is said can be read at once.  */
static void
say(const char *line)
{
	if (write(STDOUT_FILENO, line, strlen(line)) == -1)
		err(1, "write");
}

int
main(void)
{
	pid_t child = fork();

	if (child == -1)
		err(1, "fork");
	if (child == 0) {
		say("child: one\n");
		say("child: two\n");
		return 0;
	}
	say("parent: one\n");
	say("parent: two\n");
	if (wait(NULL) == -1)
		err(1, "wait");
	return 0;
}
