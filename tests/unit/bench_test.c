/* Benchmarks without measuring: statistics, the tables, figures as JSON and
 * text, the adviser.  (That it measures is tests/end/bench.sh.)  */
#include "tests/unit/unit.h"

#include "base/cells.h"
#include "base/paths.h"
#include "bench/advise.h"
#include "bench/record.h"
#include "bench/statistics.h"
#include "bench/text.h"
#include "lesson/exhibit.h"
#include "tests/unit/bench_figures.h"

START_TEST(a_median_is_the_middle_one_or_between_the_two)
{
	double odd[] = { 9, 1, 5 }, even[] = { 4, 1, 3, 100 };

	samples_sort(odd, 3);
	ck_assert_double_eq(samples_median(odd, 3), 5);
	samples_sort(even, 4);
	ck_assert_double_eq(samples_median(even, 4), 3.5);
	ck_assert_double_eq(samples_median(even, 1), 1);
	ck_assert_double_eq(samples_median(NULL, 0), 0);
}
END_TEST

START_TEST(a_percentile_is_the_nearest_rank)
{
	double sample[200];

	for (int i = 0; i < 200; i++)
		sample[i] = 200 - i;
	samples_sort(sample, 200);
	ck_assert_double_eq(sample[0], 1);
	ck_assert_double_eq(samples_percentile(sample, 200, 99), 198);
	ck_assert_double_eq(samples_percentile(sample, 200, 100), 200);
	ck_assert_double_eq(samples_percentile(sample, 200, 0), 1);
	ck_assert_double_eq(samples_percentile(sample, 100, 99), 99);
	ck_assert_double_eq(samples_percentile(sample, 1, 99), 1);
	ck_assert_double_eq(samples_percentile(NULL, 0, 99), 0);
}
END_TEST

START_TEST(every_mechanism_has_a_name_and_a_title)
{
	char *why = NULL;

	for (int m = 0; m < MECH_MAX; m++) {
		const struct mechanism_def *def = mechanism_def(m);

		ck_assert_ptr_nonnull(def->name);
		ck_assert_ptr_nonnull(def->title);
		ck_assert_int_eq(mechanism_named(def->name, NULL), m);
	}
	ck_assert_int_eq(mechanism_named("pip", &why), MECH_MAX);
	ck_assert_str_eq(why, "there is no mechanism pip; did you mean pipe?");
	free(why);
}
END_TEST

START_TEST(the_table_of_features_is_complete)
{
	for (size_t i = 0; i < n_feature_rows; i++) {
		const struct feature_row *row = &feature_rows[i];

		ck_assert_ptr_nonnull(row->name);
		ck_assert_ptr_nonnull(row->title);
		for (int f = 0; f < FEATURE_MAX; f++)
			ck_assert_msg(row->cell[f] && *row->cell[f],
				      "%s: nothing about its %s", row->name,
				      feature_title(f));
		ck_assert_msg(strchr(row->cites, '(') != NULL, "%s cites %s",
			      row->name, row->cites);
		for (size_t j = 0; j < i; j++)
			ck_assert_str_ne(feature_rows[j].name, row->name);
	}
	for (int m = 0; m < MECH_MAX; m++) {
		const struct feature_row *row = feature_row_of(m);

		ck_assert_msg(row != NULL, "no row for %s",
			      mechanism_def(m)->name);
		ck_assert_str_eq(row->name, mechanism_def(m)->name);
	}
}
END_TEST

/* What a cell says and what the adviser believes is the same.  */
START_TEST(traits_and_cells_agree)
{
	for (int m = 0; m < MECH_MAX; m++) {
		const struct feature_row *row = feature_row_of(m);
		const char *const *cell = row->cell;

		ck_assert_int_eq(strcmp(cell[FEATURE_MACHINES], "yes") == 0,
				 !!(row->traits & TRAIT_MACHINES));
		ck_assert_int_eq(strcmp(cell[FEATURE_POLL], "no") != 0,
				 !!(row->traits & TRAIT_POLL));
		if (strncmp(cell[FEATURE_BOUNDARIES], "kept", 4) == 0)
			ck_assert(row->traits & TRAIT_MESSAGES);
		if (strstr(cell[FEATURE_BOUNDARIES], "stream"))
			ck_assert(row->traits & TRAIT_STREAM);
		if (strncmp(cell[FEATURE_RELATION], "related", 7) == 0)
			ck_assert(!(row->traits & TRAIT_UNRELATED));
	}
}
END_TEST

