/* What docs/ says of events and conditions is all there, and true.  */
#include "tests/unit/unit.h"

#include "condition/condition.h"
#include "lesson/need.h"
#include "schedule/dependency.h"

#include <stdio.h>

static struct buf text;

static void
load(const char *path)
{
	char *why = NULL, *full = xasprintf("%s/docs/%s", TOP_SRCDIR, path);

	buf_clear(&text);
	ck_assert_msg(buf_read_file(&text, full, 1 << 20, &why) == 0, "%s",
		      why);
	free(full);
}

static void
says(const char *fmt, const char *what)
{
	char *wanted = xasprintf("%s%s%s", fmt, what, fmt[0] == '|' ? "` |"
								    : "`\n");

	ck_assert_msg(strstr(buf_str(&text), wanted) != NULL,
		      "not documented: %s", what);
	free(wanted);
}

START_TEST(every_field_of_an_event_is_documented)
{
	load("events.md");
	for (size_t i = 0; event_field_name(i); i++)
		says("| `", event_field_name(i));
}
END_TEST

START_TEST(every_kind_of_event_and_object_is_documented)
{
	load("events.md");
	for (int i = WHAT_NONE + 1; i < WHAT_MAX; i++)
		says("| `", event_what_name(i));
	for (int i = KIND_NONE + 1; i < KIND_MAX; i++) {
		char *kind = xasprintf("`%s`", object_kind_name(i));

		ck_assert_msg(strstr(buf_str(&text), kind) != NULL, "%s", kind);
		free(kind);
	}
}
END_TEST

START_TEST(every_word_of_needs_is_documented)
{
	load("lesson-format.md");
	for (const struct need *n = needs; n->word; n++) {
		char *word = xasprintf("`%s`", n->word);

		ck_assert_msg(strstr(buf_str(&text), word) != NULL,
			      "not documented: %s", n->word);
		free(word);
	}
}
END_TEST

/* What the header's and the state's writers write is in the tables too. */
START_TEST(every_field_of_the_header_and_the_state_is_documented)
{
	struct header h = { .version = 1, .command = "x", .cwd = "/",
			    .cast = "A=b", .system = "Linux",
			    .digest = "0" };
	struct event *e = xmalloc(sizeof(*e));
	struct buf line = BUF_INIT;

	load("events.md");
	header_write(&line, &h);
	event_init(e, WHAT_CHECK);
	e->state = (struct object_state){ .known = true, .content_len = 1 };
	e->n_opened = 1;
	e->opened[0] = (struct opened){ .cloexec = true, .nonblock = true,
					.append = true };
	event_write(&line, e);
	for (char *p = line.data; (p = strchr(p, '"')); ) {
		char *end = strchr(++p, '"');

		if (end[1] == ':') {
			*end = '\0';
			says("| `", p);
			*end = '"';
		}
		p = end + 1;
	}
	free(e);
	buf_release(&line);
}
END_TEST

START_TEST(every_statement_is_documented_with_its_example)
{
	load("conditions.md");
	for (const struct statement_help *s = condition_statements();
	     s->syntax; s++) {
		char *entry = xasprintf("### `%s`\n%s\n\n```condition\n%s\n",
					s->syntax, s->meaning, s->example);

		ck_assert_msg(strstr(buf_str(&text), entry) != NULL,
			      "not documented as in the table: %s", s->syntax);
		free(entry);
	}
}
END_TEST

/* Each line of the fences of that kind; their number.  */
static int
each_line(const char *fence, void (*check)(const char *line))
{
	bool inside = false;
	int n = 0;

	for (char *save, *line = strtok_r(text.data, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		if (strncmp(line, "```", 3) == 0) {
			inside = strcmp(line + 3, fence) == 0;
		} else if (inside) {
			check(line);
			n++;
		}
	}
	return n;
}

static void
condition_parses(const char *line)
{
	char *why = NULL;
	struct condition *c = condition_parse(line, &why);

	ck_assert_msg(c != NULL, "%s: %s", line, why);
	condition_free(c);
}

static void
rule_parses(const char *line)
{
	char *why = NULL;
	struct rule r;

	ck_assert_msg(rule_parse(&r, line, &why) == 0, "%s: %s", line, why);
	rule_release(&r);
}

START_TEST(every_example_in_the_documentation_parses)
{
	load("conditions.md");
	ck_assert_int_gt(each_line("condition", condition_parses), 30);
	load("conditions.md");
	ck_assert_int_gt(each_line("rule", rule_parses), 3);
}
END_TEST

/* ---- what commutes ---- */

static void
add_act(struct buf *list, enum act a, const char *when)
{
	buf_addf(list, "%s%s", list->len ? "; " : "", act_text(a));
	if (when)
		buf_addf(list, " (%s)", when);
}

/* The row of an act: those before it in the table, and itself.  Polling has
 * its sentence.  */
static void
row_of(enum act a, struct buf *row)
{
	struct buf always = BUF_INIT, sometimes = BUF_INIT;

	for (int b = 0; b <= (int)a; b++) {
		const char *rule = dependence_rule(a, b);

		if (!act_meets(a, b) || strcmp(rule, "no") == 0 ||
		    (a != (enum act)b && b == ACT_READY_LOOK))
			continue;
		if (strcmp(rule, "yes") == 0)
			add_act(&always, b, NULL);
		else
			add_act(&sometimes, b, rule);
	}
	if ((always.len || sometimes.len) && a != ACT_READY_LOOK)
		buf_addf(row, "| %s | %s | %s |\n", act_text(a),
			 buf_str(&always), buf_str(&sometimes));
	buf_release(&always);
	buf_release(&sometimes);
}

START_TEST(what_commutes_is_documented_as_the_table_says)
{
	struct buf rows = BUF_INIT;

	for (int a = 0; a < ACTS_COUNT; a++)
		row_of(a, &rows);
	load("exploring.md");
	ck_assert_msg(strstr(buf_str(&text), buf_str(&rows)) != NULL,
		      "docs/exploring.md should say:\n%s", buf_str(&rows));
	buf_release(&rows);
}
END_TEST

START_TEST(every_condition_of_commuting_is_documented)
{
	load("exploring.md");
	for (int a = 0; a < ACTS_COUNT; a++)
		for (int b = 0; b <= a; b++) {
			const char *rule = dependence_rule(a, b);

			if (strcmp(rule, "yes") && strcmp(rule, "no"))
				says("| `", rule);
		}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("docs");

	unit_add(s, every_field_of_an_event_is_documented);
	unit_add(s, every_kind_of_event_and_object_is_documented);
	unit_add(s, every_word_of_needs_is_documented);
	unit_add(s, every_field_of_the_header_and_the_state_is_documented);
	unit_add(s, every_statement_is_documented_with_its_example);
	unit_add(s, every_example_in_the_documentation_parses);
	unit_add(s, what_commutes_is_documented_as_the_table_says);
	unit_add(s, every_condition_of_commuting_is_documented);
	return unit_run(s);
}
