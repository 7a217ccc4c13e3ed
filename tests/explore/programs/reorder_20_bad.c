/* Wrong: 19 setters write half of a pair, and one checker looks.  */
#define SETTERS 19
#include "reorder_bad.h"
