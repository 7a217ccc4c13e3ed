/*
 * The event: one thing that happened, as a plain value.
 *
 * The tracer writes events, one JSON object a line; everything else (world,
 * stage, tests, grader) reads them.  The line is the interface between the
 * processes, the recording, and the output of `ipclab trace --json`:
 *
 *   {"n":14,"actor":"A","pid":7,"tid":7,"what":"call","call":"write",
 *    "args":{"fd":4,"count":4096},"result":4096,"object":"pipe 1",
 *    "end":"write","description":3,"data":"aaaa","bytes":4096,
 *    "object_state":{"bytes":8192,"capacity":65536},"source":"fill.c:19"}
 *
 * The first line of a stream is the header (struct header).  docs/events.md
 * documents every field; the schema is versioned, and readers skip fields
 * they do not know.
 *
 * Bytes in "data" and "content" that are not printable ASCII are written as
 * \u00XX, one escape a byte: the text is bytes, not characters.
 */
#ifndef EVENT_EVENT_H
#define EVENT_EVENT_H

#include "base/buf.h"

enum {
	EVENT_VERSION = 1,
	CAST_MAX_LEN = 512,
	NAME_MAX_LEN = 32,	/* an actor's or object's name, with the NUL */
	ARGS_MAX_LEN = 768,
	DATA_MAX_LEN = 4096,
	CONTENT_MAX_LEN = 256,
	PATH_MAX_LEN = 256,
	OPENS_MAX = 16,
	STATE_ITEMS_MAX = 24,		/* of a state that are told one by one */
	ITEM_DATA_MAX = 32,
	ADDRESS_MAX_LEN = 112,	/* of a socket, as text */
};

/* A value that is not there: no number of a kernel's.  */
#define NO_VALUE INT64_MIN

/* What happened.  The names in the text are those of event_what_name().  */
enum what {
	WHAT_NONE,
	WHAT_START,	/* an actor was born; parent, call say from whom, how */
	WHAT_EXEC,	/* it runs another program now: path, args.argv */
	WHAT_POINT,	/* driven runs: it is held before call (args, object,
			   would_block); nothing happened yet */
	WHAT_BLOCK,	/* it entered call and sleeps there */
	WHAT_CALL,	/* a system call ended: result or error */
	WHAT_SIGNAL,	/* a signal was delivered: signal */
	WHAT_STOP,	/* job control stopped it: signal */
	WHAT_CONTINUE,	/* ... and it goes on */
	WHAT_EXIT,	/* it ended: status, or signal that killed it */
	WHAT_REAP,	/* nobody will wait for it any more: it is gone */
	WHAT_OBJECT,	/* first sight of an object: kind, path */
	WHAT_CHOICE,	/* driven: a step begins: step, choice */
	WHAT_HELD,	/* driven: the step is over, everybody holds */
	WHAT_CHECK,	/* the kernel's own state, probed: object_state */
	WHAT_DIFFER,	/* world and kernel, or replay and recording, differ:
			   text names both */
	WHAT_NOTE,	/* something the user should know: text */
	WHAT_END,	/* the run is over: status or signal of the subject */
	WHAT_MAX
};

enum object_kind {
	KIND_NONE,
	KIND_PIPE,
	KIND_FIFO,
	KIND_FILE,	/* regular */
	KIND_DIRECTORY,
	KIND_TERMINAL,
	KIND_DEVICE,
	KIND_SOCKET,	/* one end: two for a connection */
	KIND_OTHER,	/* anon_inode and the like: path says which */
	KIND_QUEUE,	/* System V message queue */
	KIND_MQUEUE,	/* POSIX message queue */
	KIND_MEMORY,	/* shared: memfd, /dev/shm, System V, anonymous */
	KIND_SEMAPHORE_SET,	/* System V */
	KIND_SEMAPHORE,	/* POSIX, named or not */
	KIND_MUTEX,
	KIND_CONDITION,	/* variable of pthreads */
	KIND_RWLOCK,
	KIND_BARRIER,
	KIND_FUTEX,	/* a word of memory that somebody waits for */
	KIND_EVENTFD,
	KIND_TIMERFD,
	KIND_SIGNALFD,
	KIND_PIDFD,
	KIND_EPOLL,
	KIND_INOTIFY,
	KIND_IO_URING,
	KIND_MAX
};

