/* Acts on locks, names, signals, processes, sockets and counters: commute.h. */
#include "config.h"

#include "commute.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static long
result(long rc)
{
	return rc < 0 ? -errno : rc;
}

#define GO(name, expression) \
	static long name(int actor) { (void)actor; return (expression); }

/* ---- locks, shared by processes ---- */

static struct shared {
	pthread_mutex_t mutex;
	pthread_rwlock_t rwlock;
	pthread_cond_t condition;
	pthread_barrier_t barrier;
} *shared;

static void
make_locks(int state)
{
	pthread_mutexattr_t m;
	pthread_rwlockattr_t r;
	pthread_condattr_t c;
	pthread_barrierattr_t b;

	(void)state;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_mutexattr_init(&m);
	pthread_mutexattr_setpshared(&m, PTHREAD_PROCESS_SHARED);
	pthread_mutex_init(&shared->mutex, &m);
	pthread_rwlockattr_init(&r);
	pthread_rwlockattr_setpshared(&r, PTHREAD_PROCESS_SHARED);
	pthread_rwlock_init(&shared->rwlock, &r);
	pthread_condattr_init(&c);
	pthread_condattr_setpshared(&c, PTHREAD_PROCESS_SHARED);
	pthread_cond_init(&shared->condition, &c);
	pthread_barrierattr_init(&b);
	pthread_barrierattr_setpshared(&b, PTHREAD_PROCESS_SHARED);
	pthread_barrier_init(&shared->barrier, &b, 3);
}

static void
end_locks(struct buf *out)
{
	buf_addf(out, "mutex %d, write %d, read %d",
		 pthread_mutex_trylock(&shared->mutex),
		 pthread_rwlock_trywrlock(&shared->rwlock),
		 pthread_rwlock_tryrdlock(&shared->rwlock));
	munmap(shared, sizeof(*shared));
}

GO(try_lock, pthread_mutex_trylock(&shared->mutex))
GO(make_again, pthread_mutex_init(&shared->mutex, NULL))
GO(unlock, pthread_mutex_unlock(&shared->mutex))
GO(try_to_read, pthread_rwlock_tryrdlock(&shared->rwlock))
GO(try_to_write, pthread_rwlock_trywrlock(&shared->rwlock))
GO(let_go, pthread_rwlock_unlock(&shared->rwlock))

static void
hold(int actor)
{
	try_lock(actor);
}

static void
hold_to_read(int actor)
{
	try_to_read(actor);
}

static const struct maker of_mutex[] = {
	{ .act = ACT_LOCK, .go = try_lock },
	{ .act = ACT_TRY_LOCK, .go = try_lock },
	{ .act = ACT_UNLOCK, .prepare = hold, .go = unlock },
	{ .act = ACT_LOCK_CONTROL, .go = make_again },
};

const struct bench bench_mutex = {
	.name = "mutex", .states = 1, .makers = of_mutex,
	.n_makers = ARRAY_SIZE(of_mutex), .make = make_locks,
	.end = end_locks,
};

static const struct maker of_rwlock[] = {
	{ .act = ACT_READ_LOCK, .go = try_to_read },
	{ .act = ACT_TRY_READ_LOCK, .go = try_to_read },
	{ .act = ACT_WRITE_LOCK, .go = try_to_write },
	{ .act = ACT_TRY_WRITE_LOCK, .go = try_to_write },
	{ .act = ACT_RW_UNLOCK, .value = HELD_TO_READ,
	  .prepare = hold_to_read, .go = let_go },
};

const struct bench bench_rwlock = {
	.name = "rwlock", .states = 1, .makers = of_rwlock,
	.n_makers = ARRAY_SIZE(of_rwlock), .make = make_locks,
	.end = end_locks,
};

/* ---- conditions that nobody waits for; barriers ---- */

static int64_t
nobody(int object)
{
	return object;
}

GO(signal_one, pthread_cond_signal(&shared->condition))
GO(signal_all, pthread_cond_broadcast(&shared->condition))

static const struct maker of_condition[] = {
	{ .act = ACT_COND_SIGNAL, .counts = true, .go = signal_one },
	{ .act = ACT_COND_BROADCAST, .counts = true, .go = signal_all },
};

const struct bench bench_condition = {
	.name = "condition", .states = 1, .makers = of_condition,
	.n_makers = ARRAY_SIZE(of_condition), .make = make_locks,
	.have = nobody, .end = end_locks,
};

