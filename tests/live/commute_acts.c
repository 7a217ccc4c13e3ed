/* Acts on memory, files, pipes, queues and semaphores: commute.h.  */
#include "config.h"

#include "commute.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGE = 4096, PIECE = 4 };

static long
result(long rc)
{
	return rc < 0 ? -errno : rc;
}

static int fd[2];		/* of the object */

static void
close_both(void)
{
	close(fd[0]);
	if (fd[1] >= 0)
		close(fd[1]);
	fd[1] = -1;
}

/* ---- bytes: a file of two pages, mapped ---- */

static char *bytes;

static void
make_bytes(int state)
{
	(void)state;
	fd[0] = memfd_create("bytes", 0);
	if (ftruncate(fd[0], 2 * PAGE) < 0)
		abort();
	bytes = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED,
		     fd[0], 0);
	bytes[0] = 7;
	bytes[8] = 9;
}

static short
lock_at(off_t at)
{
	struct flock l = { .l_type = F_WRLCK, .l_start = at, .l_len = 1 };

	fcntl(fd[0], F_GETLK, &l);
	return l.l_type;
}

static void
end_bytes(struct buf *out)
{
	struct stat st;
	uint64_t hash = 0;

	fstat(fd[0], &st);
	for (off_t i = 0; i < 2 * PAGE; i++)
		hash = hash * 31 + (unsigned char)bytes[i];
	buf_addf(out, "%lld bytes, %llx, locks", (long long)st.st_size,
		 (unsigned long long)hash);
	for (off_t at = 0; at < 30; at += 5)
		buf_addf(out, " %d", lock_at(at));
	munmap(bytes, 2 * PAGE);
	fd[1] = -1;
	close_both();
}

#define AT(name, at, expression) \
	static long name(int actor) { char *p = bytes + (at); \
		(void)actor, (void)p; return (expression); }
AT(load_0, 0, *(volatile char *)p)
AT(load_8, 8, *(volatile char *)p)
AT(store_0, 0, *(volatile char *)p = 1)
AT(store_8, 8, *(volatile char *)p = 2)
AT(add_0, 0, __atomic_fetch_add(p, 5, __ATOMIC_SEQ_CST))
AT(add_16, 16, __atomic_fetch_add(p, 5, __ATOMIC_SEQ_CST))
AT(protect, PAGE, result(mprotect(p, PAGE, PROT_READ)))
AT(protect_low, 0, result(mprotect(p, PAGE, PROT_READ)))
AT(read_0, 0, pread(fd[0], (char[1]){ 0 }, 1, 0))
AT(grow, 0, result(ftruncate(fd[0], 3 * PAGE)))

static long
attach(int actor)
{
	char *p = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd[0], 0);

	(void)actor;
	return p == MAP_FAILED ? -errno : munmap(p, PAGE);
}

static long
read_8(int actor)
{
	char c = 0;

	(void)actor;
	return pread(fd[0], &c, 1, 8) == 1 ? c : -errno;
}

static long
write_8(int actor)
{
	return pwrite(fd[0], actor ? "\1" : "\2", 1, 8);
}

static long
write_24(int actor)
{
	(void)actor;
	return pwrite(fd[0], "abcd", 4, 24);
}

static long
append(int actor)
{
	char proc[64];
	int end;

	(void)actor;
	snprintf(proc, sizeof(proc), "/proc/self/fd/%d", fd[0]);
	end = open(proc, O_WRONLY | O_APPEND);
	return end < 0 ? -errno : result(write(end, "more", 4));
}

static long
look(int actor)
{
	struct stat st;

	(void)actor;
	return fstat(fd[0], &st) == 0 ? st.st_size : -errno;
}

static long
lock_as(short type, off_t from, off_t len)
{
	struct flock l = { .l_type = type, .l_start = from, .l_len = len };

	return result(fcntl(fd[0], F_SETLK, &l));
}

#define LOCKS(name, type, from, len) \
	static long name(int actor) \
	{ (void)actor; return lock_as(type, from, len); }
LOCKS(lock_low, F_WRLCK, 0, 10)
LOCKS(lock_high, F_WRLCK, 10, 10)
LOCKS(share_low, F_RDLCK, 0, 10)
LOCKS(unlock_low, F_UNLCK, 0, 10)

