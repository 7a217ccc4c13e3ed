/*
 * Source positions by unwinding.
 *
 * One struct image a process: libdwfl's view of its modules, and the lines
 * already looked up, by program counter.  A module mapped later (ld.so comes
 * first, then the libraries) shows as a counter in no module; only then are
 * the maps read again.
 */
#include "config.h"

#include "tracer/source.h"

#include "probe/probe.h"
#include "tracer/source_line.h"
#include "tracer/spot.h"
#include "tracer/trace.h"
#include "tracer/variable.h"

#include <elfutils/libdwfl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	NAMES_MAX = 256,	/* of variables, remembered per image */
	NAME_ROOM = 48,
	IMAGES_MAX = 32,	/* each maps the files of one process */
	LINES_MAX = 256,	/* remembered per image; a power of two */
	FRAMES_MAX = 128,
	LINE_ROOM = 256,
};

struct line {
	Dwarf_Addr pc;		/* 0: free */
	char text[LINE_ROOM];	/* "": not in the subject's own code */
};

/* What an access was named.  */
struct named {
	struct where where;	/* pc 0: free */
	char name[NAME_ROOM];	/* "": it has none */
};

struct image {
	pid_t pid;		/* 0: free */
	dev_t dev;		/* of /proc/PID/exe: an exec changes it */
	ino_t inode;
	unsigned used;		/* when last, by the cache's count */
	bool strange;		/* a frame is in no module, whenever asked */
	Dwfl *dwfl;
	struct line *lines;
	struct named *names;	/* NULL until the first */
	struct spots *spots;	/* likewise */
};

struct source_cache {
	char *folder;
	unsigned count;		/* look-ups so far */
	struct image image[IMAGES_MAX];
};

/* Separate debug files are not looked for: the subject's own programs carry
 * their lines, and the search would ask servers on the network.  */
static int
no_debuginfo(Dwfl_Module *module, void **data, const char *name,
	     Dwarf_Addr base, const char *file, const char *link,
	     GElf_Word crc, char **path)
{
	(void)module, (void)data, (void)name, (void)base;
	(void)file, (void)link, (void)crc, (void)path;
	return -1;
}

static const Dwfl_Callbacks callbacks = {
	.find_elf = dwfl_linux_proc_find_elf,
	.find_debuginfo = no_debuginfo,
};

struct source_cache *
source_cache_new(void)
{
	struct source_cache *cache = xcalloc(1, sizeof(*cache));

	cache->folder = getcwd(NULL, 0);
	return cache;
}

void
source_set_folder(struct source_cache *cache, const char *folder)
{
	free(cache->folder);
	cache->folder = xstrdup(folder);
	for (int i = 0; i < IMAGES_MAX; i++)
		if (cache->image[i].pid)
			memset(cache->image[i].lines, 0,
			       LINES_MAX * sizeof(struct line));
}

static void
image_release(struct image *image)
{
	dwfl_end(image->dwfl);
	free(image->lines);
	free(image->names);
	spots_free(image->spots);
	*image = (struct image){ .pid = 0 };
}

void
source_cache_free(struct source_cache *cache)
{
	if (!cache)
		return;
	for (int i = 0; i < IMAGES_MAX; i++)
		if (cache->image[i].pid)
			image_release(&cache->image[i]);
	free(cache->folder);
	free(cache);
}

void
source_forget(struct source_cache *cache, pid_t pid)
{
	for (int i = 0; i < IMAGES_MAX; i++)
		if (cache->image[i].pid == pid)
			image_release(&cache->image[i]);
}

static bool
read_modules(Dwfl *dwfl, pid_t pid)
{
	dwfl_report_begin(dwfl);
	if (dwfl_linux_proc_report(dwfl, pid) != 0) {
		dwfl_report_end(dwfl, NULL, NULL);
		return false;
	}
	return dwfl_report_end(dwfl, NULL, NULL) == 0;
}

/* The one that nobody looked at for longest, emptied.  */
static struct image *
oldest_image(struct source_cache *cache)
{
	struct image *oldest = &cache->image[0];

	for (int i = 0; i < IMAGES_MAX; i++) {
		if (!cache->image[i].pid)
			return &cache->image[i];
		if (cache->image[i].used < oldest->used)
			oldest = &cache->image[i];
	}
	image_release(oldest);
	return oldest;
}

static struct image *
image_open(struct source_cache *cache, pid_t pid, const struct stat *exe)
{
	struct image *image = oldest_image(cache);
	Dwfl *dwfl = dwfl_begin(&callbacks);

	if (!dwfl)
		return NULL;
	/* true: it is stopped by our ptrace, not to be attached again.  */
	if (!read_modules(dwfl, pid) ||
	    dwfl_linux_proc_attach(dwfl, pid, true) != 0) {
		dwfl_end(dwfl);
		return NULL;
	}
	*image = (struct image){
		.pid = pid,
		.dev = exe->st_dev,
		.inode = exe->st_ino,
		.dwfl = dwfl,
		.lines = xcalloc(LINES_MAX, sizeof(struct line)),
	};
	return image;
}

static struct image *
find_image(struct source_cache *cache, pid_t pid)
{
	struct image *image = NULL;
	struct stat exe;
	char path[40];

	snprintf(path, sizeof(path), "/proc/%d/exe", (int)pid);
	if (pid == 0 || stat(path, &exe) < 0)
		return NULL;
	for (int i = 0; i < IMAGES_MAX && !image; i++)
		if (cache->image[i].pid == pid)
			image = &cache->image[i];
	if (image && (image->dev != exe.st_dev || image->inode != exe.st_ino)) {
		image_release(image);
		image = NULL;
	}
	if (!image)
		image = image_open(cache, pid, &exe);
	if (image)
		image->used = ++cache->count;
	return image;
}

