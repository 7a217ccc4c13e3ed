/*
 * The ramdump service by a FIFO: debuggerd writes the name of each dump as a
 * line, the collector sleeps until there is one.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DUMPS = 2 };

/* What a crash leaves behind.  */
static void
write_dump(int i, char *name, size_t room)
{
	int fd;

	snprintf(name, room, "dump.%d", i);
	fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	dprintf(fd, "registers of crash %d\n", i);
	close(fd);
}

static void
debuggerd(void)
{
	int fd = open("dumps", O_WRONLY);	/* waits for the collector */
	char name[16];

	for (int i = 1; i <= DUMPS; i++) {
		usleep(35000);		/* until something crashes */
		write_dump(i, name, sizeof(name));
		dprintf(fd, "%s\n", name);	/* one write: whole */
	}
	close(fd);
}

static void
collect(const char *name)
{
	char bytes[256];
	int fd = open(name, O_RDONLY);
	ssize_t n = read(fd, bytes, sizeof(bytes));

	close(fd);
	printf("collected %s: %zd bytes\n", name, n);
	fflush(stdout);
}

static void
collector(void)
{
	FILE *names = fopen("dumps", "r");
	char line[16];

	while (fgets(line, sizeof(line), names)) {
		line[strcspn(line, "\n")] = '\0';
		collect(line);
	}
	fclose(names);
}

int
main(void)
{
	mkfifo("dumps", 0600);
	if (fork() == 0) {
		debuggerd();
		_exit(0);
	}
	if (fork() == 0) {
		collector();
		_exit(0);
	}
	while (wait(NULL) > 0)
		;
	unlink("dumps");
	return 0;
}
