/*
 * Driven runs inside this process, decided by a function.  A run is what a
 * run of session/ is, made of the same parts: the subject is started, held at
 * points, and each step is a choice that is carried out (choose.c).
 */
#include "config.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "event/names.h"
#include "tracer/accessed.h"
#include "tracer/namespace.h"
#include "tracer/run.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	STEPS_MAX = 100000,
	OUTPUT_MAX = 1 << 20,		/* kept */
	TASKS_AT_ONCE = 500,
	TICK_US = 10000,
};

#define BUSY_NS INT64_C(1000000000)

/* ---- names ---- */

int
driver_number(struct driver *d, const char *name)
{
	for (size_t i = 0; i < d->n_names; i++)
		if (strcmp(d->name[i], name) == 0)
			return (int)i;
	d->name = xgrow(d->name, &d->name_room, d->n_names + 1,
			sizeof(*d->name));
	COPY_STR(d->name[d->n_names], name);
	return (int)d->n_names++;
}

const char *
driver_actor(const struct driver *d, int actor)
{
	return actor >= 0 && (size_t)actor < d->n_names ? d->name[actor]
							: NULL;
}

/* ---- steps ---- */

static void
fill_done(struct driver *d, struct done *done)
{
	struct searching *s = &d->search;

	done->op = d->did;
	done->n_woken = 0;
	for (int i = 0; i < s->n_woken; i++)
		if (s->woken[i] != s->went && !search_sleeps_on(s->woken[i]))
			done->woken[done->n_woken++] =
				driver_number(d, s->woken[i]->name);
}

static void
carry_out(struct driver *d, const struct alternative *a, struct done *done)
{
	struct accessed memory;
	struct searching *s = &d->search;
	struct choice c;

	position_choice(d, a, &c);
	d->did = a->op;
	s->n_woken = 0;
	s->went = task_by_name(d->t, c.actor);
	accessed_before(&memory, s->went, a);
	done->place = s->went ? footprint_place(s->went) : 0;
	done->spot = s->went ? footprint_spot(s->went) : 0;
	done->spot = accessed_mix(&memory, done->spot);
	choose(d->t, &c);
	done->idle = accessed_is_same(&memory);
	fill_done(d, done);
	digest_step(&d->digest, a, &d->did);
}

static enum ending
take_steps(struct driver *d, const struct decider *decider, void *with)
{
	struct position *p = &d->position;
	static struct done done;
	int picked;

	p->step = 0;
	p->last = -1;
	settle(d->t);
	while (d->t->alive > 0 && !d->t->quit) {
		position_look(d);
		bounds_step(d);
		if (d->t->quit)
			return ENDING_CUT;
		if (p->n_alternatives == 0)
			return ENDING_STUCK;
		picked = decider->pick(with, p);
		if (picked < 0 || picked >= p->n_alternatives)
			return ENDING_GIVEN_UP;
		carry_out(d, &p->alternative[picked], &done);
		if (decider->did)
			decider->did(with, p, picked, &done);
		p->last = p->alternative[picked].actor;
		p->step++;
	}
	position_look(d);
	return d->t->alive == 0 && !d->t->quit ? ENDING_OVER : ENDING_CUT;
}

/* ---- a run ---- */

static bool
has_tasks(const struct tracing *t)
{
	for (size_t i = 0; i < ARRAY_SIZE(t->hash); i++)
		if (t->hash[i])
			return true;
	return false;
}

/* Somebody was being born whom nobody has told us of yet.  */
static void
end_strangers(struct driver *d)
{
	DIR *proc = opendir("/proc");
	struct dirent *e;

	while (proc && (e = readdir(proc))) {
		pid_t pid = atoi(e->d_name);

		if (pid > 0 && pid != getpid() && pid != server_pid(d->server)) {
			kill(pid, SIGKILL);
			waitpid(pid, NULL, __WALL);
		}
	}
	if (proc)
		closedir(proc);
}

/* As kill_all() does it, but for the server.  */
void
driver_end_tasks(struct driver *d, struct tracing *t)
{
	bool births = false;
	int status;
	pid_t tid;

	for (size_t i = 0; i < ARRAY_SIZE(t->hash); i++)
		for (struct task *k = t->hash[i]; k; k = k->next_hash) {
			births |= k->in_call && k->call &&
				  k->call->does == DOES_FORK;
			kill(k->tid, SIGKILL);
		}
	if (!d->server) {
		kill_all(t);
		return;
	}
	while (has_tasks(t) && ((tid = waitpid(-1, &status, __WALL)) > 0 ||
				errno == EINTR)) {
		if (tid > 0 && WIFSTOPPED(status))
			kill(tid, SIGKILL);
		else if (tid > 0)
			stop_handle(t, tid, status);
	}
	if (births && d->parts & PART_BIT(PART_PIDS))
		end_strangers(d);
	/* Zombies that nobody waited for are ours now.  */
	while (waitpid(-1, &status, __WALL | WNOHANG) > 0)
		;
}