START_TEST(features_as_markdown_have_all_rows_in_each_table)
{
	struct buf text = BUF_INIT;
	size_t rows = 0;

	features_markdown(&text, 5, 0);
	for (const char *p = buf_str(&text); (p = strstr(p, "| FIFO |")); p++)
		rows++;
	ck_assert_int_eq(rows, 3);
	ck_assert_ptr_nonnull(strstr(buf_str(&text), "| mq_overview(7) |"));
	buf_release(&text);
}
END_TEST

START_TEST(figures_survive_as_json)
{
	struct figures *f = canned_figures(), *back = xcalloc(1, sizeof(*f));
	struct buf text = BUF_INIT, again = BUF_INIT;
	char *why = NULL;

	record_write(&text, f);
	ck_assert_msg(record_read(back, buf_str(&text), text.len, &why) == 0,
		      "%s", why);
	record_write(&again, back);
	ck_assert_str_eq(buf_str(&text), buf_str(&again));
	ck_assert_str_eq(back->line[MECH_POSIX_QUEUE].why,
			 f->line[MECH_POSIX_QUEUE].why);
	buf_release(&text);
	buf_release(&again);
	canned_free(f);
	canned_free(back);
}
END_TEST

START_TEST(what_is_no_record_is_refused_in_a_sentence)
{
	static const struct {
		const char *text, *why;
	} cases[] = {
		{ "{", "it is not JSON: " },	/* jansson says what */
		{ "[]", "these are not figures of ipclab bench" },
		{ "{\"ipclab\":\"doctor\",\"version\":1}",
		  "these are not figures of ipclab bench" },
		{ "{\"ipclab\":\"bench\",\"version\":2}",
		  "they are of version 2, and only version 1 is understood" },
	};
	struct figures *f = xcalloc(1, sizeof(*f));

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char *why = NULL;

		ck_assert_int_eq(record_read(f, cases[i].text,
					     strlen(cases[i].text), &why), -1);
		ck_assert_int_eq(strncmp(why, cases[i].why,
					 strlen(cases[i].why)), 0);
		free(why);
	}
	canned_free(f);
}
END_TEST

/* What another hand wrote into the file may be anything.  */
START_TEST(a_record_of_nonsense_is_passed_over)
{
	static const char text[] =
		"{\"ipclab\":\"bench\",\"version\":1,\"machine\":7,"
		"\"mechanisms\":[3,{\"name\":\"smoke\"},{\"name\":\"pipe\","
		"\"latency\":[{\"processors\":9,\"size\":1,\"median_ns\":5},"
		"{\"processors\":1,\"size\":2,\"median_ns\":5},"
		"{\"processors\":1,\"size\":4,\"median_ns\":-5},"
		"{\"processors\":1,\"size\":1,\"median_ns\":5}]}]}";
	struct figures *f = xcalloc(1, sizeof(*f));

	ck_assert_int_eq(record_read(f, text, strlen(text), NULL), 0);
	ck_assert_ptr_nonnull(figures_point(f, MECH_PIPE, FIGURE_LATENCY,
					    PLACE_ONE, 0));
	ck_assert_ptr_null(figures_point(f, MECH_PIPE, FIGURE_LATENCY,
					 PLACE_ONE, 1));
	canned_free(f);
}
END_TEST

