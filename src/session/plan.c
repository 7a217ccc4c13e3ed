/* The schedule of a claim.  */
#include "config.h"

#include "session/plan.h"

#include <stdlib.h>
#include <string.h>

static struct leg *
add_leg(struct plan *p)
{
	p->leg = xgrow(p->leg, &p->room, p->n + 1, sizeof(*p->leg));
	p->leg[p->n] = (struct leg){ .n = 0 };
	return &p->leg[p->n++];
}

static void
add(struct leg *l, const struct choice *c)
{
	l->choice = xgrow(l->choice, &l->room, l->n + 1, sizeof(*l->choice));
	l->choice[l->n++] = *c;
}

/* The next piece of *text up to the character end (not within quotes),
 * without blanks around it; to be freed.  NULL: there is no more.  */
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
parse_names(struct leg *l, const char *names, char **why)
{
	struct choice c = { .kind = CHOICE_GO };
	int rc = 0;
	char *name;

	while (rc == 0 && (name = next_piece(&names, ','))) {
		if (!*name || strpbrk(name, " \t") ||
		    strlen(name) >= sizeof(c.actor))
			rc = fail(why, "\"first\" is followed by actors: "
				  "first reader, writer");
		COPY_STR(c.actor, name);
		add(l, &c);
		free(name);
	}
	return rc;
}

/* "first reader, writer until CONDITION", "default until CONDITION".  */
static int
parse_preferred(struct leg *l, char *piece, char **why)
{
	char *until = strstr(piece, " until ");

	if (until) {
		*until = '\0';
		l->until = condition_parse(until + strlen(" until "), why);
		if (!l->until)
			return -1;
	}
	return strncmp(piece, "first ", 6) == 0
		? parse_names(l, piece + 6, why) : 0;
}

static bool
is_preferred(const char *piece)
{
	return strncmp(piece, "first ", 6) == 0 ||
	       strcmp(piece, "default") == 0 ||
	       strncmp(piece, "default until ", 14) == 0;
}

static int
parse_piece(struct plan *p, char *piece, char **why)
{
	struct leg *last = p->n ? &p->leg[p->n - 1] : NULL, *l;
	struct choice c;

	if (!*piece)
		return 0;
	if (last && !last->listed && !last->until)
		return fail(why, "\"%s\" never comes: what stands before it "
			    "has no end; give it one, as in: first reader "
			    "until pipe 1 is empty", piece);
	l = add_leg(p);
	if (is_preferred(piece))
		return parse_preferred(l, piece, why);
	l->listed = true;
	if (choice_parse(piece, &c, why) < 0)
		return -1;
	add(l, &c);
	return 0;
}

int
plan_parse(struct plan *p, const char *text, char **why)
{
	char *piece;
	int rc = 0;

	*p = (struct plan){ .n = 0 };
	while (rc == 0 && (piece = next_piece(&text, ';'))) {
		rc = parse_piece(p, piece, why);
		free(piece);
	}
	return rc;
}

void
plan_release(struct plan *p)
{
	for (size_t i = 0; i < p->n; i++) {
		condition_free(p->leg[i].until);
		free(p->leg[i].choice);
	}
	free(p->leg);
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

int
plan_listed(const struct plan *p)
{
	return p->at < p->n && p->leg[p->at].listed ? (int)p->at + 1 : 0;
}

static int
choose_preferred(const struct leg *l, struct session *s, char **why)
{
	for (size_t i = 0; i < l->n; i++)
		if (can_go(session_world(s), l->choice[i].actor))
			return session_choose(s, &l->choice[i], why);
	return session_next(s, why);
}

int
plan_choose(struct plan *p, struct session *s, char **why)
{
	const struct leg *l;

	while (p->at < p->n && p->leg[p->at].until &&
	       condition_eval(p->leg[p->at].until, session_world(s)) ==
	       IS_TRUE)
		p->at++;
	if (p->at == p->n)
		return session_next(s, why);
	l = &p->leg[p->at];
	if (!l->listed)
		return choose_preferred(l, s, why);
	if (session_choose(s, &l->choice[0], why) < 0)
		return -1;
	p->at++;
	return 0;
}
