/* From curses' keys to the lab's (term/keys.h).  */
#include "config.h"

#include "term/input.h"

#include "base/base.h"
#include "term/keys.h"

#include <curses.h>

static const struct {
	int curses, key;
} table[] = {
	{ KEY_UP, KEYS_UP },
	{ KEY_DOWN, KEYS_DOWN },
	{ KEY_LEFT, KEYS_LEFT },
	{ KEY_RIGHT, KEYS_RIGHT },
	{ KEY_HOME, KEYS_HOME },
	{ KEY_FIND, KEYS_HOME },
	{ KEY_END, KEYS_END },
	{ KEY_SELECT, KEYS_END },
	{ KEY_PPAGE, KEYS_PAGE_UP },
	{ KEY_NPAGE, KEYS_PAGE_DOWN },
	{ KEY_DC, KEYS_DELETE },
	{ KEY_BTAB, KEYS_BACKTAB },
	{ KEY_ENTER, KEYS_ENTER },
	{ KEY_BACKSPACE, KEYS_BACKSPACE },
};

static int
mouse_key(void)
{
	MEVENT m;

	if (getmouse(&m) != OK)
		return KEYS_NONE;
	keys_mouse.y = m.y;
	keys_mouse.x = m.x;
	if (m.bstate & BUTTON4_PRESSED)
		return KEYS_WHEEL_UP;
	if (m.bstate & BUTTON5_PRESSED)
		return KEYS_WHEEL_DOWN;
	if (m.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED))
		return KEYS_CLICK;
	return KEYS_NONE;
}

static int
special_key(wint_t code)
{
	if (code == KEY_MOUSE)
		return mouse_key();
	if (code >= KEY_F(1) && code <= KEY_F(12))
		return KEYS_F1 + (int)(code - KEY_F(1));
	for (size_t i = 0; i < ARRAY_SIZE(table); i++)
		if (table[i].curses == (int)code)
			return table[i].key;
	return KEYS_NONE;
}

int
input_key(void)
{
	wint_t code;
	int rc;

	/* Keys that mean nothing here are passed over, not an end.  */
	while ((rc = wget_wch(stdscr, &code)) != ERR) {
		int key = rc == KEY_CODE_YES ? special_key(code) : (int)code;

		if (rc != KEY_CODE_YES && (code == '\n' || code == '\r'))
			key = KEYS_ENTER;
		if (rc != KEY_CODE_YES && (code == '\b' || code == 127))
			key = KEYS_BACKSPACE;
		if (key != KEYS_NONE)
			return key;
	}
	return KEYS_NONE;
}
