/* Correct: 2 setters write a pair, and one checker looks.  */
#define SETTERS 2
#include "reorder_ok.h"
