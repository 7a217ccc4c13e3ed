/*
 * Probing memory: what a shared object holds and how large it is, and the
 * pages behind an address of a process (proc(5), /proc/PID/pagemap).
 */
#include "config.h"

#include "probe/probe.h"

#include "base/i18n.h"
#include "probe/handle.h"
#include "probe/pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* The mode bits of shm_perm beyond the permissions: shmctl(2).  */
enum { SEGMENT_DEST = 01000, SEGMENT_LOCKED = 02000 };

static const struct { int bit; const char *name; } seals[] = {
	{ F_SEAL_SEAL, "F_SEAL_SEAL" },
	{ F_SEAL_SHRINK, "F_SEAL_SHRINK" },
	{ F_SEAL_GROW, "F_SEAL_GROW" },
	{ F_SEAL_WRITE, "F_SEAL_WRITE" },
	{ 0x10, "F_SEAL_FUTURE_WRITE" },
	{ 0x20, "F_SEAL_EXEC" },
};

static void
add_word(struct object_state *out, const char *word)
{
	size_t len = strlen(out->status);

	snprintf(out->status + len, sizeof(out->status) - len, "%s%s",
		 len ? "|" : "", word);
}

/* Any file of tmpfs has F_SEAL_SEAL: those that cannot be sealed.  */
static void
add_seals(struct object_state *out, int copy)
{
	char name[64], link[16] = "";
	int set = fcntl(copy, F_GET_SEALS);

	snprintf(name, sizeof(name), "/proc/self/fd/%d", copy);
	if (set <= 0 || set == F_SEAL_SEAL || readlink(name, link, sizeof(link) - 1) < 0 ||
	    strncmp(link, "/memfd:", 7) != 0)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(seals); i++)
		if (set & seals[i].bit)
			add_word(out, seals[i].name);
}

/* What was never written reads as zeros, and reading makes no page for it. */
int
probe_memory(pid_t pid, int fd, struct object_state *out, char **why)
{
	struct stat st;
	int flags, copy = handle_take(pid, fd, &flags, why);

	if (copy < 0)
		return -1;
	if (fstat(copy, &st) < 0 || !S_ISREG(st.st_mode)) {
		close(copy);
		return fail(why, _("descriptor %d of process %d is not "
				   "memory"), fd, (int)pid);
	}
	object_state_init(out);
	out->known = true;
	out->size = st.st_size;
	add_seals(out, copy);
	if ((flags & O_ACCMODE) != O_WRONLY && !(flags & O_PATH))
		out->content_len = pread(copy, out->content,
					 sizeof(out->content) - 1, 0);
	close(copy);
	return 0;
}

int
probe_segment(int id, struct object_state *out, char **why)
{
	struct shmid_ds d;

	if (shmctl(id, IPC_STAT, &d) < 0)
		return fail(why, _("segment %d cannot be looked at: %s"), id,
			    strerror(errno));
	object_state_init(out);
	out->known = true;
	out->size = d.shm_segsz;
	out->maps = d.shm_nattch;
	if (d.shm_perm.mode & SEGMENT_DEST)
		add_word(out, "SHM_DEST");
	if (d.shm_perm.mode & SEGMENT_LOCKED)
		add_word(out, "SHM_LOCKED");
	return 0;
}

int
probe_bytes(pid_t pid, uint64_t at, void *to, int n, char **why)
{
	struct iovec local = { to, n };
	struct iovec remote = { (void *)(uintptr_t)at, n };
	ssize_t got = process_vm_readv(pid, &local, 1, &remote, 1, 0);

	return got < 0 ? handle_refused(pid, errno, why) : (int)got;
}

int
probe_pages(pid_t pid, char **why)
{
	char name[64];
	int fd;

	snprintf(name, sizeof(name), "/proc/%d/pagemap", (int)pid);
	fd = open(name, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? handle_refused(pid, errno, why) : fd;
}

int
probe_page(int pages, uint64_t at, struct probe_page *out)
{
	static long size;
	uint64_t entry = 0;

	if (!size)
		size = sysconf(_SC_PAGESIZE);
	if (pread(pages, &entry, sizeof(entry),
		  (off_t)(at / size * sizeof(entry))) != sizeof(entry))
		return -1;
	/* Bits 63, 61 and 0 to 54; the frame is 0 without CAP_SYS_ADMIN. */
	out->present = entry >> 63;
	out->of_object = entry >> 61 & 1;
	out->frame = out->present ? entry & ((UINT64_C(1) << 55) - 1) : 0;
	return 0;
}
