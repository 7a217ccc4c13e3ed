/*
 * The page of a class: for each exercise the table, how the points are
 * distributed, and which bug how often.
 */
#include "config.h"

#include "base/i18n.h"
#include "report/html.h"
#include "report/markup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The results of one exercise, by submission.  */
struct group {
	const struct result **r;
	size_t n;
	int64_t maximum;
	const struct result *columns;	/* the one with most checks */
};

static int
by_exercise(const void *a, const void *b)
{
	const struct result *r = *(const struct result *const *)a;
	const struct result *s = *(const struct result *const *)b;
	int order = strcmp(r->exercise, s->exercise);

	return order ? order : strcmp(r->id, s->id);
}

static size_t
counted(const struct group *g)
{
	size_t n = 0;

	for (size_t i = 0; i < g->n; i++)
		n += g->r[i]->gradable;
	return n;
}

/* ---- figures ---- */
static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static double
median_of(const struct group *g)
{
	int64_t *score = xcalloc(g->n + 1, sizeof(*score));
	size_t n = 0;
	double median = 0;

	for (size_t i = 0; i < g->n; i++)
		if (g->r[i]->gradable)
			score[n++] = g->r[i]->score;
	qsort(score, n, sizeof(*score), by_number);
	if (n)
		median = (double)(score[(n - 1) / 2] + score[n / 2]) / 2;
	free(score);
	return median;
}

static void
write_tile(struct buf *out, const char *value, const char *name)
{
	markup(out, "<div class=\"tile\"><b>%</b><span>%</span></div>\n",
	       value, name);
}

static void
write_tiles(struct buf *out, const struct group *g)
{
	double sum = 0;
	size_t full = 0, n = counted(g);
	char text[64];

	for (size_t i = 0; i < g->n; i++) {
		sum += g->r[i]->gradable ? (double)g->r[i]->score : 0;
		full += g->r[i]->gradable && g->r[i]->score == g->maximum;
	}
	buf_adds(out, "<div class=\"tiles\">\n");
	snprintf(text, sizeof(text), "%zu", g->n);
	write_tile(out, text, _("submissions"));
	snprintf(text, sizeof(text), "%.1f / %lld", n ? sum / (double)n : 0,
		 (long long)g->maximum);
	write_tile(out, text, _("mean"));
	snprintf(text, sizeof(text), "%g", median_of(g));
	write_tile(out, text, _("median"));
	snprintf(text, sizeof(text), "%zu", full);
	write_tile(out, text, _("all points"));
	if (n < g->n) {
		snprintf(text, sizeof(text), "%zu", g->n - n);
		write_tile(out, text, _("not counted"));
	}
	buf_adds(out, "</div>\n");
}

/* ---- the distribution ---- */
enum { BINS_MAX = 16, BAR = 44, CHART_HEIGHT = 150, CHART_TOP = 20 };

/* As many points in each bin, so that there are not too many.  */
static int64_t
bin_width(int64_t maximum)
{
	return maximum / BINS_MAX + 1;
}

static void
write_bar(struct buf *out, int64_t i, size_t count, size_t most,
	  int64_t from, int64_t to)
{
	int64_t height = most ? (int64_t)(count * CHART_HEIGHT / most) : 0;
	int64_t x = i * BAR, bottom = CHART_TOP + CHART_HEIGHT;

	if (count && !height)
		height = 1;
	markup(out, "<rect x=\"~\" y=\"~\" width=\"~\" height=\"~\" rx=\"3\"/>",
	       x + 5, bottom - height, (int64_t)BAR - 10, height);
	if (count)
		markup(out, "<text class=\"count\" text-anchor=\"middle\" "
		       "x=\"~\" y=\"~\">~</text>", x + BAR / 2,
		       bottom - height - 5, (int64_t)count);
	markup(out, "<text text-anchor=\"middle\" x=\"~\" y=\"~\">~",
	       x + BAR / 2, bottom + 18, from);
	if (to > from)
		markup(out, "&#8211;~", to);
	buf_adds(out, "</text>\n");
}

