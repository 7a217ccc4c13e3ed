/* Correct: 19 setters write a pair, and one checker looks.  */
#define SETTERS 19
#include "reorder_ok.h"
