/* Wrong: 9 setters write half of a pair, and one checker looks.  */
#define SETTERS 9
#include "reorder_bad.h"
