/* What an actor would do next with memory, in a sentence.  */
#include "config.h"

#include "base/i18n.h"
#include "world/inside.h"

#include <string.h>

static const char *
text(const struct plan *p, const char *name, char *out, size_t room)
{
	out[0] = '\0';
	event_arg(p->e, name, out, room);
	return out;
}

void
next_mmap(const struct plan *p, struct buf *out)
{
	long long length = event_arg_int(p->e, "length", 0);
	char flags[128];

	text(p, "flags", flags, sizeof(flags));
	if (strstr(flags, "MAP_ANONYMOUS"))
		buf_addf(out, _("%s would get %lld bytes of memory, to share "
				"with the children that it makes from now "
				"on."), p->who, length);
	else
		buf_addf(out, strstr(flags, "MAP_SHARED") ?
			 _("%s would map %lld bytes of %s, shared: what it "
			   "writes there is in %s.") :
			 _("%s would map %lld bytes of %s, privately: what it "
			   "writes there stays its own, not in %s."), p->who,
			 length, p->object, p->object);
}

void
next_unmap(const struct plan *p, struct buf *out)
{
	buf_addf(out, _("%s would take %s out of its memory."), p->who,
		 p->object);
}

void
next_msync(const struct plan *p, struct buf *out)
{
	buf_addf(out, _("%s would wait until what was written to %s is on its "
			"disk."), p->who, p->object);
}

void
next_truncate(const struct plan *p, struct buf *out)
{
	buf_addf(out, _("%s would make %s %lld bytes long."), p->who,
		 p->object, (long long)event_arg_int(p->e, "length", 0));
}

void
next_shmget(const struct plan *p, struct buf *out)
{
	char flags[64];

	text(p, "shmflg", flags, sizeof(flags));
	buf_addf(out, strstr(flags, "IPC_CREAT") ?
		 _("%s would make a segment of %lld bytes, or find it.") :
		 _("%s would look for a segment of %lld bytes."), p->who,
		 (long long)event_arg_int(p->e, "size", 0));
}

void
next_shmat(const struct plan *p, struct buf *out)
{
	buf_addf(out, _("%s would attach %s to its memory."), p->who,
		 p->object);
}

void
next_shmctl(const struct plan *p, struct buf *out)
{
	char op[32];

	buf_addf(out, strcmp(text(p, "op", op, sizeof(op)), "IPC_RMID") == 0 ?
		 _("%s would remove %s, once nobody has it attached.") :
		 _("%s would ask about %s."), p->who, p->object);
}

/* The place is what the program calls it: "counter", "slot[1].length".  */
void
next_access(const struct plan *p, struct buf *out)
{
	long long size = event_arg_int(p->e, "size", 0);
	char place[64];

	text(p, "place", place, sizeof(place));
	if (strcmp(p->a->call, "load") == 0)
		buf_addf(out, ngettext("%s would read %s (%lld byte).",
				       "%s would read %s (%lld bytes).", size),
			 p->who, place, size);
	else if (strcmp(p->a->call, "rmw") == 0)
		buf_addf(out, ngettext("%s would change %s (%lld byte), as one "
				       "step.", "%s would change %s (%lld "
				       "bytes), as one step.", size), p->who,
			 place, size);
	else
		buf_addf(out, ngettext("%s would write %s (%lld byte).",
				       "%s would write %s (%lld bytes).",
				       size), p->who, place, size);
}
