/* What an actor would do next, in a sentence.  */
#include "config.h"

#include "base/i18n.h"
#include "world/inside.h"

#include <string.h>

const char *
plan_text(const struct plan *p, const char *name, char *out, size_t room)
{
	out[0] = '\0';
	event_arg(p->e, name, out, room);
	return out;
}

static bool
is_socket(const struct plan *p)
{
	return p->a->object >= 0 &&
	       p->w->object[p->a->object].kind == KIND_SOCKET;
}

static void
next_read(const struct plan *p, struct buf *out)
{
	long long count = event_arg_int(p->e, "count", -1);

	if (is_socket(p))
		next_receive(p, out);
	else if (count >= 0)
		buf_addf(out, _("%s would read up to %lld bytes from %s."),
			 p->who, count, p->object);
	else
		buf_addf(out, _("%s would read from %s."), p->who, p->object);
}

static void
next_write(const struct plan *p, struct buf *out)
{
	long long count = event_arg_int(p->e, "count", -1);

	if (is_socket(p))
		next_send(p, out);
	else if (count >= 0)
		buf_addf(out, _("%s would write %lld bytes into %s."), p->who,
			 count, p->object);
	else
		buf_addf(out, _("%s would write into %s."), p->who, p->object);
}

static void
next_open(const struct plan *p, struct buf *out)
{
	char flags[256], path[PATH_MAX_LEN];

	plan_text(p, "flags", flags, sizeof(flags));
	plan_text(p, "pathname", path, sizeof(path));
	buf_addf(out, strstr(flags, "O_RDWR") ?
		 _("%s would open %s for reading and writing.") :
		 strstr(flags, "O_WRONLY") ?
		 _("%s would open %s for writing.") :
		 _("%s would open %s for reading."), p->who, path);
}

static void
next_close(const struct plan *p, struct buf *out)
{
	int fd = event_arg_int(p->e, "fd", -1);
	const struct descriptor *d = p->a->fds ?
		descriptors_get(p->a->fds, fd) : NULL;
	const char *name;

	if (!d || d->object < 0) {
		buf_addf(out, _("%s would close descriptor %d."), p->who, fd);
		return;
	}
	name = p->w->object[d->object].name;
	if (!object_is_pipe(&p->w->object[d->object]))
		buf_addf(out, _("%s would close descriptor %d (%s)."), p->who,
			 fd, name);
	else
		buf_addf(out, d->mode == MODE_WRITE ?
			 _("%s would close descriptor %d, a write end of %s.") :
			 _("%s would close descriptor %d, a read end of %s."),
			 p->who, fd, name);
}

static void
next_pipe(const struct plan *p, struct buf *out)
{
	buf_addf(out, _("%s would make a pipe."), p->who);
}

static void
next_fork(const struct plan *p, struct buf *out)
{
	char flags[256];

	if (!plan_text(p, "flags", flags, sizeof(flags))[0])
		plan_text(p, "cl_args", flags, sizeof(flags));
	buf_addf(out, strstr(flags, "CLONE_THREAD") ?
		 _("%s would start a thread.") :
		 _("%s would make a new process."), p->who);
}

static void
next_exec(const struct plan *p, struct buf *out)
{
	char path[PATH_MAX_LEN];

	buf_addf(out, _("%s would become another program: %s."), p->who,
		 plan_text(p, "pathname", path, sizeof(path)));
}

static void
next_exit(const struct plan *p, struct buf *out)
{
	buf_addf(out, _("%s would end with %d."), p->who,
		 (int)event_arg_int(p->e, "status", 0));
}

static void
next_wait(const struct plan *p, struct buf *out)
{
	long long pid = event_arg_int(p->e, "pid",
				      event_arg_int(p->e, "id", -1));

	for (int i = 0; pid > 0 && i < p->w->n_actors; i++)
		if (p->w->actor[i].pid == pid &&
		    p->w->actor[i].state != ACTOR_GONE) {
			buf_addf(out, _("%s would wait for the end of %s."),
				 p->who, p->w->actor[i].role);
			return;
		}
	buf_addf(out, _("%s would wait for the end of a child."), p->who);
}

