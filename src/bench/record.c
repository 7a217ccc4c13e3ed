/* Figures as JSON.  */
#include "config.h"

#include "bench/record.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "base/save.h"
#include "bench/channel.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define YEAR_9999 253402300799	/* ctime(3) has no more digits */

static const char *const figure_names[FIGURE_MAX] = { "latency",
						      "throughput" };

static json_t *
text_or_null(const char *s)
{
	json_t *text = s && *s ? json_string(s) : NULL;

	return text ? text : json_null();
}

/* No more digits than were measured.  */
static json_t *
number(double value)
{
	return json_real(round(value * 10) / 10);
}

static json_t *
point_json(const struct point *p, enum figure figure, int place, int size)
{
	json_t *o = json_object();

	json_object_set_new(o, "processors", json_integer(place + 1));
	json_object_set_new(o, "size", json_integer(bench_sizes[size]));
	if (figure == FIGURE_LATENCY) {
		json_object_set_new(o, "median_ns", number(p->value));
		json_object_set_new(o, "p99_ns", p->p99 > 0 ? number(p->p99)
							    : json_null());
	} else {
		json_object_set_new(o, "bytes_per_second",
				    json_integer((json_int_t)p->value));
	}
	json_object_set_new(o, "samples", json_integer(p->samples));
	json_object_set_new(o, "rounds", json_integer(p->rounds));
	return o;
}

static json_t *
points_json(const struct figures *f, enum mechanism m, enum figure figure)
{
	json_t *list = json_array();

	for (int place = 0; place < PLACE_MAX; place++)
		for (int size = 0; size < SIZES; size++) {
			const struct point *p = figures_point(f, m, figure,
							      place, size);

			if (p)
				json_array_append_new(list, point_json(p,
						figure, place, size));
		}
	return list;
}

static json_t *
line_json(const struct figures *f, enum mechanism m)
{
	const struct line *line = &f->line[m];
	const struct mechanism_ops *ops = &mechanism_ops[m];
	json_t *o = json_object();

	json_object_set_new(o, "name", json_string(ops->def.name));
	json_object_set_new(o, "measured", json_boolean(line->measured));
	json_object_set_new(o, "why", text_or_null(line->why));
	json_object_set_new(o, "largest", line->largest
			    ? json_integer(line->largest) : json_null());
	json_object_set_new(o, "there_and_back", json_boolean(!ops->no_reply));
	json_object_set_new(o, "note", text_or_null(ops->def.note));
	json_object_set_new(o, "limit", text_or_null(ops->def.limit));
	for (int i = 0; i < FIGURE_MAX; i++)
		json_object_set_new(o, figure_names[i],
				    points_json(f, m, (enum figure)i));
	return o;
}

static json_t *
machine_json(const struct figures *f)
{
	json_t *o = json_object();

	json_object_set_new(o, "kernel", text_or_null(f->kernel));
	json_object_set_new(o, "architecture", text_or_null(f->machine));
	json_object_set_new(o, "processor", text_or_null(f->processor));
	json_object_set_new(o, "processors", json_integer(f->n_processors));
	json_object_set_new(o, "file_system", text_or_null(f->file_system));
	return o;
}

static json_t *
method_json(const struct figures *f)
{
	json_t *o = json_object();

	json_object_set_new(o, "pinned", json_boolean(f->pinned));
	json_object_set_new(o, "processor_one", json_integer(f->on[PLACE_ONE]));
	json_object_set_new(o, "processor_two", f->on[PLACE_TWO] < 0
			    ? json_null() : json_integer(f->on[PLACE_TWO]));
	json_object_set_new(o, "same_core", json_boolean(f->siblings));
	json_object_set_new(o, "rounds", json_integer(f->rounds));
	json_object_set_new(o, "warm_up", json_string("1/8 of each slice"));
	json_object_set_new(o, "value", json_string(
			    "the best of the rounds' medians"));
	json_object_set_new(o, "p99", json_string(
			    "of all samples of all rounds; null with fewer "
			    "than 100"));
	json_object_set_new(o, "clock", json_string("CLOCK_MONOTONIC"));
	json_object_set_new(o, "clock_ns", number(f->clock_ns));
	json_object_set_new(o, "clock_subtracted", json_false());
	return o;
}

