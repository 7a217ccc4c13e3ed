/*
 * Small programs for odd.sh, one a word: each uses a mechanism as nobody
 * should, and ends with 0 when the kernel answered as its manual says.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <mqueue.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define BAD ((void *)8)		/* nothing is mapped there */

struct message {
	long type;
	char text[8192];
};

static int
children(void)
{
	int status, bad = 0;

	while (wait(&status) > 0)
		bad |= status;
	return bad != 0;
}

/* The most operations that one semop takes, and one more. */
static int
operations(void)
{
	struct sembuf op[501];
	int set = semget(IPC_PRIVATE, 2, IPC_CREAT | 0600);
	int bad = 0;

	for (int i = 0; i < 501; i++)
		op[i] = (struct sembuf){ i % 2, 1, 0 };
	bad |= semop(set, op, 500) != 0;
	bad |= semctl(set, 1, GETVAL) != 250;
	bad |= semop(set, op, 501) != -1 || errno != E2BIG;
	bad |= semop(set, BAD, 1) != -1 || errno != EFAULT;
	op[0] = (struct sembuf){ 2, 1, 0 };
	bad |= semop(set, op, 1) != -1 || errno != EFBIG;
	bad |= semctl(set, 0, GETALL, BAD) != -1 || errno != EFAULT;
	bad |= semctl(set, 0, SETALL, BAD) != -1 || errno != EFAULT;
	bad |= semctl(set, 0, SETVAL, -1) != -1 || errno != ERANGE;
	return bad | semctl(set, 0, IPC_RMID);
}

/* As many semaphores as a set may have. */
static int
many_semaphores(void)
{
	int set = semget(IPC_PRIVATE, 32000, IPC_CREAT | 0600);
	struct sembuf op = { 31999, 1, SEM_UNDO };

	if (set < 0 || semop(set, &op, 1) < 0)
		return 1;
	op.sem_num = 30000;
	if (fork() == 0) {
		op.sem_op = -1;
		return semop(set, &op, 1) != 0;
	}
	semop(set, &op, 1);
	return children() | (semctl(set, 31999, GETVAL) != 1) |
		semctl(set, 0, IPC_RMID);
}

static int
messages(void)
{
	static struct message m = { .type = 1 };
	int q = msgget(IPC_PRIVATE, IPC_CREAT | 0600), bad = 0;

	for (int i = 0; i < 200; i++) {
		m.type = i % 7 + 1;
		bad |= msgsnd(q, &m, i % 16, IPC_NOWAIT) != 0;
	}
	bad |= msgrcv(q, BAD, 100, 0, 0) != -1 || errno != EFAULT;
	bad |= msgsnd(q, BAD, 10, 0) != -1 || errno != EFAULT;
	bad |= msgrcv(q, &m, 1, 3, 0) >= 0 || errno != E2BIG;
	bad |= msgrcv(q, &m, 1, 3, MSG_NOERROR) != 1;
	bad |= msgctl(q, IPC_STAT, BAD) != -1 || errno != EFAULT;
	for (int i = 0; i < 100; i++)
		bad |= msgrcv(q, &m, 100, -7, IPC_NOWAIT) < 0;
	return bad | msgctl(q, IPC_RMID, NULL);
}

/* A queue of another namespace has no number here, or that of another. */
static int
elsewhere(void)
{
	static struct message m = { .type = 1 };
	int q = msgget(IPC_PRIVATE, IPC_CREAT | 0600), other, bad = 0;

	msgsnd(q, &m, 4, 0);
	if (fork() == 0) {
		if (unshare(CLONE_NEWIPC) < 0)
			return 77;
		bad |= msgrcv(q, &m, 4, 0, IPC_NOWAIT) >= 0;
		bad |= msgctl(q, IPC_RMID, NULL) == 0;
		other = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
		bad |= msgsnd(other, &m, 100, 0) != 0;
		bad |= msgsnd(other, &m, 200, 0) != 0;
		bad |= msgrcv(other, &m, 8192, 0, 0) != 100;
		return bad;
	}
	bad = children();
	bad |= msgrcv(q, &m, 100, 0, IPC_NOWAIT) != 4;
	return bad | msgctl(q, IPC_RMID, NULL);
}

