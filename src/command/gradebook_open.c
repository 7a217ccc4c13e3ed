/* ipclab gradebook open: the class on the screen.  */
#include "config.h"

#include "base/i18n.h"
#include "command/gradebook.h"
#include "exercise/catalogue.h"
#include "grade/class.h"
#include "grade/record.h"
#include "term/term.h"
#include "view/class_view.h"

#include <stdlib.h>
#include <string.h>

struct opened {
	struct gradebook *book;
	struct class class;		/* --class: what was handed in */
	struct record record;		/* the one that was opened last */
};

static char *
result_of(void *arg, const struct book_row *row, char **why)
{
	struct opened *o = arg;

	return book_result(o->book->book, row, why);
}

static const char *
path_of(const struct opened *o, const char *student)
{
	for (size_t i = 0; i < o->class.n; i++)
		if (strcmp(o->class.one[i].id, student) == 0)
			return o->class.one[i].path;
	return NULL;
}

/* The very files that were graded.  */
static int
record(struct opened *o, const struct exercise *e, const char *path,
       const struct book_row *row, const char *schedule, char **why)
{
	const char *beside[] = { e->name, NULL };
	struct submission s;
	int ret = -1;

	if (submission_read_of(&s, e, beside, path, why) != SUBMISSION_TAKEN)
		ret = -1;
	else if (strcmp(s.digest, row->digest) != 0)
		ret = fail(why, _("%s is not what was graded"), path);
	else
		ret = record_make(&o->record, e, &s, schedule, why);
	submission_release(&s);
	return ret;
}

static const char *
record_of(void *arg, const struct book_row *row, const char *schedule,
	  const char **sources, char **why)
{
	struct opened *o = arg;
	const char *path = path_of(o, row->student);
	char *folder;
	struct exercise e;
	int ret = -1;

	record_release(&o->record);
	if (!path) {
		fail(why, _("where is what %s handed in? Begin with --class "
			    "DIR"), row->student);
		return NULL;
	}
	folder = exercise_find(row->exercise,
			       args_value(o->book->args, "pack"), why);
	if (!folder)
		return NULL;
	if (exercise_load(&e, folder, NULL, NULL) < 0)
		fail(why, _("%s is not in order: ipclab author verify %s"),
		     folder, folder);
	else
		ret = record(o, &e, path, row, schedule, why);
	exercise_release(&e);
	free(folder);
	*sources = o->record.folder;
	return ret < 0 ? NULL : o->record.path;
}

int
gradebook_open(struct gradebook *q)
{
	const char *folder = args_value(q->args, "class");
	struct opened o = { .book = q, .class = CLASS_INIT };
	char *why = NULL;
	int code = EXIT_DONE;

	if (folder && class_add_folder(&o.class, folder, &why) < 0) {
		code = command_fail(EXIT_USAGE, why);
	} else if (term_start(&why) < 0) {
		code = command_fail(EXIT_MACHINE, why);
	} else {
		class_view_run(&(struct class_view_config){
			.list = &q->list, .result = result_of,
			.record = record_of, .arg = &o,
			.title = q->has_assignment ?
				 q->assignment.title.text : _("A class") });
		term_stop();
	}
	record_release(&o.record);
	class_release(&o.class);
	return code;
}