/* Modes of an open file description.  */
enum { MODE_READ = 1, MODE_WRITE = 2 };

/* One descriptor that the event opened (or dup'ed).  */
struct opened {
	int fd;
	int description;	/* number of the open file description: equal
				   numbers share offset and flags (open(2)) */
	char object[NAME_MAX_LEN];
	unsigned mode;		/* MODE_READ | MODE_WRITE */
	bool cloexec;
	bool nonblock;
	bool append;
};

/*
 * One of the things that are in an object, in the order in which they would
 * come out: a message, a semaphore of a set, a datagram, a signal that waits,
 * a descriptor that is watched.  What a number says depends on the kind:
 *
 *   queue          number: the type         value: its length in bytes
 *   mqueue         number: the priority     value: its length in bytes
 *   semaphore set  number: its place        value: its value
 *   socket                                  value: its length in bytes; of
 *                  one that listens, data: the socket that connected
 *   signalfd       number: the signal       value: what was sent with it
 *   epoll          number: the descriptor   value: its events
 *   memory, file   a mapping of it, in who: number: where in the object it
 *                  begins               value: its length in bytes
 *   file           number: 1 if locked      value: the first byte of the
 *                  for writing, else 0      lock
 */
struct state_item {
	int64_t number, value;
	int waiters;		/* for it to grow; -1: does not apply */
	int zero_waiters;	/* for it to become zero */
	int pid;		/* who touched it last; not compared */
	char who[NAME_MAX_LEN];	/* the actor that it is of */
	char perms[8];		/* of a mapping: "rw-s", as proc(5) has it */
	int64_t address;	/* ... where it begins; not compared */
	int64_t frame;		/* ... the physical page frame of its first
				   page; 0: not shown to us; not compared */
	int own;		/* ... 1: its first page is a copy of its own,
				   0: the object's page, -1: not there yet */
	int data_len;		/* -1: not looked at */
	char data[ITEM_DATA_MAX];	/* first bytes */
};

/* An object as the kernel shows it; a number not known is -1.  */
struct object_state {
	bool known;
	bool derived;		/* the kernel shows the numbers, but what is in
				   it only the events say: mq_overview(7) */
	int64_t bytes;		/* in a pipe, queue, socket; unread */
	int64_t capacity;
	int64_t size;		/* of a file, of shared memory */
	int64_t messages;	/* in a queue; datagrams; connections that
				   wait to be accepted */
	int64_t max_messages;	/* that go in; the backlog */
	int64_t max_size;	/* of one message */
	int64_t value;		/* eventfd's counter, semaphore's value,
				   expirations of a timer; NO_VALUE */
	int read_ends;		/* descriptors open on it, in all actors */
	int write_ends;
	int waiters;		/* asleep on it, as the kernel counts them */
	int maps;		/* mappings of it, in all actors */
	char peer[NAME_MAX_LEN];	/* the socket at the other end */
	char status[64];	/* words: "listening", "F_SEAL_WRITE" */
	char writer[NAME_MAX_LEN];	/* memory: the content changed since
				   it was last told, and only this actor ran */
	int content_len;	/* -1: not looked at */
	char content[CONTENT_MAX_LEN];	/* first bytes */
	int n_items;		/* told, at most STATE_ITEMS_MAX */
	struct state_item item[STATE_ITEMS_MAX];
};

