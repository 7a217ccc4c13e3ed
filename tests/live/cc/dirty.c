/* Finds its memory as a new process has it, and leaves nothing as it was.  */
#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { STACK = 300000, BLOCKS = 100, BLOCK = 5000, MAPPED = 5 * 4096 };

static int zero, data = 7;
static char zeros[3 * 4096], words[3 * 4096] = "words";
static const int constant = 3;
static _Thread_local int own = 5;
static atomic_int counter;

static int
count_mappings(void)
{
	FILE *f = fopen("/proc/self/maps", "r");
	int c, n = 0;

	while ((c = getc(f)) != EOF)
		n += c == '\n';
	fclose(f);
	return n;
}

/* Below the frames that there are: of who was there before.  */
static unsigned __attribute__((noinline))
sum_stack(void)
{
	volatile char below[STACK / 2];
	unsigned sum = 0;

	for (size_t i = 0; i < sizeof(below); i += 64)
		sum = sum * 31 + below[i];
	return sum;
}

static void __attribute__((noinline))
fill_stack(void)
{
	char below[STACK];

	memset(below, 0x55, sizeof(below));
	__asm__ volatile("" : : "r"(below) : "memory");
}

static void
leave_mappings(void)
{
	char *p = mmap(NULL, MAPPED, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	memset(p, 1, MAPPED);
	mprotect(p, MAPPED / 5, PROT_NONE);
	p = mmap(NULL, MAPPED, PROT_READ | PROT_WRITE,
		 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	p[0] = 1;
}

static void *
run(void *unused)
{
	own++;
	atomic_fetch_add(&counter, 1);
	free(malloc(BLOCK));
	return unused;
}

static void
check(char **argv)
{
	static const char none[sizeof(zeros)];

	assert(zero == 0 && data == 7 && own == 5 && counter == 0);
	assert(memcmp(zeros, none, sizeof(none)) == 0);
	assert(strcmp(words, "words") == 0 && words[sizeof(words) - 1] == 0);
	assert(argv[0][0] != 'X' && !getenv("LEFT"));
	assert(signal(SIGUSR1, SIG_IGN) == SIG_DFL);
	printf("%d mappings, stack %u, heap %p\n", count_mappings(),
	       sum_stack(), malloc(BLOCK));
}

static void
leave(char **argv)
{
	zero = 1;
	data = own = constant;
	memset(zeros, 1, sizeof(zeros));
	memset(words, 1, sizeof(words));
	argv[0][0] = 'X';
	setenv("LEFT", "1", 1);
	fill_stack();
	for (int i = 0; i < BLOCKS; i++)
		memset(malloc(BLOCK), 1, BLOCK);
	leave_mappings();
}

int
main(int argc, char **argv)
{
	pthread_t t[2];

	(void)argc;
	check(argv);
	leave(argv);
	for (int i = 0; i < 2; i++)
		pthread_create(&t[i], NULL, run, NULL);
	pthread_join(t[0], NULL);
	_Exit(0);	/* the other may run yet */
}
