/* What was asked for, copied: the caller's may go.  */
#ifndef EXPLORE_CONFIG_COPY_H
#define EXPLORE_CONFIG_COPY_H

#include "explore/explore.h"

void config_copy(struct explore_config *to, const struct explore_config *c);
void config_release(struct explore_config *c);
char *copy_or_null(const char *s);

#endif
