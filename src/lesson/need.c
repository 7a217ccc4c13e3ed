/* What lessons may need of a machine: tried for real, once.  */
#include "config.h"

#include "lesson/need.h"

#include "base/i18n.h"
#include "base/suggest.h"
#include "base/trial.h"
#include "base/words.h"
#include "compiler/compiler.h"
#include "lesson/claim.h"
#include "lesson/experiment.h"
#include "tracer/ability.h"
#include "tracer/namespace.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <linux/io_uring.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

/* statfs(2): the number by which the kernel marks its POSIX queues.  */
enum { MQUEUE_MAGIC = 0x19800202 };

/* ---- what every run needs ---- */

static bool
look_ptrace(struct buf *found)
{
	char *why = NULL;
	bool can = ability_try(ABILITY_CALL, &why) == 0;

	buf_adds(found, can ? _("yes, tried on a child") : why);
	free(why);
	return can;
}

static bool
look_compiler(struct buf *found)
{
	char *path = compiler_find(NULL);
	bool there = path;

	buf_adds(found, there ? path : _("not installed"));
	free(path);
	return there;
}

/* ---- namespaces ---- */

static int
try_users(void)
{
	return unshare(CLONE_NEWUSER) < 0 ? errno : 0;
}

static bool
look_users(struct buf *found)
{
	return trial_report(found, trial_run(try_users));
}

static bool
look_part(struct buf *found, enum namespace_part part)
{
	bool can = namespace_can(part);

	buf_adds(found, can ? _("yes, tried on a child") : _("no"));
	return can;
}

static bool
look_objects(struct buf *found)
{
	return look_part(found, PART_IPC);
}

static bool
look_network(struct buf *found)
{
	return look_part(found, PART_NET);
}

/* ---- queues ---- */

/* msgrcv(2), MSG_COPY: a queue of our own, removed at once.  */
static bool
look_msg_copy(struct buf *found)
{
	struct { long type; char text[1]; } message = { 1, "x" };
	int error = 0, queue = msgget(IPC_PRIVATE, 0600);

	if (queue < 0)
		return trial_report(found, errno);
	if (msgsnd(queue, &message, 1, IPC_NOWAIT) < 0 ||
	    msgrcv(queue, &message, 1, 0, MSG_COPY | IPC_NOWAIT) != 1)
		error = errno;
	msgctl(queue, IPC_RMID, NULL);
	return trial_report(found, error);
}

/* The run's own, or else the machine's.  */
static bool
look_mqueue(struct buf *found)
{
	struct statfs fs;

	if (mq_unlink("/ipclab has no such queue") < 0 && errno == ENOSYS)
		return trial_report(found, errno);
	if (namespace_can(PART_MQUEUE)) {
		buf_adds(found, _("of each run's own"));
		return true;
	}
	if (statfs("/dev/mqueue", &fs) == 0 && fs.f_type == MQUEUE_MAGIC) {
		buf_adds(found, _("mounted"));
		return true;
	}
	buf_adds(found, _("not mounted"));
	return false;
}

/* ---- network ---- */

static int
try_ipv6(void)
{
	struct sockaddr_in6 a = { .sin6_family = AF_INET6,
				  .sin6_addr = in6addr_loopback };
	int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);

	return fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0
	       ? errno : 0;
}

/* In the network that a run gets: it need not be as the machine's.  */
static bool
look_ipv6(struct buf *found)
{
	return trial_report(found, namespace_try(PART_BIT(PART_NET),
						 try_ipv6));
}

/* ---- memory ---- */

/* The entry of a page in /proc/self/pagemap, 0 when refused.  */
static uint64_t
page_entry(const volatile char *page)
{
	off_t at = (uintptr_t)page / sysconf(_SC_PAGESIZE) * sizeof(uint64_t);
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	uint64_t entry;

	if (fd < 0)
		return 0;
	if (pread(fd, &entry, sizeof(entry), at) != sizeof(entry))
		entry = 0;
	close(fd);
	return entry;
}

/* Bit 55: written since the last "4" to clear_refs.  A kernel without it
 * takes the 4 and never shows, or always shows, the bit.  In a child, because
 * it marks all pages of the process.  */