static void
hold_low(int actor)
{
	if (actor == 0)
		lock_low(actor);
}

static long
ready(int actor)
{
	struct pollfd p = { fd[0], POLLIN | POLLOUT, 0 };

	(void)actor;
	return poll(&p, 1, 0) < 0 ? -errno : p.revents;
}

static const struct maker of_bytes[] = {
	{ .act = ACT_LOAD, .from = 0, .to = 1, .go = load_0 },
	{ .act = ACT_LOAD, .from = 8, .to = 9, .go = load_8 },
	{ .act = ACT_STORE, .from = 0, .to = 1, .go = store_0 },
	{ .act = ACT_STORE, .from = 8, .to = 9, .go = store_8 },
	{ .act = ACT_RMW, .from = 0, .to = 1, .go = add_0 },
	{ .act = ACT_RMW, .from = 16, .to = 17, .go = add_16 },
	{ .act = ACT_MAP, .from = PAGE, .to = 2 * PAGE, .go = protect },
	{ .act = ACT_MAP, .to = PAGE, .go = protect_low },
	{ .act = ACT_ATTACH, .go = attach },
	{ .act = ACT_FILE_READ, .from = 0, .to = 1, .go = read_0 },
	{ .act = ACT_FILE_READ, .from = 8, .to = 9, .go = read_8 },
	{ .act = ACT_FILE_WRITE, .from = 8, .to = 9, .go = write_8 },
	{ .act = ACT_FILE_WRITE, .from = 24, .to = 28, .go = write_24 },
	{ .act = ACT_FILE_APPEND, .from = 2 * PAGE, .to = UINT64_MAX,
	  .go = append },
	{ .act = ACT_FILE_RESIZE, .go = grow },
	{ .act = ACT_FILE_LOOK, .go = look },
	{ .act = ACT_FILE_LOCK, .from = 0, .to = 10, .go = lock_low },
	{ .act = ACT_FILE_LOCK, .from = 10, .to = 20, .go = lock_high },
	{ .act = ACT_FILE_LOCK, .from = 0, .to = 10, .value = 1,
	  .go = share_low },
	{ .act = ACT_FILE_TRY_LOCK, .from = 0, .to = 10, .go = lock_low },
	{ .act = ACT_FILE_TRY_LOCK, .from = 10, .to = 20, .go = lock_high },
	{ .act = ACT_FILE_TRY_LOCK, .from = 0, .to = 10, .value = 1,
	  .go = share_low },
	{ .act = ACT_FILE_UNLOCK, .from = 0, .to = 10, .prepare = hold_low,
	  .go = unlock_low },
	{ .act = ACT_READY_LOOK, .go = ready },
};

/* ---- pipes: a FIFO that everybody has open ---- */

static char fifo[256];

static void
make_fifo(int state)
{
	snprintf(fifo, sizeof(fifo), "%s/fifo", commute_folder);
	mkfifo(fifo, 0600);
	fd[0] = open(fifo, O_RDONLY | O_NONBLOCK);
	fd[1] = open(fifo, O_WRONLY);
	fcntl(fd[0], F_SETFL, 0);
	if (state && write(fd[1], "abcdefgh", 8 * (size_t)state) < 0)
		abort();
}

static int64_t
bytes_inside(int object)
{
	int n = 0;

	ioctl(fd[0], FIONREAD, &n);
	(void)object;
	return n;
}

static void
end_fifo(struct buf *out)
{
	char text[64] = "";
	int n = (int)bytes_inside(0);

	buf_addf(out, "%d bytes: ", n);
	if (n && read(fd[0], text, sizeof(text) - 1) < 0)
		abort();
	buf_addf(out, "%s, size %d", text, fcntl(fd[0], F_GETPIPE_SZ));
	close_both();
	unlink(fifo);
}

static bool
has_bytes(int state)
{
	return state > 0;
}

static long
read_piece(int actor)
{
	char c[PIECE];
	long n = read(fd[0], c, PIECE);

	(void)actor;
	return n == PIECE ? c[0] << 8 | c[PIECE - 1] : n;
}

static long
write_piece(int actor)
{
	(void)actor;
	return write(fd[1], "wxyz", PIECE);
}

static long
inside(int actor)
{
	return bytes_inside(actor);
}

