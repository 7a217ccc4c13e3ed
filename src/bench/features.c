/* The table of features.  */
#include "config.h"

#include "bench/features.h"

#include "base/i18n.h"

#include <string.h>

/* What several rows say.  */
#define RELATED N_("related ones, or who is passed the descriptor")
#define BY_NAME N_("any that may use the name")
#define ONE_WAY N_("one way")
#define BOTH_WAYS N_("both ways")
#define ANY_WAY N_("any")
#define BYTES N_("none: a stream of bytes")
#define KEPT N_("kept")
#define NO_DATA N_("carries no data")
#define AS_YOU_LIKE N_("as the programs agree")
#define PATH N_("a path")
#define NONE N_("none")
#define LAST_CLOSED N_("until the last end is closed")
#define PROCESS_END N_("until the process ends")
#define UNTIL_REMOVED N_("until removed (IPC_RMID) or reboot")
#define IN_AND_OUT N_("two: in and out")
#define NO_COPY N_("none: the same memory")
#define YES N_("yes")
#define NO N_("no")
#define IN_ORDER N_("in order")
#define NO_ORDER N_("none")
#define WAITS N_("built in: both sides can sleep")
#define NEEDS_SYNC N_("needed: nothing protects or wakes")
#define IS_SYNC N_("it is the synchronisation")
#define SOCKET_BUFFER N_("send and receive buffers, 212,992 bytes each")

/* The default of SO_SNDBUF, less what the kernel keeps of it.  */
#define SEND_BUFFER (212992 - 32)

#define STREAMS (TRAIT_STREAM | TRAIT_WAITS | TRAIT_SAFE | TRAIT_POLL)
#define PACKETS (TRAIT_MESSAGES | TRAIT_WAITS | TRAIT_POLL)
#define SHARED (TRAIT_UNRELATED | TRAIT_STATE | TRAIT_MESSAGES \
		| TRAIT_STREAM | TRAIT_ALL_READERS | TRAIT_SURVIVES \
		| TRAIT_MANY_WRITERS | TRAIT_MANY_READERS | TRAIT_WAITS \
		| TRAIT_SAFE | TRAIT_SIGN | TRAIT_OWN_WORK)

