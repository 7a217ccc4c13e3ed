/* Probes of sockets against real ones: what is in them is seen, and stays.  */
#include "config.h"

#include "probe/sock_diag.h"
#include "probe/socket.h"
#include "child.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

static int s[2];
static struct object_state state;
static struct probe_socket who;
static char *why;

static void
begin(int i)
{
	live_user(i);
	signal(SIGPIPE, SIG_IGN);
}

static void
pair(int type)
{
	ck_assert_int_eq(socketpair(AF_UNIX, type, 0, s), 0);
}

static void
look(int fd)
{
	int rc = probe_socket(getpid(), fd, &who, &state, &why);

	ck_assert_msg(rc == 0, "%s", why);
}

static void
put(int fd, const char *text)
{
	ck_assert_int_eq(send(fd, text, strlen(text), 0), strlen(text));
}

static uint64_t
inode(int fd)
{
	struct stat st;

	ck_assert_int_eq(fstat(fd, &st), 0);
	return st.st_ino;
}

START_TEST(bytes_of_a_stream_are_seen_and_stay)
{
	char text[16];

	begin(_i);
	pair(SOCK_STREAM);
	put(s[0], "hello ");
	put(s[0], "you");
	for (int i = 0; i < 3; i++) {
		look(s[1]);
		ck_assert_int_eq(state.bytes, 9);
		ck_assert_int_eq(state.content_len, 9);
		ck_assert_mem_eq(state.content, "hello you", 9);
	}
	ck_assert_int_eq(read(s[1], text, sizeof(text)), 9);
	look(s[1]);
	ck_assert_int_eq(state.bytes, 0);
}
END_TEST

START_TEST(each_datagram_is_seen_and_stays)
{
	char text[16];

	begin(_i);
	pair(SOCK_DGRAM);
	put(s[0], "one");
	put(s[0], "three");
	for (int i = 0; i < 3; i++) {
		look(s[1]);
		ck_assert_int_eq(state.messages, 2);
		ck_assert_int_eq(state.bytes, 8);
		ck_assert_int_eq(state.n_items, 2);
		ck_assert_int_eq(state.item[1].value, 5);
		ck_assert_mem_eq(state.item[1].data, "three", 5);
	}
	ck_assert_int_eq(recv(s[1], text, sizeof(text), 0), 3);
	ck_assert_int_eq(recv(s[1], text, sizeof(text), 0), 5);
}
END_TEST

START_TEST(the_place_of_peeks_is_left_as_it_was)
{
	int off = 2, got = -7;
	socklen_t len = sizeof(got);
	char text[16];

	begin(_i);
	pair(SOCK_STREAM);
	put(s[0], "hello");
	look(s[1]);
	ck_assert_int_eq(getsockopt(s[1], SOL_SOCKET, SO_PEEK_OFF, &got,
				    &len), 0);
	ck_assert_int_eq(got, -1);
	ck_assert_int_eq(setsockopt(s[1], SOL_SOCKET, SO_PEEK_OFF, &off,
				    sizeof(off)), 0);
	look(s[1]);
	ck_assert_mem_eq(state.content, "hello", 5);
	ck_assert_int_eq(recv(s[1], text, sizeof(text), MSG_PEEK), 3);
	ck_assert_mem_eq(text, "llo", 3);
}
END_TEST

START_TEST(descriptors_in_flight_are_counted_and_not_taken)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = { 0 };
	struct iovec part = { (char[]){ "x" }, 1 };
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1,
			    .msg_control = control.bytes,
			    .msg_controllen = sizeof(control) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	int fd = 0, before, after;

	begin(_i);
	pair(SOCK_DGRAM);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &fd, sizeof(fd));
	ck_assert_int_eq(sendmsg(s[0], &m, 0), 1);
	look(s[1]);	/* what it keeps open, it has now */
	before = dup(0);
	close(before);
	look(s[1]);
	look(s[1]);
	after = dup(0);
	close(after);
	ck_assert_int_eq(before, after);	/* nothing was opened */
	ck_assert(state.value == 1 || state.value == NO_VALUE);
	m.msg_controllen = sizeof(control);
	ck_assert_int_eq(recvmsg(s[1], &m, 0), 1);
	ck_assert_int_eq(CMSG_FIRSTHDR(&m)->cmsg_type, SCM_RIGHTS);
}
END_TEST

START_TEST(the_two_ways_are_told_apart)
{
	begin(_i);
	pair(SOCK_STREAM);
	look(s[0]);
	ck_assert_str_eq(state.status, "AF_UNIX stream connected");
	shutdown(s[0], SHUT_WR);
	look(s[0]);
	ck_assert_str_eq(state.status, "AF_UNIX stream connected shut");
	look(s[1]);
	ck_assert_str_eq(state.status, "AF_UNIX stream connected ended");
	put(s[1], "unread");
	close(s[0]);
	look(s[1]);
	ck_assert_ptr_nonnull(strstr(state.status, "ended shut error"));
	look(s[1]);	/* the error was not taken away by looking */
	ck_assert_ptr_nonnull(strstr(state.status, "error"));
}
END_TEST

static int
listening(int family, struct sockaddr_storage *a, socklen_t *len, int backlog)
{
	int l = socket(family, SOCK_STREAM, 0);

	memset(a, 0, sizeof(*a));
	a->ss_family = family;
	if (family == AF_INET)
		((struct sockaddr_in *)(void *)a)->sin_addr.s_addr =
			htonl(INADDR_LOOPBACK);
	*len = family == AF_INET ? sizeof(struct sockaddr_in)
				 : sizeof(a->ss_family);	/* autobind */
	ck_assert_int_eq(bind(l, (struct sockaddr *)a, *len), 0);
	*len = sizeof(*a);
	ck_assert_int_eq(getsockname(l, (struct sockaddr *)a, len), 0);
	ck_assert_int_eq(listen(l, backlog), 0);
	return l;
}

