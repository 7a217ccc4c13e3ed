/*
 * The account of a check or of a whole result as plain text: what formats
 * that take one text for a check put there.  Lines that a submission wrote
 * are set in by "| ", so that none begins as a command of whatever reads it.
 */
#ifndef REPORT_ACCOUNT_H
#define REPORT_ACCOUNT_H

#include "report/result.h"

/* Everything that is known of it; lines, each with its end; nothing where
 * there is nothing to say.  */
void account_check(struct buf *out, const struct result_check *c);
/* One line without its end: the message, or else the verdict.  */
void account_line(struct buf *out, const struct result_check *c);
/* What holds for all checks: why it was not built, that it is not counted,
 * what was refused.  */
void account_whole(struct buf *out, const struct result *r);
/* The one that is not to be charged: why nothing is counted.  */
const char *account_fault(void);

#endif
