/*
 * Things that can go wrong with shared memory, done on purpose.
 *
 *	errors [NAME]		only the one of that name
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *name = "/ipclab-errors";

static long
map(int fd, size_t length, int prot, int kind, off_t offset)
{
	return (long)mmap(NULL, length, prot, kind, fd, offset);
}

static int
memory(int flags)
{
	int fd = memfd_create("errors", flags);

	return fd == -1 || ftruncate(fd, 4096) == -1 ? -1 : fd;
}

static long
no_name(void)
{
	return shm_open(name, O_RDWR, 0);
}

static long
made_twice(void)
{
	int fd = shm_open(name, O_CREAT | O_EXCL | O_RDWR, 0600);
	long again = shm_open(name, O_CREAT | O_EXCL | O_RDWR, 0600);
	int error = errno;

	close(fd);
	shm_unlink(name);
	errno = error;
	return again;
}

static long
read_only(void)
{
	int fd = shm_open(name, O_CREAT | O_RDONLY, 0600);

	shm_unlink(name);
	return map(fd, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 0);
}

static long
half_page(void)
{
	return map(memory(0), 4096, PROT_READ, MAP_SHARED, 100);
}

static long
no_length(void)
{
	return map(memory(0), 0, PROT_READ, MAP_SHARED, 0);
}

static long
too_large(void)
{
	return map(-1, (size_t)1 << 62, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS,
		   0);
}

static long
not_sealable(void)
{
	return fcntl(memory(0), F_ADD_SEALS, F_SEAL_WRITE);
}

static long
seal_mapped(void)
{
	int fd = memory(MFD_ALLOW_SEALING);

	map(fd, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 0);
	return fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE);
}

static long
grow_sealed(void)
{
	int fd = memory(MFD_ALLOW_SEALING);

	fcntl(fd, F_ADD_SEALS, F_SEAL_GROW);
	return ftruncate(fd, 8192);
}

static long
no_key(void)
{
	return shmget(0x1bc0802, 0, 0);
}

static long
larger_segment(void)
{
	int id = shmget(0x1bc0803, 100, IPC_CREAT | 0600);
	long again = shmget(0x1bc0803, 5000, 0600);
	int error = errno;

	shmctl(id, IPC_RMID, NULL);
	errno = error;
	return again;
}

static long
no_segment(void)
{
	return (long)shmat(-1, NULL, 0);
}

static long
sync_odd(void)
{
	char *p = mmap(NULL, 4096, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1,
		       0);

	return msync(p + 1, 100, MS_SYNC);
}

static const struct {
	const char *name;
	long (*go)(void);
} tries[] = {
	{ "no-name", no_name },
	{ "made-twice", made_twice },
	{ "read-only", read_only },
	{ "half-page", half_page },
	{ "no-length", no_length },
	{ "too-large", too_large },
	{ "not-sealable", not_sealable },
	{ "seal-mapped", seal_mapped },
	{ "grow-sealed", grow_sealed },
	{ "no-key", no_key },
	{ "larger-segment", larger_segment },
	{ "no-segment", no_segment },
	{ "sync-odd", sync_odd },
};

int
main(int argc, char *argv[])
{
	size_t i;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	for (i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		if (argc > 1 && strcmp(argv[1], tries[i].name) != 0)
			continue;
		if (tries[i].go() == -1)
			printf("%s: %s\n", tries[i].name, strerror(errno));
		else
			printf("%s: it worked\n", tries[i].name);
	}
	return 0;
}