const struct feature_row feature_rows[] = {
	{ "pipe", N_("anonymous pipe"), MECH_PIPE,
	  STREAMS | TRAIT_SIGN | TRAIT_MANY_WRITERS, "pipe(7)",
	  { RELATED, ONE_WAY, BYTES, NONE, N_("65,536 bytes"), LAST_CLOSED,
	    IN_AND_OUT, NO, YES, IN_ORDER, WAITS,
	    N_("writes of up to 4096 bytes are not mixed") } },
	{ "popen", N_("popen"), -1,
	  0, "popen(3)",
	  { N_("a shell command and its parent"), ONE_WAY, BYTES, NONE,
	    N_("a pipe's, and that of stdio"), N_("until pclose"),
	    N_("a pipe's, and stdio's own"), NO, YES, IN_ORDER, WAITS,
	    N_("a shell reads the command: mind the quotes") } },
	{ "fifo", N_("FIFO"), MECH_FIFO,
	  STREAMS | TRAIT_UNRELATED | TRAIT_SIGN | TRAIT_MANY_WRITERS,
	  "fifo(7)",
	  { BY_NAME, ONE_WAY, BYTES, PATH, N_("65,536 bytes"),
	    N_("the name stays, the data go with the last end"),
	    IN_AND_OUT, NO, YES, IN_ORDER, WAITS,
	    N_("open waits for the other end") } },
	{ "unix-stream", N_("UNIX stream socket"), MECH_UNIX_STREAM,
	  STREAMS | TRAIT_UNRELATED | TRAIT_MANY_WRITERS, "unix(7)",
	  { BY_NAME, BOTH_WAYS, BYTES, N_("a path, an abstract name, or none"),
	    SOCKET_BUFFER, LAST_CLOSED, IN_AND_OUT, NO, YES, IN_ORDER, WAITS,
	    N_("a path has at most 107 bytes") } },
	{ "unix-datagram", N_("UNIX datagram socket"), MECH_UNIX_DATAGRAM,
	  PACKETS | TRAIT_UNRELATED | TRAIT_MANY_WRITERS | TRAIT_MANY_READERS
	  | TRAIT_SAFE | TRAIT_SIGN, "unix(7)",
	  { BY_NAME, BOTH_WAYS, KEPT, N_("a path, an abstract name, or none"),
	    N_("a send buffer, and a short queue"), LAST_CLOSED, IN_AND_OUT,
	    NO, YES, IN_ORDER, WAITS,
	    N_("a message must fit into the send buffer") }, .most = SEND_BUFFER },
	{ "unix-seqpacket", N_("UNIX seqpacket socket"), MECH_UNIX_SEQPACKET,
	  PACKETS | TRAIT_UNRELATED | TRAIT_MANY_WRITERS | TRAIT_SAFE,
	  "unix(7)",
	  { BY_NAME, BOTH_WAYS, KEPT, N_("a path, an abstract name, or none"),
	    SOCKET_BUFFER, LAST_CLOSED, IN_AND_OUT, NO, YES, IN_ORDER, WAITS,
	    N_("a message must fit into the send buffer") }, .most = SEND_BUFFER },
	{ "tcp", N_("TCP"), MECH_TCP,
	  STREAMS | TRAIT_UNRELATED | TRAIT_MACHINES | TRAIT_MANY_WRITERS,
	  "tcp(7)",
	  { N_("any that reach the address"), BOTH_WAYS, BYTES,
	    N_("address and port"), N_("buffers that grow as needed"),
	    N_("until closed, or the network gives up"), IN_AND_OUT, YES, YES,
	    IN_ORDER, WAITS, N_("small messages may wait for others (Nagle)")
	  } },
	{ "udp", N_("UDP"), MECH_UDP,
	  PACKETS | TRAIT_UNRELATED | TRAIT_MACHINES | TRAIT_MANY_WRITERS
	  | TRAIT_MANY_READERS | TRAIT_SIGN, "udp(7)",
	  { N_("any that reach the address"), BOTH_WAYS, KEPT,
	    N_("address and port"), N_("a receive buffer, 212,992 bytes"),
	    LAST_CLOSED, IN_AND_OUT, YES, YES,
	    N_("not certain; some may be lost or doubled"),
	    N_("the receiver sleeps; a fast sender is not held back"),
	    N_("65,507 bytes (IPv4)") }, .most = 65507 },
	{ "sysv-queue", N_("System V queue"), MECH_SYSV_QUEUE,
	  TRAIT_UNRELATED | TRAIT_MESSAGES | TRAIT_MANY_WRITERS
	  | TRAIT_MANY_READERS | TRAIT_SURVIVES | TRAIT_WAITS | TRAIT_SAFE
	  | TRAIT_STAYS,
	  "sysvipc(7)",
	  { BY_NAME, ANY_WAY, KEPT, N_("a key (ftok)"),
	    N_("16,384 bytes (msgmnb)"), UNTIL_REMOVED, IN_AND_OUT, NO, NO,
	    N_("in order; the reader chooses by type"), WAITS,
	    N_("8192 bytes a message (msgmax)") }, .most = 8192 },
	{ "posix-queue", N_("POSIX queue"), MECH_POSIX_QUEUE,
	  TRAIT_UNRELATED | PACKETS | TRAIT_MANY_WRITERS | TRAIT_MANY_READERS
	  | TRAIT_SURVIVES | TRAIT_SAFE | TRAIT_STAYS, "mq_overview(7)",
	  { BY_NAME, ANY_WAY, KEPT, N_("/name"),
	    N_("10 messages (msg_max)"), N_("until mq_unlink or reboot"),
	    IN_AND_OUT, NO, YES, N_("by priority, then in order"), WAITS,
	    N_("8192 bytes a message (msgsize_max)") }, .most = 8192 },
	{ "shm-futex", N_("shared memory and futex"), MECH_SHM_FUTEX,
	  SHARED, "futex(7)",
	  { BY_NAME, ANY_WAY, AS_YOU_LIKE, N_("/name (shm_open), or none"),
	    N_("as large as it is made"), N_("until shm_unlink or reboot"),
	    NO_COPY, NO, NO, AS_YOU_LIKE,
	    N_("the program's own, on top of futex"),
	    N_("the size of /dev/shm; hard to get right") } },
	{ "shm-posix", N_("shared memory and sem_t"), MECH_SHM_POSIX,
	  SHARED, "shm_overview(7)",
	  { BY_NAME, ANY_WAY, AS_YOU_LIKE, N_("/name (shm_open), or none"),
	    N_("as large as it is made"), N_("until shm_unlink or reboot"),
	    NO_COPY, NO, NO, AS_YOU_LIKE, N_("by semaphores"),
	    N_("the size of /dev/shm") } },
	{ "shm-sysv", N_("shared memory and semop"), MECH_SHM_SYSV,
	  SHARED | TRAIT_STAYS, "shmget(2)",
	  { BY_NAME, ANY_WAY, AS_YOU_LIKE, N_("a key (ftok)"),
	    N_("as large as it is made"), UNTIL_REMOVED, NO_COPY, NO, NO,
	    AS_YOU_LIKE, N_("by semaphores"),
	    N_("4096 segments (shmmni)") } },
	{ "mapped-file", N_("mapped file"), -1,
	  0, "mmap(2)",
	  { BY_NAME, ANY_WAY, AS_YOU_LIKE, PATH, N_("the file's length"),
	    N_("the data stay in the file"), NO_COPY, NO, NO, NO_ORDER,
	    NEEDS_SYNC, N_("SIGBUS beyond the end of the file") } },
	{ "posix-sem", N_("POSIX semaphore"), -1,
	  0, "sem_overview(7)",
	  { BY_NAME, ANY_WAY, NO_DATA, N_("/name, or none in shared memory"),
	    N_("a number"), N_("named: until sem_unlink or reboot"), NONE, NO,
	    NO, NO_ORDER, IS_SYNC,
	    N_("at most 2,147,483,647 (SEM_VALUE_MAX)") } },
	{ "sysv-sem", N_("System V semaphores"), -1,
	  0, "semop(2)",
	  { BY_NAME, ANY_WAY, NO_DATA, N_("a key (ftok)"),
	    N_("a set of numbers"), UNTIL_REMOVED, NONE, NO, NO, NO_ORDER,
	    IS_SYNC, N_("at most 32,767 (SEMVMX)") } },
	{ "eventfd", N_("eventfd"), MECH_EVENTFD,
	  TRAIT_SIGN | TRAIT_POLL | TRAIT_WAITS | TRAIT_SAFE
	  | TRAIT_MANY_WRITERS | TRAIT_MANY_READERS, "eventfd(2)",
	  { RELATED, ANY_WAY, N_("none: numbers are added up"), NONE,
	    N_("one number of 64 bits"), LAST_CLOSED, IN_AND_OUT, NO, YES,
	    NO_ORDER, IS_SYNC, N_("a full counter makes the writer wait") }, .most = 4 },
	{ "standard-signal", N_("standard signal"), -1,
	  0, "signal(7)",
	  { N_("any of the same user, by process id"), ONE_WAY, NO_DATA,
	    N_("process id"), N_("one of each kind is pending"), PROCESS_END,
	    NONE, NO, N_("by signalfd"), N_("unspecified among different ones"),
	    N_("interrupts; or sigwait"),
	    N_("several are taken as one") } },
	{ "signal", N_("real-time signal"), MECH_SIGNAL,
	  TRAIT_UNRELATED | TRAIT_SIGN | TRAIT_POLL | TRAIT_WAITS
	  | TRAIT_MANY_WRITERS | TRAIT_MESSAGES, "signal(7)",
	  { N_("any of the same user, by process id"), ONE_WAY,
	    N_("kept: a number each"), N_("process id"),
	    N_("so many as RLIMIT_SIGPENDING says"), PROCESS_END,
	    N_("one number"), NO, N_("by signalfd"),
	    N_("the lowest number first, then in order"),
	    N_("interrupts; or sigwaitinfo"),
	    N_("a full queue refuses (EAGAIN)") }, .most = 4 },
	{ "vm-read", N_("process_vm_readv"), MECH_VM_READ,
	  TRAIT_UNRELATED | TRAIT_STATE | TRAIT_ALL_READERS,
	  "process_vm_readv(2)",
	  { N_("who may trace the other"), N_("one way, or the other"),
	    AS_YOU_LIKE, N_("process id and address"),
	    N_("the other one's memory"), PROCESS_END, N_("one"), NO, NO,
	    NO_ORDER, NEEDS_SYNC, N_("the permission of ptrace") } },
	{ "file", N_("polled file"), MECH_FILE,
	  TRAIT_UNRELATED | TRAIT_STATE | TRAIT_ALL_READERS | TRAIT_SURVIVES,
	  "pread(2)",
	  { BY_NAME, ANY_WAY, NONE, PATH, N_("the file system's room"),
	    N_("until deleted, also over a reboot"), IN_AND_OUT,
	    N_("by a network file system"), NO, NO_ORDER, NEEDS_SYNC,
	    N_("polling is late, or costs the processor") } },
	{ "file-lock", N_("file lock"), -1,
	  0, "fcntl(2)",
	  { BY_NAME, ANY_WAY, NO_DATA, PATH, N_("locked, or not"),
	    PROCESS_END, NONE, N_("by a network file system"), NO, NO_ORDER,
	    IS_SYNC, N_("advisory: who does not ask is not held") } },
	{ "dbus", N_("D-Bus"), -1,
	  0, "dbus-daemon(1)",
	  { N_("any on the bus"), BOTH_WAYS, KEPT, N_("a name on the bus"),
	    N_("queues of the bus daemon"),
	    N_("as long as the connection"),
	    N_("four: by way of the daemon"), NO, YES, IN_ORDER, WAITS,
	    N_("for control, not for bulk") } },
	{ "binder", N_("Binder (Android)"), -1,
	  0, "ioctl(2)",
	  { N_("any that was handed a reference"), BOTH_WAYS, KEPT,
	    N_("a handle; the first from the context manager"),
	    N_("1 MiB of mapping, as a rule"), N_("as long as references"),
	    N_("one: into the receiver's mapping"), NO, YES, IN_ORDER, WAITS,
	    N_("Android's kernels; elsewhere seldom") } },
};

