/* Wrong: 4 setters write half of a pair, and one checker looks.  */
#define SETTERS 4
#include "reorder_bad.h"
