/* An assignment from its file.  */
#include "config.h"

#include "base/i18n.h"
#include "base/suggest.h"
#include "base/utc.h"
#include "exercise/catalogue.h"
#include "exercise/check.h"
#include "grade/assignment.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { WORD_MAX = 64, SENTENCE_MAX = 1000, PATH_MOST = 4000 };

/* ---- its keys ---- */
#define FIELD(name, of_kind, type, member) \
	.key = name, .kind = of_kind, .at = offsetof(struct type, member)
#define TEXT(key, type, member, max, needed) \
	{ FIELD(key, YAML_TEXT, type, member), .required = needed, \
	  .high = max }
#define NUMBER(key, type, member, from, to, needed) \
	{ FIELD(key, YAML_NUMBER, type, member), .low = from, .high = to, \
	  .required = needed }
#define LIST(key, type, member, most, of, needed) \
	{ FIELD(key, YAML_LIST, type, member), .high = most, .table = of, \
	  .required = needed }
#define END { .key = NULL }

static const struct yaml_field exercise_fields[] = {
	TEXT("name", assignment_exercise, name, WORD_MAX, true),
	NUMBER("points", assignment_exercise, points, 0, 10000, true),
	END
};
static const struct yaml_table item_table = {
	sizeof(struct assignment_exercise), exercise_fields
};

static const struct yaml_field late_fields[] = {
	TEXT("until", assignment_late, until, WORD_MAX, true),
	TEXT("lose", assignment_late, lose, WORD_MAX, true),
	END
};
static const struct yaml_table late_table = {
	sizeof(struct assignment_late), late_fields
};

static const struct yaml_field hints_fields[] = {
	TEXT("cost", assignment_hints, cost, WORD_MAX, true),
	END
};
static const struct yaml_table hints_table = {
	sizeof(struct assignment_hints), hints_fields
};

static const struct yaml_field assignment_fields[] = {
	NUMBER("format", assignment, format, 1, 1, true),
	TEXT("name", assignment, name, WORD_MAX, true),
	TEXT("title", assignment, title, SENTENCE_MAX, true),
	TEXT("pack", assignment, pack, PATH_MOST, false),
	LIST("exercises", assignment, exercises, 100, &item_table, true),
	TEXT("opens", assignment, opens, WORD_MAX, false),
	TEXT("due", assignment, due, WORD_MAX, false),
	LIST("late", assignment, late, 16, &late_table, false),
	NUMBER("attempts", assignment, attempts, 1, 1000, false),
	{ FIELD("hints", YAML_MAPPING, assignment, hints),
	  .table = &hints_table },
	TEXT("published", assignment, published, WORD_MAX, false),
	TEXT("roster", assignment, roster, PATH_MOST, false),
	END
};
static const struct yaml_table assignment_table = {
	sizeof(struct assignment), assignment_fields
};

/* ---- does it make sense? ---- */
struct checking {
	struct assignment *a;
	const char *file;
	struct problems *p;
	bool failed;
};

#define WRONG(c, line, ...) \
	((c)->failed = true, \
	 problem_add((c)->p, (c)->file, line, __VA_ARGS__))

static void
check_exercises(struct checking *c)
{
	const struct assignment_exercise *e;

	if (c->a->exercises.line && c->a->exercises.n == 0)
		WRONG(c, c->a->exercises.line, _("exercises: nothing stands "
						 "there"));
	for (size_t i = 0; (e = assignment_exercise(c->a, i)); i++) {
		if (!e->name.text)
			continue;
		if (!exercise_name_is_sound(e->name.text))
			WRONG(c, e->name.line, _("'%.40s' is no name: small "
			      "letters, digits and '-', 32 at most"),
			      e->name.text);
		if (assignment_named(c->a, e->name.text) != e)
			WRONG(c, e->name.line, _("'%.40s' stands here twice"),
			      e->name.text);
	}
}

/* False: it is not given, or wrong, which was said.  */
static bool
take_time(struct checking *c, const char *key, const struct yaml_text *text,
	  int64_t *at)
{
	size_t n = text->text ? strlen(text->text) : 0;

	if (!n)
		return false;
	if (text->text[n - 1] == 'Z' && utc_parse(text->text, at))
		return true;
	WRONG(c, text->line, _("%s: '%.40s' is no time such as "
			       "2026-11-16T23:59:59Z"), key, text->text);
	return false;
}

