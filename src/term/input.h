/* Keys from curses.  */
#ifndef TERM_INPUT_H
#define TERM_INPUT_H

/* The next key that waits, or KEYS_NONE.  */
int input_key(void);

#endif
