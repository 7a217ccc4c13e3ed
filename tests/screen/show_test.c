/*
 * From the canvas to curses: headless, on /dev/null.  What stands on stdscr
 * is compared with the canvas, and attributes with the palette.
 */
#include "tests/unit/unit.h"

#include "term/palette.h"
#include "term/show.h"

#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <wchar.h>

static SCREEN *screen;
static struct canvas *canvas;

static void
start(const char *term, const char *palette)
{
	setlocale(LC_ALL, "C.UTF-8");
	screen = newterm(term, fopen("/dev/null", "w"),
			 fopen("/dev/null", "r"));
	ck_assert_ptr_nonnull(screen);
	resizeterm(5, 20);
	palette_start(palette);
	canvas = canvas_new(5, 20, true);
}

static void
stop(void)
{
	endwin();
	canvas_free(canvas);
	show_forget();
}

/* The character and the attributes at a place, as curses has them.  */
static void
at(int y, int x, wchar_t *ch, attr_t *attr, short *fg)
{
	wchar_t text[CCHARW_MAX + 1];
	short pair, bg;
	cchar_t cc;

	ck_assert_int_eq(mvin_wch(y, x, &cc), OK);
	getcchar(&cc, text, attr, &pair, NULL);
	*ch = text[0];
	*fg = -1;
	if (pair)
		pair_content(pair, fg, &bg);
}

START_TEST(text_arrives_on_the_screen)
{
	wchar_t ch;
	attr_t attr;
	short fg;

	start("xterm-256color", "");
	canvas_put(canvas, 1, 2, 9, ROLE_TEXT, "管a");
	show_canvas(canvas);
	at(1, 2, &ch, &attr, &fg);
	ck_assert_int_eq(ch, L'管');
	at(1, 4, &ch, &attr, &fg);
	ck_assert_int_eq(ch, L'a');
	ck_assert_int_eq(fg, -1);
	/* What went is gone.  */
	canvas_clear(canvas);
	show_canvas(canvas);
	at(1, 2, &ch, &attr, &fg);
	ck_assert_int_eq(ch, L' ');
	at(1, 3, &ch, &attr, &fg);
	ck_assert_int_eq(ch, L' ');
	stop();
}
END_TEST

START_TEST(roles_have_their_colours)
{
	wchar_t ch;
	attr_t attr;
	short fg;

	unsetenv("NO_COLOR");
	start("xterm-256color", "safe");
	canvas_put(canvas, 0, 0, 9, ROLE_BLOCKED, "x");
	show_canvas(canvas);
	at(0, 0, &ch, &attr, &fg);
	ck_assert_int_eq(fg, 214);
	ck_assert(attr & A_BOLD);
	stop();
}
END_TEST

START_TEST(eight_colours_are_enough)
{
	wchar_t ch;
	attr_t attr;
	short fg;

	unsetenv("NO_COLOR");
	start("xterm", "default");
	ck_assert_int_eq(COLORS, 8);
	canvas_put(canvas, 0, 0, 9, ROLE_ACTOR_5, "x");
	show_canvas(canvas);
	at(0, 0, &ch, &attr, &fg);
	/* Bright blue: blue, and bold makes it bright.  */
	ck_assert_int_eq(fg, 4);
	ck_assert(attr & A_BOLD);
	stop();
}
END_TEST

START_TEST(no_color_leaves_attributes_only)
{
	wchar_t ch;
	attr_t attr;
	short fg;

	setenv("NO_COLOR", "1", 1);
	start("xterm-256color", "default");
	canvas_put(canvas, 0, 0, 9, ROLE_SELECTED, "x");
	show_canvas(canvas);
	at(0, 0, &ch, &attr, &fg);
	ck_assert_int_eq(fg, -1);
	ck_assert(attr & A_REVERSE);
	stop();
	unsetenv("NO_COLOR");
}
END_TEST

START_TEST(a_terminal_without_colours_works)
{
	wchar_t ch;
	attr_t attr;
	short fg;

	start("vt100", "default");
	canvas_put(canvas, 0, 0, 9, ROLE_BLOCKED, "x");
	show_canvas(canvas);
	at(0, 0, &ch, &attr, &fg);
	ck_assert_int_eq(fg, -1);
	ck_assert(attr & A_BOLD);
	stop();
}
END_TEST

START_TEST(without_utf8_there_are_question_marks)
{
	wchar_t ch;
	attr_t attr;
	short fg;

	start("xterm", "");
	setlocale(LC_ALL, "C");
	canvas_put(canvas, 0, 0, 9, ROLE_TEXT, "管a");
	show_canvas(canvas);
	at(0, 0, &ch, &attr, &fg);
	ck_assert_int_eq(ch, L'?');
	at(0, 2, &ch, &attr, &fg);
	ck_assert_int_eq(ch, L'a');
	stop();
	setlocale(LC_ALL, "C.UTF-8");
}
END_TEST

START_TEST(palettes_are_picked_by_the_terminal_and_the_user)
{
	unsetenv("NO_COLOR");
	unsetenv("COLORFGBG");
	ck_assert_str_eq(palette_pick("", 256), "default");
	ck_assert_str_eq(palette_pick("safe", 8), "safe");
	ck_assert_str_eq(palette_pick("safe", 0), "mono");
	setenv("COLORFGBG", "0;15", 1);
	ck_assert_str_eq(palette_pick("", 256), "light");
	ck_assert_str_eq(palette_pick("default", 256), "default");
	setenv("COLORFGBG", "15;default;0", 1);
	ck_assert_str_eq(palette_pick("", 256), "default");
	setenv("NO_COLOR", "1", 1);
	ck_assert_str_eq(palette_pick("safe", 256), "mono");
	setenv("NO_COLOR", "", 1);
	ck_assert_str_eq(palette_pick("safe", 256), "safe");
	unsetenv("NO_COLOR");
	unsetenv("COLORFGBG");
}
END_TEST

START_TEST(every_role_differs_where_meaning_depends_on_it)
{
	static const char *const names[] = {
		"default", "safe", "light", "mono",
	};

	/* A state is never told by colour alone, but what must be seen at a
	 * glance differs in every palette.  */
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const struct look *ready, *blocked, *bad;

		ready = palette_look(names[i], ROLE_READY);
		blocked = palette_look(names[i], ROLE_BLOCKED);
		bad = palette_look(names[i], ROLE_BAD);
		ck_assert(blocked->bold && !ready->bold);
		ck_assert(bad->underline);
		ck_assert(palette_look(names[i], ROLE_SELECTED)->reverse);
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("show");

	unit_add(s, text_arrives_on_the_screen);
	unit_add(s, roles_have_their_colours);
	unit_add(s, eight_colours_are_enough);
	unit_add(s, no_color_leaves_attributes_only);
	unit_add(s, a_terminal_without_colours_works);
	unit_add(s, without_utf8_there_are_question_marks);
	unit_add(s, palettes_are_picked_by_the_terminal_and_the_user);
	unit_add(s, every_role_differs_where_meaning_depends_on_it);
	return unit_run(s);
}
