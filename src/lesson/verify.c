/* Everything that can be wrong in a lesson.  */
#include "config.h"

#include "lesson/verify.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "compiler/compiler.h"
#include "lesson/catalogue.h"
#include "lesson/claim.h"
#include "lesson/need.h"
#include "lesson/recording.h"
#include "lesson/compile.h"

#include <stdlib.h>
#include <string.h>

static void
check_program(const struct lesson *l, const char *name, struct problems *p)
{
	char *why = NULL, *folder = path_temporary(&why);
	char *out = folder ? xasprintf("%s/program", folder) : NULL;

	if (!out || compile_program(l->folder, name,
				    compile_how_of(l->compile.text, name), out,
				    &why) < 0)
		problem_add(p, l->programs.file, l->programs.line, "%s", why);
	if (folder)
		path_remove_tree(folder, NULL);
	free(out);
	free(folder);
	free(why);
}

static void
check_programs(const struct lesson *l, struct verdict *v, struct problems *p)
{
	const char *word = l->programs.text;
	char *compiler;
	size_t len;

	if (!word || !*word)
		return;
	compiler = compiler_find(&v->cannot);
	for (; compiler && (len = word_next(&word)); word += len) {
		char *name = xstrndup(word, len);

		check_program(l, name, p);
		free(name);
	}
	free(compiler);
}

static void
count(const struct lesson *l, struct verdict *v)
{
	v->steps = (int)l->n - 1;
	v->claims = 0;
	for (size_t i = 0; i < l->n; i++)
		for (size_t j = 0; j < l->step[i].n; j++)
			v->claims += l->step[i].part[j].kind == PART_CLAIM;
}

static void
verify_claim(const struct lesson *l, const struct part *part,
	     struct verdict *v, struct problems *p)
{
	const struct claim *c = part->claim;
	const struct need *lacking = claim_lacks(l, c);
	struct claim_result r;

	if (lacking) {
		v->lacking++;
		if (!strstr(buf_str(&v->lacks), lacking->word))
			buf_addf(&v->lacks, "%s%s", v->lacks.len ? " " : "",
				 lacking->word);
		return;
	}
	claim_run(l, part, &r);
	v->run++;
	if (r.outcome == CLAIM_HOLDS)
		v->held++;
	else
		problem_add(p, r.file, r.line, "the claim \"%s\" does not "
			    "hold: %s", c->says.text, r.saw);
	claim_result_release(&r);
}

static void
verify_claims(const struct lesson *l, struct verdict *v, struct problems *p)
{
	for (size_t i = 0; i < l->n; i++)
		for (size_t j = 0; j < l->step[i].n; j++)
			if (l->step[i].part[j].kind == PART_CLAIM)
				verify_claim(l, &l->step[i].part[j], v, p);
}

static void
check_recordings(const struct lesson *l, struct verdict *v)
{
	int claims = 0;

	for (size_t i = 0; i < l->n; i++)
		for (size_t j = 0; j < l->step[i].n; j++) {
			const struct part *part = &l->step[i].part[j];

			if (part->kind == PART_CLAIM)
				claims += recording_claim_state(l,
					part->claim) != RECORDING_GOOD;
			if (part->kind != PART_EXPERIMENT)
				continue;
			switch (recording_state(l, part->experiment)) {
			case RECORDING_GOOD:
				break;
			case RECORDING_OLD:
				buf_addf(&v->recordings, _("%s:%d: the "
					 "recording of %s is older than what "
					 "it shows\n"), l->file, part->line,
					 part->experiment->id.text);
				break;
			case RECORDING_MISSING:
				buf_addf(&v->recordings, _("%s:%d: %s has no "
					 "recording\n"), l->file, part->line,
					 part->experiment->id.text);
			}
		}
	if (claims)
		buf_addf(&v->recordings, ngettext(
			 "%s: %d claim is not recorded as it is now\n",
			 "%s: %d claims are not recorded as they are now\n",
			 claims), l->file, claims);
}

static void
verify_language(const char *folder, const char *lang, bool run,
		struct verdict *v, struct problems *p)
{
	size_t before = p->n;
	struct lesson *l = lesson_load(folder, lang, p);

	if (!l)
		return;
	lesson_check(l, p);
	if (strcmp(lang, "en") == 0) {
		count(l, v);
		if (p->n == before)
			check_programs(l, v, p);
		if (p->n == before)
			check_recordings(l, v);
	}
	/* A claim of a lesson that is not in order would only repeat that.
	 * Translations claim the same (block_merge()). */
	if (run && p->n == before && !v->cannot && strcmp(lang, "en") == 0)
		verify_claims(l, v, p);
	lesson_free(l);
}

void
lesson_verify(const char *folder, bool run, struct verdict *v,
	      struct problems *p)
{
	char **langs = lesson_languages(folder);

	*v = (struct verdict){ .steps = 0 };
	for (int i = 0; langs[i]; i++) {
		buf_addf(&v->langs, "%s%s", i ? " " : "", langs[i]);
		verify_language(folder, langs[i], run, v, p);
	}
	lesson_languages_free(langs);
}

void
verdict_release(struct verdict *v)
{
	free(v->cannot);
	buf_release(&v->langs);
	buf_release(&v->lacks);
	buf_release(&v->recordings);
}
