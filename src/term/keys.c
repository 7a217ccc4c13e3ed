/* The table of keys, of actions, and of names of keys.  */
#include "config.h"

#include "term/keys.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "base/suggest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BINDINGS_MAX = 192, MOVING = SCREEN_ALL };

struct keys_mouse keys_mouse;

static const struct action_def actions[ACTION_MAX] = {
	[ACTION_NEXT] = { "next", N_("next"),
		N_("One step: who went last goes on, else the first that can") },
	[ACTION_GO_1] = { "go-1", N_("who goes"),
		N_("One step: the actor with this number goes") },
	[ACTION_GO_2] = { "go-2", NULL, N_("Actor 2 goes") },
	[ACTION_GO_3] = { "go-3", NULL, N_("Actor 3 goes") },
	[ACTION_GO_4] = { "go-4", NULL, N_("Actor 4 goes") },
	[ACTION_GO_5] = { "go-5", NULL, N_("Actor 5 goes") },
	[ACTION_GO_6] = { "go-6", NULL, N_("Actor 6 goes") },
	[ACTION_GO_7] = { "go-7", NULL, N_("Actor 7 goes") },
	[ACTION_GO_8] = { "go-8", NULL, N_("Actor 8 goes") },
	[ACTION_GO_9] = { "go-9", NULL, N_("Actor 9 goes") },
	[ACTION_GO_CHOSEN] = { "go-chosen", NULL,
		N_("One step: the chosen actor goes") },
	[ACTION_BACK] = { "back", N_("back"), N_("One step back") },
	[ACTION_RUN] = { "run", N_("run"),
		N_("Let everybody run at full speed; again: hold them") },
	[ACTION_UNTIL] = { "until", N_("until"),
		N_("Run until a condition holds: pipe 1 is full") },
	[ACTION_SIGNAL] = { "signal", N_("signal"),
		N_("Send a signal to an actor") },
	[ACTION_WRITE] = { "write", N_("write"),
		N_("Write the schedule, all choices so far, to a file") },
	[ACTION_EDIT] = { "edit", N_("edit"),
		N_("Edit the source, and run or check it again") },
	[ACTION_TYPE] = { "type", N_("type"),
		N_("Type to the program; Esc Esc or ^] ends it") },
	[ACTION_OUTPUT] = { "output", N_("output"),
		N_("The program's own screen: part of the stage, or all") },
	[ACTION_COMMAND] = { "command", N_("command"),
		N_("Enter a command: until, back, seek, signal, cut, expire, "
		   "type, save, record") },
	[ACTION_EXPLORE] = { "explore", N_("explore"),
		N_("Search the schedules for one that fails") },
	[ACTION_ENOUGH] = { "enough", N_("enough"),
		N_("End the search with what it has found") },
	[ACTION_UP] = { "up", NULL, N_("Up; on the stage: the actor above") },
	[ACTION_DOWN] = { "down", N_("down"),
		N_("Down; on the stage: the actor below") },
	[ACTION_LEFT] = { "left", NULL,
		N_("Left; on the stage: the operation before") },
	[ACTION_RIGHT] = { "right", NULL,
		N_("Right; on the stage: the operation after") },
	[ACTION_FIRST] = { "first", NULL,
		N_("To the beginning; on the stage: step 0") },
	[ACTION_LAST] = { "last", NULL,
		N_("To the end; on the stage: the last known step") },
	[ACTION_PAGE_UP] = { "page-up", NULL,
		N_("A page up; on the stage: ten steps back") },
	[ACTION_PAGE_DOWN] = { "page-down", NULL,
		N_("A page down; on the stage: ten steps on") },
	[ACTION_OPEN] = { "open", N_("open"), N_("Open what is chosen") },
	[ACTION_FOCUS] = { "focus", N_("text/stage"),
		N_("Move between the text and the stage") },
	[ACTION_FORWARD] = { "forward", N_("go on"),
		N_("On to the next step of the lesson") },
	[ACTION_BACKWARD] = { "backward", N_("step before"),
		N_("Back to the step before") },
	[ACTION_ANSWER] = { "answer", N_("answer"),
		N_("Answer the question with this number") },
	[ACTION_FIGURE] = { "figure", N_("figure"),
		N_("Latency, its 99th percentile, throughput: the next") },
	[ACTION_PROCESSORS] = { "processors", N_("processors"),
		N_("Both processes on one processor, or on two") },
	[ACTION_TABLE] = { "table", N_("table"),
		N_("The figures as a table; again: as a chart") },
	[ACTION_METHOD] = { "method", N_("method"),
		N_("How it was measured, and what; again: the chart") },
	[ACTION_MEASURE] = { "measure", N_("measure"),
		N_("Measure everything anew, in less than a minute; again: "
		   "that is enough") },
	[ACTION_FEATURES] = { "features", N_("features"),
		N_("What each mechanism gives; again: the chart") },
	[ACTION_BENCH] = { "figures", N_("figures"),
		N_("What each mechanism costs on this machine") },
	[ACTION_ADVISE] = { "advise", N_("adviser"),
		N_("Five questions, and which mechanism fits") },
	[ACTION_EXERCISES] = { "exercises", N_("exercises"),
		N_("The exercises of this lesson") },
	[ACTION_PLAY] = { "play", N_("stage"),
		N_("Put the exercise's program on the stage") },
	[ACTION_CHECK] = { "check", N_("check"),
		N_("Check the work now; saving a file does it, too") },
	[ACTION_HINT] = { "hint", N_("hint"), N_("The next hint") },
	[ACTION_SOLUTION] = { "solution", N_("solution"),
		N_("A solution, once yours has passed; again: hide it") },
	[ACTION_RESET] = { "reset", N_("begin anew"),
		N_("Put the files back as they were at the beginning") },
	[ACTION_PAGE] = { "page", N_("task/work"),
		N_("Move between the task and the work") },
	[ACTION_SHOWN] = { "shown", N_("which"),
		N_("Those that count, those that did not pass, every "
		   "attempt") },
	[ACTION_SEARCH] = { "search", N_("search"),
		N_("Search; on the stage: in the events") },
	[ACTION_SEARCH_AGAIN] = { "search-again", NULL,
		N_("Search for the same once more") },
	[ACTION_HELP] = { "help", N_("help"), N_("This page") },
	[ACTION_REDRAW] = { "redraw", NULL, N_("Draw the screen anew") },
	[ACTION_CANCEL] = { "cancel", NULL,
		N_("Close a message; on the stage: follow the last operation") },
	[ACTION_CLOSE] = { "close", N_("close"), N_("Up one screen") },
	[ACTION_LEAVE] = { "leave", NULL, N_("Leave the lab") },
};