START_TEST(a_queue_and_who_is_in_it)
{
	struct sockaddr_storage a;
	struct unix_diag d;
	socklen_t len;
	int l, c;

	begin(0);
	l = listening(AF_UNIX, &a, &len, 3);
	c = socket(AF_UNIX, SOCK_STREAM, 0);
	look(l);
	ck_assert(who.listening);
	ck_assert_int_eq(who.local[0], '@');
	if (sock_diag_unix(inode(l), &d) < 0)
		return;		/* no sock_diag here: nothing is told */
	ck_assert_int_eq(state.messages, 0);
	ck_assert_int_eq(state.max_messages, 3);
	ck_assert_int_eq(connect(c, (struct sockaddr *)&a, len), 0);
	look(l);
	ck_assert_int_eq(state.messages, 1);
	ck_assert_int_eq(who.n_waiting, 1);
	ck_assert_uint_eq(who.waiting[0], inode(c));
	s[0] = accept(l, NULL, NULL);
	look(s[0]);
	ck_assert_uint_eq(who.peer, inode(c));
	look(l);
	ck_assert_int_eq(state.messages, 0);
}
END_TEST

START_TEST(a_queue_of_tcp)
{
	struct sockaddr_storage a;
	socklen_t len;
	int l, c;

	begin(_i);
	l = listening(AF_INET, &a, &len, 3);
	c = socket(AF_INET, SOCK_STREAM, 0);
	ck_assert_int_eq(connect(c, (struct sockaddr *)&a, len), 0);
	look(l);
	ck_assert_int_eq(state.messages, 1);
	ck_assert_int_eq(state.max_messages, 3);
	ck_assert_str_eq(state.status, "AF_INET stream listening");
	look(c);
	ck_assert_str_eq(state.status, "AF_INET stream connected");
	ck_assert_int_eq(strncmp(who.remote, "127.0.0.1:", 10), 0);
}
END_TEST

START_TEST(a_send_waits_when_the_kernel_says_so)
{
	static char page[4096];

	begin(_i);
	pair(SOCK_STREAM);
	ck_assert_int_eq(probe_socket_send_waits(getpid(), s[0]), 0);
	fcntl(s[0], F_SETFL, O_NONBLOCK);
	while (write(s[0], page, sizeof(page)) > 0)
		ck_assert_int_eq(errno = 0, 0);
	ck_assert_int_eq(errno, EAGAIN);
	ck_assert_int_eq(probe_socket_send_waits(getpid(), s[0]), 1);
	ck_assert_int_gt(read(s[1], page, sizeof(page)), 0);
	ck_assert_int_eq(probe_socket_send_waits(getpid(), s[0]),
			 write(s[0], page, 1) < 0);
	close(s[1]);	/* a broken way does not wait */
	ck_assert_int_eq(probe_socket_send_waits(getpid(), s[0]), 0);
}
END_TEST

START_TEST(a_limit_of_time_is_taken_away_and_put_back)
{
	struct timeval limit = { 2, 500000 };
	socklen_t len = sizeof(limit);
	int64_t was;

	begin(_i);
	pair(SOCK_STREAM);
	ck_assert(probe_socket_is_patient(getpid(), s[0], false));
	setsockopt(s[0], SOL_SOCKET, SO_RCVTIMEO, &limit, len);
	ck_assert(!probe_socket_is_patient(getpid(), s[0], false));
	ck_assert(probe_socket_is_patient(getpid(), s[0], true));
	was = probe_socket_swap_limit(getpid(), s[0], false, 0);
	ck_assert_int_eq(was, 2500000000);
	ck_assert(probe_socket_is_patient(getpid(), s[0], false));
	probe_socket_swap_limit(getpid(), s[0], false, was);
	getsockopt(s[0], SOL_SOCKET, SO_RCVTIMEO, &limit, &len);
	ck_assert_int_eq(limit.tv_usec, 500000);
}
END_TEST

START_TEST(what_is_no_socket_is_said_to_be_none)
{
	begin(0);
	ck_assert_int_eq(pipe(s), 0);
	ck_assert_int_eq(probe_socket(getpid(), s[0], &who, &state, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "not a socket"));
	free(why);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("probe_socket");
	SRunner *runner = srunner_create(suite);
	TCase *tc = tcase_create("sockets");
	int failed;

	tcase_set_timeout(tc, 0);	/* a busy machine must not fail it */
	tcase_add_loop_test(tc, bytes_of_a_stream_are_seen_and_stay, 0,
			    LIVE_USERS);
	tcase_add_loop_test(tc, each_datagram_is_seen_and_stays, 0, LIVE_USERS);
	tcase_add_loop_test(tc, the_place_of_peeks_is_left_as_it_was, 0,
			    LIVE_USERS);
	tcase_add_loop_test(tc, descriptors_in_flight_are_counted_and_not_taken,
			    0, LIVE_USERS);
	tcase_add_loop_test(tc, the_two_ways_are_told_apart, 0, LIVE_USERS);
	tcase_add_test(tc, a_queue_and_who_is_in_it);
	tcase_add_loop_test(tc, a_queue_of_tcp, 0, LIVE_USERS);
	tcase_add_loop_test(tc, a_send_waits_when_the_kernel_says_so, 0,
			    LIVE_USERS);
	tcase_add_loop_test(tc, a_limit_of_time_is_taken_away_and_put_back, 0,
			    LIVE_USERS);
	tcase_add_test(tc, what_is_no_socket_is_said_to_be_none);
	suite_add_tcase(suite, tc);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
