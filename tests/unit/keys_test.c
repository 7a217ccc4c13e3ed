/* Keys and settings: one table, no doubts, changed by the user's file.  */
#include "tests/unit/unit.h"

#include "term/keys.h"
#include "term/settings.h"
#include "view/help.h"
#include "base/cells.h"

static int
parse(const char *text, char **why)
{
	settings_reset();
	return settings_parse(text, strlen(text), "config", why);
}

START_TEST(no_key_means_two_things_on_one_screen)
{
	size_t n;
	const struct key_def *d = keys_bindings(&n);

	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++)
			ck_assert_msg(d[i].key != d[k].key
				      || !(d[i].screens & d[k].screens),
				      "%s is bound twice",
				      keys_name(d[i].key));
}
END_TEST

START_TEST(every_action_has_a_name_a_help_and_a_key)
{
	for (int a = ACTION_NONE + 1; a < ACTION_MAX; a++) {
		const struct action_def *d = keys_describe(a);
		struct buf keys = BUF_INIT;

		ck_assert_msg(d->name && d->help, "action %d", a);
		for (int k = ACTION_NONE + 1; k < a; k++)
			ck_assert_str_ne(d->name, keys_describe(k)->name);
		for (unsigned s = 1; s < SCREEN_ALL; s <<= 1)
			keys_of(s, a, &keys);
		ck_assert_msg(keys.len > 0, "no key for %s", d->name);
		buf_release(&keys);
	}
}
END_TEST

START_TEST(every_key_has_a_name_that_leads_back_to_it)
{
	static const int others[] = { 'a', '?', 0xe9, 0x7ba1, 0x1f600, 1 };
	size_t n;
	const struct key_def *d = keys_bindings(&n);

	for (size_t i = 0; i < n; i++)
		ck_assert_int_eq(keys_number(keys_name(d[i].key)), d[i].key);
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		ck_assert_int_eq(keys_number(keys_name(others[i])), others[i]);
	ck_assert_int_eq(keys_number("pgup"), KEYS_PAGE_UP);
	ck_assert_int_eq(keys_number("^l"), 'L' & 0x1f);
	ck_assert_int_eq(keys_number("#"), '#');
	ck_assert_int_eq(keys_number(""), KEYS_NONE);
	ck_assert_int_eq(keys_number("xy"), KEYS_NONE);
	ck_assert_int_eq(keys_number("\xff"), KEYS_NONE);
}
END_TEST

START_TEST(a_file_binds_keys)
{
	struct buf keys = BUF_INIT;
	char *why = NULL;

	ck_assert_msg(parse("# mine\n\nbind x next\n  bind F2 signal # here\n"
			    "bind # search\nmouse off\npalette safe\n"
			    "unicode off\nbind n none", &why) == 0, "%s", why);
	ck_assert_int_eq(keys_action(SCREEN_STAGE, 'x'), ACTION_NEXT);
	ck_assert_int_eq(keys_action(SCREEN_STAGE, KEYS_F2), ACTION_SIGNAL);
	ck_assert_int_eq(keys_action(SCREEN_STAGE, '#'), ACTION_SEARCH);
	ck_assert_int_eq(keys_action(SCREEN_STAGE, 'n'), ACTION_NONE);
	ck_assert(!settings()->mouse);
	ck_assert_str_eq(settings()->palette, "safe");
	ck_assert_int_eq(settings()->unicode, 0);
	keys_of(SCREEN_STAGE, ACTION_NEXT, &keys);
	ck_assert_str_eq(buf_str(&keys), "Space, x");
	settings_reset();
	ck_assert_int_eq(keys_action(SCREEN_STAGE, 'n'), ACTION_NEXT);
	buf_release(&keys);
}
END_TEST

START_TEST(a_key_taken_elsewhere_is_free_there)
{
	char *why = NULL;

	ck_assert_int_eq(parse("bind b next\n", &why), 0);
	ck_assert_int_eq(keys_action(SCREEN_STAGE, 'b'), ACTION_NEXT);
	ck_assert_int_eq(keys_action(SCREEN_STAGE, KEYS_BACKSPACE),
			 ACTION_BACK);
	settings_reset();
}
END_TEST

static const struct {
	const char *text, *why;
} wrong[] = {
	{ "bnid x next\n",
	  "config:1: there is no setting \"bnid\"; did you mean bind?" },
	{ "\nbind x nxt\n",
	  "config:2: there is no action \"nxt\"; did you mean next?" },
	{ "bind longkey next\n",
	  "config:1: there is no key \"longkey\"; a key is a character, ^X, "
	  "or a name like Space, Up or F2" },
	{ "bind x\n", "config:1: this setting is written: bind KEY ACTION" },
	{ "bind x next too\n",
	  "config:1: this setting is written: bind KEY ACTION" },
	{ "mouse maybe\n", "config:1: \"maybe\" should be on or off" },
	{ "unicode x\n", "config:1: \"x\" should be on, off or auto" },
	{ "palette pink\n", "config:1: there is no palette \"pink\"; there "
	  "are default, safe, light and mono" },
};

START_TEST(what_is_wrong_is_said_with_its_line)
{
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		char *why = NULL;

		ck_assert_int_eq(parse(wrong[i].text, &why), -1);
		ck_assert_str_eq(why, wrong[i].why);
		free(why);
	}
	settings_reset();
}
END_TEST

START_TEST(too_many_bindings_are_refused)
{
	char *why = NULL;
	int rc = 0;

	settings_reset();
	for (int i = 0; i < 1000 && rc == 0; i++) {
		struct buf b = BUF_INIT;
		char key[8];

		utf8_write(0x4e00 + i, key);
		buf_addf(&b, "bind %s next\n", key);
		rc = settings_parse(buf_str(&b), b.len, "config", &why);
		buf_release(&b);
	}
	ck_assert_int_eq(rc, -1);
	free(why);
	settings_reset();
}
END_TEST

START_TEST(an_option_wins_over_the_file)
{
	settings_reset();
	settings_mouse(false);
	ck_assert_int_eq(settings_parse("mouse on\n", 9, "config", NULL), 0);
	ck_assert(!settings()->mouse);
	settings_reset();
}
END_TEST

START_TEST(the_help_names_every_key_of_the_stage)
{
	struct buf text = BUF_INIT;
	size_t n;
	const struct key_def *d = keys_bindings(&n);

	help_text(&text, SCREEN_STAGE);
	for (size_t i = 0; i < n; i++)
		if ((d[i].screens & SCREEN_STAGE)
		    && (d[i].key < '1' || d[i].key > '9'))
			ck_assert_msg(strstr(buf_str(&text),
					     keys_name(d[i].key)) != NULL,
				      "%s", keys_name(d[i].key));
	ck_assert_ptr_nonnull(strstr(buf_str(&text), "1-9\t"));
	ck_assert_ptr_null(strstr(buf_str(&text), "Actor 2 goes"));
	buf_release(&text);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("keys");

	unit_add(s, no_key_means_two_things_on_one_screen);
	unit_add(s, every_action_has_a_name_a_help_and_a_key);
	unit_add(s, every_key_has_a_name_that_leads_back_to_it);
	unit_add(s, a_file_binds_keys);
	unit_add(s, a_key_taken_elsewhere_is_free_there);
	unit_add(s, what_is_wrong_is_said_with_its_line);
	unit_add(s, too_many_bindings_are_refused);
	unit_add(s, an_option_wins_over_the_file);
	unit_add(s, the_help_names_every_key_of_the_stage);
	return unit_run(s);
}
