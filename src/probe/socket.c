/* Probing sockets.  */
#include "config.h"

#include "probe/socket.h"

#include "base/i18n.h"
#include "probe/address.h"
#include "probe/handle.h"
#include "probe/pipe.h"
#include "probe/sock_diag.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

enum { DATAGRAM_MAX = 256 * 1024 };

static int
option(int fd, int level, int name)
{
	int value = -1;
	socklen_t len = sizeof(value);

	return getsockopt(fd, level, name, &value, &len) < 0 ? -1 : value;
}

static bool
is_inet(int family)
{
	return family == AF_INET || family == AF_INET6;
}

/* An address without a port, or without a name, is none.  */
static void
name_of(int fd, int (*ask)(int, struct sockaddr *, socklen_t *), char *out,
	size_t room)
{
	struct sockaddr_storage a;
	socklen_t len = sizeof(a);
	size_t n;

	memset(&a, 0, sizeof(a));
	out[0] = '\0';
	if (ask(fd, (struct sockaddr *)&a, &len) < 0)
		return;
	address_text(&a, len, out, room);
	n = strlen(out);
	if (ask == getsockname && (strcmp(out, "unnamed") == 0 ||
	    (is_inet(a.ss_family) && n > 2 && !strcmp(out + n - 2, ":0"))))
		out[0] = '\0';
}

static int
who_is(int fd, struct probe_socket *who, struct unix_diag *d)
{
	struct stat st;

	memset(who, 0, sizeof(*who));
	memset(d, 0, sizeof(*d));
	who->type = option(fd, SOL_SOCKET, SO_TYPE);
	who->family = option(fd, SOL_SOCKET, SO_DOMAIN);
	if (who->type < 0 || fstat(fd, &st) < 0)
		return -1;
	who->inode = st.st_ino;
	who->listening = option(fd, SOL_SOCKET, SO_ACCEPTCONN) > 0;
	name_of(fd, getsockname, who->local, sizeof(who->local));
	name_of(fd, getpeername, who->remote, sizeof(who->remote));
	if (who->family != AF_UNIX || sock_diag_unix(who->inode, d) < 0)
		return 0;
	who->peer = d->peer;
	who->n_waiting = d->n_waiting;
	memcpy(who->waiting, d->waiting, sizeof(who->waiting));
	return 0;
}

/* ---- the state in words ---- */

static const char *
type_word(int type)
{
	switch (type) {
	case SOCK_STREAM: return "stream";
	case SOCK_DGRAM: return "datagram";
	case SOCK_SEQPACKET: return "seqpacket";
	default: return "raw";
	}
}

static bool
tcp_info(int fd, struct tcp_info *info)
{
	socklen_t len = sizeof(*info);

	memset(info, 0, sizeof(*info));
	return getsockopt(fd, IPPROTO_TCP, TCP_INFO, info, &len) == 0;
}

static bool
sends_no_more(int fd, const struct probe_socket *who, const struct unix_diag *d,
	      short events)
{
	struct tcp_info info;

	if (who->family == AF_UNIX)
		return (d->shut & 2) || (events & POLLHUP && who->remote[0]);
	if (!is_inet(who->family) || who->type != SOCK_STREAM ||
	    !tcp_info(fd, &info))
		return false;
	switch (info.tcpi_state) {
	case TCP_FIN_WAIT1: case TCP_FIN_WAIT2: case TCP_TIME_WAIT:
	case TCP_LAST_ACK: case TCP_CLOSING:
		return true;
	case TCP_CLOSE:
		return events & POLLRDHUP;	/* it was connected */
	default:
		return false;
	}
}

static bool
is_connecting(int fd, const struct probe_socket *who)
{
	struct tcp_info info;

	return is_inet(who->family) && who->type == SOCK_STREAM &&
	       tcp_info(fd, &info) && info.tcpi_state == TCP_SYN_SENT;
}

static void
put_status(int fd, const struct probe_socket *who, const struct unix_diag *d,
	   struct object_state *out)
{
	struct pollfd p = { fd, POLLIN | POLLOUT | POLLRDHUP, 0 };