static long
copy_end(int actor)
{
	(void)actor;
	return dup(fd[0]) < 0;
}

static long
open_to_read(int actor)
{
	(void)actor;
	return open(fifo, O_RDONLY) < 0;
}

static long
open_to_write(int actor)
{
	(void)actor;
	return open(fifo, O_WRONLY) < 0;
}

static long
close_read(int actor)
{
	(void)actor;
	return result(close(fd[0]));
}

static long
close_write(int actor)
{
	(void)actor;
	return result(close(fd[1]));
}

static long
enlarge(int actor)
{
	(void)actor;
	return result(fcntl(fd[0], F_SETPIPE_SZ, 2 * PAGE));
}

static long
poll_both(int actor)
{
	struct pollfd p[2] = { { fd[0], POLLIN, 0 }, { fd[1], POLLOUT, 0 } };

	(void)actor;
	poll(p, 2, 0);
	return p[0].revents << 16 | p[1].revents;
}

/* The parent keeps an end of each: three, or two of them are left.  */
static const struct maker of_fifo[] = {
	{ .act = ACT_PIPE_READ, .value = PIECE, .counts = true,
	  .can = has_bytes, .go = read_piece },
	{ .act = ACT_PIPE_WRITE, .value = PIECE, .counts = true,
	  .go = write_piece },
	{ .act = ACT_PIPE_CLOSE_READ, .value = 2, .go = close_read },
	{ .act = ACT_PIPE_CLOSE_WRITE, .value = 2, .go = close_write },
	{ .act = ACT_PIPE_COPY, .go = copy_end },
	{ .act = ACT_FIFO_OPEN_READ, .go = open_to_read },
	{ .act = ACT_FIFO_OPEN_WRITE, .go = open_to_write },
	{ .act = ACT_PIPE_CONTROL, .go = enlarge },
	{ .act = ACT_PIPE_LOOK, .go = inside },
	{ .act = ACT_READY_LOOK, .go = poll_both },
};

/* ---- queues ---- */

static int queue;

struct message {
	long type;
	char text[PIECE];
};

static long
send_type(long type, int actor)
{
	struct message m = { type, { (char)('a' + actor) } };

	return result(msgsnd(queue, &m, PIECE, IPC_NOWAIT));
}

static long
receive_type(long type)
{
	struct message m;

	return msgrcv(queue, &m, PIECE, type, IPC_NOWAIT) < 0 ? -errno :
	       m.type << 8 | m.text[0];
}

static void
make_queue(int state)
{
	queue = msgget(IPC_PRIVATE, 0600);
	for (int i = 0; i < 2 * state; i++)
		send_type(1 + i % 2, 20 + i);
}

static int64_t
messages(int object)
{
	struct msqid_ds ds;

	(void)object;
	return msgctl(queue, IPC_STAT, &ds) < 0 ? -1 : (int64_t)ds.msg_qnum;
}

/* What a receiver of each type would see: that is all that there is to see,
 * where none asks for any.  */
static void
end_queue(struct buf *out)
{
	for (long type = 1; type <= 3; type++)
		for (long got; (got = receive_type(type)) >= 0; )
			buf_addf(out, " %lx", got);
	msgctl(queue, IPC_RMID, NULL);
}

#define SENDS(type) \
	static long send_##type(int actor) { return send_type(type, actor); }
#define RECEIVES(type) \
	static long receive_##type(int actor) \
	{ (void)actor; return receive_type(type); }
SENDS(1)
SENDS(3)
RECEIVES(0)
RECEIVES(1)
RECEIVES(2)

static long
count_messages(int actor)
{
	(void)actor;
	return messages(0);
}

static long
resize_queue(int actor)
{
	struct msqid_ds ds;

	(void)actor;
	msgctl(queue, IPC_STAT, &ds);
	ds.msg_qbytes /= 2;
	return result(msgctl(queue, IPC_SET, &ds));
}

static const struct maker of_queue[] = {
	{ .act = ACT_QUEUE_SEND, .value = 1, .counts = true, .go = send_1 },
	{ .act = ACT_QUEUE_SEND, .value = 3, .counts = true, .go = send_3 },
	{ .act = ACT_QUEUE_RECEIVE, .value = 1, .counts = true,
	  .can = has_bytes, .go = receive_1 },
	{ .act = ACT_QUEUE_RECEIVE, .value = 2, .counts = true,
	  .can = has_bytes, .go = receive_2 },
	{ .act = ACT_QUEUE_RECEIVE, .counts = true, .can = has_bytes,
	  .go = receive_0 },
	{ .act = ACT_QUEUE_LOOK, .go = count_messages },
	{ .act = ACT_QUEUE_CONTROL, .go = resize_queue },
};