void
record_write(struct buf *out, const struct figures *f)
{
	json_t *o = json_object(), *list = json_array();
	char *text;

	json_object_set_new(o, "ipclab", json_string("bench"));
	json_object_set_new(o, "version", json_integer(RECORD_VERSION));
	json_object_set_new(o, "tool", json_string(PACKAGE_VERSION));
	json_object_set_new(o, "measured_at", json_integer(f->when));
	json_object_set_new(o, "seconds", number(f->seconds));
	json_object_set_new(o, "complete", json_boolean(f->complete));
	json_object_set_new(o, "quick", json_boolean(f->quick));
	json_object_set_new(o, "machine", machine_json(f));
	json_object_set_new(o, "method", method_json(f));
	for (int m = 0; m < MECH_MAX; m++)
		if (f->line[m].measured || f->line[m].why)
			json_array_append_new(list,
					      line_json(f, (enum mechanism)m));
	json_object_set_new(o, "mechanisms", list);
	text = json_dumps(o, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
	json_decref(o);
	if (!text)
		die("out of memory");
	buf_adds(out, text);
	buf_addc(out, '\n');
	free(text);
}

/* Reading.  What is missing is 0; what is unknown is passed over.  */

static double
real_of(const json_t *o, const char *key)
{
	return json_number_value(json_object_get(o, key));
}

static json_int_t
integer_of(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

static bool
true_of(const json_t *o, const char *key)
{
	return json_is_true(json_object_get(o, key));
}

static void
copy_of(const json_t *o, const char *key, char *out, size_t room)
{
	const char *s = json_string_value(json_object_get(o, key));

	copy_str(out, room, s ? s : "");
}

/* A figure that can be one; else 0.  Rounding when it is written must lead
 * neither below nor above.  */
static double
figure_of(const json_t *o, const char *key)
{
	double value = real_of(o, key);

	return value >= 0.1 && value <= 1e18 ? value : 0;
}

static int
size_index(json_int_t bytes)
{
	for (int i = 0; i < SIZES; i++)
		if (bench_sizes[i] == bytes)
			return i;
	return -1;
}

static void
read_point(struct line *line, enum figure figure, const json_t *o)
{
	json_int_t place = integer_of(o, "processors") - 1;
	int size = size_index(integer_of(o, "size"));
	struct point *p;

	if (place < 0 || place >= PLACE_MAX || size < 0)
		return;
	p = &line->point[figure][place][size];
	if (figure == FIGURE_LATENCY)
		p->value = figure_of(o, "median_ns");
	else	/* whole bytes are kept */
		p->value = floor(figure_of(o, "bytes_per_second"));
	p->p99 = figure_of(o, "p99_ns");
	p->samples = (uint32_t)integer_of(o, "samples");
	p->rounds = (uint32_t)integer_of(o, "rounds");
}

static bool
has_points(const struct figures *f, enum mechanism m)
{
	for (int figure = 0; figure < FIGURE_MAX; figure++)
		for (int place = 0; place < PLACE_MAX; place++)
			for (int size = 0; size < SIZES; size++)
				if (figures_point(f, m, (enum figure)figure,
						  (enum placement)place, size))
					return true;
	return false;
}

static void
read_line(struct figures *f, const json_t *o)
{
	const char *name = json_string_value(json_object_get(o, "name"));
	const char *why = json_string_value(json_object_get(o, "why"));
	enum mechanism m = name ? mechanism_named(name, NULL) : MECH_MAX;

	if (m == MECH_MAX)
		return;
	free(f->line[m].why);
	f->line[m].why = why && *why ? xstrdup(why) : NULL;
	f->line[m].largest = (uint32_t)integer_of(o, "largest");
	for (int figure = 0; figure < FIGURE_MAX; figure++) {
		const json_t *list = json_object_get(o, figure_names[figure]);

		for (size_t i = 0; i < json_array_size(list); i++)
			read_point(&f->line[m], (enum figure)figure,
				   json_array_get(list, i));
	}
	f->line[m].measured = has_points(f, m);
}

static void
read_head(struct figures *f, const json_t *o)
{
	const json_t *machine = json_object_get(o, "machine");
	const json_t *method = json_object_get(o, "method");

	f->when = integer_of(o, "measured_at");
	if (f->when < 0 || f->when > YEAR_9999)
		f->when = 0;
	f->seconds = figure_of(o, "seconds");
	f->complete = true_of(o, "complete");
	f->quick = true_of(o, "quick");
	copy_of(machine, "kernel", f->kernel, sizeof(f->kernel));
	copy_of(machine, "architecture", f->machine, sizeof(f->machine));
	copy_of(machine, "processor", f->processor, sizeof(f->processor));
	copy_of(machine, "file_system", f->file_system,
		sizeof(f->file_system));
	f->n_processors = (uint32_t)integer_of(machine, "processors");
	f->pinned = true_of(method, "pinned");
	f->on[PLACE_ONE] = (int)integer_of(method, "processor_one");
	f->on[PLACE_TWO] = json_is_integer(json_object_get(method,
							   "processor_two"))
		? (int)integer_of(method, "processor_two") : -1;
	f->siblings = true_of(method, "same_core");
	f->rounds = (uint32_t)integer_of(method, "rounds");
	f->clock_ns = figure_of(method, "clock_ns");
}

int
record_read(struct figures *f, const char *text, size_t len, char **why)
{
	json_error_t error;
	json_t *o = json_loadb(text, len, 0, &error), *list;
	const char *kind = json_string_value(json_object_get(o, "ipclab"));
	int rc = 0;

	memset(f, 0, sizeof(*f));
	if (!o) {
		rc = fail(why, _("it is not JSON: %s"), error.text);
	} else if (!kind || strcmp(kind, "bench") != 0) {
		rc = fail(why, _("these are not figures of ipclab bench"));
	} else if (integer_of(o, "version") != RECORD_VERSION) {
		rc = fail(why, _("they are of version %d, and only version %d "
				 "is understood"),
			  (int)integer_of(o, "version"), RECORD_VERSION);
	} else {
		read_head(f, o);
		list = json_object_get(o, "mechanisms");
		for (size_t i = 0; i < json_array_size(list); i++)
			read_line(f, json_array_get(list, i));
	}
	json_decref(o);
	return rc;
}

int
record_keep(const struct figures *f, char **why)
{
	char *path = path_state("bench.json"), *folder = path_state("");
	struct buf text = BUF_INIT;
	int rc;

	record_write(&text, f);
	rc = path_make_folder(folder, why);
	if (rc == 0)
		rc = save_file(path, text.data, text.len, why);
	buf_release(&text);
	free(folder);
	free(path);
	return rc;
}

int
record_last(struct figures *f, char **why)
{
	char *path = path_state("bench.json"), *reason = NULL;
	struct buf text = BUF_INIT;
	int rc = buf_read_file(&text, path, 1 << 20, &reason);

	if (rc == 0)
		rc = record_read(f, buf_str(&text), text.len, &reason);
	if (rc < 0 && access(path, F_OK) < 0)
		fail(why, _("Nothing was measured on this machine yet: "
			    "`ipclab bench` does it, in less than a minute"));
	else if (rc < 0)
		fail(why, _("no figures of an earlier run can be used (%s); "
			    "`ipclab bench` measures"), reason);
	free(reason);
	buf_release(&text);
	free(path);
	return rc;
}
