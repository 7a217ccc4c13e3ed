/*
 * One function for each kind of call (enum call_does): what it works on,
 * before it is made (entry), and what it did (exit, with its result, -1 on an
 * error).  The table in decode.c says which belongs to which.
 */
#ifndef TRACER_DECODE_H
#define TRACER_DECODE_H

#include "tracer/trace.h"

struct decoder {
	/* Before the call: fill in k->e and k->thing.  */
	void (*entry)(struct tracing *t, struct task *k);
	/* After it, also where it failed (result -1).  */
	void (*exit)(struct tracing *t, struct task *k, int64_t result);
	/* It is held before the call: would it sleep?  Asks the kernel, by
	 * probes; false where the answer is not known: then it goes, and is
	 * seen to sleep.  NULL: never.  */
	bool (*would_sleep)(struct tracing *t, struct task *k);
	/* Is it a point?  NULL: as the flags of its row say.  */
	bool (*is_point)(struct tracing *t, struct task *k);
};

/* Never NULL: a call without a row has a decoder that does nothing.  */
const struct decoder *decoder_of(const struct call *c);

/* decode.c: the event works on this descriptor.  NULL: not open.  */
struct descriptor *decode_on_fd(struct tracing *t, struct task *k, int fd);
/* ... on this object, -1: none.  */
void decode_on_thing(struct tracing *t, struct task *k, int id);

/* decode_bytes.c */
/* The first of n bytes at that place of the subject, which the call moved
 * into or out of this object.  */
void decode_take_data(struct tracing *t, struct task *k, uint64_t at, int64_t n,
		      int id);
/* ... of the parts of a list (readv(2)).  */
void decode_take_parts(struct tracing *t, struct task *k, uint64_t list,
		       uint64_t count, int64_t n, int id);
void decode_entry_read(struct tracing *t, struct task *k);
void decode_entry_write(struct tracing *t, struct task *k);
void decode_entry_move(struct tracing *t, struct task *k);
void decode_exit_read(struct tracing *t, struct task *k, int64_t result);
void decode_exit_write(struct tracing *t, struct task *k, int64_t result);
void decode_exit_move(struct tracing *t, struct task *k, int64_t result);

/* decode_files.c */
/* By name, or where that is empty, by descriptor (fstat(2)).  */
void decode_entry_look(struct tracing *t, struct task *k);
/* ... which of the two?  */
bool decode_is_by_name(const struct task *k);
void decode_entry_open(struct tracing *t, struct task *k);
void decode_exit_open(struct tracing *t, struct task *k, int64_t result);
void decode_exit_close(struct tracing *t, struct task *k, int64_t result);
void decode_exit_close_range(struct tracing *t, struct task *k, int64_t result);
void decode_exit_dup(struct tracing *t, struct task *k, int64_t result);
/* New status flags (O_NONBLOCK and the like) of a descriptor, and of all that
 * share its description.  */
void decode_set_status(struct tracing *t, struct task *k, int fd,
		       uint64_t flags);
void decode_exit_fcntl(struct tracing *t, struct task *k, int64_t result);
void decode_exit_seek(struct tracing *t, struct task *k, int64_t result);
void decode_exit_pipe(struct tracing *t, struct task *k, int64_t result);
void decode_exit_rename(struct tracing *t, struct task *k, int64_t result);
void decode_exit_mknod(struct tracing *t, struct task *k, int64_t result);
void decode_exit_link(struct tracing *t, struct task *k, int64_t result);
void decode_exit_unlink(struct tracing *t, struct task *k, int64_t result);
void decode_exit_new_fd(struct tracing *t, struct task *k, int64_t result);

/* decode_semaphore.c */
/* The event works on an object known by its id.  */
void decode_on_id(struct tracing *t, struct task *k, enum object_kind kind,
		  int id);
void decode_exit_semget(struct tracing *t, struct task *k, int64_t result);
void decode_entry_sem(struct tracing *t, struct task *k);
void decode_exit_semctl(struct tracing *t, struct task *k, int64_t result);
bool foresee_semop(struct tracing *t, struct task *k);

/* decode_counter.c */
void decode_counted(struct tracing *t, struct task *k);
void decode_exit_uring(struct tracing *t, struct task *k, int64_t result);
void decode_exit_lock(struct tracing *t, struct task *k, int64_t result);
void decode_exit_fcntl_lock(struct tracing *t, struct task *k, int64_t result);
bool foresee_fcntl(struct tracing *t, struct task *k);
bool foresee_flock(struct tracing *t, struct task *k);

/* decode_futex.c */
void decode_entry_futex(struct tracing *t, struct task *k);
bool foresee_futex(struct tracing *t, struct task *k);
bool point_futex(struct tracing *t, struct task *k);
/* decode_queue.c */
void decode_entry_queue(struct tracing *t, struct task *k);
void decode_entry_msgsnd(struct tracing *t, struct task *k);
void decode_entry_msgrcv(struct tracing *t, struct task *k);
void decode_exit_msgget(struct tracing *t, struct task *k, int64_t result);
void decode_exit_msgsnd(struct tracing *t, struct task *k, int64_t result);
void decode_exit_msgrcv(struct tracing *t, struct task *k, int64_t result);
void decode_exit_msgctl(struct tracing *t, struct task *k, int64_t result);
bool foresee_msgsnd(struct tracing *t, struct task *k);
bool foresee_msgrcv(struct tracing *t, struct task *k);

