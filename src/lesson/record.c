/*
 * Making the recordings of a lesson.  An experiment is run in several orders
 * until its goal is reached: the default, then with each actor of its cast
 * preferred, then those of the lesson's claims about the same.  What is written down has no more in it than a reader needs: not
 * how libraries were found, nor where this machine has its folders.
 */
#include "config.h"

#include "lesson/recording.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "base/save.h"
#include "compiler/compiler.h"
#include "lesson/claim.h"
#include "lesson/experiment.h"
#include "lesson/recording_inside.h"
#include "session/plan.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

enum {
	STEPS_MAX = 300,	/* a run without a goal, or that misses it */
	STEP_MS = 60000,
	ORDERS_MAX = 40,
	BYTES_GOOD = 30000,	/* a recording beyond that has its contents
				   shortened... */
	SHORT = 64,		/* ...to this */
};

static const char folder_shown[] = "/lesson";

/* "Linux 6.18.44 x86_64": without what a distribution adds.  */
static void
name_system(char *out, size_t room)
{
	struct utsname u;
	char *name;

	uname(&u);
	u.release[strspn(u.release, "0123456789.")] = '\0';
	name = xasprintf("%s %s %s", u.sysname, u.release, u.machine);
	copy_str(out, room, name);
	free(name);
}

/* ---- the orders ---- */

struct orders {
	int n;
	char *text[ORDERS_MAX];
};

static void
add_order(struct orders *o, char *text)
{
	if (o->n < ORDERS_MAX)
		o->text[o->n++] = text;
	else
		free(text);
}

/* All but one, in their order; it comes when they cannot go.  */
static char *
all_before(char *const *actor, int n, int last)
{
	struct buf order = BUF_INIT;

	for (int i = 0; i < n; i++)
		if (i != last)
			buf_addf(&order, "%s%s", order.len ? ", " : "first ",
				 actor[i]);
	return buf_take(&order);
}

/* "A=writer,A.1=reader": the default, each of them first, each of them last,
 * and each pair.  */
static void
make_orders(struct orders *o, const char *cast)
{
	char *actor[4], *copy = xstrdup(cast ? cast : ""), *rest = copy, *word;
	int n = 0;

	add_order(o, xstrdup(""));
	while (n < (int)ARRAY_SIZE(actor) && (word = strsep(&rest, ","))) {
		word += strspn(word, " \t");
		word[strcspn(word, " \t=")] = '\0';
		if (*word)
			actor[n++] = word;
	}
	for (int i = 0; i < n; i++)
		add_order(o, xasprintf("first %s", actor[i]));
	for (int i = 0; n > 2 && i < n; i++)
		add_order(o, all_before(actor, n, i));
	for (int i = 0; n > 2 && i < n; i++)
		for (int j = 0; j < n; j++)
			if (i != j)
				add_order(o, xasprintf("first %s, %s",
						       actor[i], actor[j]));
	free(copy);
}

static void
orders_release(struct orders *o)
{
	for (int i = 0; i < o->n; i++)
		free(o->text[i]);
	o->n = 0;
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* The schedules by which the lesson's claims run the same.  */
static void
add_claimed(struct orders *o, const struct lesson *l, const struct setup *s)
{
	for (size_t i = 0; i < l->n; i++)
		for (size_t j = 0; j < l->step[i].n; j++) {
			const struct part *part = &l->step[i].part[j];
			struct setup of;

			if (part->kind != PART_CLAIM ||
			    !part->claim->schedule.text)
				continue;
			claim_setup(l, part->claim, &of);
			if (same_text(of.program.text, s->program.text) &&
			    same_text(of.command.text, s->command.text))
				add_order(o, xstrdup(
					part->claim->schedule.text));
			items_release(&of.files);
		}
}

/* ---- one run ---- */

struct take {
	const struct lesson *lesson;
	const struct experiment *experiment;
	struct ground ground;
	struct session *session;
	struct rule goal;	/* condition NULL: it has none */
	struct plan plan;
};

static bool
has_reached(const struct take *t)
{
	return t->goal.condition && t->goal.decided && t->goal.holds;
}

static void
take_end(struct take *t)
{
	session_free(t->session);
	t->session = NULL;
	plan_release(&t->plan);
	if (t->goal.condition)
		rule_release(&t->goal);
	t->goal = (struct rule){ .condition = NULL };
}

/* Run in this order up to the goal, or to the end.  0, or -1 with *why.  */
static int
take_run(struct take *t, const char *order, char **why)
{
	struct session_config config;

	ground_config(&t->ground, &config);
	config.sources = true;
	if (plan_parse(&t->plan, order, why) < 0)
		return -1;
	t->session = session_start(&config, why);
	if (!t->session)
		return -1;
	t->goal = (struct rule){ .modality = UNTIL };
	if (t->experiment->goal.text)
		t->goal.condition = condition_parse(t->experiment->goal.text,
						    NULL);
	if (t->goal.condition)
		session_watch(t->session, &t->goal, 1);
	for (int i = 0; i <= STEPS_MAX; i++) {
		session_settle(t->session, STEP_MS);
		if (has_reached(t) ||
		    session_state(t->session) != SESSION_HELD ||
		    i == STEPS_MAX ||
		    plan_choose(&t->plan, t->session, NULL) < 0)
			break;
	}
	if (session_state(t->session) == SESSION_HELD ||
	    session_state(t->session) == SESSION_ENDED)
		return 0;
	return fail(why, "%s", session_trouble(t->session)
		    ? session_trouble(t->session) : _("the run broke off"));
}

/* ---- writing it down ---- */

/* posix_spawn(3) asks what every signal does: nothing is changed by that. */
static bool
only_asks(const struct event *e)
{
	return e->what == WHAT_CALL && strncmp(e->call, "rt_sig", 6) == 0 &&
	       (strstr(e->args, "\"act\":null") ||
		strstr(e->args, "\"set\":null"));
}

/* How libraries and messages are found is not.  */
static bool
is_told(const struct event *e)
{
	static const char *const folders[] = { "/usr/", "/lib", "/etc/" };
	char path[PATH_MAX_LEN];

	if (strncmp(e->object, "system file", 11) == 0 || only_asks(e))
		return false;
	if (!e->error || !event_arg(e, "pathname", path, sizeof(path)))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++)
		if (strncmp(path, folders[i], strlen(folders[i])) == 0)
			return false;
	return true;
}

