/* Wrong: 2 setters write half of a pair, and one checker looks.  */
#define SETTERS 2
#include "reorder_bad.h"
