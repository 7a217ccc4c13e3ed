/*
 * A clock in shared memory that is set in two steps, and read in between.
 * clock.events is a recording of it, built by `ipclab cc`.
 */
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
	int hours, minutes;
} *now;

int
main(void)
{
	now = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	now->hours = 9;
	now->minutes = 59;
	if (fork() == 0) {
		printf("%d:%02d\n", now->hours, now->minutes);
		return 0;
	}
	now->hours = 10;
	now->minutes = 0;
	wait(NULL);
	return 0;
}
