/* Lists of signals that wait.  */
#include "config.h"

#include "world/signals_inside.h"

#include <stdlib.h>
#include <string.h>

void
waiting_add(struct waiting_list *l, const struct waiting_signal *s)
{
	size_t at = l->n;

	l->item = xgrow(l->item, &l->room, l->n + 1, sizeof(*l->item));
	while (at > 0 && l->item[at - 1].signal > s->signal)
		at--;
	memmove(l->item + at + 1, l->item + at,
		(l->n++ - at) * sizeof(*l->item));
	l->item[at] = *s;
}

void
waiting_remove(struct waiting_list *l, size_t i)
{
	memmove(l->item + i, l->item + i + 1,
		(--l->n - i) * sizeof(*l->item));
}

void
waiting_drop(struct waiting_list *l, uint64_t set)
{
	for (size_t i = l->n; i-- > 0;)
		if (sigset_has(set, l->item[i].signal))
			waiting_remove(l, i);
}

bool
waiting_has(const struct waiting_list *l, int signal)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->item[i].signal == signal)
			return true;
	return false;
}

void
waiting_copy(struct waiting_list *to, const struct waiting_list *from)
{
	*to = (struct waiting_list){ .n = from->n, .room = from->n };
	if (!from->n)
		return;
	to->item = xcalloc(from->n, sizeof(*to->item));
	memcpy(to->item, from->item, from->n * sizeof(*to->item));
}

void
waiting_release(struct waiting_list *l)
{
	free(l->item);
	*l = (struct waiting_list){ .n = 0 };
}
