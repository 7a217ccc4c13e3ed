/* Wrong: the writer lets go between its two stages.  To be found: the reader
 * sees the first stage done and the second not.  */
#include "must.h"

/* A lock is a pipe with a letter in it: who has the letter has the lock.  */
static int raw_lock[2], cooked_lock[2];
static struct food { int raw, cooked; } *food;

static void
take(int *lock)
{
	char letter;

	must(read(lock[0], &letter, 1) == 1, "a lock can be taken");
}

static void
give(int *lock)
{
	must(write(lock[1], "l", 1) == 1, "a lock can be given back");
}

static void
run_writer(void)
{
	take(raw_lock);
	food->raw = 1;
	give(raw_lock);
	take(cooked_lock);
	food->cooked = 2;
	give(cooked_lock);
}

static void
run_reader(void)
{
	int seen;

	take(raw_lock);
	seen = food->raw;
	give(raw_lock);
	if (seen == 0)
		return;
	take(cooked_lock);
	must(food->cooked == seen + 1, "what is raw is cooked too");
	give(cooked_lock);
}

int
main(void)
{
	int status;

	food = share(sizeof(*food));
	must(pipe(raw_lock) == 0 && pipe(cooked_lock) == 0, "there are pipes");
	give(raw_lock);
	give(cooked_lock);
	start(run_writer);
	start(run_reader);
	status = finish(2);
	for (int i = 0; i < 2; i++) {
		close(raw_lock[i]);
		close(cooked_lock[i]);
	}
	return status;
}