const size_t n_feature_rows = ARRAY_SIZE(feature_rows);

static const char *const titles[FEATURE_MAX] = {
	[FEATURE_RELATION] = N_("who can use it"),
	[FEATURE_DIRECTION] = N_("direction"),
	[FEATURE_BOUNDARIES] = N_("boundaries of messages"),
	[FEATURE_NAMING] = N_("name"),
	[FEATURE_CAPACITY] = N_("capacity"),
	[FEATURE_PERSISTENCE] = N_("how long it lives"),
	[FEATURE_COPIES] = N_("copies made"),
	[FEATURE_MACHINES] = N_("across machines"),
	[FEATURE_POLL] = N_("can be polled"),
	[FEATURE_ORDER] = N_("order, priorities"),
	[FEATURE_SYNC] = N_("synchronisation"),
	[FEATURE_LIMITS] = N_("limits, traps"),
};

const char *
feature_title(enum feature f)
{
	return _(titles[f]);
}

const struct feature_row *
feature_row_of(enum mechanism m)
{
	for (size_t i = 0; i < n_feature_rows; i++)
		if (feature_rows[i].mechanism == (int)m)
			return &feature_rows[i];
	return NULL;
}

static const char *const names[FEATURE_MAX] = {
	[FEATURE_RELATION] = "relation",
	[FEATURE_DIRECTION] = "direction",
	[FEATURE_BOUNDARIES] = "boundaries",
	[FEATURE_NAMING] = "naming",
	[FEATURE_CAPACITY] = "capacity",
	[FEATURE_PERSISTENCE] = "persistence",
	[FEATURE_COPIES] = "copies",
	[FEATURE_MACHINES] = "machines",
	[FEATURE_POLL] = "poll",
	[FEATURE_ORDER] = "order",
	[FEATURE_SYNC] = "synchronisation",
	[FEATURE_LIMITS] = "limits",
};

