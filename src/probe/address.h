/*
 * Addresses of sockets as text, as people write them:
 *
 *   AF_UNIX    the path; "@name" in the abstract name space; "unnamed"
 *   AF_INET    "127.0.0.1:80"          AF_INET6   "[::1]:80"
 *   AF_NETLINK "netlink 0"             others     "AF_PACKET", "family 45"
 *
 * (unix(7), ip(7), ipv6(7), netlink(7))
 */
#ifndef PROBE_ADDRESS_H
#define PROBE_ADDRESS_H

#include "base/base.h"

#include <sys/socket.h>

/* Always ends with a NUL; bytes that are not printable become '?'.  */
void address_text(const struct sockaddr_storage *a, socklen_t len, char *out,
		  size_t room);
/* "AF_UNIX", "family 99".  */
const char *address_family(int family);

#endif
