/*
 * One of everything that -fsanitize=thread makes a call of.  Prints a line
 * with the sum of what it found: the same however it is compiled.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct large { char bytes[200]; long end; };
struct packed { char c; int i; short s; long l; } __attribute__((packed));
struct bits { unsigned a : 3, b : 7; };

static int8_t n8;
static int16_t n16;
static int32_t n32;
static int64_t n64;
static __int128 n128;
static volatile int8_t v8;
static volatile int16_t v16;
static volatile int32_t v32;
static volatile int64_t v64;
static struct large one, two;
static struct packed packed;
static struct bits bits;
static volatile struct packed unsteady;
static __thread int own;

/* Each operation once, on a place that holds 7; what it leaves is added. */
#define ATOMICS(type) do { \
	static _Atomic type a; \
	type expected = 7; \
\
	atomic_store(&a, 7); \
	sum += atomic_load(&a); \
	sum += atomic_exchange(&a, 9); \
	sum += atomic_fetch_add(&a, 5); \
	sum += atomic_fetch_sub(&a, 3); \
	sum += atomic_fetch_and(&a, 14); \
	sum += atomic_fetch_or(&a, 16); \
	sum += atomic_fetch_xor(&a, 1); \
	sum += __atomic_fetch_nand((type *)&a, 3, __ATOMIC_RELAXED) & 63; \
	sum += a & 63; \
	sum += atomic_compare_exchange_strong(&a, &expected, 1); \
	sum += expected & 63; \
	while (!atomic_compare_exchange_weak(&a, &expected, 11)) \
		; \
	sum += a; \
} while (0)

static long
atomics(void)
{
	long sum = 0;

	ATOMICS(int8_t);
	ATOMICS(int16_t);
	ATOMICS(int32_t);
	ATOMICS(int64_t);
#ifdef WIDE
	ATOMICS(__int128);
#endif
	atomic_thread_fence(memory_order_seq_cst);
	atomic_signal_fence(memory_order_seq_cst);
	return sum;
}

static long
plain(void)
{
	long sum = 0;

	n8 += 1;
	n16 += 2;
	n32++;
	n64 -= 4;
	n128 = n64 * (__int128)3;
	v8++;
	v16++;
	v32 += 2;
	v64 = v32;
	sum += n8 + n16 + n32 + n64 + (long)n128 + v8 + v16 + v32 + v64;
	memset(&one, 3, sizeof(one));
	one.end = 100;
	two = one;
	packed.i = 5;
	packed.s = 6;
	packed.l = packed.i + packed.s;
	unsteady.i = 2;
	unsteady.l = unsteady.i;
	bits.a = 5;
	bits.b = bits.a + 100;
	own += 4;
	return sum + two.end + two.bytes[3] + packed.l + unsteady.l + bits.b +
	       own;
}

static long
bytes(void)
{
	char a[80] = "one", b[80], *copy;
	long sum = 0;

	strcpy(b, a);
	strcat(b, " two");
	strncat(b, " three", 3);
	sum += strlen(b) + strnlen(b, 2);
	stpcpy(b, "four");
	strncpy(a, b, 10);
	sum += a[9] + a[3] + strcmp(a, b) + strncmp(a, "fo", 2);
	sum += strcasecmp(a, "FOUR") + strncasecmp(a, "FOx", 2);
	sum += strchr(a, 'u') - a + (strrchr(a, 'r') - a) + (strstr(a, "ur") - a);
	memmove(a + 1, a, 5);
	sum += a[1] == 'f' && a[5] == '\0';
	sum += (char *)mempcpy(b, a, 6) - b;
	sum += memcmp(a, b, 6) + ((char *)memchr(a, 'r', 6) - a);
	bcopy("zz", b, 3);
	bzero(b + 1, 1);
	sum += strlen(b);
	copy = strdup("12");
	sum += atoi(copy) + atol(copy);
	free(copy);
	copy = strndup("abc", 2);
	sum += strlen(copy);
	free(copy);
	sum += sprintf(a, "%d %s %.2s %5.1f %c %lu %%", 1, "two", "three", 4.0,
		       'x', 6UL);
	sum += snprintf(a, 4, "%s", "longer") + strlen(a);
	return sum;
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t spin;
static pthread_barrier_t barrier;
static long total;

static void *
thread(void *arg)
{
	for (int i = 0; i < 100; i++) {
		pthread_spin_lock(&spin);
		total++;
		pthread_spin_unlock(&spin);
	}
	pthread_barrier_wait(&barrier);
	pthread_rwlock_rdlock(&rwlock);
	pthread_rwlock_unlock(&rwlock);
	pthread_mutex_lock(&lock);
	total += *(int *)arg;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
	return NULL;
}

static long
threads(void)
{
	pthread_t id[2];
	int each = 10;

	pthread_spin_init(&spin, 0);
	pthread_barrier_init(&barrier, NULL, 2);
	for (int i = 0; i < 2; i++)
		pthread_create(&id[i], NULL, thread, &each);
	pthread_mutex_lock(&lock);
	while (total < 220)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
	for (int i = 0; i < 2; i++)
		pthread_join(id[i], NULL);
	pthread_rwlock_wrlock(&rwlock);
	pthread_rwlock_unlock(&rwlock);
	pthread_barrier_destroy(&barrier);
	return total;
}

int
main(void)
{
	long p = plain(), a = atomics(), b = bytes(), t = threads();

	printf("plain %ld, atomics %ld, bytes %ld, threads %ld\n", p, a, b, t);
	return 0;
}