static void
next_sleep(const struct plan *p, struct buf *out)
{
	buf_addf(out, _("%s would sleep."), p->who);
}

static void
next_dup(const struct plan *p, struct buf *out)
{
	int from = event_arg_int(p->e, "oldfd", -1);
	int to = event_arg_int(p->e, "newfd", -1);

	if (to >= 0)
		buf_addf(out, _("%s would make descriptor %d a copy of "
				"descriptor %d."), p->who, to, from);
	else
		buf_addf(out, _("%s would copy descriptor %d."), p->who, from);
}

static void
next_rename(const struct plan *p, struct buf *out)
{
	char from[PATH_MAX_LEN], to[PATH_MAX_LEN];

	buf_addf(out, _("%s would rename %s to %s."), p->who,
		 plan_text(p, "oldpath", from, sizeof(from)),
		 plan_text(p, "newpath", to, sizeof(to)));
}

static void
next_unlink(const struct plan *p, struct buf *out)
{
	char path[PATH_MAX_LEN];

	buf_addf(out, _("%s would remove %s."), p->who,
		 plan_text(p, "pathname", path, sizeof(path)));
}

static void
next_poll(const struct plan *p, struct buf *out)
{
	buf_addf(out, _("%s would ask which of its descriptors are ready "
			"(%s)."), p->who, p->call);
}

static void
next_join(const struct plan *p, struct buf *out)
{
	char thread[NAME_MAX_LEN];
	int other = world_actor(p->w, plan_text(p, "thread", thread,
						sizeof(thread)));

	if (other >= 0)
		buf_addf(out, _("%s would wait for the end of %s."), p->who,
			 p->w->actor[other].role);
	else
		buf_addf(out, _("%s would wait for the end of a thread."),
			 p->who);
}

static void
next_other(const struct plan *p, struct buf *out)
{
	if (p->a->object >= 0)
		buf_addf(out, _("%s would call %s on %s."), p->who, p->call,
			 p->object);
	else
		buf_addf(out, _("%s would call %s."), p->who, p->call);
}

