/*
 * What a run made, and may leave behind.  The list is text, one object a
 * line: its kind, what tells it from another, and where it is.
 */
#include "config.h"

#include "base/left.h"

#include "base/buf.h"
#include "base/paths.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <mqueue.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

const char left_name[] = "left";

enum { WAIT_MS = 3000, LOOK_MS = 10, LIST_MAX = 16 << 20 };

int
left_open(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	if (fd >= 0)
		flock(fd, LOCK_SH);
	return fd;
}

static void
add_line(int list, struct buf *line)
{
	/* A name with a newline in it would be two lines.  */
	if (line->len && memchr(line->data, '\n', line->len) ==
			 line->data + line->len - 1 &&
	    write(list, line->data, line->len) < 0)
		errno = 0;	/* no space: nothing better can be done */
	buf_release(line);
}

/* ---- System V ---- */

/* For semctl(2), which wants the caller to define it.  */
union semun {
	int val;
	struct semid_ds *buf;
};

static bool
stat_queue(int id, struct ipc_perm *perm)
{
	struct msqid_ds ds;

	if (msgctl(id, IPC_STAT, &ds) < 0)
		return false;
	*perm = ds.msg_perm;
	return true;
}

static bool
stat_semaphores(int id, struct ipc_perm *perm)
{
	struct semid_ds ds;

	if (semctl(id, 0, IPC_STAT, (union semun){ .buf = &ds }) < 0)
		return false;
	*perm = ds.sem_perm;
	return true;
}

static bool
stat_memory(int id, struct ipc_perm *perm)
{
	struct shmid_ds ds;

	if (shmctl(id, IPC_STAT, &ds) < 0)
		return false;
	*perm = ds.shm_perm;
	return true;
}

static int find_queue(int key) { return msgget(key, 0); }
static int find_semaphores(int key) { return semget(key, 0, 0); }
static int find_memory(int key) { return shmget(key, 0, 0); }

static void remove_queue(int id) { msgctl(id, IPC_RMID, NULL); }
static void remove_semaphores(int id) { semctl(id, 0, IPC_RMID); }
static void remove_memory(int id) { shmctl(id, IPC_RMID, NULL); }

static const struct {
	const char *word;
	int (*find)(int key);
	bool (*stat)(int id, struct ipc_perm *perm);
	void (*remove)(int id);
} kinds[] = {
	[LEFT_QUEUE] = { "queue", find_queue, stat_queue, remove_queue },
	[LEFT_SEMAPHORES] = { "semaphores", find_semaphores, stat_semaphores,
			      remove_semaphores },
	[LEFT_MEMORY] = { "memory", find_memory, stat_memory, remove_memory },
};

bool
left_has_key(enum left_kind kind, int key)
{
	/* One that we may not read is there as well.  */
	return key != IPC_PRIVATE &&
	       (kinds[kind].find(key) >= 0 || errno != ENOENT);
}

/* An id comes again only after all others of its place have been used
 * (ipcs(1) shows them grow); key and maker are compared all the same.  */
void
left_note_id(int list, enum left_kind kind, int id)
{
	struct buf line = BUF_INIT;
	struct ipc_perm perm;

	if (!kinds[kind].stat(id, &perm))
		return;
	buf_addf(&line, "%s %d %d %u\n", kinds[kind].word, id,
		 (int)perm.__key, (unsigned)perm.cuid);
	add_line(list, &line);
}

static bool
clear_id(const char *line)
{
	bool was_there = false;
	struct ipc_perm perm;
	char word[16];
	unsigned maker;
	int id, key;

	if (sscanf(line, "%15s %d %d %u", word, &id, &key, &maker) != 4)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (strcmp(kinds[i].word, word) == 0 &&
		    kinds[i].stat(id, &perm) && (int)perm.__key == key &&
		    perm.cuid == maker) {
			kinds[i].remove(id);
			was_there = true;
		}
	return was_there;
}

/* ---- POSIX queues ---- */

/* Opened as it lets itself be, -1.  */
static mqd_t
open_queue(const char *name)
{
	static const int ways[] = { O_RDONLY, O_WRONLY };
	mqd_t q = -1;

	for (size_t i = 0; q == (mqd_t)-1 && i < ARRAY_SIZE(ways); i++)
		q = mq_open(name, ways[i] | O_NONBLOCK);
	return q;
}

bool
left_has_queue(const char *name)
{
	mqd_t q = open_queue(name);

	if (q == (mqd_t)-1)
		return errno != ENOENT;
	mq_close(q);
	return true;
}

/* A queue's descriptor is a file's on Linux (mq_overview(7)), and no two
 * queues have one inode.  0: cannot be told.  */
static uint64_t
queue_inode(const char *name)
{
	mqd_t q = open_queue(name);
	struct stat st;
	uint64_t inode = q != (mqd_t)-1 && fstat(q, &st) == 0 ? st.st_ino : 0;

	if (q != (mqd_t)-1)
		mq_close(q);
	return inode;
}

void
left_note_queue(int list, const char *name)
{
	struct buf line = BUF_INIT;

	buf_addf(&line, "posix-queue %" PRIu64 " %s\n", queue_inode(name),
		 name);
	add_line(list, &line);
}