/* Waits are broken off now and then, to look (settle.c).  */
void
driver_tick(bool on)
{
	const struct timeval every = { 0, on ? TICK_US : 0 };
	const struct itimerval v = { every, every };

	setitimer(ITIMER_REAL, &v, NULL);
}

struct tracing *
driver_tracing(struct driver *d, struct searching *s)
{
	struct tracing *t = xmalloc(sizeof(*t));

	tracing_init(t, &d->config.tracer, -1, -1);
	*s = (struct searching){
		.did = s->did, .refused = refused_begin(s->refused), .changes = 1,
		.busy_ns = d->config.busy_ns, .signals = d->config.signals,
		.strict = d->config.strict,
	};
	t->search = s;
	t->quiet = true;
	t->serves = d->may_serve;
	t->learned = d->learned;
	t->masks = d->may_serve && !t->config.confined ? &d->masks : NULL;
	t->parts = d->parts;
	t->child_signals = d->child_signals;
	memcpy(t->affinity, d->affinity, sizeof(t->affinity));
	t->affinity_len = d->affinity_len;
	return t;
}

void
driver_release(struct tracing *t)
{
	t->child_signals = t->ports = -1;
	free(t->over);
	tracing_release(t);
	free(t);
}

int
driver_execute(struct tracing *t, pid_t last, char **why)
{
	pid_t pid;

	if (t->parts & PART_BIT(PART_PIDS))
		namespace_next_pid(last);
	pid = spawn_subject(t, why);
	if (pid < 0)
		return -1;
	life_first(t, pid);
	return 0;
}

static void
take_output(struct driver *d, struct run_end *end)
{
	struct stat st;
	ssize_t n;

	end->output_len = 0;
	if (fstat(d->output, &st) < 0)
		st.st_size = 0;
	d->printed = st.st_size > 0;
	if (st.st_size > OUTPUT_MAX)
		st.st_size = OUTPUT_MAX;
	if (d->text_room < (size_t)st.st_size + 1) {
		d->text_room = (size_t)st.st_size + 1;
		d->text = xrealloc(d->text, d->text_room);
	}
	n = d->printed ? pread(d->output, d->text, st.st_size, 0) : 0;
	end->output_len = n > 0 ? n : 0;
	d->text[end->output_len] = '\0';
	end->output = d->text;
}

void
driver_drop_server(struct driver *d)
{
	server_end(d->server);
	d->server = NULL;
}

/* Connections that were closed keep their ports for a minute (tcp(7)).  */
static void
renew_network(struct driver *d)
{
	if (d->ports < 0 || !namespace_renew(PART_NET))
		return;
	close(d->ports);
	d->ports = namespace_ports();
	driver_drop_server(d);
}

static void
finish(struct driver *d, struct run_end *end)
{
	struct tracing *t = d->t;

	if (!t)
		return;
	t->quit = true;		/* whoever dies now was killed by us */
	d->search.event = NULL;
	driver_end_tasks(d, t);
	if (!server_take_back(d->server)) {
		d->may_lend = false;
		driver_drop_server(d);
	}
	if (masks_settle(&d->masks)) {
		filter_pass(SYS_rt_sigprocmask, d->masks.at, d->masks.n);
		driver_drop_server(d);
	}
	d->has_runtime |= d->search.has_runtime;
	d->taught = d->search.taught;
	place_note(d);
	driver_release(t);
	d->t = NULL;
	take_output(d, end);
	if (d->search.networked)
		renew_network(d);
	remains_clear(d, &end->left);
	if (d->folder)
		folder_restore(d->folder, &end->left);
	if (d->temporary)
		folder_restore(d->temporary, &end->left);
	digest_add(&d->digest, &end->how, sizeof(end->how));
	digest_add(&d->digest, &end->status, sizeof(end->status));
	digest_add(&d->digest, end->output, end->output_len);
	end->digest = d->digest;
}

/* A script without its interpreter, a file that is no program (execve(2)).  */
static int
refuse_execution(const struct driver *d, char **why)
{
	return fail(why, _("%s cannot be executed: it is no program for this "
			   "machine, or its interpreter is not there"),
		    d->config.tracer.argv[0]);
}

int
driver_run(struct driver *d, const struct decider *decider, void *with,
	   struct run_end *end, char **why)
{
	bool executed = true;
	int rc;

	memset(end, 0, sizeof(*end));
	place_free(d);
	driver_tick(true);
	rc = driver_begin(d, decider, with, why);
	if (rc == 0) {
		bounds_begin(d);
		end->how = take_steps(d, decider, with);
		bounds_end(d);
		run_end_note(d, end);
		executed = d->t->exec_done || d->t->alive > 0;
	}
	driver_tick(false);
	finish(d, end);
	return executed ? rc : refuse_execution(d, why);
}