const char *
feature_name(enum feature f)
{
	return names[f];
}

enum feature
feature_named(const char *name, size_t len)
{
	int f = 0;

	while (f < FEATURE_MAX && (strlen(names[f]) != len ||
				   memcmp(names[f], name, len) != 0))
		f++;
	return (enum feature)f;
}

/* The columns of one table.  */
struct columns {
	int n;
	enum feature feature[FEATURE_MAX];
	bool cites;
};

static void
head(struct buf *out, const struct columns *c)
{
	buf_addf(out, "| %s |", _("mechanism"));
	for (int i = 0; i < c->n; i++)
		buf_addf(out, " %s |", feature_title(c->feature[i]));
	if (c->cites)
		buf_addf(out, " %s |", _("manual page"));
	buf_adds(out, "\n|");
	for (int i = -1 - c->cites; i < c->n; i++)
		buf_adds(out, " --- |");
	buf_addc(out, '\n');
}

static void
one_table(struct buf *out, const struct columns *c)
{
	head(out, c);
	for (size_t i = 0; i < n_feature_rows; i++) {
		const struct feature_row *row = &feature_rows[i];

		buf_addf(out, "| %s |", _(row->title));
		for (int j = 0; j < c->n; j++)
			buf_addf(out, " %s |", _(row->cell[c->feature[j]]));
		if (c->cites)
			buf_addf(out, " %s |", row->cites);
		buf_addc(out, '\n');
	}
	buf_addc(out, '\n');
}

