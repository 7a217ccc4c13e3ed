/* Faults, and who says that they may happen.  */
#include "config.h"

#include "schedule/fault.h"

#include "base/i18n.h"

#include <errno.h>
#include <string.h>

/* call: the beginning of its name; number: errno value; 0: any.  The first
 * that fits.  */
static const struct {
	enum alternative_kind kind;
	const char *call;
	int number;
	const char *says;
} permits[] = {
	{ ALTERNATIVE_CUT, "pipe", 0,
	  N_("the new pipe has room for one page: pipe(7), "
	     "pipe-user-pages-soft") },
	{ ALTERNATIVE_CUT, "read", 0,
	  N_("it gets fewer bytes than it asked for: read(2)") },
	{ ALTERNATIVE_CUT, "recv", 0,
	  N_("it gets fewer bytes than it asked for: recv(2)") },
	{ ALTERNATIVE_CUT, "", 0,
	  N_("fewer bytes go out than it wanted: write(2)") },
	{ ALTERNATIVE_FAIL, "", EINTR,
	  N_("a signal breaks it off, EINTR: signal(7)") },
	{ ALTERNATIVE_FAIL, "rt_sigqueueinfo", EAGAIN,
	  N_("no more signals may be queued for now, EAGAIN: sigqueue(3)") },
	{ ALTERNATIVE_FAIL, "rt_tgsigqueueinfo", EAGAIN,
	  N_("no more signals may be queued for now, EAGAIN: "
	     "pthread_sigqueue(3)") },
	{ ALTERNATIVE_FAIL, "", EAGAIN,
	  N_("it has no room and must not wait, EAGAIN: write(2)") },
	{ ALTERNATIVE_WAKE, "", 0,
	  N_("it wakes though nobody signalled: pthread_cond_wait(3)") },
};

void
fault_write(struct buf *out, enum alternative_kind kind, const char *call,
	    int number)
{
	for (size_t i = 0; i < ARRAY_SIZE(permits); i++)
		if (permits[i].kind == kind &&
		    strncmp(call, permits[i].call,
			    strlen(permits[i].call)) == 0 &&
		    (!permits[i].number || permits[i].number == number)) {
			buf_addf(out, "%s: %s", call, _(permits[i].says));
			return;
		}
}
