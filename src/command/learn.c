/*
 * ipclab learn: a lesson on the screen, or as linear text with its
 * experiments and claims run.
 */
#include "config.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "command/command.h"
#include "command/home.h"
#include "lesson/catalogue.h"
#include "lesson/need.h"
#include "lesson/plain.h"
#include "lesson/recording.h"
#include "term/term.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_DEFAULT = 80, WIDTH_MAX = 100 };

/* Lines of text that are longer than this are hard to follow.  */
static int
plain_width(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col < 20)
		return WIDTH_DEFAULT;
	return size.ws_col > WIDTH_MAX ? WIDTH_MAX : size.ws_col;
}

static void
print(struct buf *text)
{
	fwrite(buf_str(text), 1, text->len, stdout);
	fflush(stdout);
	buf_clear(text);
}

static void
list_lesson(const struct catalogue_entry *e, struct buf *out)
{
	struct lesson *l = lesson_open(e->folder, NULL);
	const char *title = l && l->title.text ? l->title.text : e->name;

	buf_addf(out, "%-20s %s%*s", e->name, title,
		 cells_of(title) < 40 ? 40 - cells_of(title) : 1, "");
	if (l && l->minutes.text)
		buf_addf(out, _(" %3s minutes"), l->minutes.text);
	buf_addc(out, '\n');
	lesson_free(l);
}

void
learn_list_write(struct buf *out)
{
	struct catalogue c = CATALOGUE_INIT;

	catalogue_load(&c);
	for (size_t i = 0; i < c.n; i++)
		list_lesson(&c.entry[i], out);
	catalogue_release(&c);
}

static int
learn_list(void)
{
	struct buf out = BUF_INIT;

	learn_list_write(&out);
	print(&out);
	buf_release(&out);
	return EXIT_DONE;
}

struct reading {
	const struct lesson *lesson;
	struct look look;
	struct buf out;
	bool lacks;		/* this machine cannot run all of it */
	int failed;		/* claims */
};

static void
print_claim(struct reading *r, const struct part *part)
{
	struct claim_result result = { .outcome = CLAIM_CANNOT };
	const struct need *lacking = claim_lacks(r->lesson, part->claim);

	if (lacking)
		result.saw = recording_claim(r->lesson, part->claim, lacking);
	else
		claim_run(r->lesson, part, &result);
	if (result.outcome == CLAIM_FAILS)
		r->failed++;
	plain_claim(&r->out, part->claim, &result, &r->look);
	claim_result_release(&result);
}

static void
print_experiment(struct reading *r, const struct experiment *e)
{
	const struct need *lacking = setup_lacks(r->lesson, &e->setup);
	char *why = NULL;

	plain_experiment(&r->out, r->lesson, e, &r->look);
	print(&r->out);
	if (lacking) {
		if (plain_experiment_recorded(&r->out, r->lesson, e,
					      &why) < 0)
			buf_addf(&r->out, _("It cannot be run here, and %s. "
					    "%s\n\n"), why, _(lacking->bad));
	} else if (plain_experiment_run(&r->out, r->lesson, e, &why) < 0) {
		buf_addf(&r->out, _("It could not be run: %s\n\n"), why);
		r->failed++;
	}
	free(why);
}

static void
print_part(struct reading *r, const struct part *part)
{
	switch (part->kind) {
	case PART_TEXT:
		plain_text(&r->out, part->text, &r->look);
		break;
	case PART_QUESTION:
		plain_question(&r->out, part->question, &r->look);
		break;
	case PART_EXPERIMENT:
		print_experiment(r, part->experiment);
		break;
	case PART_CLAIM:
		print_claim(r, part);
		break;
	case PART_EXHIBIT:
		plain_exhibit(&r->out, part->exhibit, &r->look);
		break;
	default:
		plain_excerpt(&r->out, r->lesson, part->excerpt);
	}
	print(&r->out);
}

static int
learn_plain(const struct lesson *l)
{
	struct reading r = {
		.lesson = l,
		.look = { .width = plain_width(), .plain = true },
	};
	int code = EXIT_DONE;

	plain_head(&r.out, l, &r.look);
	r.lacks = plain_lacking(&r.out, l, &r.look);
	for (size_t i = 0; i < l->n; i++) {
		plain_step(&r.out, l, i, &r.look);
		print(&r.out);
		for (size_t j = 0; j < l->step[i].n; j++)
			print_part(&r, &l->step[i].part[j]);
	}
	buf_release(&r.out);
	if (r.lacks)
		code = EXIT_MACHINE;
	if (r.failed)
		code = EXIT_NO;
	return code;
}

static int
learn_lesson(const char *word, bool plain)
{
	struct catalogue c = CATALOGUE_INIT;
	const struct catalogue_entry *e;
	struct lesson *l;
	char *why = NULL;
	int code;

	catalogue_load(&c);
	e = catalogue_find(&c, word, &why);
	l = e ? lesson_open(e->folder, &why) : NULL;
	if (!l)
		code = command_fail(EXIT_USAGE, why);
	else
		code = plain ? learn_plain(l) : lab_lesson(l);
	lesson_free(l);
	catalogue_release(&c);
	return code;
}

static int
learn_run(const struct args *a)
{
	bool plain = args_has(a, "plain") || term_possible(NULL) < 0;
	char *why = NULL;

	if (a->argc > 1) {
		fail(&why, _("learn takes one lesson, not %d"), a->argc);
		return command_fail(EXIT_USAGE, why);
	}
	if (args_has(a, "list") || (a->argc == 0 && plain))
		return learn_list();
	return a->argc ? learn_lesson(a->argv[0], plain) : lab_home();
}

static const struct option_def learn_options[] = {
	{ "list", 'l', NULL, N_("list the lessons") },
	{ "plain", 'p', NULL, N_("linear text, with its experiments run") },
	{ .name = NULL },
};

const struct command command_learn = {
	.name = "learn",
	.synopsis = "[LESSON] [--list] [--plain]",
	.summary = N_("opens a lesson"),
	.details = N_("LESSON is a number, a name or the start of one: 2, "
		      "pipes, 02-pipes.\n"
		      "$IPCLAB_LESSONS names more folders of lessons."),
	.options = learn_options,
	.run = learn_run,
};