/* Beginnings of calls' names.  */
static const struct {
	const char *start;
	next_fn *tell;
} nexts[] = {
	{ "read", next_read }, { "pread", next_read },
	{ "write", next_write }, { "pwrite", next_write },
	{ "open", next_open }, { "creat", next_open },
	{ "close", next_close },
	{ "pipe", next_pipe },
	{ "fork", next_fork }, { "vfork", next_fork }, { "clone", next_fork },
	{ "exec", next_exec },
	{ "exit", next_exit },
	{ "wait", next_wait },
	{ "nanosleep", next_sleep }, { "clock_nanosleep", next_sleep },
	{ "dup", next_dup },
	{ "semop", next_semop }, { "semtimedop", next_semop },
	{ "mmap", next_mmap }, { "munmap", next_unmap },
	{ "load", next_access }, { "store", next_access },
	{ "rmw", next_access },
	{ "msync", next_msync },
	{ "ftruncate", next_truncate },
	{ "shmget", next_shmget }, { "shmat", next_shmat },
	{ "shmdt", next_unmap }, { "shmctl", next_shmctl },
	{ "rename", next_rename },
	{ "unlink", next_unlink },
	{ "socket", next_socket }, { "bind", next_bind },
	{ "listen", next_listen }, { "accept", next_accept },
	{ "connect", next_connect }, { "shutdown", next_shutdown },
	{ "sendto", next_send }, { "sendmsg", next_send },
	{ "sendmmsg", next_send }, { "recv", next_receive },
	{ "load", next_access }, { "store", next_access },
	{ "rmw", next_access },
	{ "pthread_join", next_join }, { "pthread_create", next_thread },
	{ "sem_init", next_sem_init }, { "sem_open", next_sem_open },
	{ "sem_unlink", next_sem_unlink },
	{ "sem_wait", next_sem_take }, { "sem_timedwait", next_sem_take },
	{ "sem_trywait", next_sem_take }, { "sem_clockwait", next_sem_take },
	{ "sem_post", next_sem_give },
	{ "pthread_mutex_lock", next_lock },
	{ "pthread_mutex_timedlock", next_lock },
	{ "pthread_mutex_clocklock", next_lock },
	{ "pthread_mutex_trylock", next_lock },
	{ "pthread_spin_lock", next_lock },
	{ "pthread_spin_trylock", next_lock },
	{ "pthread_mutex_unlock", next_unlock },
	{ "pthread_spin_unlock", next_unlock },
	{ "pthread_rwlock_unlock", next_unlock },
	{ "pthread_rwlock_rdlock", next_read_lock },
	{ "pthread_rwlock_tryrdlock", next_read_lock },
	{ "pthread_rwlock_timedrdlock", next_read_lock },
	{ "pthread_rwlock_wrlock", next_write_lock },
	{ "pthread_rwlock_trywrlock", next_write_lock },
	{ "pthread_rwlock_timedwrlock", next_write_lock },
	{ "pthread_cond_wait", next_cond_wait },
	{ "pthread_cond_timedwait", next_cond_wait },
	{ "pthread_cond_clockwait", next_cond_wait },
	{ "pthread_cond_signal", next_signal_one },
	{ "pthread_cond_broadcast", next_signal_all },
	{ "pthread_barrier_wait", next_meet },
	{ "poll", next_poll }, { "ppoll", next_poll },
	{ "select", next_poll }, { "pselect", next_poll },
	{ "epoll_wait", next_poll }, { "epoll_pwait", next_poll },
	{ "msgget", next_msgget }, { "msgctl", next_msgctl },
	{ "msgsnd", next_queue_send }, { "mq_timedsend", next_queue_send },
	{ "msgrcv", next_queue_receive },
	{ "mq_timedreceive", next_queue_receive },
	{ "mq_open", next_mq_open }, { "mq_unlink", next_mq_unlink },
	{ "mq_notify", next_mq_notify },
};

static void
tell_plan(const struct plan *p, struct buf *out)
{
	/* readlink and others begin like calls that they are not. */
	for (size_t i = 0; i < ARRAY_SIZE(nexts); i++) {
		size_t n = strlen(nexts[i].start);

		if (strncmp(p->a->call, nexts[i].start, n) == 0 &&
		    strncmp(p->a->call, "readlink", 8) != 0 &&
		    strncmp(p->a->call, "close_range", 11) != 0) {
			nexts[i].tell(p, out);
			return;
		}
	}
	next_other(p, out);
}

void
world_next(const struct world *w, int actor, struct buf *out)
{
	static struct event e;
	const struct actor *a;
	struct plan p = { .w = w, .e = &e };
	struct buf call = BUF_INIT;
	struct wait wait;

	if (actor < 0 || actor >= w->n_actors)
		return;
	a = &w->actor[actor];
	if (a->state != ACTOR_READY)
		return;
	if (!a->call[0]) {
		buf_addf(out, _("%s would go on."), a->role);
		return;
	}
	event_init(&e, WHAT_POINT);
	COPY_STR(e.args, a->args);
	event_call_name(&call, a->call, a->args);
	p.call = buf_str(&call);
	p.a = a;
	p.who = a->role;
	p.object = "?";
	if (a->object >= 0)
		p.object = w->object[a->object].kind == KIND_FIFO ?
			   w->object[a->object].name :
			   world_title(w, a->object);
	if (!signals_next(w, actor, &e, out))
		tell_plan(&p, out);
	buf_release(&call);
	if (wait_of(w, actor, &wait))
		buf_adds(out, _(" It would have to wait."));
	signals_wait_for(w, actor, out);
}
