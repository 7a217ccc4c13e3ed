/*
 * What the tests of shared memory run: every kind of it once, with a child
 * that writes into each, and the calls that fail.  It leaves nothing behind.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIZE = 8192 };

static const int rw = PROT_READ | PROT_WRITE;

static void
die(const char *what)
{
	perror(what);
	exit(1);
}

/* The child writes into it, the parent sees it.  */
static void
pass(char *p, const char *text)
{
	if (p == MAP_FAILED)
		die("mmap");
	if (fork() == 0) {
		strcpy(p, text);
		_exit(0);
	}
	wait(NULL);
	if (strcmp(p, text) != 0)
		die(text);
}

static void
anonymous(void)
{
	char *p = mmap(NULL, SIZE, rw, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	pass(p, "anonymous");
	p = mremap(p, SIZE, SIZE / 2, MREMAP_MAYMOVE);
	mprotect(p, SIZE / 2, PROT_READ);
	munmap(p, SIZE / 2);
	p = mmap(NULL, SIZE, rw, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	mmap(p, SIZE / 2, rw, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	p[0] = 'p';	/* nobody else's */
	p[SIZE / 2] = 's';
}

static void
file(void)
{
	static const char name[] = "sharer-file";
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
	char *shared, *private;

	if (fd < 0 || ftruncate(fd, SIZE) < 0)
		die(name);
	shared = mmap(NULL, SIZE / 2, rw, MAP_SHARED, fd, SIZE / 2);
	pass(shared, "file");
	private = mmap(NULL, SIZE / 2, rw, MAP_PRIVATE, fd, SIZE / 2);
	private[0] = 'F';
	if (shared[0] != 'f')
		die("copy on write");
	msync(shared, SIZE / 2, MS_SYNC);
	msync(shared, SIZE / 2, MS_ASYNC | MS_INVALIDATE);
	unlink(name);
}

static void
posix(void)
{
	static const char name[] = "/sharer-of-tests";
	int fd = shm_open(name, O_CREAT | O_EXCL | O_RDWR, 0600);
	if (fd < 0 || ftruncate(fd, SIZE) < 0)
		die(name);
	pass(mmap(NULL, SIZE, rw, MAP_SHARED, fd, 0), "posix");
	if (shm_open(name, O_CREAT | O_EXCL | O_RDWR, 0600) >= 0)
		die("made twice");
	shm_unlink(name);
	shm_open(name, O_RDWR, 0);
}

static void
memfd(void)
{
	int fd = memfd_create("sharer", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	char *p;

	if (fd < 0 || ftruncate(fd, SIZE) < 0)
		die("memfd_create");
	p = mmap(NULL, SIZE, rw, MAP_SHARED, fd, 0);
	pass(p, "memfd");
	fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE);	/* it is mapped: EBUSY */
	munmap(p, SIZE);
	fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
	fcntl(fd, F_GET_SEALS);
	if (ftruncate(fd, 1) == 0 || write(fd, "x", 1) == 1)
		die("not sealed");
}

static void
system_v(void)
{
	int id = shmget(IPC_PRIVATE, 100, IPC_CREAT | 0600);
	char *p = shmat(id, NULL, 0), *q = shmat(id, NULL, SHM_RDONLY);
	struct shmid_ds d;

	if (id < 0 || p == (char *)-1)
		die("shmget");
	pass(p, "system v");
	if (strcmp(q, p) != 0)
		die("shmat");
	shmdt(q);
	shmctl(id, IPC_STAT, &d);
	shmctl(id, IPC_RMID, NULL);
	strcpy(p, "marked");
	shmdt(p);
	shmat(id, NULL, 0);
	shmdt(p);
	shmget(0x4711, 0, 0600);
	shmget(0x4711, 0, IPC_CREAT | IPC_EXCL | 0600);
}

static void
other_process(void)
{
	static char text[16] = "mine";
	char got[16] = "";
	struct iovec local = { got, sizeof(got) };
	struct iovec remote = { text, sizeof(text) };
	int fd[2], status;
	pid_t pid;
	char c;

	if (pipe(fd) < 0)
		die("pipe");
	pid = fork();
	if (pid == 0) {
		close(fd[1]);
		strcpy(text, "the child's");
		_exit(read(fd[0], &c, 1) != 0);
	}
	close(fd[0]);
	process_vm_readv(pid, &local, 1, &remote, 1, 0);
	process_vm_writev(pid, &local, 1, &remote, 1, 0);
	close(fd[1]);
	waitpid(pid, &status, 0);
}

/* ---- what kills ---- */

static char *
of_memfd(int prot, size_t size)
{
	int fd = memfd_create("sharer", 0);
	char *p;

	if (fd < 0 || ftruncate(fd, 100) < 0)
		die("memfd_create");
	p = mmap(NULL, size, prot, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED)
		die("mmap");
	return p;
}

static void
beyond(void)
{
	of_memfd(rw, SIZE)[4096] = 'x';
}

static void
read_only(void)
{
	of_memfd(PROT_READ, SIZE)[1] = 'x';
}

static void
nowhere(void)
{
	char *p = of_memfd(rw, SIZE);

	munmap(p, SIZE);
	p[0] = 'x';
}

static const struct {
	const char *name;
	void (*go)(void);
	bool kills;
} parts[] = {
	{ "anonymous", anonymous, false },
	{ "file", file, false },
	{ "posix", posix, false },
	{ "memfd", memfd, false },
	{ "system_v", system_v, false },
	{ "other_process", other_process, false },
	{ "beyond", beyond, true },
	{ "read_only", read_only, true },
	{ "nowhere", nowhere, true },
};

/* sharer [NAME]: that alone; else all that does not kill.  */
int
main(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (argc > 1 ? strcmp(argv[1], parts[i].name) == 0
			     : !parts[i].kills)
			parts[i].go();
	return 0;
}
