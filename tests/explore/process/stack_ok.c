/* Right: what was pushed is forgotten as it is popped.  */
#define _GNU_SOURCE
#include <fcntl.h>

#include "must.h"

enum { SIZE = 3 };

static struct stack { int items[SIZE], top, filled; } *stack;
static int file;

/* A record lock on the first byte, of this process (fcntl(2), F_SETLKW).  */
static void
set_lock(short kind)
{
	struct flock range = { .l_type = kind, .l_whence = SEEK_SET,
			       .l_len = 1 };

	must(fcntl(file, F_SETLKW, &range) == 0, "the lock can be set");
}

static void
run_pusher(void)
{
	for (int i = 0; i < SIZE; i++) {
		set_lock(F_WRLCK);
		stack->items[stack->top++] = i;
		stack->filled = 1;
		set_lock(F_UNLCK);
	}
}

static void
run_popper(void)
{
	for (int i = 0; i < SIZE; i++) {
		set_lock(F_WRLCK);
		if (stack->filled) {
			must(stack->top > 0, "what is popped was pushed");
			stack->top--;
			stack->filled = stack->top > 0;
		}
		set_lock(F_UNLCK);
	}
}

int
main(void)
{
	int status;

	stack = share(sizeof(*stack));
	file = memfd_create("stack", 0);
	must(file != -1, "there is a file to lock");
	start(run_pusher);
	start(run_popper);
	status = finish(2);
	close(file);
	return status;
}
