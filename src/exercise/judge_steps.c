/* A failing run as the steps of a result; calls that were refused in it.  */
#include "config.h"

#include "exercise/judge_inside.h"

#include <stdlib.h>
#include <string.h>

enum { FIELDS = 5, STEPS_MAX = 2000, FIELD_MAX = 400, FORBIDDEN_MAX = 1000 };

/* A line cut at its tabs, as text that can be shown; NULL where nothing
 * stands.  */
static void
cut(const char *line, size_t len, char *field[FIELDS])
{
	const char *end = line + len;

	for (int i = 0; i < FIELDS; i++) {
		size_t n;
		const char *tab = line < end ? memchr(line, '\t',
						(size_t)(end - line)) : NULL;

		n = line < end ? (size_t)((tab ? tab : end) - line) : 0;
		field[i] = n ? result_text(line, n, FIELD_MAX) : NULL;
		line = tab ? tab + 1 : end;
	}
}

static char *
or_nothing(char *field)
{
	return field ? field : xstrdup("");
}

static void
take_step(char *field[FIELDS], struct result_check *to)
{
	struct result_step *s = result_add_step(to);

	*s = (struct result_step){
		.actor = or_nothing(field[0]), .what = or_nothing(field[1]),
		.object = field[2], .source = field[3],
		.changes = field[4] && strchr(field[4], 's'),
		.turning = field[4] && strchr(field[4], 't'),
	};
	free(field[4]);
}

static void
take_blocked(char *field[FIELDS], struct result_check *to)
{
	struct result_blocked *b = result_add_blocked(to);

	*b = (struct result_blocked){
		.actor = or_nothing(field[1]), .call = field[2],
		.object = field[3], .holder = field[4],
	};
}

void
steps_take(const char *rows, struct result_check *to)
{
	while (*rows && to->n_steps < STEPS_MAX) {
		size_t len = strcspn(rows, "\n");
		char *field[FIELDS];

		cut(rows, len, field);
		if (*rows == '\t')
			take_blocked(field, to);
		else
			take_step(field, to);
		rows += len + (rows[len] == '\n');
	}
}

void
forbidden_take(const char *refused, const char *check, struct result *r)
{
	while (*refused && r->n_forbidden < FORBIDDEN_MAX) {
		size_t len = strcspn(refused, "\n");
		struct result_forbidden *f = result_add_forbidden(r);
		char *field[FIELDS];

		cut(refused, len, field);
		*f = (struct result_forbidden){
			.actor = field[0], .call = or_nothing(field[1]),
			.check = xstrdup(check), .error = field[2],
			.times = field[3] ? strtoll(field[3], NULL, 10) : 0,
			.source = field[4],
		};
		free(field[3]);
		refused += len + (refused[len] == '\n');
	}
}

char *
limits_told(const struct exercise_limits *l)
{
	const struct { const char *name; int64_t value; } all[] = {
		{ "cpu", l->cpu.value }, { "wall", l->wall.value },
		{ "memory", l->memory.value },
		{ "processes", l->processes.value },
		{ "descriptors", l->descriptors.value },
		{ "file", l->file.value }, { "disk", l->disk.value },
		{ "output", l->output.value }, { "objects", l->objects.value },
		{ "steps", l->steps.value },
	};
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(all); i++)
		buf_addf(&out, "%c\"%s\":%lld", i ? ',' : '{', all[i].name,
			 (long long)all[i].value);
	buf_addc(&out, '}');
	return buf_take(&out);
}