START_TEST(values_are_told_in_at_most_five_cells)
{
	static const struct {
		enum figure figure;
		double value;
		const char *text;
	} cases[] = {
		{ FIGURE_LATENCY, 4, "0.00" },
		{ FIGURE_LATENCY, 4444, "4.44" },
		{ FIGURE_LATENCY, 9996, "10.0" },
		{ FIGURE_LATENCY, 99960, "100" },
		{ FIGURE_LATENCY, 9999400, "9999" },
		{ FIGURE_LATENCY, 12345678, "12ms" },
		{ FIGURE_THROUGHPUT, 12, "12" },
		{ FIGURE_THROUGHPUT, 999, "999" },
		{ FIGURE_THROUGHPUT, 1234, "1.2k" },
		{ FIGURE_THROUGHPUT, 999600, "1.0M" },
		{ FIGURE_THROUGHPUT, 12345678901.0, "12G" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct buf text = BUF_INIT;

		value_write(&text, cases[i].figure, cases[i].value);
		ck_assert_str_eq(buf_str(&text), cases[i].text);
		buf_release(&text);
	}
}
END_TEST

START_TEST(what_is_missing_has_a_reason)
{
	struct figures *f = canned_figures();
	static const struct {
		enum mechanism m;
		enum figure figure;
		int size;
		const char *why;
	} cases[] = {
		{ MECH_POSIX_QUEUE, FIGURE_LATENCY, 0,
		  "mq_open fails with ENOSYS (Function not implemented)" },
		{ MECH_EVENTFD, FIGURE_THROUGHPUT, 0,
		  "it cannot carry a stream of messages" },
		{ MECH_SYSV_QUEUE, FIGURE_LATENCY, 8,
		  "nothing larger than 8192 bytes: msgmax forbids larger "
		  "ones; nothing is split" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct buf why = BUF_INIT;

		ck_assert_ptr_null(figures_point(f, cases[i].m,
						 cases[i].figure, PLACE_ONE,
						 cases[i].size));
		figures_lack(f, cases[i].m, cases[i].figure, cases[i].size,
			     &why);
		ck_assert_str_eq(buf_str(&why), cases[i].why);
		buf_release(&why);
	}
	canned_free(f);
}
END_TEST

/* Decisions.  MECH_MAX: nothing fits.  */
static const struct {
	const char *name;
	int answer[QUESTIONS];
	enum mechanism measured, unmeasured;	/* what stands first */
} decisions[] = {
	{ "small messages between relatives",
	  { WHERE_RELATED, WHAT_MESSAGES, SIZE_PAGE, WHO_PAIR, MORE_NOTHING },
	  MECH_UNIX_SEQPACKET, MECH_UNIX_DATAGRAM },
	{ "a shell pipeline",
	  { WHERE_RELATED, WHAT_STREAM, SIZE_PAGE, WHO_PAIR, MORE_NOTHING },
	  MECH_PIPE, MECH_PIPE },
	{ "much data, one machine",
	  { WHERE_SAME, WHAT_STREAM, SIZE_MORE, WHO_PAIR, MORE_NOTHING },
	  MECH_SHM_POSIX, MECH_FIFO },
	{ "much data, with poll",
	  { WHERE_SAME, WHAT_STREAM, SIZE_MORE, WHO_PAIR, MORE_POLL },
	  MECH_UNIX_STREAM, MECH_FIFO },
	{ "a stream across machines",
	  { WHERE_ACROSS, WHAT_STREAM, SIZE_64K, WHO_PAIR, MORE_NOTHING },
	  MECH_TCP, MECH_TCP },
	{ "large messages across machines",
	  { WHERE_ACROSS, WHAT_MESSAGES, SIZE_MORE, WHO_PAIR, MORE_NOTHING },
	  MECH_TCP, MECH_TCP },
	{ "work shared out, kept, and polled",
	  { WHERE_SAME, WHAT_MESSAGES, SIZE_PAGE, WHO_SHARE, MORE_BOTH },
	  MECH_MAX, MECH_POSIX_QUEUE },
	{ "work shared out and kept",
	  { WHERE_SAME, WHAT_MESSAGES, SIZE_PAGE, WHO_SHARE, MORE_SURVIVES },
	  MECH_SYSV_QUEUE, MECH_SYSV_QUEUE },
	{ "a state on one machine",
	  { WHERE_SAME, WHAT_STATE, SIZE_NUMBER, WHO_ALL, MORE_NOTHING },
	  MECH_VM_READ, MECH_VM_READ },
	{ "a state that stays",
	  { WHERE_SAME, WHAT_STATE, SIZE_NUMBER, WHO_ALL, MORE_SURVIVES },
	  MECH_FILE, MECH_FILE },
	{ "a sign for relatives who poll",
	  { WHERE_RELATED, WHAT_SIGN, SIZE_NUMBER, WHO_PAIR, MORE_POLL },
	  MECH_EVENTFD, MECH_PIPE },
	{ "polled across machines and outliving its processes",
	  { WHERE_ACROSS, WHAT_MESSAGES, SIZE_PAGE, WHO_PAIR, MORE_BOTH },
	  MECH_MAX, MECH_MAX },
};

static void
decides(int i, const struct figures *f, enum mechanism first)
{
	struct advices a;

	advise(&a, decisions[i].answer, f);
	if (first == MECH_MAX)
		ck_assert_msg(a.n_fit == 0, "%s: %s fits", decisions[i].name,
			      a.advice[0].row->name);
	else
		ck_assert_msg(a.n_fit > 0 &&
			      a.advice[0].row->mechanism == (int)first,
			      "%s: %s instead of %s", decisions[i].name,
			      a.advice[0].row->name,
			      mechanism_def(first)->name);
}

START_TEST(the_adviser_decides_by_what_was_measured)
{
	struct figures *f = canned_figures();

	for (size_t i = 0; i < ARRAY_SIZE(decisions); i++)
		decides((int)i, f, decisions[i].measured);
	canned_free(f);
}
END_TEST

START_TEST(the_adviser_decides_without_figures_as_well)
{
	for (size_t i = 0; i < ARRAY_SIZE(decisions); i++)
		decides((int)i, NULL, decisions[i].unmeasured);
}
END_TEST

START_TEST(other_figures_give_other_advice)
{
	struct figures *f = canned_figures();
	const int *answer = decisions[0].answer;
	struct advices a;

	advise(&a, answer, f);
	ck_assert_int_eq(a.advice[0].row->mechanism, MECH_UNIX_SEQPACKET);
	f->line[MECH_UDP].point[FIGURE_LATENCY][PLACE_ONE][6].value = 100;
	advise(&a, answer, f);
	ck_assert_int_eq(a.advice[0].row->mechanism, MECH_UDP);
	ck_assert_int_eq(a.advice[0].n_drawbacks, 1);
	canned_free(f);
}
END_TEST

/* All answers: everything is ranked, the order holds, each has a reason.  */
START_TEST(every_answer_is_ranked_with_reasons)
{
	struct figures *f = canned_figures();
	int answer[QUESTIONS] = { 0 }, q = 0;
	long n = 0;

	while (q >= 0) {
		struct advices a;

		advise(&a, answer, n % 2 ? f : NULL);
		for (int i = 0; i < ADVICE_MAX; i++) {
			const struct advice *one = &a.advice[i];

			ck_assert_int_eq(one->n_against == 0, i < a.n_fit);
			ck_assert_int_gt(one->n, 0);
			ck_assert_int_lt(one->n, REASONS_MAX);
			if (i > 0 && i < a.n_fit)
				ck_assert_double_ge(one->score,
						    one[-1].score);
		}
		n++;
		for (q = QUESTIONS - 1; q >= 0; q--) {
			if (++answer[q] < question_answers(q))
				break;
			answer[q] = 0;
		}
	}
	ck_assert_int_eq(n, 3 * 4 * 4 * 4 * 4);
	canned_free(f);
}
END_TEST

START_TEST(exhibits_of_a_lesson_are_read)
{
	static const struct {
		const char *words;
		const char *why;	/* NULL: it is right */
		struct exhibit e;
	} cases[] = {
		{ "features", NULL, { EXHIBIT_FEATURES,
				      (1u << FEATURE_MAX) - 1, PLACE_ONE } },
		{ "  features naming  poll", NULL,
		  { EXHIBIT_FEATURES, 1u << FEATURE_NAMING
		    | 1u << FEATURE_POLL, PLACE_ONE } },
		{ "latency", NULL, { EXHIBIT_LATENCY, 0, PLACE_ONE } },
		{ "throughput two", NULL, { EXHIBIT_THROUGHPUT, 0,
					    PLACE_TWO } },
		{ "chart", NULL, { EXHIBIT_CHART, 0, PLACE_ONE } },
		{ "adviser", NULL, { EXHIBIT_ADVISER, 0, PLACE_ONE } },
		{ "features smell", "figures features knows no \"smell\"" },
		{ "chart two", "figures chart knows no \"two\"" },
		{ "", "a figures block is figures features, latency, "
		      "throughput, chart or adviser" },
		{ "featuresx", "a figures block is figures features, latency, "
			       "throughput, chart or adviser" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct exhibit e;
		char *why = NULL;
		int rc = exhibit_read(&e, cases[i].words, &why);

		ck_assert_int_eq(rc, cases[i].why ? -1 : 0);
		if (rc < 0) {
			ck_assert_str_eq(why, cases[i].why);
		} else {
			ck_assert_int_eq(e.kind, cases[i].e.kind);
			ck_assert_int_eq(e.place, cases[i].e.place);
			if (e.kind == EXHIBIT_FEATURES)
				ck_assert_uint_eq(e.features,
						  cases[i].e.features);
		}
		free(why);
	}
}
END_TEST

static char *
shown(const char *words, int width)
{
	const struct look look = { .width = width, .plain = true };
	struct styled lines = STYLED_INIT;
	struct buf text = BUF_INIT;
	struct exhibit e;

	ck_assert_int_eq(exhibit_read(&e, words, NULL), 0);
	exhibit_lines(&lines, &e, &look);
	for (size_t i = 0; i < lines.n; i++)
		ck_assert_int_le(cells_of(lines.line[i].text), width);
	styled_text(&lines, &text);
	styled_release(&lines);
	return buf_take(&text);
}

/* The figures are those of this user, kept where a lesson finds them.  */
START_TEST(exhibits_of_a_lesson_show_tables_and_figures)
{
	struct figures *f = canned_figures();
	char *folder = path_temporary(NULL), *text;

	setenv("XDG_STATE_HOME", folder, 1);
	text = shown("latency", 60);
	ck_assert_ptr_nonnull(strstr(text, "`ipclab bench`"));
	free(text);
	ck_assert_int_eq(record_keep(f, NULL), 0);
	text = shown("latency", 80);
	ck_assert_ptr_nonnull(strstr(text, "anonymous pipe        4.40 4.40"));
	ck_assert_ptr_nonnull(strstr(text, "one processor"));
	/* Wrapped somewhere: "The kernel was ... then and is ... now."  */
	ck_assert_ptr_nonnull(strstr(text, "then"));
	free(text);
	text = shown("throughput two", 50);
	ck_assert_ptr_nonnull(strstr(text, "two processors"));
	ck_assert_ptr_nonnull(strstr(text, " 1  256   4K  64K   1M\n"));
	free(text);
	text = shown("features naming", 80);
	ck_assert_ptr_nonnull(strstr(text, "/name (shm_open), or none"));
	ck_assert_ptr_null(strstr(text, "capacity"));
	free(text);
	path_remove_tree(folder, NULL);
	free(folder);
	canned_free(f);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("bench");

	unit_add(s, a_median_is_the_middle_one_or_between_the_two);
	unit_add(s, a_percentile_is_the_nearest_rank);
	unit_add(s, every_mechanism_has_a_name_and_a_title);
	unit_add(s, the_table_of_features_is_complete);
	unit_add(s, traits_and_cells_agree);
	unit_add(s, features_as_markdown_have_all_rows_in_each_table);
	unit_add(s, figures_survive_as_json);
	unit_add(s, what_is_no_record_is_refused_in_a_sentence);
	unit_add(s, a_record_of_nonsense_is_passed_over);
	unit_add(s, values_are_told_in_at_most_five_cells);
	unit_add(s, what_is_missing_has_a_reason);
	unit_add(s, the_adviser_decides_by_what_was_measured);
	unit_add(s, the_adviser_decides_without_figures_as_well);
	unit_add(s, other_figures_give_other_advice);
	unit_add(s, every_answer_is_ranked_with_reasons);
	unit_add(s, exhibits_of_a_lesson_are_read);
	unit_add(s, exhibits_of_a_lesson_show_tables_and_figures);
	return unit_run(s);
}
