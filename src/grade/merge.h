/*
 * Folders of results put together: of the shards of a class.  What comes out
 * is what one grader would have written, byte for byte but for the times.
 */
#ifndef GRADE_MERGE_H
#define GRADE_MERGE_H

#include "base/base.h"

struct merge_sums {
	size_t results;		/* in the folder afterwards */
	size_t twice;		/* were in more than one of them */
	size_t faults;		/* cannot be counted */
};

/* The results of the folders, and those that are in the folder to already,
 * into the folder to.  Everything is looked at before anything is written: all
 * results of an exercise must have been made from the same pack, with the same
 * seed and the same ipclab, and two of the same submission must be the same;
 * of these, one that cannot be counted gives way.  0, or -1 with *why.  */
int merge(char *const *folders, size_t n, const char *to,
	  struct merge_sums *sums, char **why);

#endif
