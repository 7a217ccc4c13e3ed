/* Objects: found by name, shown by the kernel, worked on by calls.  */
#include "config.h"

#include "world/inside.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const struct kind kinds[KIND_MAX] = {
	[KIND_PIPE] = { NULL, pipe_probed, pipe_check, pipe_peek },
	[KIND_FIFO] = { NULL, pipe_probed, pipe_check, pipe_peek },
	[KIND_FILE] = { NULL, file_probed, file_check },

	/* message queues: queue.c */
	[KIND_QUEUE] = { queue_called, queue_probed, queue_check },
	[KIND_MQUEUE] = { queue_called, queue_probed, queue_check },

	/* shared memory: memory.c */
	[KIND_MEMORY] = { memory_called, memory_probed, memory_check,
			  memory_content },

	/* semaphores and locks: semaphore.c */
	[KIND_SEMAPHORE_SET] = { semaphore_set_called, semaphore_set_probed,
				 semaphore_set_check },
	[KIND_SEMAPHORE] = { semaphore_called, semaphore_probed },
	[KIND_MUTEX] = { lock_called },
	[KIND_RWLOCK] = { lock_called },
	[KIND_CONDITION] = { condition_called },
	[KIND_BARRIER] = { barrier_called },

	/* sockets: socket.c */
	[KIND_SOCKET] = { socket_called, socket_probed, socket_check,
			  pipe_peek },

	/* counters and other descriptors: counter.c */
	[KIND_EVENTFD] = { eventfd_called, eventfd_probed, eventfd_check },
};

static unsigned
hash(const char *name)
{
	unsigned h = 5381;

	while (*name)
		h = h * 33 + (unsigned char)*name++;
	return h % OBJECT_BUCKETS;
}

static int
find(const struct world *w, const char *name)
{
	int o = w->history->bucket[hash(name)];

	while (o >= 0 && strcmp(w->object[o].name, name) != 0)
		o = w->object[o].next;
	return o;
}

void *
object_own(struct object *o, size_t size)
{
	if (!object_has_own(o, size)) {
		free(o->own);
		o->own = xcalloc(1, size);
		o->own_size = size;
		o->own_kind = o->kind;
	}
	return o->own;
}

const void *
object_has_own(const struct object *o, size_t size)
{
	return o->own_kind == o->kind && o->own_size == size ? o->own : NULL;
}

/* The path as seen from the folder that the run began in.  */
static const char *
path_within(const struct world *w, const char *path)
{
	const char *cwd = w->history->cwd;
	size_t n = strlen(cwd);

	while (n > 0 && cwd[n - 1] == '/')
		n--;
	if (cwd[0] == '/' && strncmp(path, cwd, n) == 0 && path[n] == '/' &&
	    path[n + 1])
		path += n + 1;
	while (strncmp(path, "./", 2) == 0)
		path += 2;
	return path;
}

bool
world_same_path(const struct world *w, const char *a, const char *b)
{
	return strcmp(path_within(w, a), path_within(w, b)) == 0;
}

int
world_object(const struct world *w, const char *name)
{
	int o = name[0] ? find(w, name) : -1, gone = -1;

	if (o >= 0)
		return o;
	/* Of several that bore the path, the one that bears it now. */
	for (int i = w->n_objects - 1; i >= 0; i--) {
		const char *path = w->object[i].path;

		if (!path[0] || !world_same_path(w, path, name))
			continue;
		if (!w->object[i].removed)
			return i;
		if (gone < 0)
			gone = i;
	}
	return gone;
}

/* "pipe 1" -> KIND_PIPE.  */
static enum object_kind
kind_of_name(const char *name)
{
	for (int k = KIND_NONE + 1; k < KIND_MAX; k++) {
		const char *kind = object_kind_name(k);
		size_t n = strlen(kind);

		if (strncmp(name, kind, n) == 0 && name[n] == ' ' &&
		    isdigit((unsigned char)name[n + 1]))
			return k;
	}
	return KIND_OTHER;
}

int
object_find_or_add(struct world *w, const char *name)
{
	int id = find(w, name);
	struct object *o;
	unsigned h = hash(name);

	if (id >= 0)
		return id;
	w->object = xgrow(w->object, &w->room_objects, w->n_objects + 1,
			  sizeof(*w->object));
	id = w->n_objects++;
	o = &w->object[id];
	memset(o, 0, sizeof(*o));
	COPY_STR(o->name, name);
	o->kind = kind_of_name(name);
	o->first_n = w->n;
	o->capacity = o->size = -1;
	o->content_len = -1;
	o->last_writer = o->last_reader = -1;
	o->peer = -1;
	o->socket.queue = -1;
	o->socket.backlog = -1;
	o->value = NO_VALUE;
	object_state_init(&o->probed);
	o->next = w->history->bucket[h];
	w->history->bucket[h] = id;
	return id;
}

