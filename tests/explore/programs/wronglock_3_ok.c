/* Correct: one and 3 others count under the same lock.  */
#define OTHERS 3
#include "wronglock_ok.h"
