/* Addresses of sockets as text.  */
#include "config.h"

#include "probe/address.h"

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

static const struct {
	int family;
	const char *name;
} families[] = {
	{ AF_UNSPEC, "AF_UNSPEC" },
	{ AF_UNIX, "AF_UNIX" },
	{ AF_INET, "AF_INET" },
	{ AF_INET6, "AF_INET6" },
	{ AF_NETLINK, "AF_NETLINK" },
	{ AF_PACKET, "AF_PACKET" },
	{ AF_BLUETOOTH, "AF_BLUETOOTH" },
	{ AF_ALG, "AF_ALG" },
	{ AF_VSOCK, "AF_VSOCK" },
	{ AF_XDP, "AF_XDP" },
};

const char *
address_family(int family)
{
	static char other[24];

	for (size_t i = 0; i < ARRAY_SIZE(families); i++)
		if (families[i].family == family)
			return families[i].name;
	snprintf(other, sizeof(other), "family %d", family);
	return other;
}

/* A path ends with a NUL or with the address; a name in the abstract name
 * space begins with a NUL and is as long as the address says (unix(7)).  */
static void
unix_text(const struct sockaddr_un *a, socklen_t len, char *out, size_t room)
{
	size_t head = offsetof(struct sockaddr_un, sun_path);
	size_t n = len > head ? len - head : 0, i = 0, at = 0;
	bool abstract = n > 0 && a->sun_path[0] == '\0';

	if (n > sizeof(a->sun_path))
		n = sizeof(a->sun_path);
	if (n == 0) {
		snprintf(out, room, "unnamed");
		return;
	}
	if (abstract) {
		out[at++] = '@';
		i++;
	}
	for (; i < n && at + 1 < room; i++) {
		unsigned char c = a->sun_path[i];

		if (!abstract && c == '\0')
			break;
		out[at++] = c < ' ' || c == 127 ? '?' : (char)c;
	}
	out[at] = '\0';
}

static void
inet_text(const struct sockaddr_in *a, char *out, size_t room)
{
	char host[INET_ADDRSTRLEN] = "?";

	inet_ntop(AF_INET, &a->sin_addr, host, sizeof(host));
	snprintf(out, room, "%s:%u", host, ntohs(a->sin_port));
}

static void
inet6_text(const struct sockaddr_in6 *a, char *out, size_t room)
{
	char host[INET6_ADDRSTRLEN] = "?";

	inet_ntop(AF_INET6, &a->sin6_addr, host, sizeof(host));
	snprintf(out, room, "[%s]:%u", host, ntohs(a->sin6_port));
}

void
address_text(const struct sockaddr_storage *a, socklen_t len, char *out,
	     size_t room)
{
	if (len < sizeof(a->ss_family))
		snprintf(out, room, "unnamed");
	else if (a->ss_family == AF_UNIX)
		unix_text((const void *)a, len, out, room);
	else if (a->ss_family == AF_INET && len >= sizeof(struct sockaddr_in))
		inet_text((const void *)a, out, room);
	else if (a->ss_family == AF_INET6 &&
		 len >= offsetof(struct sockaddr_in6, sin6_scope_id))
		inet6_text((const void *)a, out, room);
	else if (a->ss_family == AF_NETLINK &&
		 len >= sizeof(struct sockaddr_nl))
		snprintf(out, room, "netlink %u",
			 ((const struct sockaddr_nl *)(const void *)a)->nl_pid);
	else
		snprintf(out, room, "%s", address_family(a->ss_family));
}
