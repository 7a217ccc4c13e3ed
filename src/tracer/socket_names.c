/* Names of the constants of sockets (socket(2), send(2), socket(7), ip(7),
 * ipv6(7), tcp(7), netlink(7)).  */
#include "config.h"

#include "probe/address.h"
#include "tracer/socket_names.h"

#include <linux/in6.h>
#include <linux/netlink.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <netinet/ip.h>
#include <sys/socket.h>

struct name {
	unsigned value;
	const char *name;
};

#define N(x) { x, #x }
#define END { 0, NULL }

static const struct name types[] = {
	N(SOCK_STREAM), N(SOCK_DGRAM), N(SOCK_RAW), N(SOCK_RDM),
	N(SOCK_SEQPACKET), N(SOCK_DCCP), N(SOCK_PACKET), END
};

static const struct name type_flags[] = {
	N(SOCK_CLOEXEC), N(SOCK_NONBLOCK), END
};

static const struct name inet_protocols[] = {
	N(IPPROTO_IP), N(IPPROTO_ICMP), N(IPPROTO_IGMP), N(IPPROTO_TCP),
	N(IPPROTO_UDP), N(IPPROTO_IPV6), N(IPPROTO_ICMPV6), N(IPPROTO_SCTP),
	N(IPPROTO_UDPLITE), N(IPPROTO_MPTCP), N(IPPROTO_RAW), END
};

static const struct name netlink_protocols[] = {
	N(NETLINK_ROUTE), N(NETLINK_USERSOCK), N(NETLINK_SOCK_DIAG),
	N(NETLINK_NFLOG), N(NETLINK_XFRM), N(NETLINK_SELINUX),
	N(NETLINK_AUDIT), N(NETLINK_CONNECTOR), N(NETLINK_NETFILTER),
	N(NETLINK_KOBJECT_UEVENT), N(NETLINK_GENERIC), N(NETLINK_CRYPTO), END
};

static const struct name hows[] = {
	N(SHUT_RD), N(SHUT_WR), N(SHUT_RDWR), END
};

static const struct name message_flags[] = {
	N(MSG_OOB), N(MSG_PEEK), N(MSG_DONTROUTE), N(MSG_CTRUNC), N(MSG_PROXY),
	N(MSG_TRUNC), N(MSG_DONTWAIT), N(MSG_EOR), N(MSG_WAITALL), N(MSG_FIN),
	N(MSG_SYN), N(MSG_CONFIRM), N(MSG_RST), N(MSG_ERRQUEUE),
	N(MSG_NOSIGNAL), N(MSG_MORE), N(MSG_WAITFORONE), N(MSG_BATCH),
	N(MSG_ZEROCOPY), N(MSG_FASTOPEN), N(MSG_CMSG_CLOEXEC), END
};

static const struct name levels[] = {
	N(SOL_SOCKET), N(SOL_IP), { IPPROTO_TCP, "SOL_TCP" },
	{ IPPROTO_UDP, "SOL_UDP" }, N(SOL_IPV6), N(SOL_NETLINK), END
};

static const struct name socket_options[] = {
	N(SO_DEBUG), N(SO_REUSEADDR), N(SO_TYPE), N(SO_ERROR),
	N(SO_DONTROUTE), N(SO_BROADCAST), N(SO_SNDBUF), N(SO_RCVBUF),
	N(SO_KEEPALIVE), N(SO_OOBINLINE), N(SO_PRIORITY), N(SO_LINGER),
	N(SO_REUSEPORT), N(SO_PASSCRED), N(SO_PEERCRED), N(SO_RCVLOWAT),
	N(SO_SNDLOWAT), N(SO_RCVTIMEO), N(SO_SNDTIMEO), N(SO_BINDTODEVICE),
	N(SO_ATTACH_FILTER), N(SO_DETACH_FILTER), N(SO_PEERNAME),
	N(SO_TIMESTAMP), N(SO_ACCEPTCONN), N(SO_PEERSEC), N(SO_SNDBUFFORCE),
	N(SO_RCVBUFFORCE), N(SO_PASSSEC), N(SO_TIMESTAMPNS), N(SO_MARK),
	N(SO_PROTOCOL), N(SO_DOMAIN), N(SO_RXQ_OVFL), N(SO_PEEK_OFF),
	N(SO_BUSY_POLL), N(SO_INCOMING_CPU), N(SO_MEMINFO), N(SO_COOKIE),
	N(SO_PEERGROUPS), N(SO_ZEROCOPY), END
};

static const struct name ip_options[] = {
	N(IP_TOS), N(IP_TTL), N(IP_PKTINFO), N(IP_MTU_DISCOVER), N(IP_RECVERR),
	N(IP_RECVTTL), N(IP_RECVTOS), N(IP_MTU), N(IP_FREEBIND),
	N(IP_TRANSPARENT), N(IP_BIND_ADDRESS_NO_PORT), N(IP_MULTICAST_IF),
	N(IP_MULTICAST_TTL), N(IP_MULTICAST_LOOP), N(IP_ADD_MEMBERSHIP),
	N(IP_DROP_MEMBERSHIP), END
};

