/* See manifest.h.  */
#include "config.h"

#include "grade/manifest.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* ---- writing ---- */
static json_t *
files_of(const struct submission *s)
{
	json_t *list = json_array(), *file;

	for (size_t i = 0; i < s->n_files; i++) {
		file = json_object();
		json_object_set_new(file, "name", json_string(s->file[i].name));
		json_object_set_new(file, "size",
				    json_integer((json_int_t)s->file[i].n));
		json_object_set_new(file, "digest",
				    json_string(s->file[i].digest));
		json_array_append_new(list, file);
	}
	return list;
}

char *
manifest_text(const struct handin_part *part, size_t n, const char *assignment)
{
	json_t *all = json_object(), *list = json_array();
	json_t *missing = json_array();
	char *text;

	for (size_t i = 0; i < n; i++) {
		json_t *name = json_string(part[i].exercise->name), *it;

		if (part[i].lacks) {
			json_array_append_new(missing, name);
			continue;
		}
		it = json_object();
		json_object_set_new(it, "exercise", name);
		json_object_set_new(it, "digest",
				    json_string(part[i].work.digest));
		json_object_set_new(it, "files", files_of(&part[i].work));
		json_object_set_new(it, "hints",
				    json_integer((json_int_t)part[i].hints));
		json_array_append_new(list, it);
	}
	json_object_set_new(all, "ipclab", json_string("submission"));
	json_object_set_new(all, "version", json_integer(1));
	json_object_set_new(all, "assignment", assignment ?
			    json_string(assignment) : json_null());
	json_object_set_new(all, "exercises", list);
	json_object_set_new(all, "missing", missing);
	text = json_dumps(all, JSON_INDENT(2));
	json_decref(all);
	return text;
}

/* ---- reading ---- */
static bool
is_manifest(json_t *all)
{
	const char *kind = json_string_value(json_object_get(all, "ipclab"));

	return kind && strcmp(kind, "submission") == 0;
}

int64_t
manifest_hints(const char *text, size_t n, const char *exercise, int64_t most)
{
	json_t *all = json_loadb(text, n, 0, NULL), *it;
	int64_t hints = 0;
	size_t i;

	json_array_foreach(is_manifest(all) ? json_object_get(all, "exercises")
			   : NULL, i, it) {
		const char *name = json_string_value(
			json_object_get(it, "exercise"));
		json_int_t said = json_integer_value(
			json_object_get(it, "hints"));

		/* Named twice, the most counts.  */
		if (name && strcmp(name, exercise) == 0 && said > hints)
			hints = said > most ? most : said;
	}
	json_decref(all);
	return hints;
}
