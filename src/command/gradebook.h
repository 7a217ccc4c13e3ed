/* What the files of `ipclab gradebook` share.  */
#ifndef COMMAND_GRADEBOOK_H
#define COMMAND_GRADEBOOK_H

#include "base/buf.h"
#include "command/command.h"
#include "grade/book.h"

/* What the commands work on.  */
struct gradebook {
	const struct args *args;
	struct book *book;
	struct book_list list;		/* marked */
	struct assignment assignment;
	bool has_assignment;
};

/* Print and release; code is what it returns.  */
int gradebook_print(struct buf *out, int code);
/* "12.50" */
void gradebook_mark(struct buf *out, int64_t mark);

int gradebook_export(struct gradebook *q);
int gradebook_open(struct gradebook *q);
/* gradebook similar: needs no gradebook.  An exit code.  */
int gradebook_similar(const struct args *a);

#endif