	if (handle_poll(&p) < 0)
		p.revents = 0;
	if (who->listening)
		p.revents = 0;
	snprintf(out->status, sizeof(out->status), "%s %s%s%s%s%s%s",
		 address_family(who->family), type_word(who->type),
		 who->listening ? " listening" : "",
		 who->remote[0] ? " connected" :
		 is_connecting(fd, who) ? " connecting" : "",
		 p.revents & POLLRDHUP ? " ended" : "",
		 sends_no_more(fd, who, d, p.revents) ? " shut" : "",
		 p.revents & POLLERR ? " error" : "");
}

/* ---- what is in it ---- */

/* From now on each peek goes on where the last one ended.  The socket's own
 * value comes back with peek_end().  False: the kernel cannot.  */
static bool
peek_begin(int fd, int *before)
{
	int zero = 0;

	*before = option(fd, SOL_SOCKET, SO_PEEK_OFF);
	errno = 0;
	return setsockopt(fd, SOL_SOCKET, SO_PEEK_OFF, &zero,
			  sizeof(zero)) == 0;
}

static void
peek_end(int fd, int before)
{
	if (before < -1)
		before = -1;
	setsockopt(fd, SOL_SOCKET, SO_PEEK_OFF, &before, sizeof(before));
}

static void
peek_stream(int fd, struct object_state *out)
{
	int before, len = 0, room = sizeof(out->content);
	bool goes_on = peek_begin(fd, &before);
	ssize_t n;

	do {
		n = recv(fd, out->content + len, room - len,
			 MSG_PEEK | MSG_DONTWAIT);
		if (n > 0)
			len += n;
	} while (goes_on && n > 0 && len < room);
	if (goes_on)
		peek_end(fd, before);
	out->content_len = len;
}

static void
add_datagram(struct object_state *out, const char *bytes, ssize_t n)
{
	struct state_item *item = object_state_add(out);

	out->messages++;
	out->bytes += n;
	if (!item)
		return;
	item->value = n;
	item->data_len = n < ITEM_DATA_MAX ? n : ITEM_DATA_MAX;
	memcpy(item->data, bytes, item->data_len);
}

/* Whole datagrams must be peeked at: else the next peek would give the rest of
 * the same one.  */
static void
peek_datagrams(int fd, struct object_state *out)
{
	static char bytes[DATAGRAM_MAX];
	int before;
	ssize_t n;

	out->messages = out->bytes = 0;
	if (!peek_begin(fd, &before)) {
		out->messages = out->bytes = -1;
		return;
	}
	while ((n = recv(fd, bytes, sizeof(bytes), MSG_PEEK | MSG_DONTWAIT |
			 MSG_TRUNC)) >= 0) {
		ssize_t rest = n - (ssize_t)sizeof(bytes);

		/* Nothing, and no more will come: the end, not a datagram. */
		if (n == 0 && option(fd, SOL_SOCKET, SO_TYPE) ==
			      SOCK_SEQPACKET)
			break;
		add_datagram(out, bytes, n);
		while (rest > 0 && recv(fd, bytes, sizeof(bytes), MSG_PEEK |
					MSG_DONTWAIT) > 0)
			rest -= sizeof(bytes);
		if (out->messages > 4096)
			break;
	}
	peek_end(fd, before);
}

static void
put_queue(int fd, const struct probe_socket *who, const struct unix_diag *d,
	  struct object_state *out)
{
	struct tcp_info info;

	if (who->family == AF_UNIX) {
		out->messages = d->queue;
		out->max_messages = d->backlog;
	} else if (is_inet(who->family) && tcp_info(fd, &info)) {
		out->messages = info.tcpi_unacked;	/* see tcp_get_info() */
		out->max_messages = info.tcpi_sacked;
	}
}

static void
put_content(int fd, const struct probe_socket *who, const struct unix_diag *d,
	    struct object_state *out)
{
	int bytes;

	if (who->listening) {
		put_queue(fd, who, d, out);
	} else if (who->type == SOCK_STREAM) {
		if (ioctl(fd, FIONREAD, &bytes) == 0)
			out->bytes = bytes;
		if (out->bytes > 0)
			peek_stream(fd, out);
		else
			out->content_len = 0;
	} else if (who->type == SOCK_DGRAM || who->type == SOCK_SEQPACKET) {
		peek_datagrams(fd, out);
	}
}