struct event {
	uint64_t n;		/* 1, 2, 3... in the stream */
	enum what what;
	char actor[NAME_MAX_LEN];	/* "" when nobody's: choice, end */
	int pid, tid;		/* as the subject sees them; 0: none */
	char call[NAME_MAX_LEN];	/* the kernel's name of the call */
	char args[ARGS_MAX_LEN];	/* JSON object text, "" when none */
	bool has_result;
	int64_t result;
	int error;		/* errno, 0: none */
	char object[NAME_MAX_LEN];	/* the object operated on */
	char object2[NAME_MAX_LEN];	/* tee, splice, rename: the other */
	unsigned end;		/* MODE_READ or MODE_WRITE: the end used */
	int fd;			/* descriptor operated on, -1 */
	int description;	/* its open file description, -1 */
	int64_t bytes;		/* moved by this call, -1: does not apply */
	int64_t offset;		/* in the file, after the call; -1 */
	int64_t type;		/* of the message moved: its type or priority;
				   -1 */
	int64_t value;		/* sent with a signal, loaded, stored; what a
				   counter was changed by; NO_VALUE */
	char from[NAME_MAX_LEN];	/* signal: the actor that sent it */
	char address[ADDRESS_MAX_LEN];	/* a socket's, as the kernel gave it:
				   two runs need not agree on it */
	int data_len;		/* -1: none */
	char data[DATA_MAX_LEN];	/* first bytes moved */
	int n_opened;
	struct opened opened[OPENS_MAX];
	int close_first, close_last;	/* descriptors closed, -1: none */
	bool shares_files;	/* start: CLONE_FILES; exec: never */
	char parent[NAME_MAX_LEN];	/* start */
	enum object_kind kind;	/* object */
	char path[PATH_MAX_LEN];	/* object, exec */
	int status;		/* exit, end: exit status, -1: by signal */
	int signal;		/* signal's number, 0: none */
	bool would_block;	/* point: the kernel says it would sleep */
	int64_t until;		/* point, block: wakes by itself at this virtual
				   time (ns), -1: never */
	int step;		/* choice, held: 1, 2, 3... */
	char choice[NAME_MAX_LEN * 2];	/* choice: see schedule/choice.h */
	char source[PATH_MAX_LEN];	/* "file:line", "" when not looked up */
	int64_t time;		/* virtual in driven runs; ns; -1 */
	struct object_state state;
	char text[PATH_MAX_LEN * 2];	/* note, differ: a sentence */
};

/* Make *e empty: numbers that do not apply are -1, strings "".  Cheap: does
 * not touch the arrays beyond their first byte.  */
void event_init(struct event *e, enum what what);

/* The same for a state.  */
void object_state_init(struct object_state *s);
/* Only the items that there are are copied.  */
void object_state_copy(struct object_state *to, const struct object_state *from);
/* One more item, empty; NULL: there is no room, n_items says how many there
 * are.  */
struct state_item *object_state_add(struct object_state *s);

/* Append the line of *e, with its newline.  Never fails.  */
void event_write(struct buf *out, const struct event *e);

/* Read one line (length len, newline optional) into *e.  0, or -1 with *why
 * saying what is wrong at which column.  Unknown fields are skipped.  */
int event_parse(const char *line, size_t len, struct event *e, char **why);

const char *event_what_name(enum what what);
const char *object_kind_name(enum object_kind kind);	/* "pipe" */

/* An argument of a call by its name: as text (strings without quotes) into
 * out.  False when there is none.  */
bool event_arg(const struct event *e, const char *name, char *out, size_t room);
/* The same as a number; otherwise is returned where it is absent or a text. */
int64_t event_arg_int(const struct event *e, const char *name,
		      int64_t otherwise);

/* Are two events the same but for times, ids and addresses?  If not, *field
 * is the name of the first field that differs.  */
bool event_equal(const struct event *a, const struct event *b,
		 const char **field);

/* Make empty what event_equal() does not compare.  */
void event_blank(struct event *e);
/* Does this call return the id of a process or thread?  */
bool event_returns_id(const char *call);

/* The names of the line's fields in the order of writing, NULL at the end.  */
const char *event_field_name(size_t i);

/* Is it an access to memory: load, store, rmw?  */
bool event_is_access(const char *call);
/* The name of a call as it is shown to people: of an access with its place, of
 * another by the name that programs use (semop for semtimedop).  */
void event_call_name(struct buf *out, const char *call, const char *args);
/* The same of a call that is no access; call itself, or a constant.  */
const char *event_call_written(const char *call, const char *args);

/* One line for people: `writer write(fd=4, count=4096) = 4096  pipe 1`.
 * role is shown for the actor (NULL: its name).  No newline.  */
void event_describe(struct buf *out, const struct event *e, const char *role);

/* The header: first line of every stream and recording.  */
struct header {
	int version;
	char command[512];	/* as the user typed it, quoted for a shell */
	char cwd[PATH_MAX_LEN];
	bool driven;
	uint64_t seed;
	char cast[CAST_MAX_LEN];	/* "A=writer,A.1=reader" */
	/* A lesson's recording: where it was made, and of what.  */
	char system[64];	/* "Linux 6.18.44 x86_64" */
	char digest[24];
};

void header_write(struct buf *out, const struct header *h);
int header_parse(const char *line, size_t len, struct header *h, char **why);

#endif