static const struct key_def built_in[] = {
	{ 'n', ACTION_NEXT, SCREEN_STAGE },
	{ ' ', ACTION_NEXT, SCREEN_STAGE },
	{ '1', ACTION_GO_1, SCREEN_STAGE },
	{ '2', ACTION_GO_2, SCREEN_STAGE },
	{ '3', ACTION_GO_3, SCREEN_STAGE },
	{ '4', ACTION_GO_4, SCREEN_STAGE },
	{ '5', ACTION_GO_5, SCREEN_STAGE },
	{ '6', ACTION_GO_6, SCREEN_STAGE },
	{ '7', ACTION_GO_7, SCREEN_STAGE },
	{ '8', ACTION_GO_8, SCREEN_STAGE },
	{ '9', ACTION_GO_9, SCREEN_STAGE },
	{ KEYS_ENTER, ACTION_GO_CHOSEN, SCREEN_STAGE },
	{ 'b', ACTION_BACK, SCREEN_STAGE | SCREEN_ADVISER },
	{ KEYS_BACKSPACE, ACTION_BACK, SCREEN_STAGE | SCREEN_ADVISER },
	{ 'r', ACTION_RUN, SCREEN_STAGE },
	{ 'u', ACTION_UNTIL, SCREEN_STAGE },
	{ 's', ACTION_SIGNAL, SCREEN_STAGE },
	{ 'w', ACTION_WRITE, SCREEN_STAGE },
	{ 'e', ACTION_EDIT, SCREEN_STAGE | SCREEN_EXERCISE },
	{ 'i', ACTION_TYPE, SCREEN_STAGE },
	{ 'o', ACTION_OUTPUT, SCREEN_STAGE },
	{ ':', ACTION_COMMAND, SCREEN_STAGE },
	{ 'x', ACTION_EXPLORE, SCREEN_STAGE },
	{ 'x', ACTION_EXERCISES, SCREEN_LESSON },
	{ 'f', ACTION_SHOWN, SCREEN_CLASS },
	{ KEYS_ENTER, ACTION_OPEN, SCREEN_CLASS },
	{ '/', ACTION_SEARCH, SCREEN_CLASS },
	{ KEYS_ESCAPE, ACTION_CANCEL, SCREEN_CLASS },
	{ 3, ACTION_ENOUGH, SCREEN_EXPLORE },
	{ 'o', ACTION_PLAY, SCREEN_EXERCISE },
	{ 'c', ACTION_CHECK, SCREEN_EXERCISE },
	{ 't', ACTION_HINT, SCREEN_EXERCISE },
	{ 's', ACTION_SOLUTION, SCREEN_EXERCISE },
	{ 'R', ACTION_RESET, SCREEN_EXERCISE },
	{ KEYS_TAB, ACTION_PAGE, SCREEN_EXERCISE },
	{ KEYS_ENTER, ACTION_OPEN, SCREEN_EXPLORE | SCREEN_EXERCISE },
	{ 'k', ACTION_UP, MOVING },
	{ KEYS_UP, ACTION_UP, MOVING },
	{ 'j', ACTION_DOWN, MOVING },
	{ KEYS_DOWN, ACTION_DOWN, MOVING },
	{ 'h', ACTION_LEFT, MOVING },
	{ KEYS_LEFT, ACTION_LEFT, MOVING },
	{ 'l', ACTION_RIGHT, MOVING },
	{ KEYS_RIGHT, ACTION_RIGHT, MOVING },
	{ 'g', ACTION_FIRST, MOVING },
	{ KEYS_HOME, ACTION_FIRST, MOVING },
	{ 'G', ACTION_LAST, MOVING },
	{ KEYS_END, ACTION_LAST, MOVING },
	{ KEYS_PAGE_UP, ACTION_PAGE_UP, MOVING },
	{ KEYS_PAGE_DOWN, ACTION_PAGE_DOWN, MOVING },
	{ KEYS_ENTER, ACTION_OPEN, SCREEN_HOME | SCREEN_LESSON
				   | SCREEN_ADVISER },
	{ KEYS_TAB, ACTION_FOCUS, SCREEN_LESSON },
	{ 'n', ACTION_FORWARD, SCREEN_LESSON },
	{ 'p', ACTION_BACKWARD, SCREEN_LESSON },
	{ '1', ACTION_ANSWER, SCREEN_LESSON | SCREEN_ADVISER
			      | SCREEN_EXERCISE },
	{ '2', ACTION_ANSWER, SCREEN_LESSON | SCREEN_ADVISER
			      | SCREEN_EXERCISE },
	{ '3', ACTION_ANSWER, SCREEN_LESSON | SCREEN_ADVISER
			      | SCREEN_EXERCISE },
	{ '4', ACTION_ANSWER, SCREEN_LESSON | SCREEN_ADVISER
			      | SCREEN_EXERCISE },
	{ '5', ACTION_ANSWER, SCREEN_LESSON | SCREEN_EXERCISE },
	{ '6', ACTION_ANSWER, SCREEN_LESSON | SCREEN_EXERCISE },
	{ '7', ACTION_ANSWER, SCREEN_LESSON | SCREEN_EXERCISE },
	{ '8', ACTION_ANSWER, SCREEN_LESSON | SCREEN_EXERCISE },
	{ '9', ACTION_ANSWER, SCREEN_LESSON | SCREEN_EXERCISE },
	{ ' ', ACTION_PAGE_DOWN, SCREEN_LESSON | SCREEN_HELP | SCREEN_BENCH
				 | SCREEN_ADVISER | SCREEN_EXERCISE },
	{ KEYS_TAB, ACTION_FIGURE, SCREEN_BENCH },
	{ 'p', ACTION_PROCESSORS, SCREEN_BENCH },
	{ 't', ACTION_TABLE, SCREEN_BENCH },
	{ 'm', ACTION_METHOD, SCREEN_BENCH },
	{ 'r', ACTION_MEASURE, SCREEN_BENCH },
	{ 'f', ACTION_FEATURES, SCREEN_BENCH },
	{ 'f', ACTION_BENCH, SCREEN_HOME | SCREEN_LESSON },
	{ 'a', ACTION_ADVISE, SCREEN_HOME | SCREEN_BENCH | SCREEN_LESSON },
	{ '/', ACTION_SEARCH, SCREEN_HOME | SCREEN_LESSON | SCREEN_STAGE
			      | SCREEN_HELP },
	{ 'n', ACTION_SEARCH_AGAIN, SCREEN_HOME | SCREEN_HELP },
	{ 'N', ACTION_SEARCH_AGAIN, SCREEN_LESSON | SCREEN_STAGE },
	{ '?', ACTION_HELP, SCREEN_ALL },
	{ KEYS_F1, ACTION_HELP, SCREEN_ALL },
	{ 'L' & 0x1f, ACTION_REDRAW, SCREEN_ALL },
	{ KEYS_ESCAPE, ACTION_CANCEL, SCREEN_HOME | SCREEN_LESSON
				      | SCREEN_STAGE | SCREEN_BENCH },
	{ KEYS_ESCAPE, ACTION_CLOSE, SCREEN_HELP | SCREEN_ADVISER },
	{ 'q', ACTION_CLOSE, SCREEN_ALL },
	{ 'Q', ACTION_LEAVE, SCREEN_ALL },
};

