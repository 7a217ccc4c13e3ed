/* The terminal, taken and given back.  */
#include "config.h"

#include "term/term.h"

#include "base/i18n.h"
#include "event/names.h"
#include "term/glyph.h"
#include "term/input.h"
#include "term/keys.h"
#include "term/palette.h"
#include "term/settings.h"
#include "term/show.h"
#include "term/signals.h"

#include <curses.h>
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <term.h>
#include <unistd.h>

extern char **environ;

static SCREEN *screen;
static struct canvas *canvas;
static pid_t owner;
static bool hooked;

int
term_possible(char **why)
{
	const char *name = getenv("TERM");
	int known;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return fail(why, _("this is not a terminal; use --plain for "
				   "plain text"));
	if (!name || !*name || strcmp(name, "dumb") == 0)
		return fail(why, _("this terminal cannot show screens "
				   "(TERM=%s); use --plain for plain text"),
			    name ? name : "");
	if (setupterm(NULL, STDOUT_FILENO, &known) != OK)
		return fail(why, _("no description of the terminal %s is "
				   "installed; try TERM=xterm, or --plain"),
			    name);
	return 0;
}

/* A string of the terminal's description, without its delays.  */
static void
add_capability(struct buf *b, const char *name)
{
	const char *s = tigetstr(name);

	if (!s || s == (char *)-1)
		return;
	while (*s) {
		const char *end = strncmp(s, "$<", 2) ? NULL : strchr(s, '>');

		if (end)
			s = end + 1;
		else
			buf_addc(b, *s++);
	}
}

/* What gives the terminal back when curses cannot.  */
static void
prepare_restore(void)
{
	struct buf b = BUF_INIT;

	if (settings()->mouse && tigetstr("kmous") != NULL)
		buf_adds(&b, "\033[?1000l\033[?1006l");
	add_capability(&b, "sgr0");
	add_capability(&b, "rmkx");
	add_capability(&b, "cnorm");
	add_capability(&b, "rmcup");
	buf_adds(&b, "\r");
	restore_prepare(buf_str(&b), b.len);
	buf_release(&b);
}

static void
set_modes(void)
{
	/* ^C and ^Z are keys: the program on the stage may want them.  */
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	leaveok(stdscr, FALSE);
	if (!getenv("ESCDELAY"))
		set_escdelay(25);
	if (settings()->mouse) {
		mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED,
			  NULL);
		mouseinterval(0);
	}
	curs_set(0);
}

static void
fit_canvas(void)
{
	int unicode = settings()->unicode;

	if (unicode < 0)
		unicode = glyph_unicode_wanted();
	if (!canvas)
		canvas = canvas_new(LINES, COLS, unicode);
	else
		canvas_resize(canvas, LINES, COLS);
	canvas->unicode = unicode;
	show_forget();
}

int
term_start(char **why)
{
	if (screen)
		return 0;
	if (term_possible(why) < 0 || settings_load(why) < 0)
		return -1;
	prepare_restore();
	signals_start();
	owner = getpid();
	guard_start();
	restore_set_taken(true);
	screen = newterm(NULL, stdout, stdin);
	if (!screen) {
		restore_set_taken(false);
		guard_stop();
		signals_stop();
		return fail(why, _("curses cannot use the terminal %s"),
			    getenv("TERM"));
	}
	set_modes();
	palette_start(settings()->palette);
	fit_canvas();
	if (!hooked) {
		die_hook(term_stop);
		atexit(term_stop);
		hooked = true;
	}
	return 0;
}

bool
term_is_on(void)
{
	return screen != NULL;
}

void
term_stop(void)
{
	/* A child that was forked (the tracer) must leave it alone.  */
	if (!screen || owner != getpid())
		return;
	curs_set(1);
	endwin();
	restore_set_taken(false);
	guard_stop();
	delscreen(screen);
	screen = NULL;
	signals_stop();
	canvas_free(canvas);
	canvas = NULL;
	show_forget();
}

struct canvas *
term_canvas(void)
{
	return canvas;
}

bool
term_is_too_small(void)
{
	return canvas->rows < TERM_ROWS_MIN || canvas->cols < TERM_COLS_MIN;
}

void
term_show(void)
{
	if (term_is_too_small()) {
		canvas_clear(canvas);
		char *text = xasprintf(_("too small: %dx%d at least"),
				       TERM_COLS_MIN, TERM_ROWS_MIN);

		canvas_wrap(canvas, (struct rect){ 0, 0, canvas->rows,
						   canvas->cols },
			    ROLE_TEXT, text);
		free(text);
	}
	show_canvas(canvas);
	refresh();
}

void
term_redraw(void)
{
	show_forget();
	clearok(curscr, TRUE);
}

int
term_poll(struct pollfd fds[TERM_FDS])
{
	fds[0] = (struct pollfd){ .fd = STDIN_FILENO, .events = POLLIN };
	fds[1] = (struct pollfd){ .fd = signals_fd(), .events = POLLIN };
	return TERM_FDS;
}

static void
fit_size(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0
	    && size.ws_col > 0)
		resizeterm(size.ws_row, size.ws_col);
	fit_canvas();
	clearok(curscr, TRUE);
}

/* Curses steps aside and comes back.  */
static void
curses_leave(void)
{
	curs_set(1);
	endwin();
	restore_set_taken(false);
}

static void
curses_return(void)
{
	restore_set_taken(true);
	reset_prog_mode();
	set_modes();
	fit_size();
}

static void
suspend_with(pid_t pid)
{
	curses_leave();
	signals_suspend(pid);
	curses_return();
}

bool
term_pump(void)
{
	bool resized, suspend;

	signals_take(&resized, &suspend);
	if (suspend)
		suspend_with(getpid());
	else if (resized)
		fit_size();
	return resized || suspend;
}

void
term_suspend(void)
{
	/* As the terminal itself does at ^Z: the whole process group.  */
	suspend_with(0);
}

int
term_key(void)
{
	int key = input_key();
	const struct target *t;

	if (key != KEYS_CLICK)
		return key;
	t = canvas_target_at(canvas, keys_mouse.y, keys_mouse.x);
	keys_mouse.kind = t ? t->kind : TARGET_NONE;
	keys_mouse.what = t ? t->what : 0;
	return t && t->kind == TARGET_KEY ? (int)t->what : key;
}

int
term_run(const char *const argv[], char **why)
{
	pid_t pid;
	int status = -1, error;

	curses_leave();
	signals_stop();
	error = posix_spawnp(&pid, argv[0], NULL, NULL, (char **)argv,
			     environ);
	/* ^C in the editor is the editor's.  */
	if (error == 0) {
		signal(SIGINT, SIG_IGN);
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
		signal(SIGINT, SIG_DFL);
	}
	signals_start();
	curses_return();
	if (error)
		return fail(why, _("cannot run %s: %s"), argv[0],
			    strerror(error));
	return status;
}
