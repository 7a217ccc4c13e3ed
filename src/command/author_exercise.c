/* See author_exercise.h.  */
#include "config.h"

#include "author/verify.h"
#include "base/cells.h"
#include "base/i18n.h"
#include "command/author_exercise.h"
#include "exercise/catalogue.h"
#include "exercise/pack_file.h"
#include "report/document.h"
#include "sandbox/sandbox.h"
#include "tracer/ability.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MUTANTS_USUAL = 40, MUTANTS_MOST = 10000, JOBS_MOST = 64 };

static volatile sig_atomic_t stopped;

static void
on_stop(int sig)
{
	(void)sig;
	stopped = 1;
}

/* ---- what is asked ---- */
/* The number of an option, if it is given.  */
static int
number(const struct args *a, const char *option, uint64_t most,
       uint64_t *value, char **why)
{
	const char *s = args_value(a, option);
	char *end;

	if (!s)
		return 0;
	errno = 0;
	*value = strtoull(s, &end, 10);
	if (*s < '0' || *s > '9' || *end || errno || *value > most)
		return fail(why, _("--%s needs a number of at most %llu, not "
				   "'%s'"), option, (unsigned long long)most,
			    s);
	return 0;
}

int
author_exercise_options(struct author_exercise *x, const struct args *a,
			int jobs, char **why)
{
	uint64_t wanted = (uint64_t)jobs, mutants = MUTANTS_USUAL;

	*x = (struct author_exercise){ .seed = 1,
				       .json = args_has(a, "json"),
				       .texts = args_has(a, "texts") };
	/* JSON and strategies take 63 bits.  */
	if (number(a, "jobs", JOBS_MOST, &wanted, why) < 0 ||
	    number(a, "seed", INT64_MAX, &x->seed, why) < 0 ||
	    number(a, "mutants", MUTANTS_MOST, &mutants, why) < 0)
		return -1;
	x->jobs = (int)wanted;
	x->mutants = (size_t)mutants;
	return 0;
}

void
author_exercise_release(struct author_exercise *x)
{
	for (size_t i = 0; i < x->n; i++)
		free(x->folder[i]);
	free(x->folder);
	problems_release(&x->packs);
	*x = (struct author_exercise){ .n = 0 };
}

static void
note(struct author_exercise *x, char *folder)
{
	x->folder = xgrow(x->folder, &x->room, x->n + 1, sizeof(*x->folder));
	x->folder[x->n++] = folder;
}

bool
author_exercise_add(struct author_exercise *x, const char *path)
{
	char *folder = xstrdup(path), *file, *why = NULL;
	struct exercise_names names;
	size_t before = x->n;

	for (size_t len = strlen(folder); len > 1 && folder[len - 1] == '/';)
		folder[--len] = '\0';
	file = xasprintf("%s/exercise.yaml", folder);
	if (access(file, F_OK) == 0)
		note(x, xstrdup(folder));
	else if (exercise_names(&names, folder, &why) == 0)
		for (size_t i = 0; i < names.n; i++)
			note(x, xasprintf("%s/%s", folder, names.name[i]));
	if (x->n > before)
		pack_file_check(folder, &x->packs);
	if (access(file, F_OK) < 0)
		exercise_names_release(&names);
	free(file);
	free(folder);
	free(why);
	return x->n > before;
}

/* ---- text ---- */
static void
write_mutants(struct buf *out, const char *folder,
	      const struct verification *v)
{
	size_t judged = v->killed + v->survived;

	if (!judged)
		return;
	buf_addf(out, _("%s: mutation score %zu of %zu (%zu%%); %zu did not "
			"compile, of %zu that can be made\n"), folder,
		 v->killed, judged, v->killed * 100 / judged, v->uncompiled,
		 v->mutants);
	for (size_t i = 0; i < v->survived; i++)
		buf_addf(out, _("%s:%d: passes all checks: %s\n"),
			 v->survivor[i].file, v->survivor[i].line,
			 v->survivor[i].says);
}

static void
write_text(struct buf *out, const char *folder, const struct verification *v,
	   const struct problems *p, bool texts)
{
	problems_write(p, out);
	if (p->n)
		buf_addf(out, ngettext("%s: %zu fault\n", "%s: %zu faults\n",
				       p->n), folder, p->n);
	else if (texts)
		buf_addf(out, _("%s: the texts are in order (%s); nothing was "
				"run\n"), folder, v->langs);
	else
		buf_addf(out, _("%s: in order (%s): %zu good solutions passed "
				"all of %lld runs, %zu bad ones were found\n"),
			 folder, v->langs, v->n_good, (long long)v->runs,
			 v->n_bad);
	write_mutants(out, folder, v);
}

/* ---- JSON ---- */
static json_t *
problems_of(const struct problems *p)
{
	json_t *list = json_array();

	for (size_t i = 0; i < p->n; i++) {
		json_t *it = json_object();

		document_text(it, "file", p->list[i].file);
		document_number(it, "line", p->list[i].line);
		document_text(it, "says", p->list[i].text);
		json_array_append_new(list, it);
	}
	return list;
}

