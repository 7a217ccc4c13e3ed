/* The table of mechanisms.  */
#include "config.h"

#include "bench/channel.h"

#include "base/i18n.h"
#include "base/suggest.h"

#include <string.h>

/* A burst that the default receive buffer holds, with the kernel's own
 * book-keeping for each datagram (socket(7), SO_RCVBUF); and one below any
 * RLIMIT_SIGPENDING in use (getrlimit(2)).  */
enum { BURST = 64, BURST_BYTES = 65536 };

const struct mechanism_ops mechanism_ops[MECH_MAX] = {
	[MECH_PIPE] = {
		.def = { "pipe", N_("anonymous pipe"),
			 N_("two pipes, one for each direction"), NULL },
		.open = pipe_open,
		.send = stream_send, .receive = stream_receive,
	},
	[MECH_FIFO] = {
		.def = { "fifo", N_("FIFO"),
			 N_("two FIFOs, one for each direction"), NULL },
		.open = fifo_open,
		.send = stream_send, .receive = stream_receive,
	},
	[MECH_UNIX_STREAM] = {
		.def = { "unix-stream", N_("UNIX stream socket"), NULL, NULL },
		.open = unix_stream_open,
		.send = stream_send, .receive = stream_receive,
	},
	[MECH_UNIX_DATAGRAM] = {
		.def = { "unix-datagram", N_("UNIX datagram socket"), NULL,
			 N_("a message must fit into the send buffer, which "
			    "is left at its default") },
		.open = unix_datagram_open, .largest = unix_largest,
		.send = packet_send, .receive = packet_receive,
	},
	[MECH_UNIX_SEQPACKET] = {
		.def = { "unix-seqpacket", N_("UNIX seqpacket socket"), NULL,
			 N_("a message must fit into the send buffer, which "
			    "is left at its default") },
		.open = unix_seqpacket_open, .largest = unix_largest,
		.send = packet_send, .receive = packet_receive,
	},
	[MECH_TCP] = {
		.def = { "tcp", N_("TCP over loopback"),
			 N_("127.0.0.1, with TCP_NODELAY"), NULL },
		.open = tcp_open,
		.send = stream_send, .receive = stream_receive,
	},
	[MECH_UDP] = {
		.def = { "udp", N_("UDP over loopback"),
			 N_("127.0.0.1; throughput in bursts of at most 64 "
			    "messages or 64 KiB, each answered, so that "
			    "nothing is lost"),
			 N_("a datagram of IPv4 holds no more") },
		.burst = BURST, .burst_bytes = BURST_BYTES,
		.open = udp_open, .largest = udp_largest,
		.send = packet_send, .receive = packet_receive,
	},
	[MECH_SYSV_QUEUE] = {
		.def = { "sysv-queue", N_("System V queue"),
			 N_("one queue, a type for each direction"),
			 N_("msgmax forbids larger ones; nothing is split") },
		.private_ipc = true,
		.open = sysv_queue_open, .close = sysv_queue_close,
		.largest = sysv_queue_largest,
		.send = sysv_queue_send, .receive = sysv_queue_receive,
	},
	[MECH_POSIX_QUEUE] = {
		.def = { "posix-queue", N_("POSIX queue"),
			 N_("two queues of 10 messages, one for each "
			    "direction"),
			 N_("msgsize_max forbids larger ones; nothing is "
			    "split") },
		.private_ipc = true,
		.open = posix_queue_open, .largest = posix_queue_largest,
		.send = posix_queue_send, .receive = posix_queue_receive,
	},
	[MECH_SHM_FUTEX] = {
		.def = { "shm-futex", N_("shared memory, futex"),
			 N_("copied in and copied out; whoever waits sleeps "
			    "at a futex"), NULL },
		.open = shm_futex_open,
		.send = shm_send, .receive = shm_receive,
	},
	[MECH_SHM_POSIX] = {
		.def = { "shm-posix", N_("shared memory, sem_t"),
			 N_("copied in and copied out; whoever waits sleeps "
			    "in sem_wait"), NULL },
		.open = shm_posix_open,
		.send = shm_send, .receive = shm_receive,
	},
	[MECH_SHM_SYSV] = {
		.def = { "shm-sysv", N_("shared memory, semop"),
			 N_("copied in and copied out; whoever waits sleeps "
			    "in semop"), NULL },
		.private_ipc = true,
		.open = shm_sysv_open, .close = shm_sysv_close,
		.send = shm_send, .receive = shm_receive,
	},
	[MECH_EVENTFD] = {
		.def = { "eventfd", N_("eventfd"),
			 N_("always 8 bytes: the message is a number; no "
			    "throughput, for what is written several times "
			    "is added up"),
			 N_("it carries one number") },
		.no_stream = true,
		.open = eventfd_open, .largest = number_largest,
		.send = eventfd_send, .receive = eventfd_receive,
	},
	[MECH_SIGNAL] = {
		.def = { "signal", N_("real-time signal"),
			 N_("sigqueue to sigwaitinfo, the message is the "
			    "value; throughput in bursts of 64, each "
			    "answered, for a full queue does not wait"),
			 N_("it carries one number") },
		.burst = BURST,
		.open = signal_open, .largest = number_largest,
		.send = signal_send, .receive = signal_receive,
	},
	[MECH_VM_READ] = {
		.def = { "vm-read", N_("process_vm_readv"),
			 N_("one call, which takes a copy from the other "
			    "process; that one does nothing: not there and "
			    "back, but once"), NULL },
		.no_reply = true,
		.open = vm_open, .begin = vm_begin, .receive = vm_receive,
	},
	[MECH_FILE] = {
		.def = { "file", N_("polled file"),
			 N_("the other one reads again and again until there "
			    "is something new, with sched_yield between; a "
			    "pause there would add half its length on "
			    "average; room for one message"), NULL },
		.open = file_open,
		.send = file_send, .receive = file_receive,
	},
};

const struct mechanism_def *
mechanism_def(enum mechanism m)
{
	return &mechanism_ops[m].def;
}

enum mechanism
mechanism_named(const char *name, char **why)
{
	struct suggest s = SUGGEST_INIT(name);
	struct buf all = BUF_INIT;

	for (int m = 0; m < MECH_MAX; m++) {
		const char *one = mechanism_ops[m].def.name;

		if (strcmp(one, name) == 0) {
			buf_release(&all);
			return (enum mechanism)m;
		}
		suggest_try(&s, one);
		buf_addf(&all, "%s%s", m ? ", " : "", one);
	}
	if (suggest_best(&s))
		fail(why, _("there is no mechanism %s; did you mean %s?"),
		     name, suggest_best(&s));
	else
		fail(why, _("there is no mechanism %s; there are: %s"), name,
		     buf_str(&all));
	buf_release(&all);
	return MECH_MAX;
}