static const struct name ipv6_options[] = {
	N(IPV6_UNICAST_HOPS), N(IPV6_MULTICAST_IF), N(IPV6_MULTICAST_HOPS),
	N(IPV6_MULTICAST_LOOP), N(IPV6_ADD_MEMBERSHIP),
	N(IPV6_DROP_MEMBERSHIP), N(IPV6_MTU_DISCOVER), N(IPV6_MTU),
	N(IPV6_RECVERR), N(IPV6_V6ONLY), N(IPV6_RECVPKTINFO), N(IPV6_TCLASS),
	END
};

static const struct name tcp_options[] = {
	N(TCP_NODELAY), N(TCP_MAXSEG), N(TCP_CORK), N(TCP_KEEPIDLE),
	N(TCP_KEEPINTVL), N(TCP_KEEPCNT), N(TCP_SYNCNT), N(TCP_LINGER2),
	N(TCP_DEFER_ACCEPT), N(TCP_WINDOW_CLAMP), N(TCP_INFO),
	N(TCP_QUICKACK), N(TCP_CONGESTION), N(TCP_THIN_LINEAR_TIMEOUTS),
	N(TCP_USER_TIMEOUT), N(TCP_FASTOPEN), N(TCP_NOTSENT_LOWAT),
	N(TCP_FASTOPEN_CONNECT), N(TCP_ULP), END
};

static const struct name udp_options[] = {
	N(UDP_CORK), N(UDP_SEGMENT), N(UDP_GRO), END
};

static const struct name netlink_options[] = {
	N(NETLINK_ADD_MEMBERSHIP), N(NETLINK_DROP_MEMBERSHIP),
	N(NETLINK_PKTINFO), N(NETLINK_BROADCAST_ERROR), N(NETLINK_NO_ENOBUFS),
	N(NETLINK_LISTEN_ALL_NSID), N(NETLINK_CAP_ACK), N(NETLINK_EXT_ACK),
	N(NETLINK_GET_STRICT_CHK), END
};

static const struct {
	int level;
	const struct name *names;
} options[] = {
	{ SOL_SOCKET, socket_options },
	{ SOL_IP, ip_options },
	{ SOL_IPV6, ipv6_options },
	{ IPPROTO_TCP, tcp_options },
	{ IPPROTO_UDP, udp_options },
	{ SOL_NETLINK, netlink_options },
};

static const char *
find(const struct name *n, unsigned value)
{
	for (; n->name; n++)
		if (n->value == value)
			return n->name;
	return NULL;
}

/* One of the names, without quotes.  */
static void
add(struct buf *out, const struct name *names, unsigned value)
{
	const char *name = names ? find(names, value) : NULL;

	if (name)
		buf_adds(out, name);
	else
		buf_addf(out, "%#x", value);
}

static void
add_bits(struct buf *out, const struct name *n, unsigned value,
	 const char *sep)
{
	for (; n->name && value; n++)
		if (value & n->value) {
			buf_addf(out, "%s%s", sep, n->name);
			value &= ~n->value;
			sep = "|";
		}
	if (value)
		buf_addf(out, "%s%#x", sep, value);
}

static void
write_one(struct buf *out, const struct name *names, unsigned value)
{
	buf_addc(out, '"');
	add(out, names, value);
	buf_addc(out, '"');
}

void
socket_domain_write(struct buf *out, int domain)
{
	buf_addf(out, "\"%s\"", address_family(domain));
}

void
socket_type_write(struct buf *out, int type)
{
	unsigned flags = SOCK_CLOEXEC | SOCK_NONBLOCK;

	buf_addc(out, '"');
	add(out, types, (unsigned)type & ~flags);
	add_bits(out, type_flags, (unsigned)type & flags, "|");
	buf_addc(out, '"');
}

void
socket_new_flags_write(struct buf *out, int flags)
{
	buf_addc(out, '"');
	if (flags)
		add_bits(out, type_flags, flags, "");
	else
		buf_addc(out, '0');
	buf_addc(out, '"');
}

void
socket_protocol_write(struct buf *out, int domain, int protocol)
{
	if (domain == AF_INET || domain == AF_INET6)
		write_one(out, inet_protocols, protocol);
	else if (domain == AF_NETLINK)
		write_one(out, netlink_protocols, protocol);
	else
		buf_add_int(out, protocol);
}

void
socket_how_write(struct buf *out, int how)
{
	write_one(out, hows, how);
}

void
socket_message_flags_write(struct buf *out, unsigned flags)
{
	buf_addc(out, '"');
	if (flags)
		add_bits(out, message_flags, flags, "");
	else
		buf_addc(out, '0');
	buf_addc(out, '"');
}

void
socket_level_write(struct buf *out, int level)
{
	write_one(out, levels, level);
}

void
socket_option_write(struct buf *out, int level, int option)
{
	for (size_t i = 0; i < ARRAY_SIZE(options); i++)
		if (options[i].level == level) {
			write_one(out, options[i].names, option);
			return;
		}
	write_one(out, NULL, option);
}
