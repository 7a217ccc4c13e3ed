/* What the files of recordings share.  Nobody else includes this.  */
#ifndef LESSON_RECORDING_INSIDE_H
#define LESSON_RECORDING_INSIDE_H

#include "lesson/lesson.h"

enum { DIGEST_LEN = 24 };

static const char claims_name[] = "claims";

/* Of all that decides how the run goes: programs, files, cast, conditions. */
void recording_digest(const struct lesson *l, const struct experiment *e,
		      char *out, size_t room);
void recording_claim_digest(const struct lesson *l, const struct claim *c,
			    char *out, size_t room);

/* Below the folder recordings/; to be freed.  */
char *recording_path(const struct lesson *l, const char *name);
char *recording_events_path(const struct lesson *l,
			    const struct experiment *e);

#endif
