/* Correct: 9 setters write a pair, and one checker looks.  */
#define SETTERS 9
#include "reorder_ok.h"
