/*
 * A FIFO is only a name: what goes through it is never in the file.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SIZE = 10000 };

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

static void
look(void)
{
	struct stat st;

	check(stat("door", &st), "stat");
	printf("the file: %ld bytes, %ld blocks of disk\n", (long)st.st_size,
		(long)st.st_blocks);
}

int
main(void)
{
	static char bytes[SIZE];
	int fd, again, inside;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	check(mkfifo("door", 0600), "mkfifo");
	look();
	fd = check(open("door", O_RDWR), "open");
	check(write(fd, bytes, SIZE), "write");
	check(ioctl(fd, FIONREAD, &inside), "ioctl");
	printf("in the pipe: %d bytes\n", inside);
	look();

	check(unlink("door"), "unlink");
	printf("the name is gone; read: %ld bytes\n",
		check(read(fd, bytes, SIZE), "read"));

	check(mkfifo("door", 0600), "mkfifo");
	again = check(open("door", O_RDWR), "open");
	check(write(fd, "old", 3), "write");
	check(write(again, "new one", 7), "write");
	return 0;
}
