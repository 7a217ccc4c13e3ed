/* Why an access to memory killed: sentences about SIGSEGV and SIGBUS.  */
#include "config.h"

#include "base/i18n.h"
#include "event/names.h"
#include "world/inside.h"

#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

void
fault_told(struct world *w, const struct event *e, int a)
{
	int object = e->object[0] ? object_find_or_add(w, e->object) : -1;
	struct fault *f = &w->actor[a].fault;
	char address[32] = "";

	event_arg(e, "code", f->code, sizeof(f->code));
	event_arg(e, "addr", address, sizeof(address));
	f->signal = f->code[0] ? e->signal : 0;
	f->address = strtoull(address, NULL, 16);
	f->object = object;
	f->offset = e->offset;
}

static void
tell_bus(const struct world *w, const struct actor *a, struct buf *out)
{
	buf_addf(out, _("%s was killed by SIGBUS: byte %" PRId64 " of %s lies "
			"behind its last page."), a->role, a->fault.offset,
		 w->object[a->fault.object].name);
}

static void
tell_forbidden(const struct world *w, const struct actor *a, struct buf *out)
{
	buf_addf(out, _("%s was killed by SIGSEGV: byte %" PRId64 " of %s is "
			"not mapped for that."), a->role, a->fault.offset,
		 w->object[a->fault.object].name);
}

static void
tell_nothing_there(const struct world *w, const struct actor *a,
		   struct buf *out)
{
	(void)w;
	buf_addf(out, _("%s was killed by SIGSEGV: nothing is mapped at %#"
			PRIx64 "."), a->role, a->fault.address);
}

static const struct {
	const char *code;	/* si_code: sigaction(2) */
	bool needs_object;
	void (*tell)(const struct world *w, const struct actor *a,
		     struct buf *out);
} faults[] = {
	{ "BUS_ADRERR", true, tell_bus },
	{ "SEGV_ACCERR", true, tell_forbidden },
	{ "SEGV_MAPERR", false, tell_nothing_there },
};

bool
fault_why(const struct world *w, const struct actor *a, struct buf *out)
{
	if (!a->signal || a->fault.signal != a->signal)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
		if (strcmp(a->fault.code, faults[i].code) != 0 ||
		    (faults[i].needs_object && a->fault.object < 0))
			continue;
		faults[i].tell(w, a, out);
		return true;
	}
	return false;
}