static struct key_def bound[BINDINGS_MAX];
static size_t n_bound;

static const struct {
	int key;
	const char *name;
} key_names[] = {
	{ ' ', N_("Space") },
	{ KEYS_ENTER, N_("Enter") },
	{ KEYS_TAB, N_("Tab") },
	{ KEYS_ESCAPE, N_("Esc") },
	{ KEYS_BACKSPACE, N_("Backspace") },
	{ KEYS_UP, N_("Up") },
	{ KEYS_DOWN, N_("Down") },
	{ KEYS_LEFT, N_("Left") },
	{ KEYS_RIGHT, N_("Right") },
	{ KEYS_HOME, N_("Home") },
	{ KEYS_END, N_("End") },
	{ KEYS_PAGE_UP, N_("PgUp") },
	{ KEYS_PAGE_DOWN, N_("PgDn") },
	{ KEYS_DELETE, N_("Del") },
	{ KEYS_BACKTAB, N_("Backtab") },
	{ KEYS_F1, "F1" }, { KEYS_F2, "F2" }, { KEYS_F3, "F3" },
	{ KEYS_F4, "F4" }, { KEYS_F5, "F5" }, { KEYS_F6, "F6" },
	{ KEYS_F7, "F7" }, { KEYS_F8, "F8" }, { KEYS_F9, "F9" },
	{ KEYS_F10, "F10" }, { KEYS_F11, "F11" }, { KEYS_F12, "F12" },
};