static int
try_soft_dirty(void)
{
	static volatile char page[1 << 17];
	int fd = open("/proc/self/clear_refs", O_WRONLY);
	const uint64_t dirty = 1ull << 55;
	bool before;

	page[1 << 16] = 1;
	if (fd < 0 || write(fd, "4", 1) != 1)
		return errno;
	before = page_entry(page + (1 << 16)) & dirty;
	page[1 << 16] = 2;
	return !before && page_entry(page + (1 << 16)) & dirty ? 0 : ENOTSUP;
}

static bool
look_soft_dirty(struct buf *found)
{
	return trial_report(found, trial_run(try_soft_dirty));
}

/* Bits 0 to 54; 0 for who lacks CAP_SYS_ADMIN (proc(5)).  */
static bool
look_frames(struct buf *found)
{
	volatile char here = 1;
	bool seen = page_entry(&here) & ((1ull << 55) - 1);

	buf_adds(found, seen ? _("readable") : _("hidden"));
	return seen;
}

/* ---- others ---- */

static bool
look_root(struct buf *found)
{
	bool root = geteuid() == 0;

	buf_adds(found, root ? _("yes") : _("no"));
	return root;
}

static bool
look_io_uring(struct buf *found)
{
	struct io_uring_params p = { .flags = 0 };
	int fd = syscall(SYS_io_uring_setup, 1, &p);
	int error = fd < 0 ? errno : 0;

	if (fd >= 0)
		close(fd);
	return trial_report(found, error);
}

static bool
knows_binderfs(void)
{
	struct buf text = BUF_INIT;
	bool knows = buf_read_file(&text, "/proc/filesystems", 1 << 16,
				   NULL) == 0 &&
		     strstr(buf_str(&text), "\tbinder\n");

	buf_release(&text);
	return knows;
}

static bool
look_binder(struct buf *found)
{
	const char *where = access("/dev/binder", F_OK) == 0 ? "/dev/binder" :
			    knows_binderfs() ? "binderfs" : NULL;

	buf_adds(found, where ? where : _("no"));
	return where;
}

/* Debian's python3-minimal is without the module.  */
static bool
look_python(struct buf *found)
{
	static const char *const places[] = {
		"/usr/lib/python3*/multiprocessing/__init__.py",
		"/usr/lib64/python3*/multiprocessing/__init__.py",
	};
	bool is = false;

	for (size_t i = 0; !is && i < ARRAY_SIZE(places); i++) {
		glob_t g = { .gl_pathc = 0 };

		is = glob(places[i], 0, NULL, &g) == 0 &&
		     access("/usr/bin/python3", X_OK) == 0;
		globfree(&g);
	}
	buf_adds(found, is ? "/usr/bin/python3" : _("no"));
	return is;
}

/* ---- the table ---- */

