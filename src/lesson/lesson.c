/* A lesson from its folder: the English text, a translation laid over it.  */
#include "config.h"

#include "lesson/lesson.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LESSON_MAX = 1 << 20 };	/* bytes; a long lesson has 40,000 */

static void
step_release(struct lesson_step *step)
{
	for (size_t i = 0; i < step->n; i++)
		part_release(&step->part[i]);
	free(step->part);
	free(step->id);
	free(step->title);
}

void
lesson_free(struct lesson *l)
{
	if (!l)
		return;
	for (size_t i = 0; i < l->n; i++)
		step_release(&l->step[i]);
	free(l->step);
	item_release(&l->title);
	item_release(&l->goal);
	item_release(&l->minutes);
	item_release(&l->programs);
	item_release(&l->compile);
	item_release(&l->opens);
	item_release(&l->needs);
	free(l->folder);
	free(l->name);
	free(l->file);
	free(l->original);
	free(l->lang);
	free(l);
}

static struct lesson *
load_file(const char *folder, const char *file, const char *lang,
	  struct problems *p)
{
	struct buf text = BUF_INIT;
	struct lesson *l = NULL;
	char *why = NULL;

	if (buf_read_file(&text, file, LESSON_MAX, &why) < 0)
		problem_add(p, file, 0, "%s", why);
	else
		l = lesson_parse(folder, file, lang, buf_str(&text), text.len,
				 p);
	free(why);
	buf_release(&text);
	return l;
}

struct lesson *
lesson_load(const char *folder, const char *lang, struct problems *p)
{
	char *file = xasprintf("%s/lesson.md", folder);
	bool english = strcmp(lang, "en") == 0;
	/* What is wrong in the English text is said when that is loaded.  */
	struct lesson *original, *l;

	original = load_file(folder, file, "en", english ? p : NULL);
	free(file);
	if (english || !original)
		return original;
	file = xasprintf("%s/lesson.%s.md", folder, lang);
	l = load_file(folder, file, lang, p);
	free(file);
	if (l) {
		lesson_merge(l, original, p);
		/* What was taken from the original points to this name.  */
		l->original = original->file;
		original->file = NULL;
	}
	lesson_free(original);
	return l;
}

const struct experiment *
lesson_experiment(const struct lesson *l, const char *id)
{
	for (size_t i = 0; i < l->n; i++)
		for (size_t j = 0; j < l->step[i].n; j++) {
			const struct part *part = &l->step[i].part[j];

			if (part->kind == PART_EXPERIMENT &&
			    part->experiment->id.text &&
			    strcmp(part->experiment->id.text, id) == 0)
				return part->experiment;
		}
	return NULL;
}

bool
lesson_has_program(const struct lesson *l, const char *word, size_t len)
{
	const char *p = l->programs.text ? l->programs.text : "";
	size_t n;

	while ((n = word_next(&p))) {
		if (n == len && memcmp(p, word, len) == 0)
			return true;
		p += n;
	}
	return false;
}