void
keys_reset(void)
{
	memcpy(bound, built_in, sizeof(built_in));
	n_bound = ARRAY_SIZE(built_in);
}

const struct key_def *
keys_bindings(size_t *n)
{
	if (!n_bound)
		keys_reset();
	*n = n_bound;
	return bound;
}

const struct action_def *
keys_describe(enum action action)
{
	return &actions[action];
}

enum action
keys_action(enum screens screen, int key)
{
	size_t n;
	const struct key_def *def = keys_bindings(&n);

	for (size_t i = 0; i < n; i++)
		if (def[i].key == key && (def[i].screens & screen))
			return def[i].action;
	return ACTION_NONE;
}

int
keys_for(enum screens screen, enum action action)
{
	size_t n;
	const struct key_def *def = keys_bindings(&n);

	for (size_t i = 0; i < n; i++)
		if (def[i].action == action && (def[i].screens & screen))
			return def[i].key;
	return KEYS_NONE;
}

/* Do all the digits belong to this action, as in the built-in table?  */
static bool
digits_are_whole(enum screens screen, enum action action)
{
	bool each = action == ACTION_GO_1;	/* one digit, one actor */

	if (!each && action != ACTION_ANSWER)
		return false;
	for (int i = 0; i < 9; i++)
		if (keys_action(screen, '1' + i) != action + (each ? i : 0))
			return false;
	return true;
}