static void
check_times(struct checking *c)
{
	struct assignment *a = c->a;
	int64_t opens, due, published;
	bool opens_is = take_time(c, "opens", &a->opens, &opens);
	bool due_is = take_time(c, "due", &a->due, &due);
	bool published_is = take_time(c, "published", &a->published,
				      &published);

	a->policy.due_is_set = due_is;
	a->policy.due = due_is ? due : 0;
	if (opens_is && due_is && due <= opens)
		WRONG(c, a->due.line, _("due: that is before it opens"));
	if (published_is && due_is && published < due)
		WRONG(c, a->published.line, _("published: that is before it "
					      "is due"));
	if (a->late.line && !a->due.text)
		WRONG(c, a->late.line, _("late: without 'due' nothing is ever "
					 "late"));
}

static void
check_step(struct checking *c, const struct assignment_late *it, size_t i)
{
	struct late_step *to = &c->a->policy.step[c->a->policy.n];

	if (!it->until.text || !it->lose.text)
		return;
	if (!late_parse_span(it->until.text, &to->until)) {
		WRONG(c, it->until.line, _("until: '%.40s' is no span such as "
		      "90m, 24h or 3d"), it->until.text);
	} else if (!late_parse_percent(it->lose.text, &to->lose)) {
		WRONG(c, it->lose.line, _("lose: '%.40s' is nothing from 0%% "
					  "to 100%%"), it->lose.text);
	} else if (i && c->a->policy.n && to->until <= to[-1].until) {
		WRONG(c, it->until.line, _("until: not later than the one "
					   "before"));
	} else if (i && c->a->policy.n && to->lose < to[-1].lose) {
		WRONG(c, it->lose.line, _("lose: less than what is lost "
					  "earlier"));
	} else {
		c->a->policy.n++;
	}
}

static void
check_late(struct checking *c)
{
	const struct assignment_late *list = c->a->late.at;

	c->a->policy.step = xcalloc(c->a->late.n + 1,
				    sizeof(*c->a->policy.step));
	for (size_t i = 0; i < c->a->late.n; i++)
		check_step(c, &list[i], i);
}

static void
check_words(struct checking *c)
{
	const struct assignment *a = c->a;

	if (a->name.text && !exercise_name_is_sound(a->name.text))
		WRONG(c, a->name.line, _("'%.40s' is no name: small letters, "
		      "digits and '-', 32 at most"), a->name.text);
	if (a->hints.cost.text &&
	    !late_parse_percent(a->hints.cost.text, &c->a->hint_cost))
		WRONG(c, a->hints.cost.line, _("cost: '%.40s' is nothing from "
		      "0%% to 100%%"), a->hints.cost.text);
}

int
assignment_read(struct assignment *a, const char *file, const char *text,
		size_t n, struct problems *p)
{
	struct checking c = { .a = a, .file = file, .p = p };
	int ret = yaml_read(&assignment_table, a, file, text, n, p);

	check_words(&c);
	check_exercises(&c);
	check_times(&c);
	check_late(&c);
	return c.failed ? -1 : ret;
}

void
assignment_release(struct assignment *a)
{
	for (size_t i = 0; a->loaded && i < a->exercises.n; i++)
		exercise_release(&a->loaded[i]);
	free(a->loaded);
	free(a->path);
	late_release(&a->policy);
	pack_close(&a->source);
	roster_release(&a->people);
	yaml_release(&assignment_table, a);
}

/* ---- with what it names ---- */
/* From the assignment's file on; the caller's.  */
static char *
path_from(const struct assignment *a, const char *path)
{
	const char *slash = strrchr(a->path, '/');

	if (*path == '/' || !slash)
		return xstrdup(path);
	return xasprintf("%.*s/%s", (int)(slash - a->path), a->path, path);
}