static void
heading_of(struct buf *out, const struct columns *c, int level)
{
	for (int i = 0; i < level; i++)
		buf_addc(out, '#');
	for (int i = 0; i < c->n; i++)
		buf_addf(out, "%s%s", i ? _(", ") : " ",
			 feature_title(c->feature[i]));
	buf_adds(out, "\n\n");
}

/* Tables of at most so many columns for these features.  */
static void
write_tables(struct buf *out, unsigned features, int columns, int heading)
{
	struct columns c = { .n = 0 };

	for (int f = 0; f < FEATURE_MAX; f++) {
		if (features & 1u << f)
			c.feature[c.n++] = (enum feature)f;
		features &= ~(1u << f);
		if (!c.n || (features && c.n < columns))
			continue;
		/* The manual page is a column, too: the last one.  */
		c.cites = !features && c.n < columns;
		if (heading)
			heading_of(out, &c, heading);
		one_table(out, &c);
		c.n = 0;
		if (!features)
			break;
	}
	if (!c.cites) {
		c.cites = true;
		one_table(out, &c);
	}
}

void
features_markdown_some(struct buf *out, unsigned features, int columns)
{
	write_tables(out, features, columns, 0);
}

void
features_markdown(struct buf *out, int columns, int heading)
{
	write_tables(out, (1u << FEATURE_MAX) - 1, columns, heading);
}