const struct need needs[] = {
	{ "ptrace", look_ptrace, "",
	  N_("This machine lets nobody trace programs.  `ipclab doctor` says "
	     "why, and what to do."), .implied = true },
	{ "compiler", look_compiler, "",
	  N_("There is no C compiler here.  Install one (package gcc)."),
	  .implied = true },
	{ "user-namespaces", look_users,
	  N_("A grader can shut a submission in without being root."),
	  N_("There are no user namespaces for you.  A grader must be root "
	     "here, or an administrator allows them: sysctl "
	     "user.max_user_namespaces=10000") },
	{ "ipc-namespaces", look_objects,
	  N_("Lessons' queues, semaphores and shared memory are their own, "
	     "with numbers from 0, and no other program sees them."),
	  N_("Lessons make queues, semaphores and shared memory among those of "
	     "the machine, and remove theirs at the end.  Allow user "
	     "namespaces, or be root.") },
	{ "network-namespaces", look_network,
	  N_("Lessons' sockets have a network of their own: ports are free, "
	     "and the same in each run."),
	  N_("Lessons use the machine's own 127.0.0.1: a port may be taken, "
	     "and others differ from run to run.  Allow user namespaces, or "
	     "be root.") },
	{ "msg-copy", look_msg_copy,
	  N_("The messages in a System V queue can be seen without taking "
	     "them."),
	  N_("This kernel does not show the messages in a System V queue; "
	     "they are known from the events alone.") },
	{ "mqueue", look_mqueue,
	  N_("POSIX queues can be used and listed."),
	  N_("POSIX queues cannot be listed here.  To see them: mkdir -p "
	     "/dev/mqueue, then mount -t mqueue none /dev/mqueue") },
	{ "ipv6", look_ipv6,
	  N_("Lessons about sockets can use ::1."),
	  N_("IPv6 is switched off here.  An administrator switches it on "
	     "with: sysctl net.ipv6.conf.all.disable_ipv6=0") },
	{ "soft-dirty", look_soft_dirty,
	  N_("The kernel tells which pages of shared memory were written."),
	  N_("The kernel does not tell which pages of shared memory were "
	     "written; this is known from the events alone.") },
	{ "page-frames", look_frames,
	  N_("That two processes share one physical page can be shown."),
	  N_("Which physical page a process has is shown to root only.  "
	     "Shared pages are known by file and offset.") },
	{ "root", look_root,
	  N_("What only root may do can be tried."),
	  N_("You are not root.  What only root may do is shown as "
	     "recorded.") },
	{ "io-uring", look_io_uring,
	  N_("Programs can use io_uring.  The lab sees that they do; what "
	     "they read and write through it, it does not."),
	  N_("Programs cannot use io_uring here, and none can go around the "
	     "tracer by it.  An administrator opens it with: sysctl "
	     "kernel.io_uring_disabled=0") },
	{ "python", look_python,
	  N_("Lessons can show a program in Python."),
	  N_("There is no /usr/bin/python3 with its standard library here.  "
	     "Install it (package python3).") },
	{ "binder", look_binder,
	  N_("Programs can use the kernel's binder driver."),
	  N_("This kernel has no binder driver.  Programs that need it do "
	     "not run here.") },
	{ .word = NULL },
};

const struct need *
need_find(const char *word, size_t len)
{
	for (const struct need *n = needs; n->word; n++)
		if (strlen(n->word) == len && memcmp(n->word, word, len) == 0)
			return n;
	return NULL;
}

const char *
need_meant(const char *word)
{
	struct suggest s = SUGGEST_INIT(word);

	for (const struct need *n = needs; n->word; n++)
		suggest_try(&s, n->word);
	return suggest_best(&s);
}

bool
need_met(const struct need *n)
{
	static enum { UNKNOWN, MET, LACKING } known[ARRAY_SIZE(needs)];
	struct buf found = BUF_INIT;

	if (known[n - needs] == UNKNOWN)
		known[n - needs] = n->look(&found) ? MET : LACKING;
	buf_release(&found);
	return known[n - needs] == MET;
}

static const struct need *
words_lack(const char *words)
{
	size_t len;

	for (; words && (len = word_next(&words)); words += len) {
		const struct need *n = need_find(words, len);

		if (n && !need_met(n))
			return n;
	}
	return NULL;
}

static bool
is_compiled(const struct lesson *l, const struct setup *s)
{
	char **list = setup_programs(l, s);
	bool any = list[0];

	words_free(list);
	return any;
}

const struct need *
setup_lacks(const struct lesson *l, const struct setup *s)
{
	const struct need *lacking = words_lack("ptrace");

	if (!lacking && is_compiled(l, s))
		lacking = words_lack("compiler");
	if (!lacking)
		lacking = words_lack(l->needs.text);
	return lacking ? lacking : words_lack(s->needs.text);
}

const struct need *
claim_lacks(const struct lesson *l, const struct claim *c)
{
	const struct need *lacking;
	struct setup s;

	claim_setup(l, c, &s);
	lacking = setup_lacks(l, &s);
	items_release(&s.files);
	return lacking;
}

static const struct need *
part_lacks(const struct lesson *l, const struct part *part)
{
	if (part->kind == PART_EXPERIMENT)
		return setup_lacks(l, &part->experiment->setup);
	return part->kind == PART_CLAIM ? claim_lacks(l, part->claim) : NULL;
}

size_t
lesson_lacks(const struct lesson *l, const struct need **list, size_t room)
{
	size_t n = 0, k;

	for (size_t i = 0; i < l->n; i++)
		for (size_t j = 0; j < l->step[i].n; j++) {
			const struct need *need;

			need = part_lacks(l, &l->step[i].part[j]);
			for (k = 0; k < n && list[k] != need; k++)
				;
			if (need && k == n && n < room)
				list[n++] = need;
		}
	return n;
}
