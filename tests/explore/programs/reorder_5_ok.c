/* Correct: 4 setters write a pair, and one checker looks.  */
#define SETTERS 4
#include "reorder_ok.h"
