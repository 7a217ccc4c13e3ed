/* A schedule that was saved in a lesson, run again.  */
#include "config.h"

#include "lesson/rerun.h"

#include "base/i18n.h"
#include "lesson/catalogue.h"

#include <stdlib.h>
#include <string.h>

bool
rerun_wanted(const char *path)
{
	struct schedule s = SCHEDULE_INIT;
	bool wanted = schedule_load(&s, path, NULL) == 0 && s.lesson[0];

	schedule_release(&s);
	return wanted;
}

/* "02-pipes fill": the lesson, and the experiment in it.  */
static const struct experiment *
find_experiment(struct rerun *r, const char *words, char **why)
{
	struct catalogue c = CATALOGUE_INIT;
	size_t len = strcspn(words, " ");
	char *name = xstrndup(words, len);
	const char *id = words + len + strspn(words + len, " ");
	const struct catalogue_entry *e;
	const struct experiment *found = NULL;

	catalogue_load(&c);
	e = catalogue_find(&c, name, why);
	if (e)
		r->lesson = lesson_open(e->folder, why);
	if (r->lesson)
		found = lesson_experiment(r->lesson, id);
	if (r->lesson && !found)
		fail(why, _("the lesson %s has no experiment %s"), name, id);
	catalogue_release(&c);
	free(name);
	return found;
}

struct session *
rerun_start(struct rerun *r, const char *path, char **why)
{
	struct schedule s = SCHEDULE_INIT;
	const struct experiment *e = NULL;
	struct session *session = NULL;
	struct session_config config;

	*r = (struct rerun){ .lesson = NULL };
	if (schedule_load(&s, path, why) == 0)
		e = find_experiment(r, s.lesson, why);
	if (e && ground_make(&r->ground, r->lesson, &e->setup, why) == 0) {
		ground_config(&r->ground, &config);
		config.lesson = s.lesson;
		config.seed = s.header.seed;
		config.sources = true;
		session = session_start_schedule(&config, &s, why);
	}
	if (!session)
		rerun_release(r);
	schedule_release(&s);
	return session;
}

void
rerun_release(struct rerun *r)
{
	ground_release(&r->ground);
	lesson_free(r->lesson);
	*r = (struct rerun){ .lesson = NULL };
}