/* One look: what the walk over the frames needs and finds.  */
struct look {
	struct image *image;
	const char *folder;
	const char *found;	/* NULL: nothing yet */
	bool unknown;		/* a frame was in no module */
	int frames;
};

static const char *
line_at(struct look *look, Dwarf_Addr pc)
{
	struct line *line = &look->image->lines[(pc >> 1 ^ pc >> 9) %
						LINES_MAX];
	Dwfl_Module *module;

	if (line->pc == pc)
		return line->text;
	module = dwfl_addrmodule(look->image->dwfl, pc);
	if (!module) {
		look->unknown = true;
		return "";
	}
	line->pc = pc;
	source_line(module, pc, look->folder, line->text, sizeof(line->text));
	return line->text;
}

static int
visit_frame(Dwfl_Frame *frame, void *arg)
{
	struct look *look = arg;
	bool activation;
	Dwarf_Addr pc;
	const char *line;

	if (!dwfl_frame_pc(frame, &pc, &activation))
		return DWARF_CB_ABORT;
	/* A return address may already be another line's.  */
	line = line_at(look, activation ? pc : pc - 1);
	if (*line)
		look->found = line;
	return *line || ++look->frames >= FRAMES_MAX ? DWARF_CB_ABORT
						      : DWARF_CB_OK;
}

static int
first_pc(Dwfl_Frame *frame, void *arg)
{
	dwfl_frame_pc(frame, arg, NULL);
	return DWARF_CB_ABORT;
}

/* Is it said how to leave the function that the thread is in?  The C
 * library's clone() and clone3() end their rules before the system call,
 * because the child comes back on another stack.  */
static bool
has_rules(const struct look *look, pid_t tid)
{
	Dwarf_Addr pc = 0, bias;
	Dwfl_Module *module;
	Dwarf_Frame *rules = NULL;
	Dwarf_CFI *cfi;

	dwfl_getthread_frames(look->image->dwfl, tid, first_pc, &pc);
	module = dwfl_addrmodule(look->image->dwfl, pc);
	cfi = module ? dwfl_module_eh_cfi(module, &bias) : NULL;
	if (!cfi || dwarf_cfi_addrframe(cfi, pc - bias, &rules) != 0)
		return false;
	free(rules);
	return true;
}

static void
walk(struct look *look, pid_t tid)
{
	struct user_regs_struct kept = { 0 };

	look->unknown = false;
	look->frames = 0;
	dwfl_getthread_frames(look->image->dwfl, tid, visit_frame, look);
	if (look->found || look->unknown || has_rules(look, tid))
		return;
	/* Such a function has no frame of its own: look from its caller.  */
	if (!regs_leave(tid, &kept))
		return;
	look->frames = 0;
	dwfl_getthread_frames(look->image->dwfl, tid, visit_frame, look);
	regs_restore(tid, &kept);
}

bool
source_find(struct source_cache *cache, pid_t tid, char *out, size_t room)
{
	struct look look = { .folder = cache->folder ? cache->folder : "" };
	pid_t pid = probe_process_of(tid);

	copy_str(out, room, "");
	look.image = find_image(cache, pid);
	if (!look.image)
		return false;
	walk(&look, tid);
	/* Loaded since; a frame that was passed over is no better.  */
	if (look.unknown && !(look.found && look.image->strange)) {
		if (!read_modules(look.image->dwfl, pid)) {
			image_release(look.image);
			return false;
		}
		memset(look.image->lines, 0, LINES_MAX * sizeof(struct line));
		look.found = NULL;
		walk(&look, tid);
		look.image->strange = look.unknown;
	}
	if (look.found)
		copy_str(out, room, look.found);
	return look.found;
}

/* Without asking whether it is still the same program: source_forget() was
 * called if not.  */
static struct image *
image_of(struct source_cache *cache, pid_t pid)
{
	for (int i = 0; i < IMAGES_MAX; i++)
		if (pid && cache->image[i].pid == pid) {
			cache->image[i].used = ++cache->count;
			return &cache->image[i];
		}
	return find_image(cache, pid);
}

bool
source_at(struct source_cache *cache, pid_t pid, uint64_t pc, char *out,
	  size_t room)
{
	struct look look = { .folder = cache->folder ? cache->folder : "" };

	copy_str(out, room, "");
	if (!pc)
		return false;
	look.image = image_of(cache, pid);
	/* A return address may already be another line's.  */
	if (look.image)
		copy_str(out, room, line_at(&look, pc - 1));
	return *out;
}

static struct named *
named_place(struct image *image, const struct where *where)
{
	uint64_t h = where->pc ^ where->address * 31 ^ where->address >> 11;

	if (!image->names)
		image->names = xcalloc(NAMES_MAX, sizeof(*image->names));
	return &image->names[h % NAMES_MAX];
}

/* One place of the program that accesses one address: its name was found
 * before.  */
bool
source_variable(struct source_cache *cache, pid_t pid, pid_t tid,
		const struct where *where, char *out, size_t room)
{
	struct image *image = image_of(cache, pid);
	struct named *n;

	copy_str(out, room, "");
	if (!image)
		return false;
	n = named_place(image, where);
	if (n->where.pc != where->pc || n->where.address != where->address ||
	    n->where.size != where->size) {
		n->where = *where;
		variable_name(image->dwfl, tid, where, n->name,
			      sizeof(n->name));
	}
	copy_str(out, room, n->name);
	return n->name[0];
}

bool
source_spot(struct source_cache *cache, pid_t pid, uint64_t address, char *out,
	    size_t room)
{
	struct image *image = image_of(cache, pid);

	if (image && !image->spots)
		image->spots = spots_of(pid);
	return image && image->spots &&
	       spot_tell(image->spots, address, out, room);
}