static void
write_distribution(struct buf *out, const struct group *g)
{
	int64_t width = bin_width(g->maximum);
	size_t bins = (size_t)(g->maximum / width) + 1, most = 0;
	size_t *count = xcalloc(bins, sizeof(*count));
	char *about;

	for (size_t i = 0; i < g->n; i++) {
		size_t bin = (size_t)(g->r[i]->score / width);

		if (g->r[i]->gradable && ++count[bin] > most)
			most = count[bin];
	}
	about = xasprintf(_("How many submissions have how many of %lld "
			    "points; the table says it of each"),
			  (long long)g->maximum);
	markup(out, "<h3>%</h3>\n<div class=\"scroll\" tabindex=\"0\" "
	       "role=\"group\" aria-label=\"%\"><svg class=\"bars\" "
	       "role=\"img\" aria-label=\"%\" width=\"~\" height=\"~\" "
	       "viewBox=\"0 0 ~ ~\">\n", _("Points"), _("Points"), about,
	       (int64_t)bins * BAR, (int64_t)CHART_TOP + CHART_HEIGHT + 26,
	       (int64_t)bins * BAR, (int64_t)CHART_TOP + CHART_HEIGHT + 26);
	for (size_t i = 0; i < bins; i++) {
		int64_t from = (int64_t)i * width, to = from + width - 1;

		write_bar(out, (int64_t)i, count[i], most, from,
			  to > g->maximum ? g->maximum : to);
	}
	markup(out, "<line x1=\"0\" x2=\"~\" y1=\"~\" y2=\"~\"/></svg></div>\n",
	       (int64_t)bins * BAR, (int64_t)CHART_TOP + CHART_HEIGHT,
	       (int64_t)CHART_TOP + CHART_HEIGHT);
	free(count);
	free(about);
}

/* ---- which bug how often ---- */
struct bug {
	const char *name;	/* NULL: none that is known; the verdict */
	enum grade verdict;
	size_t n, last;		/* last: the submission counted, from 1 */
};

static bool
is_bug(const struct bug *b, enum grade verdict, const char *name)
{
	return b->verdict == verdict && (b->name && name ?
	       strcmp(b->name, name) == 0 : b->name == name);
}

static void
count_bug(struct bug **bugs, size_t *n, enum grade verdict, const char *name,
	  size_t submission)
{
	struct bug *b;
	size_t i = 0;

	if (verdict == GRADE_ACCEPT || verdict == GRADE_SKIPPED ||
	    verdict == GRADE_INTERNAL)
		return;
	while (i < *n && !is_bug(&(*bugs)[i], verdict, name))
		i++;
	if (i == *n) {
		*bugs = xrealloc(*bugs, (*n + 1) * sizeof(**bugs));
		(*bugs)[(*n)++] = (struct bug){ .name = name,
						.verdict = verdict };
	}
	b = &(*bugs)[i];
	b->n += b->last != submission;
	b->last = submission;
}

static int
by_count(const void *a, const void *b)
{
	const struct bug *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	if (x->verdict != y->verdict)
		return x->verdict < y->verdict ? -1 : 1;
	return strcmp(x->name ? x->name : "", y->name ? y->name : "");
}

/* A share as a bar, for the eye: the number stands beside it.  */
static void
write_share(struct buf *out, const char *class, size_t n, size_t all)
{
	markup(out, "<td class=\"n\">~</td><td class=\"share\"><svg "
	       "class=\"bar %\" viewBox=\"0 0 100 12\" "
	       "preserveAspectRatio=\"none\" aria-hidden=\"true\">"
	       "<rect class=\"all\" width=\"100\" height=\"12\"/>"
	       "<rect class=\"part\" width=\"~\" height=\"12\"/></svg></td>"
	       "</tr>\n", (int64_t)n, class,
	       (int64_t)(all ? n * 100 / all : 0));
}

static void
write_bugs(struct buf *out, const struct group *g)
{
	struct bug *bugs = NULL;
	size_t n = 0;

	for (size_t i = 0; i < g->n; i++) {
		count_bug(&bugs, &n, g->r[i]->build, NULL, i + 1);
		for (size_t k = 0; k < g->r[i]->n_checks; k++)
			count_bug(&bugs, &n, g->r[i]->check[k].verdict,
				  g->r[i]->check[k].bug, i + 1);
	}
	if (n)
		qsort(bugs, n, sizeof(*bugs), by_count);
	markup(out, "<h3>%</h3>\n<table class=\"bugs\">\n<thead><tr><th "
	       "scope=\"col\">%</th><th scope=\"col\">%</th><th "
	       "scope=\"col\" class=\"n\">%</th><td class=\"rest\"></td></tr>"
	       "</thead>\n<tbody>\n", _("Mistakes"),
	       _("mistake"), _("verdict"), _("submissions"));
	for (size_t i = 0; i < n; i++) {
		markup(out, "<tr><th scope=\"row\">%</th><td>", bugs[i].name ?
		       bugs[i].name : _("no bug that is known"));
		html_verdict(out, bugs[i].verdict);
		buf_adds(out, "</td>");
		write_share(out, "", bugs[i].n, g->n);
	}
	if (!n)
		markup(out, "<tr><td colspan=\"4\">%</td></tr>\n", _("none"));
	buf_adds(out, "</tbody>\n</table>\n");
	free(bugs);
}