static int
posix_messages(void)
{
	struct mq_attr a = { .mq_maxmsg = 10, .mq_msgsize = 8192 };
	static char text[8192];
	mqd_t q = mq_open("/ipclab-odd", O_RDWR | O_CREAT | O_EXCL |
			  O_NONBLOCK, 0600, &a);
	int bad = 0;

	if (q < 0)
		return 1;
	mq_unlink("/ipclab-odd");
	for (int i = 0; i < 10; i++)
		bad |= mq_send(q, text, 8192, i % 3) != 0;
	bad |= mq_send(q, text, 1, 0) != -1 || errno != EAGAIN;
	bad |= mq_send(q, text, 8193, 0) != -1 || errno != EMSGSIZE;
	bad |= mq_receive(q, text, 10, NULL) != -1 || errno != EMSGSIZE;
	bad |= mq_receive(q, BAD, 8192, NULL) != -1;
	bad |= mq_receive(q, text, 8192, NULL) != 8192;
	bad |= mq_send(q, BAD, 8192, 0) != -1 || errno != EFAULT;
	bad |= mq_open("/ipclab/odd", O_RDWR) != -1;
	bad |= syscall(SYS_mq_open, BAD, O_RDWR, 0, 0) != -1;
	return bad | mq_close(q);
}

static int
many_sockets(void)
{
	struct rlimit r = { 4096, 4096 };
	int s[2];

	setrlimit(RLIMIT_NOFILE, &r);
	for (int i = 0; i < 60; i++)
		if (socketpair(AF_UNIX, SOCK_STREAM + i % 2, 0, s) < 0 ||
		    write(s[0], "x", 1) != 1)
			return getrlimit(RLIMIT_NOFILE, &r) ||
				r.rlim_cur >= 4096;
	return 0;
}

