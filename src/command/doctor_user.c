/* The doctor's checks of terminal, language, folders and programs.  */
#include "config.h"

#include "command/doctor.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "sandbox/sandbox.h"

#include <dirent.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { COLUMNS_MIN = 40, LINES_MIN = 10, MIB_MIN = 64 };

/* tput(1) knows what a terminal can do: it is part of ncurses.  */
static bool
ask_terminal(const char *what, struct buf *answer)
{
	const char *term = getenv("TERM");

	return term && *term &&
	       doctor_run((const char *[]){ "tput", what, NULL }, answer);
}

static bool
look_terminal(struct buf *found)
{
	const char *term = getenv("TERM");
	struct buf name = BUF_INIT;
	struct winsize size = { 0 };
	bool known = ask_terminal("longname", &name);

	buf_release(&name);
	buf_adds(found, term && *term ? term : _("TERM is not set"));
	if (term && *term && !known)
		buf_addf(found, ", %s", _("which terminfo does not know"));
	if (!isatty(0) || !isatty(1) || ioctl(1, TIOCGWINSZ, &size) < 0) {
		buf_addf(found, ", %s", _("not connected to a terminal"));
		return false;
	}
	buf_addf(found, ", %dx%d", size.ws_col, size.ws_row);
	return known && strcmp(term, "dumb") != 0 &&
	       size.ws_col >= COLUMNS_MIN && size.ws_row >= LINES_MIN;
}

static bool
look_colours(struct buf *found)
{
	const char *off = getenv("NO_COLOR");
	struct buf answer = BUF_INIT;
	int n = ask_terminal("colors", &answer) ? atoi(buf_str(&answer)) : 0;

	buf_release(&answer);
	buf_addf(found, "%d", n > 0 ? n : 0);
	if (off && *off)
		buf_addf(found, ", %s", _("but NO_COLOR is set"));
	return n >= 8 && !(off && *off);
}

static bool
look_mouse(struct buf *found)
{
	struct buf answer = BUF_INIT;
	bool has = ask_terminal("kmous", &answer) && answer.len > 0;

	buf_release(&answer);
	buf_adds(found, has ? _("yes") : _("no"));
	return has;
}

static bool
look_characters(struct buf *found)
{
	buf_adds(found, nl_langinfo(CODESET));
	return strcmp(buf_str(found), "UTF-8") == 0;
}

/* The locale that the environment asks for, as setlocale(3) reads it.  */
static bool
look_locale(struct buf *found)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	locale_t locale = newlocale(LC_ALL_MASK, "", 0);
	const char *value = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(names) && !(value && *value); i++)
		value = getenv(names[i]);
	buf_adds(found, value && *value ? value : "C");
	if (!locale) {
		buf_addf(found, ", %s", _("which is not installed"));
		return false;
	}
	freelocale(locale);
	return true;
}

static bool
look_chinese(struct buf *found)
{
	char *folder = path_locale();
	char *file = xasprintf("%s/zh_CN/LC_MESSAGES/" PACKAGE ".mo", folder);
	bool there = access(file, R_OK) == 0;

	buf_adds(found, there ? _("installed") : _("not installed"));
	free(file);
	free(folder);
	return there;
}

static bool
look_lessons(struct buf *found)
{
	char *path = path_data("lessons");
	DIR *dir = opendir(path);

	buf_adds(found, path);
	if (dir)
		closedir(dir);
	else
		buf_addf(found, ": %s", strerror(errno));
	free(path);
	return dir;
}

/* Where the user's progress is kept, or the nearest folder above that there
 * is: nothing is made just to look.  */
static char *
state_folder(void)
{
	char *path = path_state(""), *slash;

	while (access(path, F_OK) < 0 && (slash = strrchr(path, '/')))
		slash == path ? (void)(slash[1] = '\0') : (void)(*slash = '\0');
	return path;
}

static bool
look_state(struct buf *found)
{
	char *path = path_state(""), *above = state_folder();
	char *in = xasprintf("%s/.", above);	/* ENOTDIR in a file */
	bool may = access(in, W_OK | X_OK) == 0;

	buf_addf(found, "%s", path);
	if (!may)
		buf_addf(found, ": %s", strerror(errno));
	free(path);
	free(above);
	free(in);
	return may;
}