static json_t *
mutants_of(const struct verification *v)
{
	json_t *object = json_object(), *list = json_array();

	document_number(object, "possible", (int64_t)v->mutants);
	document_number(object, "killed", (int64_t)v->killed);
	document_number(object, "survived", (int64_t)v->survived);
	document_number(object, "not_compiled", (int64_t)v->uncompiled);
	for (size_t i = 0; i < v->survived; i++) {
		json_t *it = json_object();

		document_text(it, "file", v->survivor[i].file);
		document_number(it, "line", v->survivor[i].line);
		document_text(it, "says", v->survivor[i].says);
		json_array_append_new(list, it);
	}
	json_object_set_new(object, "survivors", list);
	return object;
}

static json_t *
object_of(const char *folder, const struct verification *v,
	  const struct problems *p)
{
	json_t *object = json_object();

	document_text(object, "folder", folder);
	document_text(object, "languages", v->langs);
	document_number(object, "good", (int64_t)v->n_good);
	document_number(object, "bad", (int64_t)v->n_bad);
	document_number(object, "runs", v->runs);
	json_object_set_new(object, "problems", problems_of(p));
	json_object_set_new(object, "mutants", mutants_of(v));
	return object;
}

static void
print_json(const struct author_exercise *x, json_t *list)
{
	json_t *all = json_object();
	struct buf out = BUF_INIT;

	document_text(all, "ipclab", "verification");
	document_number(all, "version", 1);
	document_number(all, "seed", (int64_t)x->seed);
	json_object_set_new(all, "problems", problems_of(&x->packs));
	json_object_set_new(all, "exercises", list);
	document_write(&out, all, JSON_INDENT(2));
	fwrite(buf_str(&out), 1, out.len, stdout);
	fflush(stdout);
	buf_release(&out);
}

/* ---- running it ---- */
static void
show_progress(const struct hearing *h, int64_t runs, size_t done, size_t all)
{
	char *line = xasprintf(_("%s %s: %lld runs (%zu of %zu)"),
			       h->exercise->name, h->name, (long long)runs,
			       done + 1, all);

	fprintf(stderr, "\r%.*s\033[K", (int)cells_clip(line, 79), line);
	fflush(stderr);
	free(line);
}

/* False: there is something wrong in it.  */
static bool
verify_one(const struct author_exercise *x, const char *folder, json_t *list,
	   bool *interrupted)
{
	bool draws = isatty(STDERR_FILENO), sound;
	const struct verify_options o = {
		.seed = x->seed, .mutants = x->mutants,
		.texts_only = x->texts,
		.hearing = {
			.jobs = x->jobs, .stop = &stopped,
			.sandboxed = sandbox_is_used(),
			.progress = draws ? show_progress : NULL,
		},
	};
	struct problems p = PROBLEMS_INIT;
	struct buf out = BUF_INIT;
	struct verification v;

	exercise_verify(folder, &o, &v, &p);
	if (draws)
		fputs("\r\033[K", stderr);
	sound = p.n == 0;
	*interrupted = v.interrupted;
	if (x->json)
		json_array_append_new(list, object_of(folder, &v, &p));
	else if (!v.interrupted)
		write_text(&out, folder, &v, &p, x->texts);
	fputs(buf_str(&out), stdout);
	fflush(stdout);
	buf_release(&out);
	verification_release(&v);
	problems_release(&p);
	return sound;
}

static int
verify_all(const struct author_exercise *x)
{
	bool sound = x->packs.n == 0, interrupted = false;
	json_t *list = x->json ? json_array() : NULL;
	struct buf out = BUF_INIT;

	if (!x->json)
		problems_write(&x->packs, &out);
	fputs(buf_str(&out), stdout);
	buf_release(&out);
	for (size_t i = 0; i < x->n && !interrupted; i++)
		sound &= verify_one(x, x->folder[i], list, &interrupted);
	if (x->json)
		print_json(x, list);
	return interrupted ? EXIT_INTERRUPTED : sound ? EXIT_DONE : EXIT_NO;
}

int
author_exercise_verify(const struct author_exercise *x)
{
	struct sigaction stop = { .sa_handler = on_stop }, before[2];
	char *why = NULL;
	int code;

	if (x->n == 0)
		return EXIT_DONE;
	if (!x->texts && ability_try(ABILITY_CALL, &why) < 0)
		return command_fail(EXIT_MACHINE, why);
	sigemptyset(&stop.sa_mask);
	sigaction(SIGINT, &stop, &before[0]);
	sigaction(SIGTERM, &stop, &before[1]);
	code = verify_all(x);
	sigaction(SIGINT, &before[0], NULL);
	sigaction(SIGTERM, &before[1], NULL);
	return code;
}
