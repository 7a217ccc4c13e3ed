/* Source files, read once and kept as lines.  */
#ifndef VIEW_SOURCE_H
#define VIEW_SOURCE_H

#include "base/base.h"

struct sources;

struct sources *sources_new(void);
void sources_free(struct sources *s);
/* A folder where files are looked for that a source position names without
 * one; copied.  */
void sources_add_folder(struct sources *s, const char *folder);
/* Forget the text of all files: one has changed.  */
void sources_reload(struct sources *s);

/* "fill.c:19" -> "fill.c" and 19.  False when it is no position.  */
bool source_split(const char *source, char *file, size_t room, int *line);
/* Line number (from 1) of a file, tabs as spaces; NULL: there is none.
 * Borrowed.  */
const char *sources_line(struct sources *s, const char *file, int line);
/* Where the file lies; NULL: not found.  Borrowed.  */
const char *sources_path(struct sources *s, const char *file);

#endif
