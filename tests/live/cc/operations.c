/*
 * A program for operations.sh: one row for each function that the runtime
 * stands before.  It makes the call that its argument names.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <mqueue.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

static struct memory {
	char a[32], b[32];
	long n;
	sem_t sem;
	pthread_mutex_t mutex;
	pthread_cond_t cond;
	pthread_rwlock_t rwlock;
	pthread_barrier_t barrier;
	pthread_spinlock_t spin;
} *s;
struct big {
	char c[24];
};
struct pair {
	long first, second;
};
static pthread_once_t once = PTHREAD_ONCE_INIT;
static once_flag flag = ONCE_FLAG_INIT;
static mtx_t mtx;
static cnd_t cnd;
static pthread_key_t key;
static struct timespec soon;
static volatile long used;	/* else it need not be found out */
static pthread_t thread;
static void *other(void *arg) { return arg; }
static int thrd_other(void *arg) { return arg != NULL; }
static void nothing(void) { s->n++; }
static void last(void *value) { s->n += (long)value; }
static void *leave(void *arg)
{
	pthread_setspecific(key, (void *)3);
	pthread_exit(arg);
}
static void *wait_for_ever(void *arg)
{
	pthread_mutex_lock(&s->mutex);
	pthread_cleanup_push((void (*)(void *))pthread_mutex_unlock,
			     &s->mutex);
	for (;;)
		pthread_cond_wait(&s->cond, &s->mutex);
	pthread_cleanup_pop(1);
	return arg;
}
static void *wake(void *arg)
{
	pthread_mutex_lock(&s->mutex);
	pthread_cond_broadcast(&s->cond);
	pthread_mutex_unlock(&s->mutex);
	return arg;
}
static void *meet(void *arg)
{
	pthread_barrier_wait(&s->barrier);
	return arg;
}
static int compare(const void *a, const void *b)
{
	return *(const char *)a - *(const char *)b;
}
static void row_print(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vfprintf(stdout, format, ap);
	va_end(ap);
}
static int ends[2];
static void make_pipe(void)
{
	if (pipe(ends) < 0 || (write)(ends[1], "1234", 4) != 4)
		exit(3);
}
static void make_sockets(void)
{
	if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) < 0 ||
	    send(ends[1], "1234", 4, 0) != 4)
		exit(3);
}
#define MUTEX(...) pthread_mutex_lock(&s->mutex); __VA_ARGS__; \
		   pthread_mutex_unlock(&s->mutex)
#define START(f) pthread_create(&thread, NULL, f, NULL)

