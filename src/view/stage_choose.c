/* The commands of the prompt that choose who goes, and how.  */
#include "config.h"

#include "view/stage_inside.h"

#include "base/i18n.h"
#include "event/names.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

const char *
stage_skip_spaces(const char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	return s;
}

/* A number, and nothing after it.  */
int
stage_number(const char *text, int otherwise, int *out, char **why)
{
	char *end;
	long n;

	*out = otherwise;
	if (!*text)
		return 0;
	errno = 0;
	n = strtol(text, &end, 10);
	if (errno || *stage_skip_spaces(end) || end == text || n < 0 || n > INT_MAX)
		return fail(why, _("\"%s\" is not a number"), text);
	*out = (int)n;
	return 0;
}

/* The first word, an actor's name or role; *rest is what follows.  Without
 * a known name it is the subject of the scene, and *rest is all.  */
static int
parse_actor(struct stage *st, const char *text, const char **rest)
{
	size_t len = strcspn(text, " \t");
	char *word = xstrndup(text, len);
	struct scene s;
	int actor;

	stage_scene(st, &s);
	actor = world_actor(s.world, word);
	free(word);
	*rest = actor < 0 ? text : stage_skip_spaces(text + len);
	return actor < 0 ? scene_subject(&s) : actor;
}

static int
no_such_actor(const char *text, char **why)
{
	return fail(why, _("there is no actor \"%s\""), text);
}

static int
choose(struct stage *st, struct choice *c, int actor, char **why)
{
	const struct world *w = session_world(st->session);

	if (actor < 0)
		return fail(why, _("nobody is there any more"));
	COPY_STR(c->actor, w->actor[actor].name);
	st->selected = 0;
	return session_choose(st->session, c, why);
}

int
stage_run_go(struct stage *st, const char *rest,
	     enum screen_answer *answer, char **why)
{
	const char *more;
	int actor = parse_actor(st, rest, &more);
	struct choice c = { .kind = CHOICE_GO };

	(void)answer;
	return *more ? no_such_actor(more, why) : choose(st, &c, actor, why);
}

static int
choose_signal(struct stage *st, const char *rest, enum choice_kind kind,
	      char **why)
{
	const char *name;
	int actor = parse_actor(st, rest, &name);
	struct choice c = { .kind = kind };

	c.number = signal_number(name);
	if (c.number <= 0)
		return fail(why, _("there is no signal \"%s\"; it is written: "
				   "ACTOR SIGINT"), name);
	return choose(st, &c, actor, why);
}

int
stage_run_signal(struct stage *st, const char *rest,
		 enum screen_answer *answer, char **why)
{
	(void)answer;
	return choose_signal(st, rest, CHOICE_SIGNAL, why);
}

int
stage_run_deliver(struct stage *st, const char *rest,
		  enum screen_answer *answer, char **why)
{
	(void)answer;
	return choose_signal(st, rest, CHOICE_DELIVER, why);
}

int
stage_run_cut(struct stage *st, const char *rest,
	      enum screen_answer *answer, char **why)
{
	const char *number;
	int actor = parse_actor(st, rest, &number);
	struct choice c = { .kind = CHOICE_CUT };

	(void)answer;
	if (!*number)
		return fail(why, _("how many bytes may it move at most? "
				   "It is written: cut ACTOR N"));
	if (stage_number(number, 0, &c.number, why) < 0)
		return -1;
	return choose(st, &c, actor, why);
}

int
stage_run_expire(struct stage *st, const char *rest,
		 enum screen_answer *answer, char **why)
{
	const char *more;
	int actor = parse_actor(st, rest, &more);
	struct choice c = { .kind = CHOICE_EXPIRE };

	(void)answer;
	return *more ? no_such_actor(more, why) : choose(st, &c, actor, why);
}

int
stage_run_fail(struct stage *st, const char *rest,
	       enum screen_answer *answer, char **why)
{
	const char *name;
	int actor = parse_actor(st, rest, &name);
	struct choice c = { .kind = CHOICE_FAIL };

	(void)answer;
	c.number = errno_number(name);
	if (c.number <= 0)
		return fail(why, _("there is no error \"%s\"; it is written: "
				   "fail ACTOR EINTR"), name);
	return choose(st, &c, actor, why);
}

int
stage_run_wake(struct stage *st, const char *rest,
	       enum screen_answer *answer, char **why)
{
	const char *more;
	int actor = parse_actor(st, rest, &more);
	struct choice c = { .kind = CHOICE_WAKE };

	(void)answer;
	return *more ? no_such_actor(more, why) : choose(st, &c, actor, why);
}

int
stage_run_type(struct stage *st, const char *rest,
	       enum screen_answer *answer, char **why)
{
	struct buf b = BUF_INIT;
	int rc;

	(void)answer;
	for (; *rest; rest++) {
		if (rest[0] == '\\' && rest[1] == 'n')
			buf_addc(&b, '\n'), rest++;
		else if (rest[0] == '\\' && rest[1] == 't')
			buf_addc(&b, '\t'), rest++;
		else if (rest[0] == '\\' && rest[1] == '\\')
			buf_addc(&b, '\\'), rest++;
		else
			buf_addc(&b, *rest);
	}
	rc = session_type(st->session, buf_str(&b), b.len, why);
	buf_release(&b);
	return rc;
}