/* Each occurrence of our temporary folder becomes a short one.  */
static void
add_moved(struct buf *out, const char *line, const char *folder)
{
	const char *at;

	while ((at = strstr(line, folder))) {
		buf_add(out, line, at - line);
		buf_adds(out, folder_shown);
		line = at + strlen(folder);
	}
	buf_adds(out, line);
}

static void
write_header(struct take *t, struct buf *out)
{
	struct header h = *log_header(session_log(t->session));
	struct buf line = BUF_INIT;

	name_system(h.system, sizeof(h.system));
	recording_digest(t->lesson, t->experiment, h.digest,
			 sizeof(h.digest));
	header_write(&line, &h);
	add_moved(out, buf_str(&line), t->ground.folder);
	buf_release(&line);
}

/* What was printed stays whole: it is shown as it came.  */
static void
shorten(struct event *e, int most)
{
	if (e->state.content_len > most)
		e->state.content_len = most;
	if (e->data_len > most && strncmp(e->object, "terminal", 8) != 0)
		e->data_len = most;
}

static void
write_events(struct take *t, struct buf *out, int most)
{
	struct log *log = session_log(t->session);
	struct buf line = BUF_INIT;
	uint64_t count = 0;

	buf_clear(out);
	write_header(t, out);
	for (uint64_t n = 1; n <= log_count(log); n++) {
		const struct event *old = log_at(log, n, NULL);
		struct event e;

		if (!old || !is_told(old))
			continue;
		e = *old;
		e.n = ++count;
		shorten(&e, most);
		/* Which one was free is chance.  */
		if (strncmp(e.path, "/dev/pts/", 9) == 0)
			COPY_STR(e.path, "/dev/pts/0");
		buf_clear(&line);
		event_write(&line, &e);
		add_moved(out, buf_str(&line), t->ground.folder);
	}
	buf_release(&line);
}

/* Does what was written show the goal as well?  */
static bool
shows_goal(struct take *t, const struct buf *text)
{
	const char *p = buf_str(text), *end = strchr(p, '\n');
	struct rule goal = { .modality = UNTIL };
	struct event *e = xmalloc(sizeof(*e));
	struct header h;
	struct world *w = NULL;

	if (end && header_parse(p, end + 1 - p, &h, NULL) == 0)
		w = world_new(&h);
	goal.condition = condition_parse(t->experiment->goal.text, NULL);
	while (w && !goal.decided && (p = end + 1, end = strchr(p, '\n')) &&
	       event_parse(p, end + 1 - p, e, NULL) == 0) {
		world_apply(w, e);
		rule_feed(&goal, w);
	}
	world_free(w);
	rule_release(&goal);
	free(e);
	return goal.decided && goal.holds;
}

static int
save(struct take *t, struct record_tally *tally, char **why)
{
	char *path = recording_events_path(t->lesson, t->experiment);
	struct buf text = BUF_INIT;
	int rc;

	write_events(t, &text, DATA_MAX_LEN);
	if (text.len > BYTES_GOOD)
		write_events(t, &text, SHORT);
	if (has_reached(t) && !shows_goal(t, &text))
		write_events(t, &text, DATA_MAX_LEN);
	rc = save_file(path, text.data, text.len, why);
	tally->bytes += text.len;
	tally->made += rc == 0;
	buf_release(&text);
	free(path);
	return rc;
}

