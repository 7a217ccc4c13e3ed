/* What flock(2) and fcntl(2) touch: locks, flags, sizes.  */
#include "config.h"

#include "tracer/footprint_inside.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>

void
foot_flocks(struct foot *f)
{
	int op = (int)f->arg[1];
	enum act act = (op & ~LOCK_NB) == LOCK_UN ? ACT_FILE_UNLOCK :
		       op & LOCK_NB ? ACT_FILE_TRY_LOCK : ACT_FILE_LOCK;

	foot_thing(f, act, f->k->thing)->value = (op & LOCK_SH) != 0;
}

static void
lock_range(struct foot *f)
{
	int command = (int)f->arg[1];
	struct touch *touch;
	struct flock l;

	if (memory_read(f->k->tid, f->arg[2], &l, sizeof(l)) != sizeof(l))
		return;
	touch = foot_thing(f, l.l_type == F_UNLCK ? ACT_FILE_UNLOCK :
			   command == F_SETLKW || command == F_OFD_SETLKW ?
			   ACT_FILE_LOCK : ACT_FILE_TRY_LOCK, f->k->thing);
	touch->value = l.l_type == F_RDLCK;
	if (l.l_whence == SEEK_SET && l.l_start >= 0 && l.l_len >= 0) {
		touch->from = (uint64_t)l.l_start;
		touch->to = l.l_len ? touch->from + (uint64_t)l.l_len
				    : UINT64_MAX;
	}
}

/* Whoever uses the object may notice.  */
void
foot_change(struct foot *f, int id)
{
	static const uint8_t acts[KIND_MAX] = {
		[KIND_PIPE] = ACT_PIPE_CONTROL, [KIND_FIFO] = ACT_PIPE_CONTROL,
		[KIND_SOCKET] = ACT_SOCKET_CONTROL,
		[KIND_MQUEUE] = ACT_QUEUE_CONTROL,
		[KIND_EVENTFD] = ACT_COUNTER_CONTROL,
		[KIND_TIMERFD] = ACT_COUNTER_CONTROL,
		[KIND_FILE] = ACT_FILE_RESIZE, [KIND_MEMORY] = ACT_FILE_RESIZE,
	};
	enum act act = id < 0 ? 0 : acts[thing_kind(f->t, id)];

	if (act)
		foot_thing(f, act, id);
}

/* F_SETFL: flags of the description.  */
static void
change_flags(struct foot *f)
{
	foot_change(f, f->k->thing);
}

static void
dup_fd(struct foot *f)
{
	foot_makes_fd(f);
}

static void
size_pipe(struct foot *f)
{
	foot_thing(f, ACT_PIPE_CONTROL, f->k->thing);
}

static void
look_pipe(struct foot *f)
{
	foot_thing(f, ACT_PIPE_LOOK, f->k->thing);
}

static const struct {
	int command;
	foot_fn *does;
} commands[] = {
	{ F_DUPFD, dup_fd }, { F_DUPFD_CLOEXEC, dup_fd },
	{ F_GETFD, foot_nothing }, { F_SETFD, foot_nothing },
	{ F_GETFL, foot_nothing }, { F_SETFL, change_flags },
	{ F_SETLK, lock_range }, { F_SETLKW, lock_range },
	{ F_GETLK, lock_range }, { F_OFD_SETLK, lock_range },
	{ F_OFD_SETLKW, lock_range }, { F_OFD_GETLK, lock_range },
	{ F_SETPIPE_SZ, size_pipe }, { F_GETPIPE_SZ, look_pipe },
};

void
foot_fcntl(struct foot *f)
{
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		if (commands[i].command == (int)f->arg[1]) {
			if (f->k->thing >= 0 ||
			    commands[i].does == foot_nothing)
				commands[i].does(f);
			return;
		}
	foot_unknown(f);
}
