/*
 * A channel: two processes and one mechanism between them.  What the files
 * of the mechanisms (stream.c, packet.c, queue.c, shared.c, other.c) share
 * with those that measure; nobody else includes this.
 *
 * host.c opens a channel, forks the near and the far process, and removes
 * what open() made when both are gone.  Names are unlinked as soon as they
 * have been opened; what cannot be (System V queues and semaphores live
 * until they are removed, see svipc(7)) is made in an IPC namespace of its
 * own where that is allowed, which the kernel removes with its last process.
 */
#ifndef BENCH_CHANNEL_H
#define BENCH_CHANNEL_H

#include "bench/bench.h"

enum side { NEAR, FAR };
enum { OUT, IN };	/* a side's descriptors */

struct lanes;		/* shared.c */
struct control;

struct channel {
	const struct mechanism_ops *ops;
	size_t size;		/* of a message */
	bool stream;		/* one side sends, the other receives */
	enum side side;		/* who we are, after the fork */
	int fd[2][2];		/* of a side, OUT and IN; -1 */
	char *buf;		/* size bytes; the four words before are
				   for a header of the mechanism */
	struct lanes *lanes;
	struct control *control;
	int id;			/* System V; -1 */
	uint64_t sent, taken;	/* messages, by this process */
	const char *call;	/* the call that failed, with errno */
};

/* Shared by the lab, the host and the two processes.  */
enum { SAMPLES = 8192 };

struct control {
	/* From the lab.  */
	uint64_t slice_ns;
	/* Meetings of the two; futexes.  */
	uint32_t here, go, done;
	uint32_t batch;
	pid_t pid[2];
	bool pinned[2];
	char *buf;		/* the far one's, as it knows it */
	/* What came out.  */
	bool too_large;		/* the mechanism refuses this size */
	uint32_t largest;
	int error;		/* errno */
	char call[32];
	uint32_t n;
	double sample[SAMPLES];
};

struct mechanism_ops {
	struct mechanism_def def;
	bool no_stream, no_reply;	/* only latency; near's receive only */
	bool private_ipc;
	/* Nothing holds a fast sender back: after so many messages or bytes
	 * it waits for an answer of one byte.  0: it is held back.  */
	uint32_t burst, burst_bytes;
	/* Make it.  0, or -1 with errno and c->call.  */
	int (*open)(struct channel *c);
	/* What each side does before it begins; or NULL.  */
	int (*begin)(struct channel *c);
	/* What the kernel does not remove by itself; or NULL.  */
	void (*close)(struct channel *c);
	/* The largest message, 0: no limit.  After open(); or NULL.  */
	uint32_t (*largest)(struct channel *c);
	/* c->size bytes of c->buf.  0, or -1 with errno and c->call.  */
	int (*send)(struct channel *c);
	int (*receive)(struct channel *c);
};

extern const struct mechanism_ops mechanism_ops[MECH_MAX];

/* Remember the name of the call that failed; -1.  */
int channel_failed(struct channel *c, const char *call);

/* futex.c: a futex shared by processes (futex(2)).  */
void futex_wait(uint32_t *word, uint32_t while_it_is);
void futex_wake(uint32_t *word);

/* clock.c */
uint64_t clock_now(void);	/* ns */
double clock_cost(void);	/* ns for one look */

/* host.c: measure one cell.  The samples are in c->control.  */
struct cell {
	enum mechanism mechanism;
	enum figure figure;
	int on[2];		/* processors, near and far */
	uint32_t size;
};
enum host_answer { HOST_DONE, HOST_STOPPED, HOST_FAILED };
enum host_answer host_run(const struct cell *cell, struct control *control,
			  const volatile sig_atomic_t *stop);

/* near.c: both sides of a measurement; these do not return.  */
void near_main(struct channel *c, enum figure figure)
	__attribute__((noreturn));
void far_main(struct channel *c, enum figure figure)
	__attribute__((noreturn));

/* The mechanisms.  stream.c: */
int pipe_open(struct channel *c);
int fifo_open(struct channel *c);
int unix_stream_open(struct channel *c);
int tcp_open(struct channel *c);
int stream_send(struct channel *c);
int stream_receive(struct channel *c);
/* packet.c */
int unix_datagram_open(struct channel *c);
int unix_seqpacket_open(struct channel *c);
int udp_open(struct channel *c);
uint32_t unix_largest(struct channel *c);
uint32_t udp_largest(struct channel *c);
int packet_send(struct channel *c);
int packet_receive(struct channel *c);
/* queue.c */
int sysv_queue_open(struct channel *c);
void sysv_queue_close(struct channel *c);
uint32_t sysv_queue_largest(struct channel *c);
int sysv_queue_send(struct channel *c);
int sysv_queue_receive(struct channel *c);
int posix_queue_open(struct channel *c);
uint32_t posix_queue_largest(struct channel *c);
int posix_queue_send(struct channel *c);
int posix_queue_receive(struct channel *c);
/* shared.c */
int shm_futex_open(struct channel *c);
int shm_posix_open(struct channel *c);
int shm_sysv_open(struct channel *c);
void shm_sysv_close(struct channel *c);
int shm_send(struct channel *c);
int shm_receive(struct channel *c);
/* other.c */
int eventfd_open(struct channel *c);
uint32_t number_largest(struct channel *c);
int eventfd_send(struct channel *c);
int eventfd_receive(struct channel *c);
int signal_open(struct channel *c);
int signal_send(struct channel *c);
int signal_receive(struct channel *c);
int vm_open(struct channel *c);
int vm_begin(struct channel *c);
int vm_receive(struct channel *c);
int file_open(struct channel *c);
int file_send(struct channel *c);
int file_receive(struct channel *c);

#endif
