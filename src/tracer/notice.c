/* What a search wants to know of its run: told by those who see it happen.  */
#include "config.h"

#include "event/names.h"
#include "event/sigset.h"
#include "tracer/footprint.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

void
step_done(struct tracing *t, struct task *k)
{
	struct searching *s = t->search;

	/* What is beneath an operation of the C library is a part of it.  */
	if (!s || s->went != k || k->beneath)
		return;
	footprint_after(t, k, s->did);
	s->went = NULL;
}

void
search_entry(struct tracing *t, const struct task *k)
{
	struct searching *s = t->search;

	switch (s && k->call ? k->call->does : DOES_NOTHING) {
	case DOES_MSGGET:
	case DOES_SEMGET:
	case DOES_SHMGET:
	case DOES_MQ_OPEN:
		s->made = true;
		break;
	case DOES_SOCKET:
		s->networked |= k->arg[0] == AF_INET || k->arg[0] == AF_INET6;
		break;
	case DOES_OPEN:
	case DOES_MKNOD:
	case DOES_MKDIR:
	case DOES_SYMLINK:
	case DOES_LINK:
	case DOES_RENAME:
	case DOES_BIND:
		s->named = true;
		break;
	default:
		break;
	}
}

void
search_stir(struct tracing *t)
{
	struct searching *s = t->search;

	if (!s)
		return;
	s->stirred = s->deadly = true;
	s->changes++;
}

bool
search_sleeps_on(const struct task *k)
{
	return k->phase == PHASE_ASLEEP && k->call &&
	       k->call->does == DOES_PAUSE;
}

/* A word is one that stands in a list with spaces between.  */
static bool
has_word(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = words; (p = strstr(p, word)); p += n)
		if ((p == words || p[-1] == ' ') && (!p[n] || p[n] == ' '))
			return true;
	return false;
}

/* Did it tell of its accesses to memory?  */
void
search_program(struct tracing *t, const struct task *k)
{
	struct searching *s = t->search;
	size_t len;

	if (!s || t->quit || k->leader != k || k->has_runtime ||
	    !t->exec_done || !k->program[0] ||
	    has_word(s->plain, k->program))
		return;
	len = strlen(s->plain);
	if (len + strlen(k->program) + 2 <= sizeof(s->plain))
		snprintf(s->plain + len, sizeof(s->plain) - len, "%s%s",
			 len ? " " : "", k->program);
}

/* The parent by its name: "A.1" is a child of "A", "A.1:2" of "A.1".  */
static bool
parent_lives(struct tracing *t, const struct task *k)
{
	char name[NAME_MAX_LEN], *dot;
	struct task *o;

	COPY_STR(name, k->leader->name);
	dot = strrchr(name, '.');
	if (!dot)
		return false;
	*dot = '\0';
	for (o = t->first; o; o = o->next)
		if (o->phase != PHASE_ENDED && strcmp(o->leader->name, name) == 0)
			return true;
	return false;
}

/* Other threads of its process; one that ends the process ends them.  */
bool
search_siblings(struct tracing *t, const struct task *k)
{
	for (struct task *o = t->first; o; o = o->next)
		if (o != k && o->leader == k->leader &&
		    o->phase != PHASE_ENDED)
			return true;
	return false;
}

/* It ends by itself, and the others of its process go on.  */
bool
search_leaves(const struct task *k)
{
	return k->in_call && k->nr == SYS_exit;
}

/* Who was killed in the same step is as good as ended.  */
static void
note_living(struct tracing *t, struct remains *processes)
{
	for (struct task *k = t->first; k; k = k->next)
		if (k->phase != PHASE_ENDED && k->leader == k &&
		    !sigset_has(k->put_down, SIGKILL))
			remains_add(processes, "%s", task_role(t, k).text);
}

/* One that a parent which ignores SIGCHLD has does not wait for anybody, and
 * is not there any more (wait(2), NOTES).  */
void
search_ended(struct tracing *t, struct task *k, int status)
{
	struct searching *s = t->search;

	search_program(t, k);
	s->stirred = true;
	s->changes++;
	s->deadly |= t->config.tty ||
		     (search_siblings(t, k) && !search_leaves(k));
	if (s->went == k)
		s->went = NULL;
	k->gone = k->leader != k || !parent_lives(t, k) ||
		  (kill(k->tid, 0) < 0 && errno == ESRCH);
	if (k->tid == t->first_pid && k->tid == k->pid)
		note_living(t, &s->outlived);
	if (WIFSIGNALED(status) && !s->crash[0] && !t->quit &&
	    !sigset_has(k->leader->put_down, WTERMSIG(status)))
		snprintf(s->crash, sizeof(s->crash), "%s: %s", k->name,
			 signal_name(WTERMSIG(status)));
}