/* A message of 500 pieces with 253 descriptors, and messages that are none. */
static int
pieces(void)
{
	char control[CMSG_SPACE(253 * sizeof(int))] = "", data[500] = "";
	struct iovec iov[500];
	struct msghdr m = { .msg_iov = iov, .msg_iovlen = 500,
			    .msg_control = control,
			    .msg_controllen = sizeof(control) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	int s[2], bad = 0;

	for (int i = 0; i < 500; i++)
		iov[i] = (struct iovec){ data + i, 1 };
	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(253 * sizeof(int));
	for (int i = 0; i < 253; i++)
		((int *)CMSG_DATA(c))[i] = 0;
	bad |= sendmsg(s[0], &m, 0) != 500;
	bad |= recvmsg(s[1], &m, 0) != 500;
	c->cmsg_len = 3;
	m.msg_controllen = sizeof(control);
	bad |= sendmsg(s[0], &m, 0) != -1;
	m.msg_control = BAD;
	bad |= sendmsg(s[0], &m, 0) != -1;
	m.msg_control = NULL;
	m.msg_controllen = 0;
	m.msg_iov = BAD;
	bad |= sendmsg(s[0], &m, 0) != -1 || errno != EFAULT;
	m.msg_iovlen = 1UL << 40;
	bad |= sendmsg(s[0], &m, 0) != -1 || errno != EMSGSIZE;
	bad |= sendmsg(s[0], BAD, 0) != -1 || errno != EFAULT;
	bad |= recvmsg(s[0], BAD, 0) != -1;
	return bad;
}

static int
strange_addresses(void)
{
	struct sockaddr_un a = { AF_UNIX, { 0, 'a', 0, '\n', '"', 0, 'z' } };
	socklen_t length = 2 + 7;
	struct sockaddr_nl n = { .nl_family = AF_NETLINK };
	int s = socket(AF_UNIX, SOCK_DGRAM, 0), t, bad = 0;

	bad |= bind(s, (void *)&a, length) != 0;
	bad |= sendto(s, "hi", 2, 0, (void *)&a, length) != 2;
	t = socket(AF_UNIX, SOCK_DGRAM, 0);
	bad |= bind(t, (void *)&a, 2) != 0;	/* the kernel names it */
	bad |= sendto(t, "ho", 2, 0, (void *)&a, length) != 2;
	bad |= sendto(t, "ho", 2, 0, (void *)&a, 100000) != -1;
	bad |= sendto(t, "ho", 2, 0, BAD, length) != -1;
	bad |= connect(t, BAD, 5) != -1;
	bad |= recvfrom(s, BAD, 2, 0, NULL, NULL) != -1;
	t = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	if (t >= 0)
		bad |= bind(t, (void *)&n, sizeof(n)) != 0;
	socket(AF_PACKET, SOCK_RAW, 0);		/* it may be forbidden */
	socket(77, 77, 77);
	return bad;
}

static int both[2];

static void *
sleep_in_read(void *unused)
{
	char c;

	return (void *)(intptr_t)(read(both[1], &c, 1) != 1);
}

/* A descriptor that is closed while another thread sleeps in it goes on. */
static int
closed(void)
{
	pthread_t t;
	void *bad;

	signal(SIGPIPE, SIG_IGN);
	socketpair(AF_UNIX, SOCK_STREAM, 0, both);
	pthread_create(&t, NULL, sleep_in_read, NULL);
	sched_yield();
	close(both[1]);		/* it may be too early for it to sleep */
	write(both[0], "x", 1);
	pthread_join(t, &bad);
	socketpair(AF_UNIX, SOCK_STREAM, 0, both);
	shutdown(both[0], SHUT_RDWR);
	shutdown(both[1], SHUT_RDWR);
	return write(both[0], "x", 1) != -1 || read(both[0], &t, 1) != 0;
}

static int
pieces_of_memory(void)
{
	long page = sysconf(_SC_PAGESIZE);
	int fd = memfd_create("odd", 0), id, bad = 0;
	char *p, *q, *r;

	ftruncate(fd, 16 * page);
	p = mmap(NULL, 16 * page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	munmap(p + 2 * page, page);
	munmap(p + 4 * page, 3 * page);
	mmap(p + 9 * page, page, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 0);
	mmap(p, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
	     0);
	q = mremap(p + 10 * page, 2 * page, 12 * page, MREMAP_MAYMOVE);
	bad |= q == MAP_FAILED;
	q = mremap(q, 12 * page, page, 0);
	bad |= q == MAP_FAILED;
	mprotect(p + 13 * page, page, PROT_NONE);
	for (int i = 0; i < 200; i++)
		bad |= mmap(NULL, page, i % 2 ? PROT_READ : PROT_WRITE,
			    MAP_SHARED, fd, i % 16 * page) == MAP_FAILED;
	id = shmget(IPC_PRIVATE, 3 * page, IPC_CREAT | 0600);
	q = shmat(id, NULL, 0);
	r = shmat(id, NULL, SHM_RDONLY);
	bad |= q == (void *)-1 || r == (void *)-1;
	shmctl(id, IPC_RMID, NULL);
	q[5] = 7;
	bad |= r[5] != 7;
	munmap(q + page, page);
	bad |= shmdt(q) | shmdt(r);
	bad |= shmdt(BAD) != -1;
	bad |= shmctl(id, IPC_STAT, BAD) != -1;
	bad |= munmap(p, (size_t)1 << 62) != -1;
	return bad;
}

static sigjmp_buf out;
static volatile int depth;

static void
leave(int signal)
{
	siglongjmp(out, signal);
}

/* Cut off below a mapping: SIGBUS, left by a jump. */
static int
cut_off(void)
{
	int fd = memfd_create("odd", 0);
	volatile char *p;

	ftruncate(fd, 4096);
	p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	p[0] = 1;
	ftruncate(fd, 0);
	signal(SIGBUS, leave);
	if (sigsetjmp(out, 1) == 0)
		p[0] = 2;
	else
		depth = 1;
	return depth != 1;
}

static void
deeper(int signal)
{
	if (++depth < 20)
		raise(signal);
}

static int
many_signals(void)
{
	struct sigaction a = { .sa_handler = deeper, .sa_flags = SA_NODEFER };
	union sigval v = { 0 };
	stack_t stack = { .ss_sp = malloc(65536), .ss_size = 65536 };
	sigset_t set;
	int bad = 0;

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN + 1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	for (v.sival_int = 0; v.sival_int < 200; v.sival_int++)
		if (sigqueue(getpid(), SIGRTMIN + 1, v) < 0)
			bad |= errno != EAGAIN;
	for (int i = 0; i < 10; i++)
		bad |= sigwaitinfo(&set, NULL) != SIGRTMIN + 1;
	signal(SIGRTMIN + 1, SIG_IGN);		/* throws all away */
	sigaction(SIGUSR1, &a, NULL);
	raise(SIGUSR1);
	bad |= depth != 20;
	bad |= sigaltstack(&stack, NULL);
	a = (struct sigaction){ .sa_handler = leave, .sa_flags = SA_ONSTACK };
	sigaction(SIGUSR2, &a, NULL);
	for (volatile int i = 0; i < 3; i++)
		if (sigsetjmp(out, 1) == 0)
			raise(SIGUSR2);
	bad |= syscall(SYS_rt_sigaction, SIGUSR1, BAD, NULL, 8) != -1;
	bad |= syscall(SYS_rt_sigprocmask, 0, BAD, NULL, 8) != -1;
	bad |= syscall(SYS_rt_sigprocmask, 77, &set, NULL, 8) != -1;
	bad |= kill(getpid(), 99) != -1;
	if (vfork() == 0) {
		signal(SIGUSR1, SIG_IGN);
		kill(getpid(), SIGUSR1);
		kill(getpid(), SIGTERM);
		_exit(0);
	}
	return bad | (children() == 0);
}

/* A handler that never returns, until it is killed. */
static void
forever(int signal)
{
	(void)signal;
	for (;;)
		pause();
}

static int
never_returns(void)
{
	int p[2], status;
	pid_t child;
	char c;

	pipe(p);
	child = fork();
	if (child == 0) {
		signal(SIGUSR1, forever);
		write(p[1], "x", 1);
		pause();
	}
	read(p[0], &c, 1);
	kill(child, SIGUSR1);
	kill(child, SIGUSR1);
	kill(child, SIGKILL);
	return waitpid(child, &status, 0) != child ||
		WTERMSIG(status) != SIGKILL;
}

static int
counters(void)
{
	struct itimerspec past = { { 0, 0 }, { 1, 0 } };
	struct epoll_event ev = { .events = EPOLLIN };
	uint64_t n = UINT64_MAX - 1;
	int e = eventfd(0, EFD_NONBLOCK), one = epoll_create1(0), bad = 0;
	struct epoll_event *volatile none = BAD;
	int two = epoll_create1(0), t;

	bad |= write(e, &n, 8) != 8;
	n = 1;
	bad |= write(e, &n, 8) != -1 || errno != EAGAIN;
	n = UINT64_MAX;
	bad |= write(e, &n, 8) != -1 || errno != EINVAL;
	bad |= syscall(SYS_write, e, BAD, 8) != -1;
	bad |= write(e, &n, 7) != -1;
	bad |= epoll_ctl(one, EPOLL_CTL_ADD, e, &ev);
	bad |= epoll_ctl(two, EPOLL_CTL_ADD, one, &ev);
	bad |= epoll_ctl(one, EPOLL_CTL_ADD, two, &ev) != -1 || errno != ELOOP;
	bad |= epoll_ctl(one, EPOLL_CTL_MOD, e, BAD) != -1;
	bad |= epoll_wait(two, &ev, 1, 0) != 1;
	bad |= epoll_wait(two, none, 1, 0) != -1;
	bad |= read(e, &n, 8) != 8 || n != UINT64_MAX - 1;
	t = timerfd_create(CLOCK_MONOTONIC, 0);
	bad |= timerfd_settime(t, TFD_TIMER_ABSTIME, &past, NULL);
	bad |= read(t, &n, 8) != 8 || n != 1;
	bad |= timerfd_settime(t, 0, BAD, NULL) != -1;
	past.it_value.tv_nsec = -1;
	bad |= timerfd_settime(t, 0, &past, NULL) != -1;
	return bad;
}

static int
file_locks(void)
{
	struct flock l = { .l_type = F_WRLCK, .l_len = 10 };
	int fd = open("odd-lock", O_RDWR | O_CREAT, 0600), other, bad = 0;

	unlink("odd-lock");
	bad |= fcntl(fd, F_SETLK, &l) | flock(fd, LOCK_EX);
	if (fork() == 0) {
		/* The description is shared, so is its flock; not the other */
		bad |= fcntl(fd, F_SETLK, &l) != -1;
		bad |= flock(fd, LOCK_SH | LOCK_NB);
		bad |= flock(fd, LOCK_EX | LOCK_NB);
		return bad;
	}
	bad |= children();
	l.l_start = 3;
	l.l_len = 2;
	l.l_type = F_UNLCK;
	bad |= fcntl(fd, F_SETLK, &l);
	l.l_len = -1;
	l.l_type = F_RDLCK;
	bad |= fcntl(fd, F_SETLK, &l);
	l.l_start = INT64_MAX;
	l.l_len = 10;
	bad |= fcntl(fd, F_SETLK, &l) != -1;
	bad |= fcntl(fd, F_SETLK, BAD) != -1 || errno != EFAULT;
	other = dup(fd);
	return bad | close(other);	/* gives up all of the process */
}

static int
traced(void)
{
	pid_t child = fork();

	if (child == 0) {
		/* Somebody else traces it already, or he will. */
		ptrace(PTRACE_TRACEME, 0, 0, 0);
		return 0;
	}
	ptrace(PTRACE_SEIZE, child, 0, 0);
	while (waitpid(child, NULL, __WALL) == child)
		ptrace(PTRACE_CONT, child, 0, 0);
	return 0;
}

static int queue_of_threads;

static void *
sleep_in_msgrcv(void *unused)
{
	static struct message m;

	msgrcv(queue_of_threads, &m, 10, 0, 0);
	return unused;
}

static void *
become_another(void *unused)
{
	execl("/bin/true", "true", NULL);
	return unused;
}

/* One thread becomes another program while two sleep. */
static int
exec_in_thread(void)
{
	pthread_t t;

	queue_of_threads = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
	if (fork() == 0) {
		pthread_create(&t, NULL, sleep_in_msgrcv, NULL);
		pthread_create(&t, NULL, become_another, NULL);
		sleep_in_msgrcv(NULL);
	}
	return children() | msgctl(queue_of_threads, IPC_RMID, NULL);
}

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;

static void *
count(void *unused)
{
	pthread_mutex_lock(&one);
	depth = depth + 1;
	pthread_mutex_unlock(&one);
	return unused;
}

static int
many_threads(void)
{
	pthread_t t[40];
	pthread_attr_t a;

	pthread_attr_init(&a);
	pthread_attr_setstacksize(&a, 65536);
	for (int i = 0; i < 40; i++)
		if (pthread_create(&t[i], &a, count, NULL))
			return 1;
	for (int i = 0; i < 40; i++)
		pthread_join(t[i], NULL);
	return depth != 40;
}

static const struct {
	const char *word;
	int (*run)(void);
} words[] = {
	{ "operations", operations },
	{ "many-semaphores", many_semaphores },
	{ "messages", messages },
	{ "elsewhere", elsewhere },
	{ "posix-messages", posix_messages },
	{ "many-sockets", many_sockets },
	{ "pieces", pieces },
	{ "strange-addresses", strange_addresses },
	{ "closed", closed },
	{ "pieces-of-memory", pieces_of_memory },
	{ "cut-off", cut_off },
	{ "many-signals", many_signals },
	{ "never-returns", never_returns },
	{ "counters", counters },
	{ "file-locks", file_locks },
	{ "traced", traced },
	{ "exec-in-thread", exec_in_thread },
	{ "many-threads", many_threads },
};

int
main(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (argc > 1 && strcmp(argv[1], words[i].word) == 0)
			return words[i].run();
	return 2;
}
