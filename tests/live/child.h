/*
 * Children to look at: each runs a function, stops when it is ready, and dies
 * with the test.  Tests run twice where they can: as who we are, and as an
 * ordinary user (live_user), because probes must need no privilege.
 */
#ifndef TESTS_LIVE_CHILD_H
#define TESTS_LIVE_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

/* Loops: _i = 0 the caller, 1 nobody, 2 nobody in a container that forbids
 * pidfd_getfd.  */
enum { LIVE_USERS = 2, LIVE_WAYS = 3 };

/* For _i > 0, become the user nobody for the rest of this test (needs root;
 * an ordinary user is one already); for 2 also forbid.  */
void live_user(int i);

/* From now on a system call fails with an errno value; where value is not 0,
 * only if its second argument is that.  */
void live_refuse(int call, int error, int value);

/* True, with TAP's plan and reason printed, when this machine lets nobody
 * trace: then the program has nothing to test.  Where $IPCLAB_MUST names
 * ptrace (or says "all"), the tests are run and fail.  */
bool live_lacks_ptrace(void);

/* A folder of this program's own, the same at each call: removed with all that
 * is in it when whoever called first exits; where that is killed, by the next
 * test or lab (base/paths.h).  Without it there is no test: ends the program.
 */
const char *live_folder(void);

/* A child that runs ready(), stops, and after child_go() runs then() (NULL:
 * nothing) and exits with 0.  Returns when it has stopped.  */
pid_t child_start(void (*ready)(void), void (*then)(void));
void child_go(pid_t pid);
/* Kill and reap.  */
void child_end(pid_t pid);

#endif
