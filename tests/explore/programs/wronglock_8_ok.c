/* Correct: one and 7 others count under the same lock.  */
#define OTHERS 7
#include "wronglock_ok.h"
