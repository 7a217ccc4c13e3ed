/* See handout.h.  */
#include "config.h"

#include "author/handout.h"
#include "author/secret.h"
#include "base/i18n.h"
#include "exercise/check.h"
#include "exercise/pack_file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct handing_out {
	struct handout *to;
	struct problems *p;
	const char *folder;	/* of the exercise */
	const char *name;
};

void
handout_add(struct handout *h, char *path, char *bytes, size_t n)
{
	h->at = xgrow(h->at, &h->room, h->n + 1, sizeof(*h->at));
	h->at[h->n++] = (struct handout_file){ path, bytes, n };
}

void
handout_release(struct handout *h)
{
	for (size_t i = 0; i < h->n; i++) {
		free(h->at[i].path);
		free(h->at[i].bytes);
	}
	free(h->at);
	*h = (struct handout)HANDOUT_INIT;
}

static int
by_path(const void *a, const void *b)
{
	const struct handout_file *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* ---- an exercise ---- */
/* "exercise.zh_CN.yaml": "zh_CN", the caller's; NULL: English.  */
static char *
language_of(const char *file)
{
	const char *dot = strchr(file, '.'), *last = strrchr(file, '.');

	return dot == last ? NULL : xstrndup(dot + 1,
					     (size_t)(last - dot - 1));
}

/* A file that is written anew.  */
static char *
without_secrets(const struct handing_out *w, const char *file)
{
	char *language = language_of(file);
	struct buf out = BUF_INIT;
	struct exercise e;

	if (exercise_load(&e, w->folder, language, w->p) == 0) {
		secret_take_out(&e, NULL, NULL);
		if (language)
			secret_write_texts(&e, &out);
		else
			secret_write(&e, &out);
	}
	exercise_release(&e);
	free(language);
	return out.data ? buf_take(&out) : xstrdup("");
}

static void
add_file(const struct handing_out *w, const char *file)
{
	const struct exercise e = { .folder = (char *)w->folder };
	enum secret_kind kind = secret_of_file(file);
	char *text = kind == SECRET_PARTLY ? without_secrets(w, file) :
		     exercise_text(&e, file, NULL);
	char *path = xasprintf("%s/%s", w->folder, file);

	if (text)
		handout_add(w->to, xasprintf("%s/%s", w->name, file), text,
			    strlen(text));
	else
		problem_add(w->p, path, 0, _("a link, or no ordinary file"));
	free(path);
}

static void
add_folder(const struct handing_out *w, const char *below)
{
	char *path = xasprintf("%s/%s", w->folder, below);
	DIR *d = opendir(path);
	struct dirent *it;

	while (d && (it = readdir(d))) {
		char *file = xasprintf("%s%s%s", below, *below ? "/" : "",
				       it->d_name);

		if (*it->d_name != '.' &&
		    secret_of_file(file) != SECRET_WHOLE)
			add_file(w, file);
		free(file);
	}
	if (d)
		closedir(d);
	free(path);
}

static void
add_exercise(struct handout *h, const char *folder, const char *name,
	     struct problems *p)
{
	const struct handing_out w = { h, p, folder, name };
	struct exercise e;

	if (exercise_load(&e, folder, NULL, p) == 0) {
		add_folder(&w, "");
		add_folder(&w, "start");
	}
	exercise_release(&e);
}

/* ---- a pack ---- */
static void
add_pack_file(struct handout *h, const struct pack_file *pack)
{
	struct buf out = BUF_INIT;
	size_t n;

	pack_file_write(pack, &out);
	n = out.len;
	handout_add(h, xstrdup("pack.yaml"), buf_take(&out), n);
}

static void
make_pack(struct handout *h, const char *folder, const char *path,
	  struct problems *p)
{
	struct pack_file pack;

	if (pack_file_read(&pack, folder, p) == 0)
		add_pack_file(h, &pack);
	for (size_t i = 0; h->n && i < pack.exercises.n; i++) {
		const char *name = pack.exercises.text[i].text;
		char *below = xasprintf("%s/%s", folder, name);

		if (!exercise_name_is_sound(name))
			problem_add(p, path, pack.exercises.text[i].line,
				    _("'%.40s' is no name of an exercise"),
				    name);
		else
			add_exercise(h, below, name, p);
		free(below);
	}
	pack_file_release(&pack);
}

/* A pack with this one in it, so that there is one kind of archive.  real:
 * where its name can be seen, which "." does not have.  */
static void
make_exercise(struct handout *h, const char *folder, const char *real,
	      struct problems *p)
{
	struct exercise e;
	struct pack_file pack = { .line = 1, .format = { 1, 1 } };
	struct yaml_text name;

	if (exercise_load(&e, real, NULL, p) == 0) {
		name = (struct yaml_text){ e.name, 1 };
		pack.name = name;
		pack.title = e.title;
		pack.exercises = (struct yaml_texts){ 1, &name };
		add_pack_file(h, &pack);
		add_exercise(h, folder, e.name, p);
	}
	exercise_release(&e);
}

void
handout_make(struct handout *h, const char *folder, struct problems *p)
{
	char *real = realpath(folder, NULL);
	char *one, *pack;

	*h = (struct handout)HANDOUT_INIT;
	if (!real) {
		problem_add(p, folder, 0, _("there is no such folder"));
		return;
	}
	one = xasprintf("%s/exercise.yaml", folder);
	pack = xasprintf("%s/pack.yaml", folder);
	/* The folder's name is the exercise's: "." has none.  */
	if (access(one, F_OK) == 0)
		make_exercise(h, folder, real, p);
	else if (access(pack, F_OK) == 0)
		make_pack(h, folder, pack, p);
	else
		problem_add(p, folder, 0, _("it has neither an exercise.yaml "
					    "nor a pack.yaml"));
	if (h->n)
		qsort(h->at, h->n, sizeof(*h->at), by_path);
	free(pack);
	free(one);
	free(real);
}