bool
world_is_system_path(const char *path)
{
	static const char *const folders[] = {
		"/usr/", "/lib/", "/lib32/", "/lib64/", "/etc/", "/proc/",
		"/sys/", "/dev/", "/bin/", "/sbin/", "/run/", "/var/",
	};

	/* What programs share on purpose is not the system's. */
	if (strncmp(path, "/dev/shm/", 9) == 0 ||
	    strncmp(path, "/dev/mqueue/", 12) == 0 ||
	    strncmp(path, "/var/tmp/", 9) == 0)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++)
		if (strncmp(path, folders[i], strlen(folders[i])) == 0)
			return true;
	return false;
}

void
object_appears(struct world *w, const struct event *e, int a)
{
	struct object *o;
	int id;

	(void)a;
	if (!e->object[0])
		return;
	id = object_find_or_add(w, e->object);
	o = &w->object[id];
	if (e->kind != KIND_NONE)
		o->kind = e->kind;
	if (e->path[0])
		COPY_STR(o->path, e->path);
	o->system = o->kind != KIND_TERMINAL &&
		    world_is_system_path(o->path);
	if (o->kind == KIND_SOCKET && e->object2[0]) {
		socket_appears(w, id, e);
		o = &w->object[id];
	}
	/* What was in it before the run began, only the kernel knows. */
	if (e->state.known)
		object_probed(w, id, &e->state);
}

void
object_probed(struct world *w, int id, const struct object_state *s)
{
	struct object *o = &w->object[id];

	if (kinds[o->kind].probed)
		kinds[o->kind].probed(w, id, s);
	object_state_copy(&o->probed, s);
	if (o->kind == KIND_MEMORY)	/* its zeros were left out */
		o->probed.content_len = -1;
	o->probed.known = true;
	o->probed_n = w->n;
	if (s->capacity >= 0)
		o->capacity = s->capacity;
	if (s->size < 0 || o->kind != KIND_FILE)
		return;
	if (o->size < 0)
		o->size = s->size;
	if (s->size == 0 && o->content_len < 0)
		o->content_len = 0;
}

/* ---- what calls do to objects ---- */

/* Standard output and standard error may be a terminal, or the pipe or file
 * that was put in its place before the run.  */
static bool
is_output(struct object *o, int fd)
{
	if (o->kind == KIND_TERMINAL)
		return true;
	if (!o->made && (fd == 1 || fd == 2))
		o->output = true;
	return o->output;
}

static void
wrote(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id];
	int len = e->data_len > 0 ? e->data_len : 0;

	if (is_output(o, e->fd) && len > 0)
		history_printed(w, a, e->data, len);
	if (object_is_pipe(o)) {
		int64_t told = w->actor[a].ahead < e->bytes ?
			       w->actor[a].ahead : e->bytes;
		int skip = told < len ? (int)told : len;

		pipe_in(w, id, a, e->bytes - told, e->data + skip, len - skip);
		return;
	}
	o->last_writer = a;
	o->last_write_n = o->changed_n = w->n;
	if (o->kind == KIND_FILE)
		file_moved(w, id, e, a);
}

static void
read_from(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id];

	if (object_is_pipe(o)) {
		pipe_out(w, id, a, e->bytes);
		return;
	}
	o->last_reader = a;
	if (o->kind == KIND_FILE)
		file_moved(w, id, e, a);
}

/* splice, tee, sendfile, copy_file_range: from object to object2.  */
static void
moved_between(struct world *w, int from, const struct event *e, int a)
{
	struct object *to;
	char data[64];
	int n = 0, id = object_find_or_add(w, e->object2);

	if (object_is_pipe(&w->object[from]))
		n = pipe_peek(&w->object[from], data, sizeof(data));
	if (n > e->bytes)
		n = e->bytes;
	if (strcmp(e->call, "tee") == 0)
		;	/* leaves what it copies (tee(2)) */
	else if (object_is_pipe(&w->object[from]))
		pipe_out(w, from, a, e->bytes);
	else
		w->object[from].last_reader = a;
	to = &w->object[id];
	if (object_is_pipe(to)) {
		pipe_in(w, id, a, e->bytes, data, n);
		return;
	}
	if (to->kind == KIND_SOCKET) {
		socket_sent(w, id, e, a, data, n);
		return;
	}
	if (to->kind == KIND_TERMINAL && n > 0)
		history_printed(w, a, data, n);
	to->last_writer = a;
	to->last_write_n = to->changed_n = w->n;
	to->content_len = to->size = -1;
}

