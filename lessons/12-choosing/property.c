/*
 * The ramdump service by a property: a file that holds the name of the newest
 * dump.  The collector looks, and looks again.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DUMPS = 2 };

static void
set_property(const char *value)
{
	int fd = open("newest.new", O_WRONLY | O_CREAT | O_TRUNC, 0600);

	write(fd, value, strlen(value));
	close(fd);
	rename("newest.new", "newest");	/* nobody sees half of it */
}

static void
get_property(char *value, size_t room)
{
	int fd = open("newest", O_RDONLY);
	ssize_t n = fd < 0 ? 0 : read(fd, value, room - 1);

	value[n > 0 ? n : 0] = '\0';
	if (fd >= 0)
		close(fd);
}

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
	char name[16];

	for (int i = 1; i <= DUMPS; i++) {
		usleep(35000);		/* until something crashes */
		write_dump(i, name, sizeof(name));
		set_property(name);
	}
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
	char name[16], last[16] = "";

	while (strcmp(last, "dump.2") != 0) {
		get_property(name, sizeof(name));
		if (strcmp(name, last) != 0) {
			strcpy(last, name);
			collect(name);
		} else {
			usleep(10000);	/* and look again */
		}
	}
}

int
main(void)
{
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
	return 0;
}