/* decode_mqueue.c */
void decode_entry_mq_send(struct tracing *t, struct task *k);
void decode_entry_mq_receive(struct tracing *t, struct task *k);
void decode_exit_mq_open(struct tracing *t, struct task *k, int64_t result);
void decode_entry_mq_unlink(struct tracing *t, struct task *k);
void decode_exit_mq_unlink(struct tracing *t, struct task *k, int64_t result);
void decode_exit_mq_send(struct tracing *t, struct task *k, int64_t result);
void decode_exit_mq_receive(struct tracing *t, struct task *k,
			    int64_t result);
void decode_exit_mq_attr(struct tracing *t, struct task *k, int64_t result);
bool foresee_mq_send(struct tracing *t, struct task *k);
bool foresee_mq_receive(struct tracing *t, struct task *k);

/* foresee.c */
bool foresee_read(struct tracing *t, struct task *k);
bool foresee_readv(struct tracing *t, struct task *k);
bool foresee_write(struct tracing *t, struct task *k);
bool foresee_writev(struct tracing *t, struct task *k);
bool foresee_move(struct tracing *t, struct task *k);
bool foresee_poll(struct tracing *t, struct task *k);
bool foresee_open(struct tracing *t, struct task *k);
bool foresee_wait(struct tracing *t, struct task *k);

/* points.c */
bool point_look(struct tracing *t, struct task *k);
bool point_change(struct tracing *t, struct task *k);
bool point_enter(struct tracing *t, struct task *k);
bool point_list(struct tracing *t, struct task *k);
bool point_process(struct tracing *t, struct task *k);
bool point_exec(struct tracing *t, struct task *k);
bool point_seek(struct tracing *t, struct task *k);
/* It works on /proc/PID of another process, which is a point in searches
 * (footprint_remote.c).  */
bool point_remote(struct tracing *t, struct task *k);
bool point_shared_map(struct tracing *t, struct task *k);

/* decode_memory.c */
void decode_entry_mmap(struct tracing *t, struct task *k);
void decode_entry_mapped(struct tracing *t, struct task *k);
void decode_entry_segment(struct tracing *t, struct task *k);
void decode_entry_vm(struct tracing *t, struct task *k);
void decode_exit_mmap(struct tracing *t, struct task *k, int64_t result);
void decode_exit_mapped(struct tracing *t, struct task *k, int64_t result);
void decode_exit_shmget(struct tracing *t, struct task *k, int64_t result);
void decode_exit_shmctl(struct tracing *t, struct task *k, int64_t result);
void decode_exit_vm(struct tracing *t, struct task *k, int64_t result);

/* decode_process.c */
void decode_entry_exit(struct tracing *t, struct task *k);
void decode_exit_wait(struct tracing *t, struct task *k, int64_t result);
void decode_exit_affinity(struct tracing *t, struct task *k, int64_t result);

/* decode_signal.c */
void decode_entry_kill(struct tracing *t, struct task *k);
void decode_entry_sigmask(struct tracing *t, struct task *k);
void decode_exit_kill(struct tracing *t, struct task *k, int64_t result);
void decode_exit_sigaction(struct tracing *t, struct task *k, int64_t result);
/* Before a call: handlers that were left without returning.  */
void decode_handlers(struct task *k);
/* It goes into kill(2) or the like: whom it means to end is noted.  */
void decode_puts_down(struct tracing *t, struct task *k);
void decode_exit_sigpending(struct tracing *t, struct task *k, int64_t result);
void decode_exit_sigreturn(struct tracing *t, struct task *k, int64_t result);
void decode_exit_sigwait(struct tracing *t, struct task *k, int64_t result);
void decode_siginfo(struct tracing *t, struct event *e, const siginfo_t *info);
void decode_exit_signalfd(struct tracing *t, struct task *k, int64_t result);
void decode_signalfd(struct tracing *t, struct task *k, int64_t n);
bool point_sigaction(struct tracing *t, struct task *k);
bool point_sigmask(struct tracing *t, struct task *k);
bool foresee_sigwait(struct tracing *t, struct task *k);
bool foresee_pause(struct tracing *t, struct task *k);
bool foresee_signalfd(struct task *k, int fd);

/* decode_socket.c */
/* An address that the kernel left there, and its length.  */
void decode_take_address(struct task *k, uint64_t at, uint64_t len_at);
void decode_exit_socket(struct tracing *t, struct task *k, int64_t result);
void decode_exit_bind(struct tracing *t, struct task *k, int64_t result);
void decode_exit_listen(struct tracing *t, struct task *k, int64_t result);
void decode_entry_connect(struct tracing *t, struct task *k);
void decode_exit_connect(struct tracing *t, struct task *k, int64_t result);
void decode_exit_shutdown(struct tracing *t, struct task *k, int64_t result);
void decode_exit_socketpair(struct tracing *t, struct task *k, int64_t result);
void decode_exit_accept(struct tracing *t, struct task *k, int64_t result);
void decode_exit_sockname(struct tracing *t, struct task *k, int64_t result);
void decode_exit_sockopt(struct tracing *t, struct task *k, int64_t result);

/* decode_message.c */
/* What is sent goes there: an object, -1 where that is not known.  */
int decode_destination(struct tracing *t, struct task *k);
void decode_entry_send(struct tracing *t, struct task *k);
void decode_entry_receive(struct tracing *t, struct task *k);
void decode_exit_send(struct tracing *t, struct task *k, int64_t result);
void decode_exit_receive(struct tracing *t, struct task *k, int64_t result);
void decode_exit_sendmsg(struct tracing *t, struct task *k, int64_t result);
void decode_exit_recvmsg(struct tracing *t, struct task *k, int64_t result);

/* foresee_socket.c */
bool foresee_accept(struct tracing *t, struct task *k);
bool foresee_connect(struct tracing *t, struct task *k);
bool foresee_send(struct tracing *t, struct task *k);
bool foresee_receive(struct tracing *t, struct task *k);

#endif
