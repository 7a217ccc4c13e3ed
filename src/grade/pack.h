/*
 * A pack of exercises: a folder, or an archive that is unpacked.  What a pack
 * holds was chosen by an instructor; an archive may have come from anywhere,
 * so nothing but ordinary files beneath the folder is ever made from it.
 */
#ifndef GRADE_PACK_H
#define GRADE_PACK_H

#include "base/base.h"

struct pack {
	char *folder;		/* of the exercises */
	char *name;		/* as pack.yaml says; NULL: it says none */
	char *temporary;	/* where an archive was unpacked, until
				   pack_close(); NULL: nowhere */
};

/* path: a folder or an archive; NULL: the exercises of ipclab.  to: a folder
 * that an archive is unpacked to, and stays in; NULL: a temporary one.  0, or
 * -1 with *why.  To be closed in either case.  */
int pack_open(struct pack *p, const char *path, const char *to, char **why);
void pack_close(struct pack *p);

/* Of an exercise's folder: the digest of the names and bytes of all its files
 * but those of solutions/, which no judging looks at.  "sha256:...", the
 * caller's; NULL with *why.  */
char *pack_digest(const char *folder, char **why);

#endif