/* ---- the table ---- */
static const struct result_check *
check_named(const struct result *r, const char *id)
{
	for (size_t i = 0; i < r->n_checks; i++)
		if (strcmp(r->check[i].id, id) == 0)
			return &r->check[i];
	return NULL;
}

static void
write_passed(struct buf *out, const struct group *g)
{
	markup(out, "<h3>%</h3>\n<table>\n<thead><tr><th scope=\"col\">%</th>"
	       "<th scope=\"col\" class=\"n\">%</th><td></td></tr></thead>\n"
	       "<tbody>\n", _("Checks"), _("check"), _("passed"));
	for (size_t i = 0; i < g->columns->n_checks; i++) {
		size_t n = 0;

		for (size_t k = 0; k < g->n; k++) {
			const struct result_check *c = check_named(g->r[k],
				g->columns->check[i].id);

			n += c && c->verdict == GRADE_ACCEPT;
		}
		markup(out, "<tr><th scope=\"row\">%</th>",
		       g->columns->check[i].title);
		write_share(out, "good", n, g->n);
	}
	buf_adds(out, "</tbody>\n</table>\n");
}

static void
write_row(struct buf *out, const struct group *g, const struct result *r)
{
	markup(out, "<tr><th scope=\"row\">% ", r->id);
	if (r->build != GRADE_ACCEPT)
		html_verdict(out, r->build);
	buf_adds(out, "</th><td class=\"n\">");
	if (r->gradable)
		markup(out, "~</td>", r->score);
	else
		markup(out, "%</td>", _("not counted"));
	for (size_t i = 0; i < g->columns->n_checks; i++) {
		const struct result_check *c =
			check_named(r, g->columns->check[i].id);

		buf_adds(out, "<td>");
		if (c)
			html_verdict(out, c->verdict);
		buf_adds(out, "</td>");
	}
	buf_adds(out, "</tr>\n");
}

static void
write_table(struct buf *out, const struct group *g)
{
	markup(out, "<section class=\"card plain\">\n<h3>%</h3>\n<div "
	       "class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"%"
	       "\">\n<table class=\"class\">\n<thead><tr><th scope=\"col\">%"
	       "</th><th scope=\"col\" class=\"n\">%</th>", _("Submissions"),
	       _("Submissions"), _("submission"), _("points"));
	for (size_t i = 0; i < g->columns->n_checks; i++)
		markup(out, "<th scope=\"col\">% (~)</th>",
		       g->columns->check[i].title,
		       g->columns->check[i].maximum);
	buf_adds(out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < g->n; i++)
		write_row(out, g, g->r[i]);
	buf_adds(out, "</tbody>\n</table>\n</div>\n</section>\n");
}

/* ---- the page ---- */
static void
write_group(struct buf *out, const struct group *g, bool heading)
{
	if (heading)
		markup(out, "<h2>%</h2>\n", g->r[0]->title);
	buf_adds(out, "<section class=\"card plain\">\n");
	write_tiles(out, g);
	buf_adds(out, "</section>\n<section class=\"card plain two\">\n<div>\n");
	write_distribution(out, g);
	buf_adds(out, "</div>\n<div>\n");
	write_passed(out, g);
	buf_adds(out, "</div>\n</section>\n<section class=\"card plain\">\n");
	write_bugs(out, g);
	buf_adds(out, "</section>\n");
	write_table(out, g);
}

static void
add_to(struct group *g, const struct result *r)
{
	g->n++;
	if (r->maximum > g->maximum)
		g->maximum = r->maximum;
	if (!g->columns || r->n_checks > g->columns->n_checks)
		g->columns = r;
}

void
html_class(struct buf *out, const struct result *r, size_t n)
{
	const struct result **sorted = xcalloc(n + 1, sizeof(*sorted));
	bool several;

	for (size_t i = 0; i < n; i++)
		sorted[i] = &r[i];
	qsort(sorted, n, sizeof(*sorted), by_exercise);
	several = strcmp(sorted[0]->exercise, sorted[n - 1]->exercise) != 0;
	html_begin(out, several ? _("The class") : sorted[0]->title);
	markup(out, "<h1>%</h1>\n<p class=\"meta\">%</p>\n", several ?
	       _("The class") : sorted[0]->title, sorted[0]->assignment ?
	       sorted[0]->assignment : "");
	for (size_t i = 0; i < n; ) {
		struct group g = { .r = sorted + i };

		while (i < n && strcmp(g.r[0]->exercise,
				       sorted[i]->exercise) == 0)
			add_to(&g, sorted[i++]);
		write_group(out, &g, several);
	}
	html_end(out, sorted[0]->tool);
	free(sorted);
}
