/* See exhibit.h.  */
#include "config.h"

#include "lesson/exhibit.h"

#include "base/i18n.h"
#include "bench/features.h"
#include "bench/record.h"
#include "bench/text.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMN_CELLS = 26 };

static const struct {
	const char *name;
	const char *opens, *plain;	/* N_() */
} kinds[EXHIBIT_KINDS] = {
	[EXHIBIT_FEATURES] = { "features" },
	[EXHIBIT_LATENCY] = { "latency" },
	[EXHIBIT_THROUGHPUT] = { "throughput" },
	[EXHIBIT_CHART] = { "chart", N_("Enter opens the chart of what was "
					"measured on this machine"),
			    N_("`ipclab bench` draws a chart of this.") },
	[EXHIBIT_ADVISER] = { "adviser", N_("Enter opens the adviser"),
			      N_("`ipclab bench --advise` asks five questions "
				 "and answers with reasons.") },
};

static size_t
next_word(const char **p)
{
	*p += strspn(*p, " \t\r\n");
	return strcspn(*p, " \t\r\n");
}

static bool
is_word(const char *word, size_t len, const char *name)
{
	return strlen(name) == len && memcmp(word, name, len) == 0;
}

/* The words after the first: columns, or how many processors.  */
static int
read_more(struct exhibit *e, const char *word, char **why)
{
	size_t len;

	for (; (len = next_word(&word)) > 0; word += len) {
		enum feature f = feature_named(word, len);

		if (e->kind == EXHIBIT_FEATURES && f != FEATURE_MAX)
			e->features |= 1u << f;
		else if ((e->kind == EXHIBIT_LATENCY ||
			  e->kind == EXHIBIT_THROUGHPUT)
			 && is_word(word, len, "two"))
			e->place = PLACE_TWO;
		else
			return fail(why, "figures %s knows no \"%.*s\"",
				    kinds[e->kind].name, (int)len, word);
	}
	if (!e->features)
		e->features = (1u << FEATURE_MAX) - 1;
	return 0;
}

int
exhibit_read(struct exhibit *e, const char *words, char **why)
{
	size_t len = next_word(&words);

	*e = (struct exhibit){ .kind = EXHIBIT_FEATURES };
	for (int i = 0; i < EXHIBIT_KINDS; i++)
		if (is_word(words, len, kinds[i].name)) {
			e->kind = (enum exhibit_kind)i;
			return read_more(e, words + len, why);
		}
	return fail(why, "a figures block is figures features, latency, "
			 "throughput, chart or adviser");
}

bool
exhibit_is_measured(const struct exhibit *e)
{
	return e->kind == EXHIBIT_LATENCY || e->kind == EXHIBIT_THROUGHPUT;
}

bool
exhibit_opens(const struct exhibit *e)
{
	return kinds[e->kind].opens != NULL;
}

static void
add_lines(struct styled *out, struct buf *text)
{
	for (char *save, *line = strtok_r(text->data, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save))
		styled_plain_line(out, STYLE_CODE, line);
	buf_release(text);
}

static void
sentence(struct styled *out, const char *text, const struct look *look)
{
	markdown_item(out, STYLE_DIM, "", text, look);
}

static void
features_lines(struct styled *out, const struct exhibit *e,
	       const struct look *look)
{
	int columns = look->width / COLUMN_CELLS;
	struct buf text = BUF_INIT;

	features_markdown_some(&text, e->features, columns ? columns : 1);
	markdown_lines(out, buf_str(&text), text.len, look);
	buf_release(&text);
}

/* When and where; and what has changed since.  */
static void
source_lines(struct styled *out, const struct figures *f,
	     const struct look *look)
{
	struct buf age = BUF_INIT, changes = BUF_INIT;
	char *text;

	age_write(&age, f, time(NULL));
	changes_write(&changes, f);
	text = xasprintf(_("%s; %s, %s. %s"), buf_str(&age), f->kernel,
			 f->processor[0] ? f->processor : f->machine,
			 buf_str(&changes));
	sentence(out, text, look);
	free(text);
	buf_release(&age);
	buf_release(&changes);
}

static void
table_lines_of(struct styled *out, const struct exhibit *e,
	       enum figure figure, const struct look *look)
{
	const struct table_look table = { figure, e->place, false,
					  look->width };
	struct figures *f = xcalloc(1, sizeof(*f));
	struct buf title = BUF_INIT, text = BUF_INIT;
	char *why = NULL;

	if (record_last(f, &why) < 0) {
		sentence(out, why, look);
	} else {
		table_title_write(&title, &table);
		figures_table_write(&text, f, &table);
		markdown_item(out, STYLE_STRONG, "", buf_str(&title), look);
		buf_release(&title);
		add_lines(out, &text);
		source_lines(out, f, look);
	}
	free(why);
	figures_release(f);
	free(f);
}

void
exhibit_lines(struct styled *out, const struct exhibit *e,
	      const struct look *look)
{
	if (e->kind == EXHIBIT_FEATURES)
		features_lines(out, e, look);
	else if (e->kind == EXHIBIT_LATENCY)
		table_lines_of(out, e, FIGURE_LATENCY, look);
	else if (e->kind == EXHIBIT_THROUGHPUT)
		table_lines_of(out, e, FIGURE_THROUGHPUT, look);
	else if (look->plain)
		sentence(out, _(kinds[e->kind].plain), look);
	else
		styled_plain_line(out, STYLE_KEY, _(kinds[e->kind].opens));
}
