/* `ipclab doctor`: what this machine allows, and what follows from it.  */
#include "config.h"

#include "command/command.h"

#include "base/buf.h"
#include "base/cells.h"
#include "base/i18n.h"
#include "command/doctor.h"
#include "lesson/need.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INDENT = 8, NAME_CELLS = 20, TEXT_CELLS = 71 };

static const struct check *const groups[] = {
	doctor_machine, doctor_system, doctor_user,
};

/* What one check came to.  */
struct finding {
	const struct check *check;
	bool ok;
	struct buf found;
};

static void
write_wrapped(void *arg, const char *start, size_t len)
{
	fprintf(arg, "%*s%.*s\n", INDENT, "", (int)len, start);
}

static void
print_finding(const struct finding *f)
{
	const char *mark = f->ok ? _("ok") : f->check->needed ? _("LACKS")
							      : _("no");
	int pad = INDENT - 2 - cells_of(mark);

	printf("  %s%*s%-*s%s\n", mark, pad > 0 ? pad : 1, "", NAME_CELLS,
	       f->check->name, buf_str(&f->found));
	cells_wrap(_(f->ok ? f->check->good : f->check->bad), TEXT_CELLS,
		   write_wrapped, stdout);
}

static json_t *
finding_json(const struct finding *f)
{
	const char *found = buf_str(&f->found);
	const char *means = _(f->ok ? f->check->good : f->check->bad);
	json_t *text = json_string(found);

	/* What the system says need not be UTF-8.  */
	return json_pack("{s:s, s:b, s:b, s:o, s:s}",
			 "name", f->check->name, "ok", f->ok,
			 "needed", f->check->needed,
			 "found", text ? text : json_string("?"),
			 "means", means);
}

/* Everything printed, and no error on the way (a full disk)?  */
static int
finish_output(int code)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	return command_fail(EXIT_FAULT,
			    xasprintf(_("cannot write the report: %s"),
				      strerror(errno)));
}

static int
print_json(json_t *checks, int code)
{
	json_t *report = json_pack("{s:s, s:i, s:o}", "ipclab", "doctor",
				   "version", 1, "checks", checks);

	if (!report)
		die("out of memory");
	json_dumpf(report, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(report);
	return finish_output(code);
}

/* Run one check; its report goes to checks, or (NULL) to the screen.  */
static bool
examine(const struct check *check, json_t *checks)
{
	struct finding f = { .check = check, .found = BUF_INIT };

	f.ok = check->look(&f.found);
	if (checks)
		json_array_append_new(checks, finding_json(&f));
	else
		print_finding(&f);
	buf_release(&f.found);
	return f.ok;
}

/* What lessons need, as checks like the others.  */
static void
examine_needs(json_t *checks)
{
	for (const struct need *n = needs; n->word; n++) {
		const struct check check = { n->word, false, n->look, n->good,
					     n->bad };

		if (!n->implied)
			examine(&check, checks);
	}
}

static int
run_doctor(const struct args *a)
{
	json_t *checks = args_has(a, "json") ? json_array() : NULL;
	struct buf missing = BUF_INIT;
	int code;

	if (a->argc > 0)
		return command_fail(EXIT_USAGE,
				    xasprintf(_("doctor takes no operands, "
						"and was given %s"),
					      a->argv[0]));
	for (size_t i = 0; i < ARRAY_SIZE(groups); i++)
		for (const struct check *c = groups[i]; c->name; c++)
			if (!examine(c, checks) && c->needed)
				buf_addf(&missing, "%s%s",
					 missing.len ? ", " : "", c->name);
	examine_needs(checks);
	code = missing.len ? EXIT_MACHINE : EXIT_DONE;
	code = checks ? print_json(checks, code) : finish_output(code);
	if (code == EXIT_MACHINE)
		command_fail(code, xasprintf(_("the lab cannot run here for "
					       "lack of: %s"),
					     buf_str(&missing)));
	buf_release(&missing);
	return code;
}

static const struct option_def options[] = {
	{ "json", 0, NULL, N_("one JSON object, for programs") },
	{ .name = NULL },
};

const struct command command_doctor = {
	.name = "doctor",
	.synopsis = "[--json]",
	.summary = N_("what this machine allows, and what follows for you"),
	.details = N_("Each line names a thing, what was found, and what "
		      "that means for lessons and grading.  Things are tried "
		      "for real and leave no trace.\n\n"
		      "The exit status is 3 when something is missing "
		      "without which the lab cannot run."),
	.options = options,
	.run = run_doctor,
};
