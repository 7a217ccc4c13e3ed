/* Asking about UNIX sockets over netlink (sock_diag(7)).  */
#include "config.h"

#include "probe/sock_diag.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct question {
	struct nlmsghdr head;
	struct unix_diag_req ask;
};

static int
ask(int fd, uint64_t inode)
{
	struct question q = {
		.head = {
			.nlmsg_len = sizeof(q),
			.nlmsg_type = SOCK_DIAG_BY_FAMILY,
			.nlmsg_flags = NLM_F_REQUEST,
		},
		.ask = {
			.sdiag_family = AF_UNIX,
			.udiag_states = -1,
			.udiag_ino = inode,
			.udiag_show = UDIAG_SHOW_PEER | UDIAG_SHOW_ICONS |
				      UDIAG_SHOW_RQLEN,
			.udiag_cookie = { -1, -1 },
		},
	};
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };

	return sendto(fd, &q, sizeof(q), 0, (struct sockaddr *)&kernel,
		      sizeof(kernel)) == sizeof(q) ? 0 : -1;
}

static void
take_waiting(struct unix_diag *out, const struct rtattr *a)
{
	const uint32_t *inode = RTA_DATA(a);
	int n = RTA_PAYLOAD(a) / sizeof(*inode);

	for (int i = 0; i < n && i < DIAG_WAITING_MAX; i++)
		out->waiting[out->n_waiting++] = inode[i];
}

static void
take(struct unix_diag *out, const struct rtattr *a)
{
	struct unix_diag_rqlen len;

	switch (a->rta_type) {
	case UNIX_DIAG_PEER:
		out->peer = *(const uint32_t *)RTA_DATA(a);
		break;
	case UNIX_DIAG_ICONS:
		take_waiting(out, a);
		break;
	case UNIX_DIAG_RQLEN:
		memcpy(&len, RTA_DATA(a), sizeof(len));
		out->queue = len.udiag_rqueue;
		out->backlog = len.udiag_wqueue;
		break;
	case UNIX_DIAG_SHUTDOWN:
		out->shut = *(const uint8_t *)RTA_DATA(a);
		break;
	default:
		break;
	}
}

static int
read_answer(int fd, struct unix_diag *out)
{
	union {
		struct nlmsghdr head;
		char bytes[4096];
	} in;
	ssize_t n = recv(fd, &in, sizeof(in), 0);
	const struct unix_diag_msg *m = NLMSG_DATA(&in.head);
	const struct nlmsgerr *e = NLMSG_DATA(&in.head);
	const struct rtattr *a;
	int len;

	if (n < 0)
		return -1;
	if (in.head.nlmsg_type == NLMSG_ERROR)
		return errno = e->error ? -e->error : EIO, -1;
	if (!NLMSG_OK(&in.head, n) ||
	    in.head.nlmsg_type != SOCK_DIAG_BY_FAMILY)
		return errno = EIO, -1;
	a = (const struct rtattr *)(m + 1);
	len = in.head.nlmsg_len - NLMSG_LENGTH(sizeof(*m));
	for (; RTA_OK(a, len); a = RTA_NEXT(a, len))
		take(out, a);
	return 0;
}

int
sock_diag_unix(uint64_t inode, struct unix_diag *out)
{
	int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC,
			NETLINK_SOCK_DIAG);
	int r;

	memset(out, 0, sizeof(*out));
	if (fd < 0)
		return -1;
	r = ask(fd, inode) < 0 ? -1 : read_answer(fd, out);
	close(fd);
	return r;
}
