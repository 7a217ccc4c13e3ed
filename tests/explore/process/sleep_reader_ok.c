/* The parent looks when the child has said that the file is there.  What
 * either does besides may take its time: a sleep that stands for work, in one
 * of them under a lock.  */
#include <fcntl.h>
#include <semaphore.h>
#include <sys/stat.h>

#include "must.h"

static const char name[] = "sleep_reader.tmp";
static struct {
	sem_t written, lock;
	int count;
} *shared;

static void
count(void)
{
	sem_wait(&shared->lock);
	usleep(1000);
	shared->count++;
	sem_post(&shared->lock);
}

static void
run_writer(void)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0600);

	must(fd != -1, "the file can be made");
	must(write(fd, "x", 1) == 1, "it can be written");
	close(fd);
	sem_post(&shared->written);
	count();
}

int
main(void)
{
	struct stat found;
	int failed;

	shared = share(sizeof(*shared));
	must(sem_init(&shared->written, 1, 0) == 0, "there is a semaphore");
	must(sem_init(&shared->lock, 1, 1) == 0, "there is a lock");
	unlink(name);
	start(run_writer);
	sleep(1);
	sem_wait(&shared->written);
	must(stat(name, &found) == 0 && found.st_size == 1,
	     "the file is there");
	unlink(name);
	count();
	failed = finish(1);
	must(shared->count == 2, "both have counted");
	return failed;
}
