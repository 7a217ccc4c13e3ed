/*
 * Shared memory, with three ways to wait: a futex of our own (futex(7)),
 * POSIX semaphores (sem_overview(7)), System V semaphores (semop(2)).
 *
 * A message is copied into the shared memory and out of it again, as write
 * and read would do; a program that works on it in place saves both.  There
 * is a lane for each direction: slots, taken in turn.  In a stream the
 * sender waits when all of them are full; when each message is answered they
 * never are, and nobody counts the free ones.
 */
#include "config.h"

#include "bench/channel.h"

#include <errno.h>
#include <semaphore.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <unistd.h>

enum { SLOTS_MIN = 2, SLOTS_MAX = 64, LANE_BYTES = 128 * 1024 };
enum count { ITEMS, ROOM, COUNTS };

struct semaphore {
	uint32_t count;		/* a futex */
	uint32_t sleepers;
	sem_t posix;
	int id;			/* of a System V set, and which of it */
	unsigned short number;
};

struct lane {
	struct semaphore semaphore[COUNTS];
	uint64_t put, taken;	/* each used by one side only */
	uint32_t slots;
	char *slot;		/* the same address in both processes */
};

struct lanes {
	void (*post)(struct semaphore *s);
	int (*wait)(struct semaphore *s);
	struct lane lane[2];	/* by the side that sends */
};

static uint32_t
slots_for(size_t size)
{
	size_t n = LANE_BYTES / size;

	return n < SLOTS_MIN ? SLOTS_MIN : n > SLOTS_MAX ? SLOTS_MAX
							 : (uint32_t)n;
}

/* Slots begin at addresses that any data may have.  */
static size_t
stride(size_t size)
{
	return (size + 15) & ~(size_t)15;
}

static size_t
bytes_for(size_t size)
{
	return sizeof(struct lanes) + 2 * slots_for(size) * stride(size);
}

static void
lay_out(struct channel *c, void *memory)
{
	struct lanes *lanes = memory;
	char *slot = (char *)memory + sizeof(*lanes);

	for (int i = 0; i < 2; i++) {
		lanes->lane[i].slots = slots_for(c->size);
		lanes->lane[i].slot = slot;
		slot += slots_for(c->size) * stride(c->size);
	}
	c->lanes = lanes;
}

/* memfd_create(2): shared memory as of shm_open(3), but for the name.  */
static int
map_nameless(struct channel *c)
{
	size_t bytes = bytes_for(c->size);
	int fd = memfd_create("ipclab-bench", MFD_CLOEXEC);
	void *memory;

	if (fd < 0)
		return channel_failed(c, "memfd_create");
	if (ftruncate(fd, (off_t)bytes) < 0)
		return channel_failed(c, "ftruncate");
	memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (memory == MAP_FAILED)
		return channel_failed(c, "mmap");
	close(fd);
	lay_out(c, memory);
	return 0;
}

/* The futex way: the kernel is asked only where somebody must sleep or be
 * woken.  Whoever goes to sleep says so first and looks again.  */
