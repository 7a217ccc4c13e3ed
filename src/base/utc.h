/* Moments, in seconds since 1970, and as texts: "2026-11-16T23:59:59Z".  No
 * time zone of the machine's has a say.  */
#ifndef BASE_UTC_H
#define BASE_UTC_H

#include "base/base.h"

/* "2026-11-16T23:59:59Z", as ISO 8601 has it; fractions of a second are passed
 * over, and in place of Z there may be an offset ("-05:00").  False: it is no
 * such thing.  */
bool utc_parse(const char *text, int64_t *seconds);
/* From the year 1970 to 9999; the caller's.  */
char *utc_text(int64_t seconds);

#endif