/* How many have arrived is the first word (foresee_lock.c). */
static int64_t
arrived(int object)
{
	(void)object;
	return *(volatile unsigned *)&shared->barrier;
}

static long
arrive(int actor)
{
	(void)actor;
	return pthread_barrier_wait(&shared->barrier);
}

static void
arrive_last(void)
{
	arrive(0);
}

static const struct maker of_barrier[] = {
	{ .act = ACT_BARRIER_ARRIVE, .value = 3, .counts = true,
	  .sleeps = true, .go = arrive },
};

const struct bench bench_barrier = {
	.name = "barrier", .states = 1, .makers = of_barrier,
	.n_makers = ARRAY_SIZE(of_barrier), .make = make_locks,
	.have = arrived, .release = arrive_last, .end = end_locks,
};

/* ---- names ---- */

static char there[256];

static const char *
name_of(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/names/%s", commute_folder, name);
	return path;
}

static void
make_names(int state)
{
	snprintf(there, sizeof(there), "%s/names", commute_folder);
	mkdir(there, 0700);
	if (state)
		close(open(name_of("x"), O_CREAT | O_WRONLY, 0600));
}

static int
compare(const void *a, const void *b)
{
	return *(const unsigned char *)a - *(const unsigned char *)b;
}

/* Names are of one letter; a folder has no order.  */
static size_t
list(char *names, size_t room)
{
	DIR *d = opendir(there);
	struct dirent *e;
	size_t n = 0;

	while (d && (e = readdir(d)))
		if (e->d_name[0] != '.' && n < room)
			names[n++] = e->d_name[0];
	if (d)
		closedir(d);
	qsort(names, n, 1, compare);
	return n;
}

static void
end_names(struct buf *out)
{
	char names[32];
	size_t n = list(names, sizeof(names));

	buf_add(out, names, n);
	for (size_t i = 0; i < n; i++)
		unlink(name_of((char[]){ names[i], '\0' }));
	rmdir(there);
}

static long
list_sum(int actor)
{
	char names[32];
	size_t n = list(names, sizeof(names));
	long sum = 0;

	(void)actor;
	for (size_t i = 0; i < n; i++)
		sum = sum * 31 + names[i];
	return sum;
}

GO(look_up, result(access(name_of("x"), R_OK)))
GO(make_or_take, access(name_of("x"), F_OK) == 0 ? unlink(name_of("x")) :
		 -100 - close(open(name_of("x"), O_CREAT | O_WRONLY, 0600)))

static long
make_own(int actor)
{
	return close(open(name_of(actor ? "b" : "a"), O_CREAT | O_WRONLY,
			  0600));
}

static const struct maker of_name[] = {
	{ .act = ACT_NAME_LOOK, .go = look_up },
	{ .act = ACT_NAME_CHANGE, .go = make_or_take },
};

const struct bench bench_names = {
	.name = "names", .states = 2, .makers = of_name,
	.n_makers = ARRAY_SIZE(of_name), .make = make_names,
	.end = end_names,
};

static const struct maker of_folder[] = {
	{ .act = ACT_NAME_LIST, .go = list_sum },
	{ .act = ACT_NAME_LOOK, .go = look_up },
	{ .act = ACT_FOLDER_CHANGE, .go = make_own },
};

const struct bench bench_folder = {
	.name = "folder", .states = 2, .makers = of_folder,
	.n_makers = ARRAY_SIZE(of_folder), .make = make_names,
	.end = end_names,
};

/* ---- mode and owner of a file ---- */

GO(change_mode, result(chmod(name_of("x"), 0600)))

static const struct maker of_inode[] = {
	{ .act = ACT_INODE_LOOK, .go = look_up },
	{ .act = ACT_INODE_CHANGE, .go = change_mode },
};

const struct bench bench_inode = {
	.name = "inode", .states = 2, .makers = of_inode,
	.n_makers = ARRAY_SIZE(of_inode), .make = make_names,
	.end = end_names,
};

/* ---- signals, to a process that counts them ---- */

static pid_t target;
static int ask[2], say[2];

static volatile sig_atomic_t caught;

static void
count(int signal)
{
	caught = caught * 10 + (signal == SIGUSR1 ? 1 : 2);
}

