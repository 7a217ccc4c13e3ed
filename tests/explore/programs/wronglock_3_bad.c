/* Wrong: one counts under the lock, 3 others under another.  */
#define OTHERS 3
#include "wronglock_bad.h"
