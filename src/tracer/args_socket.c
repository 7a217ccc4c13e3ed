/* The arguments of calls on sockets, as JSON.  */
#include "config.h"

#include "event/json.h"
#include "probe/address.h"
#include "tracer/args_socket.h"
#include "tracer/socket_names.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/time.h>

enum {
	CONTROL_MAX = 1280,	/* bytes of control messages looked at: the
				   most descriptors are 253 (unix(7)) */
	RIGHTS_SHOWN = 64,
	MESSAGES_SHOWN = 4,
	PARTS_MAX = 1024,	/* UIO_MAXIOV */
	TEXT_OPTION_MAX = 64,
};

void
show_socket_domain(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	socket_domain_write(b, (int)k->arg[i]);
}

void
show_socket_type(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	socket_type_write(b, (int)k->arg[i]);
}

void
show_socket_new_flags(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	socket_new_flags_write(b, (int)k->arg[i]);
}

void
show_socket_protocol(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	socket_protocol_write(b, (int)k->arg[0], (int)k->arg[i]);
}

void
show_socket_how(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	socket_how_write(b, (int)k->arg[i]);
}

void
show_socket_message_flags(struct tracing *t, struct task *k, struct buf *b,
			  int i)
{
	(void)t;
	socket_message_flags_write(b, (unsigned)k->arg[i]);
}

void
show_socket_level(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	socket_level_write(b, (int)k->arg[i]);
}

void
show_socket_option(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	socket_option_write(b, (int)k->arg[i - 1], (int)k->arg[i]);
}

bool
socket_address_at(struct task *k, uint64_t at, uint64_t len, char *out,
		  size_t room)
{
	struct sockaddr_storage a;

	if (len > sizeof(a))
		len = sizeof(a);
	memset(&a, 0, sizeof(a));
	if (!at || memory_read(k->tid, at, &a, len) != (ssize_t)len)
		return false;
	address_text(&a, len, out, room);
	return true;
}

static void
add_address(struct task *k, struct buf *b, uint64_t at, uint64_t len)
{
	char text[ADDRESS_MAX_LEN];

	if (!at)
		buf_adds(b, "null");
	else if (socket_address_at(k, at, (uint32_t)len, text, sizeof(text)))
		json_text(b, text);
	else
		buf_adds(b, "\"ADDR\"");
}

void
show_socket_address(struct tracing *t, struct task *k, struct buf *b, int i)
{
	(void)t;
	add_address(k, b, k->arg[i], k->arg[i + 1]);
}

/* ---- messages with what goes with them ---- */

static void
add_rights(struct buf *b, const struct cmsghdr *c, size_t len)
{
	int fd;

	buf_adds(b, "{\"SCM_RIGHTS\":[");
	for (size_t at = 0; at + sizeof(fd) <= len &&
	     at < RIGHTS_SHOWN * sizeof(fd); at += sizeof(fd)) {
		memcpy(&fd, CMSG_DATA(c) + at, sizeof(fd));
		buf_addf(b, "%s%d", at ? "," : "", fd);
	}
	buf_adds(b, "]}");
}

/* The process by the name of its actor: its number is another in each run. */
static void
add_credentials(struct tracing *t, struct buf *b, const struct ucred *c)
{
	struct task *k = task_find(t, c->pid);

	buf_adds(b, "{\"actor\":");
	json_text(b, k ? k->name : c->pid ? "?" : "");
	buf_addf(b, ",\"uid\":%u,\"gid\":%u}", c->uid, c->gid);
}

static void
add_control(struct tracing *t, struct buf *b, const struct cmsghdr *c)
{
	size_t len = c->cmsg_len - CMSG_LEN(0);
	struct ucred who;

	if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS) {
		add_rights(b, c, len);
	} else if (c->cmsg_level == SOL_SOCKET &&
		   c->cmsg_type == SCM_CREDENTIALS && len >= sizeof(who)) {
		memcpy(&who, CMSG_DATA(c), sizeof(who));
		buf_adds(b, "{\"SCM_CREDENTIALS\":");
		add_credentials(t, b, &who);
		buf_addc(b, '}');
	} else {
		buf_adds(b, "{\"level\":");
		socket_level_write(b, c->cmsg_level);
		buf_addf(b, ",\"type\":%d}", c->cmsg_type);
	}
}