/* ---- all runs ---- */

static void
fill_defaults(struct driver *d)
{
	struct driver_config *c = &d->config;

	c->tracer.driven = c->tracer.looks = true;
	c->tracer.sources = c->tracer.check = false;
	c->tracer.output = d->output;
	c->tracer.left = NULL;
	if (c->steps_max <= 0)
		c->steps_max = STEPS_MAX;
	if (c->busy_ns <= 0)
		c->busy_ns = BUSY_NS;
	if (c->tracer.tasks_max <= 0)
		c->tracer.tasks_max = TASKS_AT_ONCE;
}

/* Objects that are not in namespaces of ours are noted as they are made.  */
static int
prepare_left(struct driver *d, char **why)
{
	if ((d->parts & PARTS_ISOLATED) == PARTS_ISOLATED)
		return 0;
	d->left_folder = path_temporary(why);
	if (!d->left_folder)
		return -1;
	d->left_list = xasprintf("%s/%s", d->left_folder, left_name);
	return 0;
}

static void
on_tick(int signal)
{
	(void)signal;
}

static void
take_signals(void)
{
	struct sigaction sa = { .sa_handler = on_tick };
	static const int ours[] = { SIGPIPE, SIGINT, SIGTSTP, SIGTTOU };

	for (size_t i = 0; i < ARRAY_SIZE(ours); i++)
		signal(ours[i], SIG_IGN);
	signal(SIGCHLD, SIG_DFL);
	sigaction(SIGALRM, &sa, NULL);
}

/* It is put back already.  */
static bool
is_temporary(const char *cwd)
{
	return cwd && (strcmp(cwd, "/tmp") == 0 ||
		       strncmp(cwd, "/tmp/", 5) == 0);
}

struct driver *
driver_open(const struct driver_config *c, char **why)
{
	struct driver *d = xcalloc(1, sizeof(*d));
	static struct tracing scratch;
	bool mounts;

	d->config = *c;
	d->child_signals = d->ports = -1;
	d->may_serve = d->may_tell = true;
	d->may_lend = !c->tracer.confined;
	d->learned = learned_new();
	d->search.did = &d->did;
	d->search.refused = &d->refused;
	d->parts = namespace_mine(&mounts);
	d->output = memfd_create("output", MFD_CLOEXEC);
	fill_defaults(d);
	if (c->input && (d->input = input_keep(c->input, why)) < 0)
		goto failed;
	d->config.tracer.input = d->input;
	if (tracer_refuses(&d->config.tracer, why) < 0)
		goto failed;
	if (d->output < 0 || listen_to_children(&scratch) < 0) {
		fail(why, _("cannot prepare for runs: %s"), strerror(errno));
		goto failed;
	}
	d->child_signals = scratch.child_signals;
	if (prepare_left(d, why) < 0)
		goto failed;
	if (d->parts & PART_BIT(PART_NET))
		d->ports = namespace_ports();
	if (mounts && c->tracer.cwd)
		d->folder = folder_open(c->tracer.cwd, &d->folder_why);
	if (mounts && c->tracer.confined && !is_temporary(c->tracer.cwd))
		d->temporary = folder_open("/tmp", NULL);
	take_signals();
	filter_prepare(c->tracer.confined);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	scratch.config.processor = c->tracer.processor;
	spawn_pin(&scratch);
	memcpy(d->affinity, scratch.affinity, sizeof(d->affinity));
	d->affinity_len = scratch.affinity_len;
	return d;
failed:
	driver_close(d);
	return NULL;
}

void
driver_close(struct driver *d)
{
	if (!d)
		return;
	if (d->ports >= 0)
		close(d->ports);
	server_end(d->server);
	learned_free(d->learned);
	if (d->output >= 0)
		close(d->output);
	if (d->input > 0)
		close(d->input);
	if (d->child_signals >= 0)
		close(d->child_signals);
	if (d->left_folder)
		path_remove_tree(d->left_folder, NULL);
	folder_close(d->folder);
	folder_close(d->temporary);
	place_free(d);
	refused_free(&d->refused);
	free(d->folder_why);
	free(d->left_folder);
	free(d->left_list);
	free(d->text);
	free(d->name);
	free(d->position.standing);
	free(d->position.alternative);
	free(d);
}

/* ---- what is known of the program ---- */

bool
driver_has_runtime(const struct driver *d)
{
	return d->has_runtime;
}

bool
driver_learned(struct driver *d)
{
	return d->taught;
}

void
driver_learned_write(const struct driver *d, struct buf *out)
{
	learned_write(d->learned, out);
}

/* The server cannot forget.  */
int
driver_learned_read(struct driver *d, const char *words)
{
	driver_drop_server(d);
	/* Nothing was learned yet. */
	return learned_read(d->learned, *words ? words : NOTHING_LEARNED);
}