/* "scm_fds: 2" in fdinfo: descriptors in its queue (proc(5)).  */
static int64_t
in_flight(int fd)
{
	char path[48], line[128];
	long long n;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "scm_fds: %lld", &n) == 1) {
			fclose(f);
			return n;
		}
	if (f)
		fclose(f);
	return NO_VALUE;
}

int
probe_socket(pid_t pid, int fd, struct probe_socket *who,
	     struct object_state *out, char **why)
{
	int flags, copy = handle_take(pid, fd, &flags, why);
	struct unix_diag d;

	if (copy < 0)
		return -1;
	if (who_is(copy, who, &d) < 0) {
		close(copy);
		return fail(why, _("descriptor %d of process %d is not a "
				   "socket"), fd, (int)pid);
	}
	if (out) {
		object_state_init(out);
		out->known = true;
		put_status(copy, who, &d, out);
		/* Others have their own ways of looking: netlink(7). */
		if (who->family == AF_UNIX || is_inet(who->family))
			put_content(copy, who, &d, out);
		if (who->family == AF_UNIX)
			out->value = in_flight(copy);
	}
	close(copy);
	return 0;
}

/* ---- would it sleep? ---- */

static bool
is_full(int fd, int family)
{
	uint32_t memory[SK_MEMINFO_VARS];
	socklen_t len = sizeof(memory);
	int used;

	if (family == AF_UNIX)
		return ioctl(fd, TIOCOUTQ, &used) == 0 &&
		       used >= option(fd, SOL_SOCKET, SO_SNDBUF);
	memset(memory, 0, sizeof(memory));
	return getsockopt(fd, SOL_SOCKET, SO_MEMINFO, memory, &len) == 0 &&
	       memory[SK_MEMINFO_WMEM_QUEUED] >= memory[SK_MEMINFO_SNDBUF];
}

int
probe_socket_send_waits(pid_t pid, int fd)
{
	int flags, copy = handle_take(pid, fd, &flags, NULL);
	struct pollfd p = { copy, POLLOUT, 0 };
	int full;

	if (copy < 0)
		return -1;
	handle_poll(&p);
	/* A closed way does not wait: EPIPE. */
	full = !(p.revents & (POLLHUP | POLLERR)) &&
	       is_full(copy, option(copy, SOL_SOCKET, SO_DOMAIN));
	close(copy);
	return full;
}

int64_t
probe_socket_unread(pid_t pid, int fd, bool *ended)
{
	int flags, copy = handle_take(pid, fd, &flags, NULL);
	struct pollfd p = { copy, POLLIN | POLLRDHUP, 0 };
	int bytes = -1;

	*ended = false;
	if (copy < 0)
		return -1;
	if (ioctl(copy, FIONREAD, &bytes) < 0)
		bytes = -1;
	if (handle_poll(&p) > 0)
		*ended = p.revents & (POLLRDHUP | POLLHUP | POLLERR);
	close(copy);
	return bytes;
}

static int64_t
limit_of(int fd, int option)
{
	struct timeval limit = { 0, 0 };
	socklen_t len = sizeof(limit);

	if (getsockopt(fd, SOL_SOCKET, option, &limit, &len) < 0)
		return -1;
	return limit.tv_sec * INT64_C(1000000000) + limit.tv_usec * 1000;
}

static int
limit_option(bool to_send)
{
	return to_send ? SO_SNDTIMEO : SO_RCVTIMEO;
}

bool
probe_socket_is_patient(pid_t pid, int fd, bool to_send)
{
	int flags, copy = handle_take(pid, fd, &flags, NULL);
	int64_t limit;

	if (copy < 0)
		return false;
	limit = limit_of(copy, limit_option(to_send));
	close(copy);
	return !(flags & O_NONBLOCK) && limit <= 0;
}

int64_t
probe_socket_swap_limit(pid_t pid, int fd, bool to_send, int64_t ns)
{
	struct timeval limit = { ns / INT64_C(1000000000),
				 ns % INT64_C(1000000000) / 1000 };
	int flags, copy = handle_take(pid, fd, &flags, NULL);
	int64_t before;

	if (copy < 0)
		return -1;
	before = limit_of(copy, limit_option(to_send));
	if (before != ns && before >= 0)
		setsockopt(copy, SOL_SOCKET, limit_option(to_send), &limit,
			   sizeof(limit));
	close(copy);
	return before;
}