static bool
look_disk(struct buf *found)
{
	char *path = state_folder();
	unsigned long long mib = 0;
	struct statvfs fs;

	if (statvfs(path, &fs) == 0)
		mib = (unsigned long long)fs.f_bavail * fs.f_frsize >> 20;
	free(path);
	buf_addf(found, _("%llu MiB free"), mib);
	return mib >= MIB_MIN;
}

/* A compiler, and does it instrument accesses?  It compiles an empty file to
 * text, which goes nowhere.  */
static bool
look_compiler(struct buf *found, const char *name)
{
	struct buf ignored = BUF_INIT;

	if (!doctor_run((const char *[]){ name, "--version", NULL }, found)) {
		buf_clear(found);
		buf_adds(found, _("not installed"));
		return false;
	}
	if (doctor_run((const char *[]){ name, "-fsanitize=thread", "-x", "c",
					 "-S", "-o", "-", "/dev/null", NULL },
		       &ignored))
		buf_addf(found, ", %s", _("with -fsanitize=thread"));
	else
		buf_addf(found, ", %s", _("without -fsanitize=thread"));
	buf_release(&ignored);
	return true;
}

static bool
look_cc(struct buf *found)
{
	return look_compiler(found, "cc");
}

static bool
look_gcc(struct buf *found)
{
	return look_compiler(found, "gcc");
}

static bool
look_clang(struct buf *found)
{
	return look_compiler(found, "clang");
}

/* A sandbox is made for real.  */
static bool
look_sandbox(struct buf *found)
{
	char *why = NULL;
	enum sandbox_tier tier = sandbox_tier(&why);

	buf_addf(found, "%s: %s", sandbox_tier_word(tier), why);
	free(why);
	return tier != SANDBOX_NONE;
}

const struct check doctor_user[] = {
	{ "terminal", false, look_terminal,
	  N_("The lab can draw its screens."),
	  N_("The screens want a terminal of 40x10 or more that terminfo "
	     "knows.  Without, use --plain: the same content as lines of "
	     "text.") },
	{ "colours", false, look_colours,
	  N_("Screens are coloured; no colour is the only sign of "
	     "anything."),
	  N_("Screens are drawn without colours, and nothing is lost by "
	     "that.") },
	{ "mouse", false, look_mouse,
	  N_("The mouse can be used; the keys do everything as well."),
	  N_("Use the keys; they do everything.") },
	{ "characters", false, look_characters,
	  N_("Lines and blocks are drawn with Unicode characters."),
	  N_("Lines and blocks are drawn with ASCII characters.  For UTF-8: "
	     "export LANG=C.UTF-8") },
	{ "locale", false, look_locale,
	  N_("Language and characters follow your locale."),
	  N_("Messages still come in your language where there is a "
	     "translation; or say --lang.") },
	{ "chinese", false, look_chinese,
	  N_("Simplified Chinese: --lang zh_CN, or by your locale."),
	  N_("The lab speaks English only.") },
	{ "lessons", true, look_lessons,
	  N_("The lessons are in place."),
	  N_("There are no lessons where they belong.  Install again, or set "
	     "IPCLAB_DATADIR.") },
	{ "state", false, look_state,
	  N_("Your progress is kept."),
	  N_("The lab works, but cannot keep your progress.  Set "
	     "XDG_STATE_HOME to a folder of yours.") },
	{ "disk", false, look_disk,
	  N_("There is room for progress and recordings."),
	  N_("Progress and recordings may not fit.") },
	{ "cc", false, look_cc,
	  N_("Your programs, and those of lessons, can be compiled."),
	  N_("C programs cannot be compiled here.  Install gcc.") },
	{ "gcc", false, look_gcc,
	  N_("It can be chosen as compiler."),
	  N_("Another compiler serves as well.") },
	{ "clang", false, look_clang,
	  N_("It can be chosen as compiler."),
	  N_("Another compiler serves as well.") },
	{ "sandbox", false, look_sandbox,
	  N_("A grader can shut submissions in."),
	  N_("Submissions are not graded here: what is handed in must be shut "
	     "in.  Install the package bubblewrap; user namespaces must be "
	     "allowed (user.max_user_namespaces).") },
	{ .name = NULL },
};
