/* See aside.h.  */
#include "config.h"

#include "exercise/breaker.h"
#include "grade/aside.h"
#include "grade/manifest.h"

#include <stdlib.h>
#include <string.h>

/* ---- the schedule ---- */
static void
take_breaker(struct aside *a, const struct exercise *broken,
	     const struct submission_file *f)
{
	if (breaker_check(broken, f->bytes, f->n, &a->breaker_refused) < 0)
		return;
	a->breaker = xstrdup(f->bytes);
	a->breaker_digest = xstrdup(f->digest);
}

/* The folders that it may be in: its exercise's, or where there is none of
 * that name, none of the others'.  */
static const char **
folders_of(const struct exercise *e, const struct exercise *broken,
	   const char *const *beside)
{
	const char **all;
	size_t n = 0;

	while (beside && beside[n])
		n++;
	all = xcalloc(n + 3, sizeof(*all));
	for (size_t i = 0; i < n; i++)
		all[i] = beside[i];
	all[n++] = e->name;
	all[n++] = broken->name;
	return all;
}

static int
read_breaker(struct aside *a, const struct exercise *e,
	     const char *const *beside, const char *path, char **why)
{
	struct exercise broken;
	struct submission s = { .id = NULL };
	char *said = NULL;
	int ret = 0;

	if (breaker_exercise(e, &broken)) {
		const char **folders = folders_of(e, &broken, beside);

		switch (submission_look(&s, &broken, folders, path, &said)) {
		case SUBMISSION_TAKEN:
			if (s.n_files)
				take_breaker(a, &broken, &s.file[0]);
			break;
		case SUBMISSION_REFUSED:
			a->breaker_refused = xstrdup(said);
			break;
		case SUBMISSION_FAILED:
			ret = fail(why, "%s", said);
			break;
		}
		free(folders);
	}
	free(said);
	submission_release(&s);
	exercise_release(&broken);
	return ret;
}

/* ---- the hints ---- */
/* One more than the exercise has: that for the bug which was found.  */
static int
read_hints(struct aside *a, const struct exercise *e, const char *path,
	   char **why)
{
	struct yaml_text name = { .text = (char *)MANIFEST_FILE };
	const struct exercise file = { .name = e->name,
				       .files = { .text = &name, .n = 1 } };
	struct submission s;
	enum submission_outcome out = submission_look(&s, &file, NULL, path,
						      why);

	if (out == SUBMISSION_TAKEN && s.n_files)
		a->hints = manifest_hints(s.file[0].bytes, s.file[0].n,
					  e->name, (int64_t)e->hints.n + 1);
	submission_release(&s);
	if (out == SUBMISSION_FAILED)
		return -1;
	free(*why);
	*why = NULL;
	return 0;
}

int
aside_read(struct aside *a, const struct exercise *e,
	   const char *const *beside, const char *path, char **why)
{
	*a = (struct aside){ .breaker = NULL };
	*why = NULL;
	if (submission_is_file(path))
		return 0;
	if (read_hints(a, e, path, why) < 0)
		return -1;
	return read_breaker(a, e, beside, path, why);
}

void
aside_release(struct aside *a)
{
	free(a->breaker);
	free(a->breaker_digest);
	free(a->breaker_refused);
	*a = (struct aside){ .breaker = NULL };
}

void
aside_tell(const struct aside *a, struct judge_options *o)
{
	o->breaker = a->breaker;
	o->breaker_digest = a->breaker_digest;
	o->breaker_refused = a->breaker_refused;
	o->hints = a->hints;
}