static bool
clear_queue(const char *line)
{
	uint64_t inode;
	int at;

	return sscanf(line, "posix-queue %" SCNu64 " %n", &inode, &at) == 1 &&
	       inode == queue_inode(line + at) && mq_unlink(line + at) == 0;
}

/* ---- files ---- */

/* Its inode and when it was born: an inode is used again, but not in the
 * same nanosecond.  */
struct birth {
	unsigned major, minor;
	uint64_t inode;
	int64_t s;
	uint32_t ns;
};

static bool
birth_of(int folder, const char *name, struct birth *b)
{
	struct statx st;

	if (statx(folder, name, AT_SYMLINK_NOFOLLOW, STATX_INO | STATX_BTIME |
		  STATX_TYPE, &st) < 0 || S_ISDIR(st.stx_mode))
		return false;
	*b = (struct birth){ .major = st.stx_dev_major,
			     .minor = st.stx_dev_minor,
			     .inode = st.stx_ino,
			     .s = st.stx_btime.tv_sec,
			     .ns = st.stx_btime.tv_nsec };
	return true;
}

static bool
same_birth(const struct birth *a, const struct birth *b)
{
	return a->inode == b->inode && a->major == b->major &&
	       a->minor == b->minor && a->s == b->s && a->ns == b->ns;
}

void
left_note_file(int list, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct buf line = BUF_INIT;
	struct birth b;

	if (!slash || !birth_of(AT_FDCWD, path, &b))
		return;
	buf_addf(&line, "file %u %u %" PRIu64 " %" PRId64 " %u %.*s\n",
		 b.major, b.minor, b.inode, b.s, b.ns,
		 slash == path ? 1 : (int)(slash - path), path);
	add_line(list, &line);
}

/* By whatever name it has now: sem_open(3) gives a semaphore its name when
 * it is ready.  */
static bool
clear_file(const char *line)
{
	bool was_there = false;
	struct birth b, here;
	struct dirent *d;
	DIR *dir = NULL;
	int at;

	if (sscanf(line, "file %u %u %" SCNu64 " %" SCNd64 " %u %n", &b.major,
		   &b.minor, &b.inode, &b.s, &b.ns, &at) == 5)
		dir = opendir(line + at);
	while (dir && (d = readdir(dir)))
		if (birth_of(dirfd(dir), d->d_name, &here) &&
		    same_birth(&b, &here))
			was_there = unlinkat(dirfd(dir), d->d_name, 0) == 0;
	if (dir)
		closedir(dir);
	return was_there;
}

/* ---- clearing ---- */

/* True: it was still there.  */
static bool
clear_line(const char *line)
{
	if (strncmp(line, "file ", 5) == 0)
		return clear_file(line);
	if (strncmp(line, "posix-queue ", 12) == 0)
		return clear_queue(line);
	return clear_id(line);
}

/* Whoever still makes things holds its lock; that one is being ended.  */
static bool
lock_list(int fd)
{
	for (int ms = 0; ms < WAIT_MS; ms += LOOK_MS) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return true;
		if (errno != EWOULDBLOCK)
			return false;
		poll(NULL, 0, LOOK_MS);
	}
	return false;
}

int
left_clear(const char *path, struct buf *names)
{
	struct buf text = BUF_INIT;
	int cleared = 0;
	int fd = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return 0;
	if (lock_list(fd) && buf_read_file(&text, path, LIST_MAX, NULL) == 0) {
		char *line = text.len ? text.data : NULL, *end;

		for (; line && (end = strchr(line, '\n')); line = end + 1) {
			*end = '\0';
			if (!clear_line(line))
				continue;
			cleared++;
			if (names)
				buf_addf(names, "%s\n", line);
		}
		if (ftruncate(fd, 0) < 0)
			errno = 0;	/* cleared twice is cleared */
	}
	buf_release(&text);
	close(fd);
	return cleared;
}

/* ---- however it ends ---- */

/* Away from the terminal, whose ^C is not for us, and without what the lab
 * has open, its locks too.  */
static void
watch_main(const char *folder, pid_t lab, const sigset_t *death)
{
	char *list = xasprintf("%s/%s", folder, left_name);
	int sig;

	prctl(PR_SET_NAME, "ipclab-left");
	setsid();
	close_range(0, ~0U, 0);
	prctl(PR_SET_PDEATHSIG, SIGUSR1);
	if (getppid() == lab)
		sigwait(death, &sig);
	left_clear(list, NULL);
	path_remove_tree(folder, NULL);
	_exit(0);
}

pid_t
left_watch(const char *folder)
{
	pid_t lab = getpid(), watcher;
	sigset_t death, old;

	sigemptyset(&death);
	sigaddset(&death, SIGUSR1);
	sigprocmask(SIG_BLOCK, &death, &old);
	watcher = fork();
	if (watcher == 0)
		watch_main(folder, lab, &death);
	sigprocmask(SIG_SETMASK, &old, NULL);
	return watcher;
}

void
left_unwatch(pid_t watcher)
{
	if (watcher <= 0)
		return;
	kill(watcher, SIGKILL);
	while (waitpid(watcher, NULL, 0) < 0 && errno == EINTR)
		;
}