#define ROWS(X) \
	X(sem_wait, sem_wait(&s->sem)) \
	X(sem_trywait, sem_trywait(&s->sem); sem_trywait(&s->sem)) \
	X(sem_timedwait, sem_wait(&s->sem); sem_timedwait(&s->sem, &soon)) \
	X(sem_clockwait, sem_clockwait(&s->sem, CLOCK_REALTIME, &soon)) \
	X(sem_post, sem_post(&s->sem)) \
	X(sem_getvalue, int v; sem_getvalue(&s->sem, &v)) \
	X(sem_init, sem_t t; sem_init(&t, 0, 2); sem_destroy(&t)) \
	X(sem_open, sem_t *t = sem_open("/ipclab-row", O_CREAT, 0600, 1); \
	  sem_post(t); sem_close(t); sem_unlink("/ipclab-row")) \
	X(mutex, MUTEX(s->n = 1)) \
	X(mutex_trylock, MUTEX(pthread_mutex_trylock(&s->mutex))) \
	X(mutex_timedlock, \
	  MUTEX(pthread_mutex_timedlock(&s->mutex, &soon))) \
	X(mutex_clocklock, \
	  MUTEX(pthread_mutex_clocklock(&s->mutex, CLOCK_REALTIME, &soon))) \
	X(mutex_init, pthread_mutex_t m; pthread_mutex_init(&m, NULL); \
	  pthread_mutex_destroy(&m)) \
	X(mutex_recursive, pthread_mutex_t m = \
	  PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP; pthread_mutex_lock(&m); \
	  pthread_mutex_lock(&m); pthread_mutex_unlock(&m)) \
	X(mutex_checked, pthread_mutex_t m = \
	  PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP; pthread_mutex_lock(&m); \
	  pthread_mutex_lock(&m); pthread_mutex_unlock(&m); \
	  pthread_mutex_unlock(&m)) \
	X(mutex_robust, pthread_mutexattr_t how; \
	  pthread_mutexattr_init(&how); \
	  pthread_mutexattr_setpshared(&how, PTHREAD_PROCESS_SHARED); \
	  pthread_mutexattr_setrobust(&how, PTHREAD_MUTEX_ROBUST); \
	  pthread_mutex_init(&s->mutex, &how); \
	  if (fork() == 0) { pthread_mutex_lock(&s->mutex); _exit(0); } \
	  wait(NULL); pthread_mutex_lock(&s->mutex); \
	  pthread_mutex_consistent(&s->mutex)) \
	X(cond_wait, START(wake); MUTEX(pthread_cond_wait(&s->cond, \
	  &s->mutex))) \
	X(cond_timedwait, MUTEX(pthread_cond_timedwait(&s->cond, &s->mutex, \
	  &soon))) \
	X(cond_clockwait, MUTEX(pthread_cond_clockwait(&s->cond, &s->mutex, \
	  CLOCK_REALTIME, &soon))) \
	X(cond_init, pthread_cond_t c; pthread_cond_init(&c, NULL); \
	  pthread_cond_signal(&c); pthread_cond_destroy(&c)) \
	X(rwlock, pthread_rwlock_rdlock(&s->rwlock); \
	  pthread_rwlock_tryrdlock(&s->rwlock); \
	  pthread_rwlock_trywrlock(&s->rwlock); \
	  pthread_rwlock_timedwrlock(&s->rwlock, &soon); \
	  pthread_rwlock_clockwrlock(&s->rwlock, CLOCK_REALTIME, &soon); \
	  pthread_rwlock_unlock(&s->rwlock); \
	  pthread_rwlock_unlock(&s->rwlock)) \
	X(rwlock_write, pthread_rwlock_wrlock(&s->rwlock); \
	  pthread_rwlock_timedrdlock(&s->rwlock, &soon); \
	  pthread_rwlock_clockrdlock(&s->rwlock, CLOCK_REALTIME, &soon)) \
	X(rwlock_init, pthread_rwlock_t l; pthread_rwlock_init(&l, NULL); \
	  pthread_rwlock_destroy(&l)) \
	X(barrier, pthread_barrier_init(&s->barrier, NULL, 2); START(meet); \
	  pthread_barrier_wait(&s->barrier); pthread_join(thread, NULL); \
	  pthread_barrier_destroy(&s->barrier)) \
	X(spin, pthread_spin_lock(&s->spin); \
	  pthread_spin_trylock(&s->spin); pthread_spin_unlock(&s->spin)) \
	X(once, pthread_once(&once, nothing); pthread_once(&once, nothing)) \
	X(detach, START(other); pthread_detach(thread)) \
	X(exit, pthread_key_create(&key, last); START(leave); \
	  pthread_join(thread, NULL)) \
	X(cancel, START(wait_for_ever); sched_yield(); \
	  MUTEX(s->n = 1); pthread_cancel(thread); \
	  pthread_join(thread, NULL)) \
	X(tryjoin, START(wait_for_ever); pthread_tryjoin_np(thread, NULL); \
	  pthread_timedjoin_np(thread, NULL, &soon); \
	  pthread_clockjoin_np(thread, NULL, CLOCK_REALTIME, &soon)) \
	X(mtx, mtx_init(&mtx, mtx_timed); mtx_lock(&mtx); mtx_trylock(&mtx); \
	  mtx_timedlock(&mtx, &soon); mtx_unlock(&mtx); mtx_destroy(&mtx)) \
	X(cnd, cnd_init(&cnd); mtx_init(&mtx, mtx_plain); mtx_lock(&mtx); \
	  cnd_timedwait(&cnd, &mtx, &soon); cnd_signal(&cnd); \
	  cnd_broadcast(&cnd); mtx_unlock(&mtx); cnd_destroy(&cnd)) \
	X(call_once, call_once(&flag, nothing); call_once(&flag, nothing)) \
	X(thrd, thrd_t t; int r; thrd_create(&t, thrd_other, NULL); \
	  thrd_join(t, &r)) \
	X(memcpy, memcpy(s->a, s->b, 4)) \
	X(memmove, memmove(s->a, s->b, 4)) \
	X(mempcpy, mempcpy(s->a, s->b, 4)) \
	X(memset, memset(s->a, 'x', 4)) \
	X(memcmp, used = (long)memcmp(s->a, s->b, 4)) \
	X(memchr, used = (long)memchr(s->a, 'x', 4)) \
	X(bcopy, bcopy(s->a, s->b, 4)) \
	X(bzero, bzero(s->a, 4)) \
	X(explicit_bzero, explicit_bzero(s->a, 4)) \
	X(strlen, used = (long)strlen(s->a)) \
	X(strcpy, strcpy(s->a, s->b)) \
	X(stpcpy, stpcpy(s->a, s->b)) \
	X(strncpy, strncpy(s->a, s->b, 2)) \
	X(strcat, strcat(s->a, s->b)) \
	X(strcmp, used = (long)strcmp(s->a, s->b)) \
	X(strchr, used = (long)strchr(s->a, 'x')) \
	X(strstr, used = (long)strstr(s->a, s->b)) \
	X(strdup, free(strdup(s->a))) \
	X(strtol, used = (long)strtol(s->a, NULL, 10)) \
	X(atoi, used = (long)atoi(s->a)) \
	X(strtok, strtok(s->a, "b")) \
	X(strspn, used = (long)strspn(s->a, s->b)) \
	X(qsort, qsort(s->a, 2, 1, compare)) \
	X(sprintf, sprintf(s->a, "%s", s->b)) \
	X(snprintf, snprintf(s->a, 4, "%d", 12)) \
	X(printf, printf("%s\n", s->a)) \
	X(puts, puts(s->a)) \
	X(sscanf, used = sscanf("12 7 xy", "%ld %*d %s %d", &s->n, s->a, (int *)s->b)) \
	X(sscanf_width, sscanf("12xy", "%hd%c%3[a-z]", (short *)&s->n, s->a, \
	  s->b)) \
	X(vfprintf, row_print("%s %d\n", s->a, 1)) \
	X(copy_struct, *(struct big *)s->a = *(struct big *)s->b) \
	X(copy_pair, *(struct pair *)s->a = *(struct pair *)s->b) \
	X(unaligned, *(int *)(s->a + 1) = 1) \
	X(volatile, *(volatile long *)&s->n = 1) \
	X(increment, s->n++) \
	X(atomic, __atomic_fetch_add(&s->n, 1, __ATOMIC_SEQ_CST)) \
	X(read, make_pipe(); read(ends[0], s->a, 8)) \
	X(write, make_pipe(); write(ends[1], s->a, 4)) \
	X(readv, struct iovec v = { s->a, 4 }; make_pipe(); \
	  readv(ends[0], &v, 1)) \
	X(writev, struct iovec v = { s->a, 4 }; make_pipe(); \
	  writev(ends[1], &v, 1)) \
	X(recv, make_sockets(); recv(ends[0], s->a, 8, 0)) \
	X(recvfrom, make_sockets(); recvfrom(ends[0], s->a, 8, 0, NULL, NULL)) \
	X(send, make_sockets(); send(ends[1], s->a, 8, 0)) \
	X(sendto, make_sockets(); sendto(ends[1], s->a, 8, 0, NULL, 0)) \
	X(fread, FILE *f = fopen("row", "w+"); fputs("1234", f); rewind(f); \
	  fread(s->a, 1, 4, f)) \
	X(fwrite, FILE *f = fopen("row", "w+"); fwrite(s->a, 1, 4, f)) \
	X(fgets, FILE *f = fopen("row", "w+"); fputs("12\n4", f); \
	  rewind(f); fgets(s->a, 8, f)) \
	X(msgsnd, int q = msgget(IPC_PRIVATE, 0600); s->n = 1; \
	  msgsnd(q, &s->n, 0, 0); msgrcv(q, &s->n, 0, 0, 0); \
	  msgctl(q, IPC_RMID, NULL)) \
	X(mq, struct mq_attr how = { .mq_maxmsg = 2, .mq_msgsize = 8 }; \
	  mqd_t q = mq_open("/ipclab-row", O_CREAT | O_RDWR, 0600, &how); \
	  mq_send(q, s->a, 4, 0); mq_receive(q, s->a, 8, NULL); \
	  mq_unlink("/ipclab-row")) \
	X(memory, long *p = malloc(8); p = realloc(p, 800); \
	  p = reallocarray(p, 4, 8); free(p); free(calloc(2, 8)); \
	  free(aligned_alloc(64, 64)); free(memalign(64, 64)); \
	  s->n = posix_memalign((void **)&p, 64, 64) == 0)

#define ROW(name, ...) static void row_##name(void) { __VA_ARGS__; }
ROWS(ROW)
#undef ROW

static const struct {
	const char *name;
	void (*run)(void);
} rows[] = {
#define ROW(name, ...) { #name, row_##name },
	ROWS(ROW)
};

int
main(int argc, char **argv)
{
	int fd = argc == 2 ? memfd_create("rows", 0) : -1;

	if (fd < 0 || ftruncate(fd, sizeof(*s)) < 0 ||
	    (pwrite)(fd, "aaaa", 4, 0) < 0 || (pwrite)(fd, "bb", 2, 32) < 0)
		return 2;
	clock_gettime(CLOCK_REALTIME, &soon);
	soon.tv_sec += 2;
	s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	sem_init(&s->sem, 1, 1);
	pthread_spin_init(&s->spin, 0);
	syscall(SYS_sched_yield);	/* here it begins */
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].name, argv[1]) == 0)
			rows[i].run();
	_exit(0);
}
