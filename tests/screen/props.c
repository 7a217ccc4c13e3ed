/* One writes its state into a file, the other polls it.  */
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(void)
{
	char state[32];
	int fd;

	if (fork() == 0) {
		fd = open("state", O_WRONLY | O_CREAT | O_TRUNC, 0600);
		write(fd, "dumping\n", 8);
		close(fd);
		return 0;
	}
	do {
		usleep(1000);
		fd = open("state", O_RDONLY);
		memset(state, 0, sizeof(state));
		if (fd >= 0) {
			read(fd, state, sizeof(state));
			close(fd);
		}
	} while (!strstr(state, "dumping"));
	write(1, "seen: \346\255\243\345\234\250\n", 13);
	wait(NULL);
	return 0;
}