void
keys_of(enum screens screen, enum action action, struct buf *out)
{
	size_t n, start = out->len;
	const struct key_def *def = keys_bindings(&n);

	if (digits_are_whole(screen, action)) {
		buf_adds(out, "1-9");
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (def[i].action == action && (def[i].screens & screen))
			buf_addf(out, "%s%s", out->len > start ? ", " : "",
				 keys_name(def[i].key));
}

const char *
keys_name(int key)
{
	static char name[8];

	for (size_t i = 0; i < ARRAY_SIZE(key_names); i++)
		if (key_names[i].key == key)
			return _(key_names[i].name);
	if (key >= 0 && key < 0x20)
		snprintf(name, sizeof(name), "^%c", key ^ 0x40);
	else if (key > 0x20 && key < KEYS_UP)
		utf8_write(key, name);
	else
		return "?";
	return name;
}

int
keys_number(const char *name)
{
	int32_t code;
	size_t used = cells_decode(name, &code);

	for (size_t i = 0; i < ARRAY_SIZE(key_names); i++)
		if (strcasecmp(name, key_names[i].name) == 0)
			return key_names[i].key;
	if (used && !name[used] && code > 0x20)
		return code;
	if (name[0] == '^' && name[1] && !name[2]) {
		int key = (name[1] & ~0x20) ^ 0x40;

		return key >= 0 && key < 0x20 ? key : KEYS_NONE;
	}
	return KEYS_NONE;
}

/* The screens that have this action in the built-in table.  */
static unsigned
screens_of(enum action action)
{
	unsigned screens = 0;

	for (size_t i = 0; i < ARRAY_SIZE(built_in); i++)
		if (built_in[i].action == action)
			screens |= built_in[i].screens;
	return screens;
}

static int
find_action(const char *name, enum action *action, char **why)
{
	struct suggest s = SUGGEST_INIT(name);

	*action = ACTION_NONE;
	if (strcmp(name, "none") == 0)
		return 0;
	for (int i = ACTION_NONE + 1; i < ACTION_MAX; i++) {
		suggest_try(&s, actions[i].name);
		if (strcmp(actions[i].name, name) == 0) {
			*action = (enum action)i;
			return 0;
		}
	}
	if (suggest_best(&s))
		return fail(why, _("there is no action \"%s\"; "
				   "did you mean %s?"), name,
			    suggest_best(&s));
	return fail(why, _("there is no action \"%s\"; see ? on the stage"),
		    name);
}

int
keys_bind(const char *key, const char *action_name, char **why)
{
	int number = keys_number(key);
	enum action action;
	unsigned screens;
	size_t n, kept = 0;

	if (number == KEYS_NONE)
		return fail(why, _("there is no key \"%s\"; a key is a "
				   "character, ^X, or a name like Space, Up "
				   "or F2"), key);
	if (find_action(action_name, &action, why) < 0)
		return -1;
	screens = action == ACTION_NONE ? SCREEN_ALL : screens_of(action);
	keys_bindings(&n);
	if (n == BINDINGS_MAX)
		return fail(why, _("no more than %d keys can be bound"),
			    BINDINGS_MAX);
	for (size_t i = 0; i < n; i++) {
		if (bound[i].key == number)
			bound[i].screens &= ~screens;
		if (bound[i].screens)
			bound[kept++] = bound[i];
	}
	if (action != ACTION_NONE)
		bound[kept++] = (struct key_def){ number, action, screens };
	n_bound = kept;
	return 0;
}