static int
load_exercise(struct assignment *a, size_t i, struct problems *p)
{
	const struct yaml_text *name = &assignment_exercise(a, i)->name;
	char *folder, *language, *why = NULL;
	int ret;

	folder = exercise_find(name->text, a->source.folder, &why);
	if (!folder) {
		problem_add(p, a->path, name->line, "%s", why);
		free(why);
		return -1;
	}
	language = exercise_language(folder);
	ret = exercise_load(&a->loaded[i], folder, language, p);
	free(language);
	free(folder);
	return ret;
}

static int
load_pack(struct assignment *a, const char *pack, const char *unpack_to,
	  struct problems *p)
{
	char *path = pack ? xstrdup(pack) : a->pack.text ?
		     path_from(a, a->pack.text) : NULL, *why = NULL;
	int ret = pack_open(&a->source, path, unpack_to, &why);

	if (ret < 0)
		problem_add(p, a->path, a->pack.line, "%s", why);
	free(why);
	free(path);
	if (ret < 0)
		return -1;
	a->loaded = xcalloc(a->exercises.n + 1, sizeof(*a->loaded));
	for (size_t i = 0; i < a->exercises.n; i++)
		if (load_exercise(a, i, p) < 0)
			ret = -1;
	return ret;
}

static int
load_roster(struct assignment *a, struct problems *p)
{
	char *path;
	int ret;

	if (!a->roster.text)
		return 0;
	path = path_from(a, a->roster.text);
	ret = roster_load(&a->people, path, p);
	free(path);
	return ret;
}

int
assignment_look(struct assignment *a, const char *path, struct problems *p)
{
	struct buf text = BUF_INIT;
	char *why = NULL;
	int ret;

	memset(a, 0, sizeof(*a));
	if (buf_read_file(&text, path, YAML_BYTES_MAX, &why) < 0) {
		problem_add(p, path, 0, "%s", why);
		free(why);
		buf_release(&text);
		return -1;
	}
	ret = assignment_read(a, path, text.data, text.len, p);
	buf_release(&text);
	a->path = xstrdup(path);
	return ret;
}

int
assignment_load_work(struct assignment *a, const char *path, const char *pack,
		     const char *unpack_to, struct problems *p)
{
	int ret = assignment_look(a, path, p);

	return ret < 0 ? ret : load_pack(a, pack, unpack_to, p);
}

int
assignment_load(struct assignment *a, const char *path, const char *pack,
		const char *unpack_to, struct problems *p)
{
	int ret = assignment_look(a, path, p);

	if (ret == 0 && load_pack(a, pack, unpack_to, p) < 0)
		ret = -1;
	/* One that could not be read has no path.  */
	if (a->path && load_roster(a, p) < 0)
		ret = -1;
	return ret;
}

bool
assignment_is(const char *path)
{
	const char *dot = strrchr(path, '.');
	struct stat st;

	return dot && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0)
	       && (stat(path, &st) < 0 || !S_ISDIR(st.st_mode));
}

/* ---- looking at it ---- */
const struct assignment_exercise *
assignment_exercise(const struct assignment *a, size_t i)
{
	const struct assignment_exercise *all = a->exercises.at;

	return i < a->exercises.n ? &all[i] : NULL;
}

const struct assignment_exercise *
assignment_named(const struct assignment *a, const char *name)
{
	const struct assignment_exercise *e;

	for (size_t i = 0; (e = assignment_exercise(a, i)); i++)
		if (e->name.text && strcmp(e->name.text, name) == 0)
			return e;
	return NULL;
}

int64_t
assignment_points(const struct assignment *a)
{
	int64_t sum = 0;

	for (size_t i = 0; i < a->exercises.n; i++)
		sum += assignment_exercise(a, i)->points.value;
	return sum;
}

int64_t
assignment_mark(const struct assignment *a,
		const struct assignment_exercise *e, int64_t score,
		int64_t maximum, int64_t hints, int lost)
{
	/* Of 100 * maximum parts of the exercise's points.  A hundred hints
	 * that are not free cost all of them.  */
	int64_t cost = (hints < 100 ? hints : 100) * a->hint_cost;
	int64_t parts = 100 * score - cost * maximum;
	int64_t all = 100 * maximum;

	if (maximum <= 0 || parts <= 0)
		return 0;
	parts *= e->points.value * (100 - lost);
	return (2 * parts + all) / (2 * all);
}