void
socket_control_write(struct tracing *t, struct task *k, struct buf *b,
		     const struct msghdr *m)
{
	union {
		struct cmsghdr align;
		char bytes[CONTROL_MAX];
	} control;
	struct msghdr own = { .msg_control = control.bytes };
	size_t n = m->msg_controllen < sizeof(control) ? m->msg_controllen
						       : sizeof(control);
	bool first = true;

	if (!m->msg_control || n < sizeof(struct cmsghdr) ||
	    memory_read(k->tid, (uintptr_t)m->msg_control, &control, n) !=
	    (ssize_t)n)
		return;
	own.msg_controllen = n;
	buf_addc(b, '[');
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&own); c;
	     c = CMSG_NXTHDR(&own, c)) {
		if (c->cmsg_len < CMSG_LEN(0) || c->cmsg_len >
		    n - (size_t)((char *)c - control.bytes))
			break;
		if (!first)
			buf_addc(b, ',');
		first = false;
		add_control(t, b, c);
	}
	buf_addc(b, ']');
}

static uint64_t
bytes_of(struct task *k, const struct msghdr *m)
{
	struct iovec part[PARTS_MAX];
	uint64_t n = m->msg_iovlen < PARTS_MAX ? m->msg_iovlen : PARTS_MAX;
	uint64_t total = 0;

	if (memory_read(k->tid, (uintptr_t)m->msg_iov, part,
			n * sizeof(*part)) != (ssize_t)(n * sizeof(*part)))
		return 0;
	for (uint64_t i = 0; i < n; i++)
		total += part[i].iov_len;
	return total;
}

/* What a send says is read here; of a receive only the room is known.  */
static void
add_message(struct tracing *t, struct task *k, struct buf *b, uint64_t at,
	    bool sends)
{
	struct msghdr m;

	if (memory_read(k->tid, at, &m, sizeof(m)) != sizeof(m)) {
		buf_adds(b, at ? "\"ADDR\"" : "null");
		return;
	}
	buf_addc(b, '{');
	if (sends && m.msg_name) {
		buf_adds(b, "\"name\":");
		add_address(k, b, (uintptr_t)m.msg_name, m.msg_namelen);
		buf_addc(b, ',');
	}
	buf_addf(b, "\"len\":%llu", (unsigned long long)bytes_of(k, &m));
	if (sends && m.msg_control && m.msg_controllen) {
		size_t before;

		buf_adds(b, ",\"control\":");
		before = b->len;
		socket_control_write(t, k, b, &m);
		if (b->len == before)
			buf_adds(b, "\"ADDR\"");
	}
	buf_addc(b, '}');
}

static bool
sends(const struct task *k)
{
	return k->call->does == DOES_SENDMSG;
}

void
show_socket_message(struct tracing *t, struct task *k, struct buf *b, int i)
{
	add_message(t, k, b, k->arg[i], sends(k));
}

void
show_socket_messages(struct tracing *t, struct task *k, struct buf *b, int i)
{
	unsigned n = (unsigned)k->arg[i + 1];

	buf_addc(b, '[');
	for (unsigned j = 0; j < n && j < MESSAGES_SHOWN; j++) {
		if (j)
			buf_addc(b, ',');
		add_message(t, k, b, k->arg[i] + j * sizeof(struct mmsghdr),
			    sends(k));
	}
	buf_addc(b, ']');
}

/* ---- options ---- */

static bool
is_credentials(const struct task *k)
{
	return (int)k->arg[1] == SOL_SOCKET && (int)k->arg[2] == SO_PEERCRED;
}

static bool
is_time(const struct task *k)
{
	return (int)k->arg[1] == SOL_SOCKET &&
	       ((int)k->arg[2] == SO_RCVTIMEO || (int)k->arg[2] == SO_SNDTIMEO);
}

void
socket_value_write(struct tracing *t, struct task *k, struct buf *b,
		   uint64_t at, uint64_t len)
{
	union {
		int number;
		struct timeval time;
		struct linger linger;
		struct ucred who;
		char text[TEXT_OPTION_MAX];
	} v;
	uint64_t n = len < sizeof(v) ? len : sizeof(v);

	memset(&v, 0, sizeof(v));
	if (!at || memory_read(k->tid, at, &v, n) != (ssize_t)n)
		buf_adds(b, at ? "\"ADDR\"" : "null");
	else if (is_credentials(k) && n >= sizeof(v.who))
		add_credentials(t, b, &v.who);
	else if (is_time(k) && n >= sizeof(v.time))
		buf_addf(b, "\"%lld.%06ld\"", (long long)v.time.tv_sec,
			 (long)v.time.tv_usec);
	else if ((int)k->arg[1] == SOL_SOCKET &&
		 (int)k->arg[2] == SO_LINGER && n >= sizeof(v.linger))
		buf_addf(b, "\"%s %d\"", v.linger.l_onoff ? "on" : "off",
			 v.linger.l_linger);
	else if (n == sizeof(v.number))
		buf_add_int(b, v.number);
	else
		buf_addf(b, "\"%llu bytes\"", (unsigned long long)len);
}

void
show_socket_value(struct tracing *t, struct task *k, struct buf *b, int i)
{
	socket_value_write(t, k, b, k->arg[i], (uint32_t)k->arg[i + 1]);
}
