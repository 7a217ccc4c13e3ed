/*
 * GitHub Actions: annotations for the log, and a summary in Markdown for
 * $GITHUB_STEP_SUMMARY
 * (docs.github.com/actions: workflow commands).  What a submission wrote is
 * in the log only between ::stop-commands:: and its end; ten annotations of a
 * kind are shown, so the tenth says how many more there are.
 */
#include "config.h"

#include "base/i18n.h"
#include "report/account.h"
#include "report/formats.h"

#include <stdlib.h>
#include <string.h>

enum { ANNOTATIONS_MAX = 10 };

/* The data of a command, or, with more that is escaped, a property of it.  */
static void
add_data(struct buf *out, const char *text, const char *escaped)
{
	for (; *text; text++) {
		if (strchr(escaped, *text))
			buf_addf(out, "%%%02X", (unsigned char)*text);
		else
			buf_addc(out, *text);
	}
}

static const char in_data[] = "%\r\n", in_property[] = "%\r\n:,";

/* "counter.c:11" of the step that decided it, or of the last that is known.  */
static const char *
place_of(const struct result_check *c)
{
	const char *place = NULL;

	for (size_t i = 0; i < c->n_steps; i++) {
		if (c->step[i].source)
			place = c->step[i].source;
		if (c->step[i].turning)
			break;
	}
	return place;
}

static void
add_place(struct buf *out, const char *place)
{
	const char *colon = place ? strrchr(place, ':') : NULL;
	size_t digits = colon ? strspn(colon + 1, "0123456789") : 0;
	char *file;

	if (!digits || digits > 9 || colon[1 + digits])
		return;
	file = xstrndup(place, (size_t)(colon - place));
	buf_adds(out, "file=");
	add_data(out, file, in_property);
	buf_addf(out, ",line=%s,", colon + 1);
	free(file);
}

static void
annotate(struct buf *out, const char *kind, const char *place,
	 const char *title, const char *text)
{
	buf_addf(out, "::%s ", kind);
	add_place(out, place);
	buf_adds(out, "title=");
	add_data(out, title, in_property);
	buf_adds(out, "::");
	add_data(out, text, in_data);
	buf_addc(out, '\n');
}

/* A word that ends the fence, and is nowhere in the text.  */
static char *
fence_of(const char *text)
{
	char *word = NULL;

	for (unsigned i = 0; !word || strstr(text, word); i++) {
		free(word);
		word = xasprintf("ipclab-%u", i);
	}
	return word;
}

/* All checks with their accounts, for the log.  */
static void
add_log(struct buf *out, const struct result *r, size_t n)
{
	struct buf text = BUF_INIT;
	char *word;

	for (size_t i = 0; i < n; i++) {
		buf_addf(&text, "%s: %s: %lld/%lld\n", r[i].id, r[i].title,
			 (long long)r[i].score, (long long)r[i].maximum);
		account_whole(&text, &r[i]);
		for (size_t k = 0; k < r[i].n_checks; k++) {
			const struct result_check *c = &r[i].check[k];

			buf_addf(&text, "%s: %s\n", c->title,
				 grade_title(c->verdict));
			if (c->verdict != GRADE_ACCEPT)
				account_check(&text, c);
		}
	}
	word = fence_of(buf_str(&text));
	buf_addf(out, "::stop-commands::%s\n%s::%s::\n", word, buf_str(&text),
		 word);
	free(word);
	buf_release(&text);
}

struct tally {
	size_t shown, all;
};

static void
annotate_check(struct buf *out, const struct result_check *c, struct tally *t)
{
	struct buf line = BUF_INIT;

	if (c->verdict == GRADE_ACCEPT || c->verdict == GRADE_SKIPPED ||
	    c->verdict == GRADE_INTERNAL || ++t->all >= ANNOTATIONS_MAX)
		return;
	account_line(&line, c);
	annotate(out, "error", place_of(c), c->title, buf_str(&line));
	t->shown++;
	buf_release(&line);
}

static void
annotate_result(struct buf *out, const struct result *r, struct tally *t)
{
	if (r->build != GRADE_ACCEPT && r->build != GRADE_INTERNAL &&
	    ++t->all < ANNOTATIONS_MAX) {
		annotate(out, "error", NULL, grade_title(r->build),
			 r->build_message ? r->build_message : r->id);
		t->shown++;
	}
	for (size_t i = 0; i < r->n_checks; i++)
		annotate_check(out, &r->check[i], t);
}

static int
write_github(struct buf *out, const struct result *r, size_t n,
	     const struct report_options *o, char **why)
{
	struct tally t = { .all = 0 };
	int64_t score = 0, maximum = 0;
	bool gradable = true;
	char *text;

	(void)o;
	(void)why;
	for (size_t i = 0; i < n; i++) {
		annotate_result(out, &r[i], &t);
		score += r[i].score;
		maximum += r[i].maximum;
		gradable &= r[i].gradable;
	}
	if (t.all > t.shown) {
		text = xasprintf(_("%zu more are in the log"),
				 t.all - t.shown);
		annotate(out, "error", NULL, "ipclab", text);
		free(text);
	}
	if (!gradable)
		annotate(out, "warning", NULL, "ipclab", account_fault());
	text = xasprintf(_("%lld of %lld points"), (long long)score,
			 (long long)maximum);
	annotate(out, "notice", NULL, "ipclab", text);
	free(text);
	add_log(out, r, n);
	return 0;
}

const struct report_format report_github = {
	.name = "github",
	.extension = "txt",
	.meaning = N_("annotations for the log of GitHub Actions"),
	.view = REPORT_SHOWN,
	.write = write_github,
};