/* It blocks what is sent until it is asked.  */
static void
be_target(void)
{
	sigset_t all, waiting;
	char c;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	sigdelset(&all, SIGURG);
	signal(SIGUSR1, count);
	signal(SIGUSR2, count);
	close(ask[1]);
	if (write(say[1], "", 1) < 0 || read(ask[0], &c, 1) < 0)
		_exit(1);
	sigpending(&waiting);
	caught = sigismember(&waiting, SIGUSR1) * 8 +
		 sigismember(&waiting, SIGUSR2) * 9;
	sigemptyset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	dprintf(say[1], "%d", (int)caught);
	_exit(0);
}

static void
make_target(int state)
{
	char c;

	(void)state;
	if (pipe(ask) < 0 || pipe(say) < 0)
		abort();
	target = fork();
	if (target == 0)
		be_target();
	if (read(say[0], &c, 1) < 0)
		abort();
}

static void
end_target(struct buf *out)
{
	char text[32] = "";

	if (write(ask[1], "", 1) < 0 || waitpid(target, NULL, 0) < 0 ||
	    read(say[0], text, sizeof(text) - 1) < 0)
		abort();
	buf_adds(out, text);
	for (int i = 0; i < 2; i++) {
		close(ask[i]);
		close(say[i]);
	}
}

GO(send_1, result(kill(target, SIGUSR1)))
GO(send_2, result(kill(target, SIGUSR2)))
GO(ask_target, result(kill(target, 0)))
GO(send_lost, result(kill(target, SIGURG)))

static const struct maker of_signals[] = {
	{ .act = ACT_SIGNAL_SEND, .value = SIGUSR1, .counts = true,
	  .go = send_1 },
	{ .act = ACT_SIGNAL_SEND, .value = SIGUSR2, .counts = true,
	  .go = send_2 },
	{ .act = ACT_SIGNAL_LOST, .value = SIGURG, .go = send_lost },
	{ .act = ACT_SIGNAL_LOOK, .go = ask_target },
};

const struct bench bench_signals = {
	.name = "signals", .states = 1, .makers = of_signals,
	.n_makers = ARRAY_SIZE(of_signals), .make = make_target,
	.have = nobody, .end = end_target,
};

/* ---- children: of the parent of the actors ---- */

static pid_t third, parent;

static void
make_third(int state)
{
	siginfo_t info;

	(void)state;
	parent = getpid();
	third = fork();
	if (third == 0)
		_exit(33);
	waitid(P_PID, (id_t)third, &info, WEXITED | WNOWAIT);
}

/* Its own children are waited for by the test: what is left is the third.  */
static void
end_third(struct buf *out)
{
	int status = 0;
	pid_t pid = waitpid(third, &status, 0);

	buf_addf(out, "third %d %d", pid > 0, pid > 0 ? status : 0);
}

static long
end_self(int actor)
{
	_exit(10 + actor);
}

static long
fork_one(int actor)
{
	int status = 0;
	pid_t pid = fork();

	(void)actor;
	if (pid == 0)
		_exit(44);
	waitpid(pid, &status, 0);
	return status;
}

static long
wait_third(int actor)
{
	int status = 0;

	(void)actor;
	return waitpid(third, &status, 0) == third ? status : -errno;
}

static void *
in_thread(void *with)
{
	return with;
}

static long
make_thread(int actor)
{
	pthread_t t;

	(void)actor;
	return pthread_create(&t, NULL, in_thread, NULL) ||
	       pthread_join(t, NULL);
}

static long
ask_parent(int actor)
{
	(void)actor;
	return getppid() == parent;
}

static const struct maker of_processes[] = {
	{ .act = ACT_EXIT, .value = 1, .ends = true, .go = end_self },
	{ .act = ACT_FORK, .by_parent = true, .go = fork_one },
	{ .act = ACT_WAIT, .value = 3, .by_parent = true, .go = wait_third },
	{ .act = ACT_WAIT_LOOK, .value = 3, .by_parent = true,
	  .go = wait_third },
	{ .act = ACT_CREATE, .by_parent = true, .go = make_thread },
	{ .act = ACT_JOIN, .value = 3, .by_parent = true, .go = make_thread },
	{ .act = ACT_PROCESS_LOOK, .go = ask_parent },
};

