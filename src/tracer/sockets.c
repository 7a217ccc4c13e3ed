/* Sockets that the subject made, their addresses and connections.  */
#include "config.h"

#include "probe/address.h"
#include "probe/socket.h"
#include "tracer/sockets.h"

#include <arpa/inet.h>
#include <limits.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

struct known {
	int id;			/* of the object */
	int family, type;
	bool listening;
	char local[ADDRESS_MAX_LEN];
	int peer;		/* object, -1 */
	int listener;		/* waits in the queue of that one, -1 */
};

struct sockets {
	int n;
	size_t room;
	struct known *known;
};

void
sockets_free(struct tracing *t)
{
	if (t->sockets)
		free(t->sockets->known);
	free(t->sockets);
	t->sockets = NULL;
}

static struct known *
find(struct tracing *t, int id)
{
	for (int i = t->sockets ? t->sockets->n : 0; i-- > 0;)
		if (t->sockets->known[i].id == id)
			return &t->sockets->known[i];
	return NULL;
}

static struct known *
find_or_add(struct tracing *t, int id)
{
	struct known *s = find(t, id);
	struct sockets *all;

	if (s)
		return s;
	if (!t->sockets)
		t->sockets = xcalloc(1, sizeof(*t->sockets));
	all = t->sockets;
	all->known = xgrow(all->known, &all->room, all->n + 1, sizeof(*s));
	s = &all->known[all->n++];
	*s = (struct known){ .id = id, .peer = -1, .listener = -1 };
	return s;
}

void
sockets_look(struct tracing *t, struct task *k, int fd, int id, char *local)
{
	struct probe_socket who;
	struct known *s;

	if (local)
		local[0] = '\0';
	if (id < 0 || probe_socket(k->tid, fd, &who, NULL, NULL) < 0)
		return;
	s = find_or_add(t, id);
	s->family = who.family;
	s->type = who.type;
	s->listening = who.listening;
	COPY_STR(s->local, who.local);
	if (local)
		copy_str(local, ADDRESS_MAX_LEN, who.local);
}

bool
sockets_is_datagram(struct tracing *t, int id)
{
	struct known *s = find(t, id);

	return s && s->type == SOCK_DGRAM;
}

bool
sockets_is_nameless(struct tracing *t, int id)
{
	struct known *s = find(t, id);

	return s && s->type == SOCK_DGRAM && s->family != AF_UNIX &&
	       !s->local[0];
}

bool
sockets_is_listening(struct tracing *t, int id)
{
	struct known *s = find(t, id);

	return s && s->listening;
}

int
sockets_peer(struct tracing *t, int id)
{
	struct known *s = find(t, id);

	return s ? s->peer : -1;
}

void
sockets_join(struct tracing *t, int from, int to)
{
	find_or_add(t, from)->peer = to;
	if (!sockets_is_datagram(t, from))
		find_or_add(t, to)->peer = from;
}

void
sockets_part(struct tracing *t, int id)
{
	struct known *s = find(t, id);

	if (s)
		s->peer = -1;
}

/* ---- addresses ---- */

static bool
read_address(struct task *k, uint64_t at, uint64_t len,
	     struct sockaddr_storage *a)
{
	memset(a, 0, sizeof(*a));
	if (len > sizeof(*a))
		len = sizeof(*a);
	return len >= sizeof(a->ss_family) &&
	       memory_read(k->tid, at, a, len) == (ssize_t)len;
}

/* The path of an address in AF_UNIX, whole and without links; false for a
 * name that is none.  */
static bool
real_path(struct task *k, const struct sockaddr_storage *a, uint64_t len,
	  char *out)
{
	const struct sockaddr_un *u = (const void *)a;
	size_t head = offsetof(struct sockaddr_un, sun_path);
	char path[PATH_MAX];

	if (a->ss_family != AF_UNIX || len <= head || !u->sun_path[0])
		return false;
	if (u->sun_path[0] == '/')
		snprintf(path, sizeof(path), "%.108s", u->sun_path);
	else
		snprintf(path, sizeof(path), "/proc/%d/cwd/%.108s", k->tid,
			 u->sun_path);
	return realpath(path, out) != NULL;
}

void
sockets_bound(struct tracing *t, struct task *k, int id, uint64_t addr,
	      uint64_t len)
{
	struct sockaddr_storage a;
	char path[PATH_MAX];

	if (id >= 0 && read_address(k, addr, len, &a) &&
	    real_path(k, &a, len, path))
		thing_set_path(t, id, path);
}

static const char *
port_of(const char *address)
{
	const char *colon = strrchr(address, ':');

	return colon ? colon : "";
}

static bool
is_any(const char *address)
{
	return strncmp(address, "0.0.0.0:", 8) == 0 ||
	       strncmp(address, "[::]:", 5) == 0;
}

/* Would what is sent to that address come here?  Who is bound to no address
 * of its own gets what is sent to any (ip(7), INADDR_ANY).  */
