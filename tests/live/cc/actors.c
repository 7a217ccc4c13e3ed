/*
 * Programs for access_test.c, one function each: what actors share, and how
 * they keep out of each other's way or do not.  Exit status 0: what was to be
 * true is.
 */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct shared {
	int counter;
	char text[24];
	sem_t lock, ready;
	pthread_mutex_t mutex;
};

static struct shared *shared;
static int global, other;
static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void
make_shared(void)
{
	pthread_mutexattr_t how;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	sem_init(&shared->lock, 1, 1);
	sem_init(&shared->ready, 1, 0);
	pthread_mutexattr_init(&how);
	pthread_mutexattr_setpshared(&how, PTHREAD_PROCESS_SHARED);
	pthread_mutex_init(&shared->mutex, &how);
}

/* Two children run a function; then the counter is looked at.  */
static int
two_children(void (*run)(void))
{
	for (int i = 0; i < 2; i++)
		if (fork() == 0) {
			run();
			_exit(0);
		}
	while (wait(NULL) > 0)
		;
	return shared->counter == 2 ? 0 : 1;
}

static void
add(void)
{
	shared->counter++;
}

static int
lost(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return two_children(add);
}

static void
add_with_semaphore(void)
{
	sem_wait(&shared->lock);
	shared->counter++;
	sem_post(&shared->lock);
}

static int
semaphore(void)
{
	make_shared();
	return two_children(add_with_semaphore);
}

static void
add_with_mutex(void)
{
	pthread_mutex_lock(&shared->mutex);
	shared->counter++;
	pthread_mutex_unlock(&shared->mutex);
}

static int
mutex(void)
{
	make_shared();
	return two_children(add_with_mutex);
}

static void
add_atomically(void)
{
	__atomic_add_fetch(&shared->counter, 1, __ATOMIC_SEQ_CST);
}

static int
atomic(void)
{
	make_shared();
	return two_children(add_atomically);
}

/* ---- threads ---- */

static int
two_threads(void *(*run)(void *))
{
	pthread_t id[2];

	for (long i = 0; i < 2; i++)
		pthread_create(&id[i], NULL, run, (void *)i);
	for (int i = 0; i < 2; i++)
		pthread_join(id[i], NULL);
	return global == 2 ? 0 : 1;
}

static void *
add_global(void *arg)
{
	(void)arg;
	global++;
	return NULL;
}

static int
threads(void)
{
	return two_threads(add_global);
}

static void *
add_global_locked(void *arg)
{
	int local = 0, *p = &local;

	(void)arg;
	(*p)++;			/* its own stack: nobody's business */
	pthread_mutex_lock(&first);
	global += *p;
	pthread_mutex_unlock(&first);
	return NULL;
}

static int
locked(void)
{
	return two_threads(add_global_locked);
}

/* In opposite orders.  */
static void *
embrace(void *arg)
{
	pthread_mutex_t *a = arg ? &first : &second;
	pthread_mutex_t *b = arg ? &second : &first;

	pthread_mutex_lock(a);
	pthread_mutex_lock(b);
	global++;
	pthread_mutex_unlock(b);
	pthread_mutex_unlock(a);
	return NULL;
}

static int
deadlock(void)
{
	return two_threads(embrace);
}

static void *
produce(void *arg)
{
	(void)arg;
	pthread_mutex_lock(&first);
	global = 2;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&first);
	return NULL;
}

static int
condition(void)
{
	pthread_t id;

	pthread_create(&id, NULL, produce, NULL);
	pthread_mutex_lock(&first);
	while (global != 2)
		pthread_cond_wait(&changed, &first);
	pthread_mutex_unlock(&first);
	pthread_join(id, NULL);
	return 0;
}

static pthread_barrier_t barrier;
static pthread_spinlock_t spin;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;

static void *
meet(void *arg)
{
	(void)arg;
	pthread_spin_lock(&spin);
	global++;
	pthread_spin_unlock(&spin);
	pthread_barrier_wait(&barrier);
	pthread_rwlock_rdlock(&rwlock);
	if (global != 2)
		other = 1;
	pthread_rwlock_unlock(&rwlock);
	pthread_rwlock_wrlock(&rwlock);
	other += 2;
	pthread_rwlock_unlock(&rwlock);
	return NULL;
}

