/* What the files about signals share; nobody else in world/ includes it.  */
#ifndef WORLD_SIGNALS_INSIDE_H
#define WORLD_SIGNALS_INSIDE_H

#include "world/inside.h"
#include "world/signals.h"

#include <signal.h>

#define SET(s) (UINT64_C(1) << ((s) - 1))

/* Those that stop (signal(7)); SIGCONT undoes them, and they undo it.  */
#define SIGNALS_STOP (SET(SIGSTOP) | SET(SIGTSTP) | SET(SIGTTIN) | SET(SIGTTOU))
/* By default nothing happens.  */
#define SIGNALS_HARMLESS \
	(SET(SIGCHLD) | SET(SIGURG) | SET(SIGWINCH) | SET(SIGCONT))
#define SIGNALS_UNBLOCKABLE (SET(SIGKILL) | SET(SIGSTOP))

/* waiting.c */
void waiting_add(struct waiting_list *l, const struct waiting_signal *s);
void waiting_remove(struct waiting_list *l, size_t i);
void waiting_drop(struct waiting_list *l, uint64_t set);
bool waiting_has(const struct waiting_list *l, int signal);
void waiting_copy(struct waiting_list *to, const struct waiting_list *from);
void waiting_release(struct waiting_list *l);

/* signals.c */
/* An argument that is a set; false: there is none of that name.  */
bool signals_argument(const struct event *e, const char *name, uint64_t *set);
/* Would the kernel throw it away at once, as nobody would take it?  */
bool signals_dropped(const struct signals *s, int signal);
/* signals_shown.c: world and kernel differ in this.  */
void signals_differ(struct world *w, int a, const char *what, int signal);

#endif