static int
futex_down(struct semaphore *s)
{
	for (;;) {
		uint32_t n = __atomic_load_n(&s->count, __ATOMIC_SEQ_CST);

		if (n > 0 && __atomic_compare_exchange_n(&s->count, &n, n - 1,
				false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
			return 0;
		if (n > 0)
			continue;
		__atomic_add_fetch(&s->sleepers, 1, __ATOMIC_SEQ_CST);
		futex_wait(&s->count, 0);
		__atomic_sub_fetch(&s->sleepers, 1, __ATOMIC_SEQ_CST);
	}
}

static void
futex_up(struct semaphore *s)
{
	__atomic_add_fetch(&s->count, 1, __ATOMIC_SEQ_CST);
	if (__atomic_load_n(&s->sleepers, __ATOMIC_SEQ_CST) > 0)
		futex_wake(&s->count);
}

int
shm_futex_open(struct channel *c)
{
	if (map_nameless(c) < 0)
		return -1;
	c->lanes->post = futex_up;
	c->lanes->wait = futex_down;
	for (int i = 0; i < 2; i++)
		c->lanes->lane[i].semaphore[ROOM].count =
			c->lanes->lane[i].slots;
	return 0;
}

static int
posix_down(struct semaphore *s)
{
	return sem_wait(&s->posix);
}

static void
posix_up(struct semaphore *s)
{
	sem_post(&s->posix);
}

int
shm_posix_open(struct channel *c)
{
	if (map_nameless(c) < 0)
		return -1;
	c->lanes->post = posix_up;
	c->lanes->wait = posix_down;
	for (int i = 0; i < 2; i++) {
		struct lane *lane = &c->lanes->lane[i];

		if (sem_init(&lane->semaphore[ITEMS].posix, 1, 0) < 0 ||
		    sem_init(&lane->semaphore[ROOM].posix, 1, lane->slots) < 0)
			return channel_failed(c, "sem_init");
	}
	return 0;
}

static int
sysv_down(struct semaphore *s)
{
	struct sembuf op = { .sem_num = s->number, .sem_op = -1 };

	return semop(s->id, &op, 1);
}

static void
sysv_up(struct semaphore *s)
{
	struct sembuf op = { .sem_num = s->number, .sem_op = 1 };

	semop(s->id, &op, 1);
}

/* Removed as soon as it is attached: the memory lives while somebody has it
 * (shmctl(2), IPC_RMID).  */
static void *
map_sysv(struct channel *c)
{
	int id = shmget(IPC_PRIVATE, bytes_for(c->size), IPC_CREAT | 0600);
	void *memory;

	if (id < 0) {
		channel_failed(c, "shmget");
		return NULL;
	}
	memory = shmat(id, NULL, 0);
	shmctl(id, IPC_RMID, NULL);
	if (memory == (void *)-1) {
		channel_failed(c, "shmat");
		return NULL;
	}
	return memory;
}

/* The fourth argument of semctl(2), which programs must define.  */
union semun {
	int val;
	struct semid_ds *buf;
	unsigned short *array;
};

int
shm_sysv_open(struct channel *c)
{
	unsigned short first[2 * COUNTS];
	void *memory = map_sysv(c);

	if (!memory)
		return -1;
	lay_out(c, memory);
	c->lanes->post = sysv_up;
	c->lanes->wait = sysv_down;
	c->id = semget(IPC_PRIVATE, 2 * COUNTS, IPC_CREAT | 0600);
	if (c->id < 0)
		return channel_failed(c, "semget");
	for (unsigned short i = 0; i < 2 * COUNTS; i++) {
		struct lane *lane = &c->lanes->lane[i / COUNTS];
		enum count count = i % COUNTS;

		lane->semaphore[count].id = c->id;
		lane->semaphore[count].number = i;
		first[i] = count == ROOM ? (unsigned short)lane->slots : 0;
	}
	if (semctl(c->id, 0, SETALL, (union semun){ .array = first }) < 0)
		return channel_failed(c, "semctl");
	return 0;
}

void
shm_sysv_close(struct channel *c)
{
	if (c->id >= 0)
		semctl(c->id, 0, IPC_RMID);
}

int
shm_send(struct channel *c)
{
	struct lane *lane = &c->lanes->lane[c->side];
	size_t i;

	if (c->stream && c->lanes->wait(&lane->semaphore[ROOM]) < 0)
		return channel_failed(c, "wait");
	i = lane->put++ % lane->slots;
	memcpy(lane->slot + i * stride(c->size), c->buf, c->size);
	c->lanes->post(&lane->semaphore[ITEMS]);
	return 0;
}

int
shm_receive(struct channel *c)
{
	struct lane *lane = &c->lanes->lane[!c->side];
	size_t i;

	if (c->lanes->wait(&lane->semaphore[ITEMS]) < 0)
		return channel_failed(c, "wait");
	i = lane->taken++ % lane->slots;
	memcpy(c->buf, lane->slot + i * stride(c->size), c->size);
	if (c->stream)
		c->lanes->post(&lane->semaphore[ROOM]);
	return 0;
}
