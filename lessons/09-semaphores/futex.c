/*
 * A semaphore of our own, made of a number in shared memory and futex(2).  The
 * kernel is asked only where somebody has to sleep, or may have to be woken.
 */
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct semaphore { atomic_int value, sleepers; };

/* Sleep, unless the number is another than expected by now.  */
static void
sleep_while(atomic_int *number, int expected)
{
	syscall(SYS_futex, number, FUTEX_WAIT, expected, NULL);
}

static void
wake_one(atomic_int *number)
{
	syscall(SYS_futex, number, FUTEX_WAKE, 1);
}

static void
take(struct semaphore *s)
{
	int seen = atomic_load(&s->value);

	for (;;) {
		while (seen > 0)
			if (atomic_compare_exchange_weak(&s->value, &seen,
							 seen - 1))
				return;
		atomic_fetch_add(&s->sleepers, 1);
		sleep_while(&s->value, 0);
		atomic_fetch_sub(&s->sleepers, 1);
		seen = atomic_load(&s->value);
	}
}

static void
give(struct semaphore *s)
{
	atomic_fetch_add(&s->value, 1);
	if (atomic_load(&s->sleepers) > 0)
		wake_one(&s->value);
}

int
main(void)
{
	struct semaphore *s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (s == MAP_FAILED)
		return 1;
	atomic_store(&s->value, 1);
	if (fork() == 0) {
		take(s);
		if (write(1, "Bob\n", 4) == -1)
			perror("write");
		give(s);
		return 0;
	}
	take(s);
	if (write(1, "Ann\n", 4) == -1)
		perror("write");
	give(s);
	wait(NULL);
	return 0;
}
