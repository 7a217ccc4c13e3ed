/*
 * The state of a run as one number: registers and memory of all who live.
 *
 * Of memory only pages that are there (proc(5), /proc/PID/pagemap): to look at
 * the others would bring them in.  What the runtime keeps for itself in the
 * subject's memory is the same whenever the same is done (runtime/access.c).
 */
#include "config.h"

#include "base/random.h"
#include "tracer/run.h"
#include "tracer/trace.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
	PAGE = 4096,
	AT_ONCE = 16,		/* pages */
	ENTRIES = 512,		/* of a pagemap, at once */
	PAGES_MAX = 16384,	/* more takes too long */
};

#define IS_THERE (UINT64_C(3) << 62)	/* present, or swapped out */

struct whole {
	uint64_t hash;
	pid_t tid;
	int pagemap, pages;
};

static void
mix(struct whole *w, const uint64_t *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		w->hash = random_mix(w->hash, word[i]);
}

/* ---- memory ---- */

static bool
add_pages(struct whole *w, uint64_t at, size_t n)
{
	uint64_t bytes[AT_ONCE * PAGE / sizeof(uint64_t)];
	ssize_t got = memory_read(w->tid, at, bytes, n * PAGE);

	mix(w, &at, 1);
	if (got > 0)
		mix(w, bytes, (size_t)got / sizeof(*bytes));
	w->pages += (int)n;
	return got == (ssize_t)(n * PAGE) && w->pages <= PAGES_MAX;
}

/* Those that are there, several that stand together at once.  */
static bool
add_those_there(struct whole *w, uint64_t at, const uint64_t *entry, size_t n)
{
	size_t run;

	for (size_t i = 0; i < n; i += run ? run : 1) {
		for (run = 0; i + run < n && run < AT_ONCE &&
		     entry[i + run] & IS_THERE; run++)
			;
		if (run && !add_pages(w, at + i * PAGE, run))
			return false;
	}
	return true;
}

static bool
add_mapping(struct whole *w, uint64_t start, uint64_t end)
{
	uint64_t entry[ENTRIES];

	while (start < end) {
		size_t n = (end - start) / PAGE;
		size_t size;

		if (n > ENTRIES)
			n = ENTRIES;
		size = n * sizeof(*entry);
		if (pread(w->pagemap, entry, size, (off_t)(start / PAGE *
			  sizeof(*entry))) != (ssize_t)size ||
		    !add_those_there(w, start, entry, n))
			return false;
		start += n * PAGE;
	}
	return true;
}

/* What cannot be written is always the same.  */
static bool
add_mappings(struct whole *w, FILE *maps)
{
	char line[PATH_MAX_LEN + 128], perms[5];
	uint64_t start, end;

	while (fgets(line, sizeof(line), maps))
		if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %4s", &start, &end,
			   perms) == 3 && perms[0] == 'r' && perms[1] == 'w' &&
		    !add_mapping(w, start, end))
			return false;
	return true;
}

static bool
add_memory(struct whole *w)
{
	char path[40];
	FILE *maps;
	bool ok;

	snprintf(path, sizeof(path), "/proc/%d/pagemap", (int)w->tid);
	w->pagemap = open(path, O_RDONLY | O_CLOEXEC);
	if (w->pagemap < 0)
		return false;
	snprintf(path, sizeof(path), "/proc/%d/maps", (int)w->tid);
	maps = fopen(path, "re");
	ok = maps && add_mappings(w, maps);
	if (maps)
		fclose(maps);
	close(w->pagemap);
	return ok;
}

/* ---- registers ---- */

/* Who sleeps in the kernel does not move, and has no registers to show.  */
static bool
add_registers(struct whole *w)
{
	static const int sets[] = { NT_PRSTATUS, NT_PRFPREG };
	uint64_t bytes[128];

	for (size_t i = 0; i < ARRAY_SIZE(sets); i++) {
		struct iovec to = { bytes, sizeof(bytes) };

		memset(bytes, 0, sizeof(bytes));
		if (ptrace(PTRACE_GETREGSET, w->tid, (void *)(long)sets[i],
			   &to) == 0)
			mix(w, bytes, ARRAY_SIZE(bytes));
		else if (errno != ESRCH)
			return false;
	}
	return true;
}

/* One task of each process shows its memory.  */
static bool
shows_memory(const struct task *k)
{
	return k->leader == k || k->leader->phase == PHASE_ENDED;
}

uint64_t
driver_state(void *driver)
{
	const struct driver *d = driver;
	struct whole w = { .hash = 1 };

	if (!d->t || virtual_alarm_is_set(d->t))
		return 0;
	for (const struct task *k = d->t->first; k; k = k->next) {
		if (k->phase == PHASE_ENDED || k->phase == PHASE_EARLY ||
		    k->phase == PHASE_SERVER)
			continue;
		w.tid = k->tid;
		if (!add_registers(&w) ||
		    (shows_memory(k) && !add_memory(&w)))
			return 0;
	}
	return w.hash | 1;
}