const struct bench bench_processes = {
	.name = "processes", .states = 1, .makers = of_processes,
	.n_makers = ARRAY_SIZE(of_processes), .make = make_third,
	.end = end_third,
};

/* ---- one direction of a connection ---- */

static int ends[2];

enum { PIECE = 4 };

static void
make_sockets(int state)
{
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0)
		abort();
	if (state && write(ends[0], "abcdefgh", 8) < 0)
		abort();
}

static int64_t
unread(int object)
{
	int n = 0;

	(void)object;
	ioctl(ends[1], FIONREAD, &n);
	return n;
}

static void
end_sockets(struct buf *out)
{
	char text[32] = "";

	if (unread(0) && read(ends[1], text, sizeof(text) - 1) < 0)
		abort();
	buf_adds(out, text);
	close(ends[0]);
	close(ends[1]);
}

static bool
is_filled(int state)
{
	return state > 0;
}

static long
receive(int actor)
{
	char c[PIECE];

	(void)actor;
	return recv(ends[1], c, PIECE, MSG_DONTWAIT) == PIECE ? c[0] : -errno;
}

GO(send_piece, result(send(ends[0], "wxyz", PIECE, MSG_DONTWAIT)))
GO(look_inside, unread(0))
GO(shut, result(shutdown(ends[0], SHUT_WR)))

static long
poll_end(int actor)
{
	struct pollfd p = { ends[1], POLLIN, 0 };

	(void)actor;
	poll(&p, 1, 0);
	return p.revents;
}

static const struct maker of_sockets[] = {
	{ .act = ACT_SOCKET_SEND, .value = PIECE, .counts = true,
	  .go = send_piece },
	{ .act = ACT_SOCKET_RECEIVE, .value = PIECE, .counts = true,
	  .can = is_filled, .go = receive },
	{ .act = ACT_SOCKET_CONTROL, .go = shut },
	{ .act = ACT_SOCKET_LOOK, .go = look_inside },
	{ .act = ACT_READY_LOOK, .go = poll_end },
};

const struct bench bench_sockets = {
	.name = "sockets", .states = 2, .makers = of_sockets,
	.n_makers = ARRAY_SIZE(of_sockets), .make = make_sockets,
	.have = unread, .end = end_sockets,
};

/* ---- counters ---- */

static int counter;

static void
make_counter(int state)
{
	counter = eventfd((unsigned)state, EFD_NONBLOCK);
}

static long
take(int actor)
{
	uint64_t value = 0;

	(void)actor;
	return read(counter, &value, sizeof(value)) < 0 ? -errno :
	       (long)value;
}

static void
end_counter(struct buf *out)
{
	buf_addf(out, "%ld", take(0));
	close(counter);
}

static long
add(int actor)
{
	uint64_t value = 2 + (uint64_t)actor;

	return result(write(counter, &value, sizeof(value)));
}

static const struct maker of_counter[] = {
	{ .act = ACT_COUNTER_ADD, .value = 2, .go = add },
	{ .act = ACT_COUNTER_TAKE, .can = is_filled, .go = take },
};

const struct bench bench_counters = {
	.name = "counters", .states = 2, .makers = of_counter,
	.n_makers = ARRAY_SIZE(of_counter), .make = make_counter,
	.end = end_counter,
};

/* ---- a table of descriptors ---- */

static int used, other;

static void
make_table(int state)
{
	(void)state;
	used = open("/dev/zero", O_RDONLY);
	other = open("/dev/zero", O_RDONLY);
}

static void
end_table(struct buf *out)
{
	buf_addf(out, "%d %d", fcntl(used, F_GETFD), fcntl(other, F_GETFD));
	close(used);
	close(other);
}

static long
use(int actor)
{
	char c = 1;

	(void)actor;
	return read(used, &c, 1) == 1 ? c : -errno;
}

GO(close_other, result(close(other)))
GO(close_used, result(close(used)))

static const struct maker of_table[] = {
	{ .act = ACT_FD_USE, .from = 1, .to = 2, .go = use },
	{ .act = ACT_FD_CHANGE, .from = 2, .to = 3, .go = close_other },
	{ .act = ACT_FD_CHANGE, .from = 1, .to = 2, .go = close_used },
};

const struct bench bench_table = {
	.name = "table", .states = 1, .shares_table = true,
	.makers = of_table, .n_makers = ARRAY_SIZE(of_table),
	.make = make_table, .end = end_table,
};