static bool
serves(const struct known *s, const char *address)
{
	if (strcmp(s->local, address) == 0)
		return true;
	if (s->family != AF_INET && s->family != AF_INET6)
		return false;
	return s->local[0] && (is_any(s->local) || is_any(address)) &&
	       strcmp(port_of(s->local), port_of(address)) == 0;
}

/* Has anybody the socket open still?  */
static bool
lives(struct tracing *t, int id)
{
	struct task *k;
	int fd;

	return thing_holder(t, id, MODE_READ | MODE_WRITE, &k, &fd);
}

int
sockets_at(struct tracing *t, struct task *k, int from, uint64_t addr,
	   uint64_t len)
{
	struct known *self = find(t, from);
	struct sockaddr_storage a;
	char text[ADDRESS_MAX_LEN], path[PATH_MAX];
	int id;

	if (!self || !addr || !read_address(k, addr, len, &a))
		return -1;
	if (real_path(k, &a, len, path)) {
		id = thing_by_path(t, path);
		return thing_kind(t, id) == KIND_SOCKET ? id : -1;
	}
	address_text(&a, len, text, sizeof(text));
	for (int i = t->sockets->n; i-- > 0;) {
		struct known *s = &t->sockets->known[i];

		if (s->type == self->type && s->id != from &&
		    (s->listening || s->type == SOCK_DGRAM) &&
		    serves(s, text) && lives(t, s->id))
			return s->id;
	}
	return self->type == SOCK_DGRAM && serves(self, text) ? from : -1;
}

/* ---- connections that nobody has accepted yet ---- */

int
sockets_expect(struct tracing *t, struct task *k, int client, int listener)
{
	int id = thing_expect(t, KIND_SOCKET);
	struct known *s = find_or_add(t, id), *l = find(t, listener);
	struct event *e = out_begin(t, k, WHAT_OBJECT);

	s->listener = listener;
	if (l) {
		s->family = l->family;
		s->type = l->type;
	}
	sockets_join(t, client, id);
	COPY_STR(e->object, thing_name(t, id));
	COPY_STR(e->object2, thing_name(t, listener));
	e->kind = KIND_SOCKET;
	out_event(t, e);
	return id;
}

/* The expected far end whose client the kernel names as the peer; where it
 * names none, the first in the queue.  */
static int
expected(struct tracing *t, const struct probe_socket *who, int listener)
{
	int client = who->peer ? thing_by_inode(t, KIND_SOCKET, who->peer)
			       : -1;

	for (int i = 0; t->sockets && i < t->sockets->n; i++) {
		struct known *s = &t->sockets->known[i], *c;

		if (s->listener != listener)
			continue;
		c = find(t, s->peer);
		if (client < 0 && who->family != AF_UNIX && c &&
		    c->local[0] && strcmp(c->local, who->remote) != 0)
			continue;
		if (client < 0 || s->peer == client)
			return s->id;
	}
	return -1;
}

void
sockets_accepted(struct tracing *t, struct task *k, int fd, int listener)
{
	struct probe_socket who;
	char proc[64];
	struct stat st;
	int id;

	snprintf(proc, sizeof(proc), "/proc/%d/fd/%d", k->tid, fd);
	if (stat(proc, &st) < 0 ||
	    probe_socket(k->tid, fd, &who, NULL, NULL) < 0)
		return;
	id = expected(t, &who, listener);
	if (id < 0)
		return;
	find(t, id)->listener = -1;
	thing_arrived(t, id, st.st_dev, st.st_ino);
}

/* ---- the state ---- */

static void
name_item(struct tracing *t, struct object_state *s, int id)
{
	struct state_item *item = object_state_add(s);
	const char *name = thing_name(t, id);

	if (!item)
		return;
	item->data_len = strlen(name) < ITEM_DATA_MAX ? strlen(name)
						      : ITEM_DATA_MAX;
	memcpy(item->data, name, item->data_len);
}

/* The clients in the queue: the kernel names them for UNIX sockets; else they
 * are those that we saw connect, if they are as many.  */
static void
name_queue(struct tracing *t, int id, const struct probe_socket *who,
	   struct object_state *s)
{
	int n = 0;

	if (who->family == AF_UNIX) {
		for (int i = 0; i < who->n_waiting; i++)
			name_item(t, s, thing_by_inode(t, KIND_SOCKET,
						       who->waiting[i]));
		return;
	}
	for (int i = 0; t->sockets && i < t->sockets->n; i++)
		n += t->sockets->known[i].listener == id;
	for (int i = 0; n == s->messages && n && i < t->sockets->n; i++)
		if (t->sockets->known[i].listener == id)
			name_item(t, s, t->sockets->known[i].peer);
}

bool
sockets_state(struct tracing *t, int id, struct task *k, int fd,
	      struct object_state *s)
{
	struct probe_socket who;
	int peer;

	if (probe_socket(k->tid, fd, &who, s, NULL) < 0)
		return false;
	peer = who.peer ? thing_by_inode(t, KIND_SOCKET, who.peer) : -1;
	if (peer < 0 && who.remote[0])
		peer = sockets_peer(t, id);
	COPY_STR(s->peer, thing_name(t, peer));
	if (who.listening)
		name_queue(t, id, &who, s);
	return true;
}
