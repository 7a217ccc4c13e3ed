/* The schedule of a claim.  */
#include "config.h"

#include "lesson/plan.h"

#include <stdlib.h>
#include <string.h>

static void
add(struct plan *p, const struct choice *c)
{
	p->choice = xgrow(p->choice, &p->room, p->n + 1, sizeof(*p->choice));
	p->choice[p->n++] = *c;
}

/* The next piece of *text up to one of the characters of ends (not within
 * quotes), without blanks around it; to be freed.  NULL: there is no more. */
static char *
next_piece(const char **text, char end)
{
	const char *p = *text, *start;
	bool quoted = false;
	size_t len;

	if (!p)
		return NULL;
	for (start = p; *p && (quoted || *p != end); p++) {
		if (quoted && p[0] == '\\' && p[1])
			p++;
		else if (*p == '"')
			quoted = !quoted;
	}
	len = p - start;
	*text = *p ? p + 1 : NULL;
	while (len && strchr(" \t\n", *start))
		start++, len--;
	while (len && strchr(" \t\n", start[len - 1]))
		len--;
	return xstrndup(start, len);
}

static int
parse_first(struct plan *p, const char *names, char **why)
{
	struct choice c = { .kind = CHOICE_GO };
	int rc = 0;
	char *name;

	p->first = true;
	while (rc == 0 && (name = next_piece(&names, ','))) {
		if (!*name || strpbrk(name, " \t") ||
		    strlen(name) >= sizeof(c.actor))
			rc = fail(why, "\"first\" is followed by actors: "
				  "first reader, writer");
		COPY_STR(c.actor, name);
		add(p, &c);
		free(name);
	}
	return rc;
}

static int
parse_list(struct plan *p, const char *text, char **why)
{
	struct choice c;
	int rc = 0;
	char *piece;

	while (rc == 0 && (piece = next_piece(&text, ';'))) {
		if (*piece) {
			rc = choice_parse(piece, &c, why);
			add(p, &c);
		}
		free(piece);
	}
	return rc;
}

int
plan_parse(struct plan *p, const char *text, char **why)
{
	*p = (struct plan){ .n = 0 };
	if (!text || !*text || strcmp(text, "default") == 0)
		return 0;
	if (strncmp(text, "first ", 6) == 0)
		return parse_first(p, text + 6, why);
	return parse_list(p, text, why);
}

void
plan_release(struct plan *p)
{
	free(p->choice);
	*p = (struct plan){ .n = 0 };
}

/* Who only sleeps can be woken; who waits for something, though not for ever
 * (poll(2) with a time-out), is left waiting while anybody else can go.  */
static bool
can_go(const struct world *w, const char *name)
{
	int i = world_actor(w, name);
	const struct actor *a = i < 0 ? NULL : &w->actor[i];

	return a && (a->state == ACTOR_READY ||
		     (a->state == ACTOR_SLEEPING &&
		      strstr(a->call, "nanosleep")));
}

bool
plan_is_listed(const struct plan *p, int step)
{
	return !p->first && step >= 0 && (size_t)step < p->n;
}

int
plan_choose(const struct plan *p, struct session *s, char **why)
{
	int step = session_step(s);

	if (plan_is_listed(p, step))
		return session_choose(s, &p->choice[step], why);
	for (size_t i = 0; p->first && i < p->n; i++)
		if (can_go(session_world(s), p->choice[i].actor))
			return session_choose(s, &p->choice[i], why);
	return session_next(s, why);
}
