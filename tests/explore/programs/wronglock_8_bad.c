/* Wrong: one counts under the lock, 7 others under another.  */
#define OTHERS 7
#include "wronglock_bad.h"