static int
locks(void)
{
	pthread_barrier_init(&barrier, NULL, 2);
	pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
	return two_threads(meet) || other != 4;
}

/* ---- signals ---- */

static void
handler(int signal)
{
	(void)signal;
	shared->counter += 10;
	sem_post(&shared->lock);
}

/* The handler runs while the main program sleeps in sem_wait().  */
static int
interrupted(void)
{
	struct sigaction sa = { .sa_handler = handler };
	int result;

	make_shared();
	sigaction(SIGUSR1, &sa, NULL);
	if (fork() == 0) {
		kill(getppid(), SIGUSR1);
		_exit(0);
	}
	result = sem_wait(&shared->ready);
	shared->counter++;
	return result == -1 && errno == EINTR && shared->counter == 11 &&
	       sem_trywait(&shared->lock) == 0 ? 0 : 1;
}

/* With SA_RESTART it goes on waiting (signal(7)).  */
static int
restarted(void)
{
	struct sigaction sa = { .sa_handler = handler,
				.sa_flags = SA_RESTART };

	make_shared();
	sigaction(SIGUSR1, &sa, NULL);
	if (fork() == 0) {
		kill(getppid(), SIGUSR1);
		sem_post(&shared->ready);
		_exit(0);
	}
	sem_wait(&shared->ready);
	return shared->counter == 10 ? 0 : 1;
}

static int
timed(void)
{
	struct timespec until;

	make_shared();
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 3600;
	return sem_timedwait(&shared->ready, &until) == -1 &&
	       errno == ETIMEDOUT ? 0 : 1;
}

/* ---- what is shared and what is not ---- */

static int
private(void)
{
	int *heap = malloc(1000 * sizeof(*heap)), local[10] = { 0 };
	long sum = 0;

	for (int i = 0; i < 10000; i++) {
		heap[i % 1000] = i;
		local[i % 10] += heap[i % 1000];
		global++;
	}
	for (int i = 0; i < 10; i++)
		sum += local[i];
	free(heap);
	return sum == 49995000 && global == 10000 ? 0 : 1;
}

static int
everywhere(void)
{
	char name[] = "/tmp/ipclab-test-XXXXXX";
	int fd = mkstemp(name), id, *segment, *again;
	char *file, *own;

	unlink(name);
	if (ftruncate(fd, 4096) < 0)
		return 1;
	make_shared();
	file = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	own = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	id = shmget(IPC_PRIVATE, 4096, 0600);
	segment = shmat(id, NULL, 0);
	shmctl(id, IPC_RMID, NULL);
	file[5] = 'f';
	own[5] = 'o';
	segment[3] = 7;
	strcpy(shared->text, "words");
	/* Where something private was, something shared is now.  */
	munmap(own, 4096);
	again = mmap(own, 4096, PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	again[1] = -8;
	shmdt(segment);
	return strlen(shared->text) == 5 && file[5] == 'f' ? 0 : 1;
}

/* The child goes on with what its parent had.  */
static int
forks(void)
{
	make_shared();
	shared->counter = 1;
	global = 5;
	if (fork() == 0) {
		global++;
		shared->counter += global;
		_exit(shared->counter == 7 ? 0 : 1);
	}
	wait(NULL);
	return shared->counter == 7 && global == 5 ? 0 : 1;
}

/* Runs itself anew.  */
static int
execs(char **argv)
{
	make_shared();
	shared->counter = 1;
	argv[1] = "private";
	execv(argv[0], argv);
	return 1;
}

static const struct {
	const char *name;
	int (*run)(void);
} programs[] = {
	{ "lost", lost }, { "semaphore", semaphore }, { "mutex", mutex },
	{ "atomic", atomic }, { "threads", threads }, { "locked", locked },
	{ "deadlock", deadlock }, { "condition", condition },
	{ "locks", locks }, { "interrupted", interrupted },
	{ "restarted", restarted }, { "timed", timed },
	{ "private", private }, { "everywhere", everywhere },
	{ "forks", forks },
};

int
main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "execs") == 0)
		return execs(argv);
	for (size_t i = 0; argc > 1 && i < sizeof(programs) /
					  sizeof(programs[0]); i++)
		if (strcmp(argv[1], programs[i].name) == 0)
			return programs[i].run();
	fprintf(stderr, "which program?\n");
	return 2;
}
