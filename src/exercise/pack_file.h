/* pack.yaml: what a pack is called, and which exercises are in it, in order. */
#ifndef EXERCISE_PACK_FILE_H
#define EXERCISE_PACK_FILE_H

#include "base/yaml.h"

struct pack_file {
	int line;		/* 0: there is none */
	struct yaml_number format;
	struct yaml_text name, title;
	struct yaml_texts exercises;
};

/* Of the folder.  0, also where there is none; or -1 when problems were added
 * to p.  To be released in either case.  */
int pack_file_read(struct pack_file *f, const char *folder,
		   struct problems *p);
void pack_file_release(struct pack_file *f);
/* The bytes of one that says the same.  */
void pack_file_write(const struct pack_file *f, struct buf *out);

/* Does it fit the folder: is each exercise there, and listed once; has each its
 * own id?  What does not is added to p.  Exercises that cannot be read are
 * passed over.  */
void pack_file_check(const char *folder, struct problems *p);

#endif
