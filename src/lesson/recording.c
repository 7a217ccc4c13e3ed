/* Recordings of a lesson: finding, judging and opening them.  */
#include "config.h"

#include "lesson/recording.h"

#include "base/i18n.h"
#include "base/words.h"
#include "event/log.h"
#include "lesson/claim.h"
#include "lesson/experiment.h"
#include "lesson/recording_inside.h"
#include "lesson/search.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SOURCE_MAX = 1 << 20 };

/* FNV-1a, 64 bits (Fowler, Noll and Vo): no secret is kept by it.  */
#define FNV_START UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)

static void
digest_bytes(uint64_t *h, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		*h = (*h ^ (unsigned char)bytes[i]) * FNV_PRIME;
}

/* With its NUL, so that the next text does not join it.  */
static void
digest_text(uint64_t *h, const char *text)
{
	digest_bytes(h, text ? text : "", text ? strlen(text) + 1 : 1);
}

static void
digest_items(uint64_t *h, const struct items *list)
{
	for (size_t i = 0; i < list->n; i++)
		digest_text(h, list->item[i].text);
	digest_text(h, NULL);
}

static void
digest_setup(uint64_t *h, const struct lesson *l, const struct setup *s)
{
	char **list = setup_programs(l, s);
	struct buf source = BUF_INIT;

	digest_text(h, s->program.text);
	digest_text(h, s->command.text);
	digest_text(h, s->cast.text);
	digest_items(h, &s->files);
	for (int i = 0; list[i]; i++) {
		char *path = xasprintf("%s/%s", l->folder, list[i]);

		buf_clear(&source);
		buf_read_file(&source, path, SOURCE_MAX, NULL);
		digest_bytes(h, buf_str(&source), source.len);
		free(path);
	}
	words_free(list);
	buf_release(&source);
}

static void
write_digest(uint64_t h, char *out, size_t room)
{
	snprintf(out, room, "%016" PRIx64, h);
}

void
recording_digest(const struct lesson *l, const struct experiment *e,
		 char *out, size_t room)
{
	uint64_t h = FNV_START;

	digest_setup(&h, l, &e->setup);
	digest_text(&h, e->goal.text);
	write_digest(h, out, room);
}

/* Of a search: what it is to find, and what every run must be.  */
static void
digest_search(uint64_t *h, const struct lesson *l, const struct claim *c)
{
	struct search_right right;

	digest_text(h, c->explore.text);
	digest_text(h, c->runs.text);
	search_right(&right, l, c);
	for (char **rule = right.rules; rule && *rule; rule++)
		digest_text(h, *rule);
	digest_bytes(h, (const char *)&right.status, sizeof(right.status));
	digest_bytes(h, right.races_allowed ? "r" : "-", 1);
	digest_bytes(h, right.leaks_allowed ? "l" : "-", 1);
	digest_bytes(h, right.signals ? "s" : "-", 1);
	digest_bytes(h, right.faults ? "f" : "-", 1);
	search_right_release(&right);
}

void
recording_claim_digest(const struct lesson *l, const struct claim *c,
		       char *out, size_t room)
{
	const struct items *const lists[] = { &c->then, &c->right.never,
					      &c->right.always,
					      &c->right.finally };
	struct setup s;
	uint64_t h = FNV_START;

	claim_setup(l, c, &s);
	digest_setup(&h, l, &s);
	items_release(&s.files);
	digest_text(&h, c->schedule.text);
	digest_text(&h, c->until.text);
	for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
		digest_items(&h, lists[i]);
	if (c->explore.text)
		digest_search(&h, l, c);
	write_digest(h, out, room);
}

char *
recording_path(const struct lesson *l, const char *name)
{
	return xasprintf("%s/recordings/%s", l->folder, name);
}

char *
recording_events_path(const struct lesson *l, const struct experiment *e)
{
	char *name = xasprintf("%s.events", e->id.text ? e->id.text : "");
	char *path = recording_path(l, name);

	free(name);
	return path;
}

enum recording_state
recording_state(const struct lesson *l, const struct experiment *e)
{
	char *path = recording_events_path(l, e);
	enum recording_state state = RECORDING_MISSING;
	char digest[DIGEST_LEN];
	struct log *log = NULL;

	if (access(path, R_OK) == 0)
		log = log_open(path, NULL);
	if (log) {
		recording_digest(l, e, digest, sizeof(digest));
		state = strcmp(log_header(log)->digest, digest) == 0
			? RECORDING_GOOD : RECORDING_OLD;
	}
	log_free(log);
	free(path);
	return state;
}

struct session *
recording_open(const struct lesson *l, const struct experiment *e, char **why)
{
	struct session *s = NULL;
	char *path;

	switch (recording_state(l, e)) {
	case RECORDING_GOOD:
		path = recording_events_path(l, e);
		s = session_open(path, why);
		free(path);
		break;
	case RECORDING_OLD:
		fail(why, _("its recording is of an older version of the "
			    "program, and is not shown"));
		break;
	default:
		fail(why, _("there is no recording of it"));
	}
	return s;
}

const char *
recording_system(struct session *s)
{
	const struct header *h = log_header(session_log(s));

	return h->system[0] ? h->system : "Linux";
}

char *
recording_label(struct session *s)
{
	return xasprintf(_("recorded on %s, not on this machine"),
			 recording_system(s));
}

/* ---- claims ---- */

/* The line of a claim, behind its digest, in the file's text: the system.
 * NULL: the claim is not in it.  */
static char *
claim_system(const char *text, const char *digest)
{
	size_t len = strlen(digest);

	for (; *text; text += strcspn(text, "\n"), text += *text == '\n')
		if (strncmp(text, digest, len) == 0 && text[len] == ' ')
			return xstrndup(text + len + 1,
					strcspn(text + len + 1, "\n"));
	return NULL;
}

static char *
find_claim(const struct lesson *l, const struct claim *c, bool *any)
{
	char *path = recording_path(l, claims_name), *system = NULL;
	char digest[DIGEST_LEN];
	struct buf text = BUF_INIT;

	*any = buf_read_file(&text, path, SOURCE_MAX, NULL) == 0;
	if (*any) {
		recording_claim_digest(l, c, digest, sizeof(digest));
		system = claim_system(buf_str(&text), digest);
	}
	buf_release(&text);
	free(path);
	return system;
}

enum recording_state
recording_claim_state(const struct lesson *l, const struct claim *c)
{
	bool any;
	char *system = find_claim(l, c, &any);
	bool found = system;

	free(system);
	return found ? RECORDING_GOOD : any ? RECORDING_OLD
					    : RECORDING_MISSING;
}

char *
recording_claim(const struct lesson *l, const struct claim *c,
		const struct need *lacking)
{
	bool any;
	char *system = find_claim(l, c, &any), *text;

	if (system)
		text = xasprintf(_("recorded: it held on %s; not run on this "
				   "machine"), system);
	else
		text = xasprintf(_("not run on this machine: %s"),
				 _(lacking->bad));
	free(system);
	return text;
}