/* In the first order that reaches the goal; where none does, the default. */
static int
record_orders(struct take *t, struct record_tally *tally, char **why)
{
	struct orders orders = { .n = 0 };
	int rc = 0;

	make_orders(&orders, t->experiment->setup.cast.text);
	add_claimed(&orders, t->lesson, &t->experiment->setup);
	for (int i = 0; rc == 0 && i < orders.n; i++) {
		rc = take_run(t, orders.text[i], why);
		if (rc < 0 || has_reached(t) || !t->goal.condition)
			break;
		take_end(t);
	}
	orders_release(&orders);
	if (rc == 0 && !t->session) {
		tally->missed++;
		buf_addf(&tally->missed_ids, " %s", t->experiment->id.text);
		rc = take_run(t, "", why);
	}
	if (rc == 0)
		rc = save(t, tally, why);
	take_end(t);
	return rc;
}

static int
record_experiment(const struct lesson *l, const struct experiment *e,
		  struct record_tally *tally, char **why)
{
	struct take t = { .lesson = l, .experiment = e };
	int rc;

	if (setup_lacks(l, &e->setup)) {
		tally->lacking++;
		return 0;
	}
	if (ground_make(&t.ground, l, &e->setup, why) < 0)
		return -1;
	rc = record_orders(&t, tally, why);
	ground_release(&t.ground);
	return rc;
}

/* ---- claims ---- */

/* Those that this machine cannot run stay as another has recorded them.  */
static void
keep_claim(const struct lesson *l, const struct part *part, struct buf *out)
{
	char *path = recording_path(l, claims_name);
	char digest[DIGEST_LEN];
	struct buf old = BUF_INIT;
	const char *at;

	recording_claim_digest(l, part->claim, digest, sizeof(digest));
	if (buf_read_file(&old, path, 1 << 20, NULL) == 0 &&
	    (at = strstr(buf_str(&old), digest)))
		buf_addf(out, "%.*s\n", (int)strcspn(at, "\n"), at);
	buf_release(&old);
	free(path);
}

static void
record_claim(const struct lesson *l, const struct part *part, struct buf *out,
	     struct record_tally *tally)
{
	char digest[DIGEST_LEN], system[64];
	struct claim_result r;

	if (claim_lacks(l, part->claim)) {
		tally->lacking++;
		keep_claim(l, part, out);
		return;
	}
	claim_run(l, part, &r);
	if (r.outcome == CLAIM_HOLDS) {
		recording_claim_digest(l, part->claim, digest,
				       sizeof(digest));
		name_system(system, sizeof(system));
		buf_addf(out, "%s %s\n", digest, system);
		tally->claims++;
	}
	claim_result_release(&r);
}

/* ---- the lesson ---- */

/* Recordings of experiments that the lesson does not have any more.  */
static void
remove_others(const struct lesson *l)
{
	char *folder = recording_path(l, "");
	DIR *dir = opendir(folder);
	struct dirent *d;

	while (dir && (d = readdir(dir))) {
		char *end = strstr(d->d_name, ".events");
		char *id = end && !end[7] ? xstrndup(d->d_name,
						     end - d->d_name) : NULL;

		if (id && !lesson_experiment(l, id))
			unlinkat(dirfd(dir), d->d_name, 0);
		free(id);
	}
	if (dir)
		closedir(dir);
	free(folder);
}

static int
record_parts(const struct lesson *l, struct buf *claims,
	     struct record_tally *t, char **why)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < l->n; i++)
		for (size_t j = 0; rc == 0 && j < l->step[i].n; j++) {
			const struct part *part = &l->step[i].part[j];

			if (part->kind == PART_EXPERIMENT)
				rc = record_experiment(l, part->experiment, t,
						       why);
			else if (part->kind == PART_CLAIM)
				record_claim(l, part, claims, t);
		}
	return rc;
}

/* What is recorded is the same on every machine, and says nothing of who made
 * it: programs are looked for where all have them.  */
static int
plain_surroundings(char **why)
{
	char *compiler = compiler_find(why);

	if (!compiler)
		return -1;
	setenv("CC", compiler, 1);
	setenv("PATH", "/usr/local/bin:/usr/bin:/bin", 1);
	setenv("LC_ALL", "C", 1);
	free(compiler);
	return 0;
}

int
recording_make(const struct lesson *l, struct record_tally *t, char **why)
{
	char *folder = recording_path(l, "");
	char *path = recording_path(l, claims_name);
	struct buf claims = BUF_INIT;
	int rc = plain_surroundings(why);

	if (rc == 0)
		rc = path_make_folder(folder, why);
	if (rc == 0)
		chmod(folder, 0755);
	if (rc == 0)
		rc = record_parts(l, &claims, t, why);
	if (rc == 0)
		rc = save_file(path, buf_str(&claims), claims.len, why);
	if (rc == 0)
		remove_others(l);
	t->bytes += claims.len;
	buf_release(&claims);
	free(folder);
	free(path);
	return rc;
}