static void
pipe_resized(struct world *w, int id, const struct event *e)
{
	char cmd[32] = "";

	if (event_arg(e, "cmd", cmd, sizeof(cmd)) && e->result > 0 &&
	    (strcmp(cmd, "F_SETPIPE_SZ") == 0 ||
	     strcmp(cmd, "F_GETPIPE_SZ") == 0))
		w->object[id].capacity = e->result;
}

/* Calls by name, where bytes and end do not say all.  */
static const struct {
	const char *start;	/* of the call's name */
	void (*effect)(struct world *w, int id, const struct event *e, int a);
} effects[] = {
	{ "open", file_opened },
	{ "creat", file_opened },
	{ "truncate", file_truncated },
	{ "ftruncate", file_truncated },
	{ "link", semaphore_linked },
	{ "mmap", mapping_made },
	{ "munmap", mapping_removed },
	{ "mremap", mapping_moved },
	{ "mprotect", mapping_protected },
	{ "shmat", mapping_attached },
	{ "shmdt", mapping_detached },
};

/* The sockets of its connections bear the name of the one that listens.  */
static void
name_removed(struct world *w, int id)
{
	w->object[id].removed = true;
	if (w->object[id].kind != KIND_SOCKET || !w->object[id].path[0])
		return;
	for (int i = 0; i < w->n_objects; i++)
		if (w->object[i].kind == KIND_SOCKET &&
		    world_same_path(w, w->object[i].path, w->object[id].path))
			w->object[i].removed = true;
}

static void
named_effect(struct world *w, int id, const struct event *e, int a)
{
	if (strcmp(e->call, "fcntl") == 0)
		pipe_resized(w, id, e);
	else if (strncmp(e->call, "unlink", 6) == 0)
		name_removed(w, id);
	for (size_t i = 0; i < ARRAY_SIZE(effects); i++)
		if (strncmp(e->call, effects[i].start,
			    strlen(effects[i].start)) == 0)
			effects[i].effect(w, id, e, a);
}

void
object_called(struct world *w, const struct event *e, int a)
{
	int id;

	if (e->error) {
		id = e->object[0] ? object_find_or_add(w, e->object) : -1;
		if (id >= 0 && w->object[id].kind == KIND_SOCKET)
			socket_failed(w, id, e, a);
		else if (id >= 0 && (w->object[id].kind == KIND_QUEUE ||
				     w->object[id].kind == KIND_MQUEUE))
			queue_failed(w, id, e, a);
		else if (id >= 0 && w->object[id].kind == KIND_MUTEX)
			lock_failed(w, id, e, a);
		else if (id >= 0 && w->object[id].kind == KIND_CONDITION)
			condition_failed(w, id, e, a);
		return;
	}
	if (strncmp(e->call, "rename", 6) == 0) {
		file_renamed(w, e);
		return;
	}
	if (strcmp(e->call, "sem_unlink") == 0)
		semaphore_unlinked(w, e);
	if (!e->object[0])
		return;
	id = object_find_or_add(w, e->object);
	named_effect(w, id, e, a);
	if (kinds[w->object[id].kind].called) {
		kinds[w->object[id].kind].called(w, id, e, a);
		return;
	}
	if (e->bytes < 0)
		return;
	if (e->object2[0])
		moved_between(w, id, e, a);
	else if (e->end == MODE_WRITE)
		wrote(w, id, e, a);
	else if (e->end == MODE_READ)
		read_from(w, id, e, a);
}

/* ---- asking ---- */

int
world_content(const struct world *w, int object, char *out, int room,
	      bool *derived)
{
	const struct object *o;
	int n;

	if (derived)
		*derived = true;
	if (object < 0 || object >= w->n_objects)
		return 0;
	o = &w->object[object];
	if (o->probed.content_len >= 0 && o->probed_n >= o->changed_n) {
		if (derived)
			*derived = false;
		n = o->probed.content_len < room ? o->probed.content_len
						 : room;
		memcpy(out, o->probed.content, n);
		return n;
	}
	if (kinds[o->kind].content)
		return kinds[o->kind].content(o, out, room);
	n = o->content_len < room ? o->content_len : room;
	if (n <= 0)
		return 0;
	memcpy(out, o->content, n);
	return n;
}