/* ---- semaphores: one by itself, and a set ---- */

static sem_t *sem;
static int set;

static void
make_semaphores(int state)
{
	sem = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
		   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	sem_init(sem, 1, (unsigned)state);
	set = semget(IPC_PRIVATE, 2, 0600);
	semctl(set, 0, SETVAL, state);
	semctl(set, 1, SETVAL, state);
}

static int64_t
sem_have(int object)
{
	int value;

	if (object)
		return semctl(set, object - 1, GETVAL);
	sem_getvalue(sem, &value);
	return value;
}

static void
end_semaphores(struct buf *out)
{
	for (int i = 0; i < 3; i++)
		buf_addf(out, " %lld", (long long)sem_have(i));
	semctl(set, 0, IPC_RMID);
	munmap(sem, PAGE);
}

static long
operate(unsigned short num, short by)
{
	struct sembuf op = { num, by, IPC_NOWAIT };

	return result(semop(set, &op, 1));
}

#define SEM(name, expression) \
	static long name(int actor) { (void)actor; return (expression); }
SEM(post, result(sem_post(sem)))
SEM(try, result(sem_trywait(sem)))
SEM(value_of, sem_have(0))
SEM(set_to, result(sem_init(sem, 1, 5)))
SEM(raise_0, operate(0, 1))
SEM(raise_1, operate(1, 1))
SEM(lower_0, operate(0, -1))
SEM(lower_1, operate(1, -1))
SEM(value_0, semctl(set, 0, GETVAL))
SEM(set_1, result(semctl(set, 1, SETVAL, 9)))

/* The wait is done by the call that does not wait: it must not have to.  */
static const struct maker of_semaphores[] = {
	{ .act = ACT_SEM_POST, .value = 1, .counts = true, .go = post },
	{ .act = ACT_SEM_WAIT, .value = 1, .counts = true, .can = has_bytes,
	  .go = try },
	{ .act = ACT_SEM_TRY, .value = 1, .counts = true, .go = try },
	{ .act = ACT_SEM_LOOK, .go = value_of },
	{ .act = ACT_SEM_CONTROL, .go = set_to },
	{ .act = ACT_SEM_POST, .object = 1, .value = 1, .to = 1,
	  .counts = true, .go = raise_0 },
	{ .act = ACT_SEM_POST, .object = 1, .value = 1, .from = 1, .to = 2,
	  .go = raise_1 },
	{ .act = ACT_SEM_WAIT, .object = 1, .value = 1, .to = 1,
	  .counts = true, .can = has_bytes, .go = lower_0 },
	{ .act = ACT_SEM_WAIT, .object = 1, .value = 1, .from = 1, .to = 2,
	  .can = has_bytes, .go = lower_1 },
	{ .act = ACT_SEM_LOOK, .object = 1, .to = 1, .go = value_0 },
	{ .act = ACT_SEM_CONTROL, .object = 1, .from = 1, .to = 2,
	  .go = set_1 },
};

const struct bench bench_bytes = {
	.name = "bytes", .states = 1, .makers = of_bytes,
	.n_makers = ARRAY_SIZE(of_bytes), .make = make_bytes,
	.end = end_bytes,
};
const struct bench bench_pipes = {
	.name = "pipes", .states = 2, .makers = of_fifo,
	.n_makers = ARRAY_SIZE(of_fifo), .make = make_fifo,
	.have = bytes_inside, .end = end_fifo,
};
const struct bench bench_queues = {
	.name = "queues", .states = 3, .makers = of_queue,
	.n_makers = ARRAY_SIZE(of_queue), .make = make_queue,
	.have = messages, .end = end_queue,
};
const struct bench bench_semaphores = {
	.name = "semaphores", .states = 4, .makers = of_semaphores,
	.n_makers = ARRAY_SIZE(of_semaphores), .make = make_semaphores,
	.have = sem_have, .end = end_semaphores,
};
