/*
 * Where things are.  All returned strings are the caller's to free.
 *
 * Data (lessons, messages): $IPCLAB_DATADIR, else the source tree when the
 * program runs from its build tree, else ../share/ipclab beside the program,
 * so that an installed tree can be moved; what programs are linked with
 * likewise: the build tree, else ../lib/ipclab.  The user's own files follow the
 * XDG base directory specification.
 */
#ifndef BASE_PATHS_H
#define BASE_PATHS_H

#include "base/base.h"

char *path_data(const char *below);	/* "lessons" -> ".../lessons" */
char *path_library(const char *below);	/* what programs are linked with */
char *path_locale(void);		/* for bindtextdomain() */
char *path_config(const char *below);	/* $XDG_CONFIG_HOME/ipclab/... */
char *path_state(const char *below);	/* $XDG_STATE_HOME/ipclab/... */
char *path_user(const char *below);	/* $XDG_DATA_HOME/ipclab/... */
char *path_cache(const char *below);	/* $XDG_CACHE_HOME/ipclab/... */
char *path_self(void);			/* this program's file */

/* Make a folder and those above it, 0700.  0, or -1 with *why.  */
int path_make_folder(const char *path, char **why);

/* A fresh temporary folder (0700) under $TMPDIR or /tmp; removed, with all
 * in it and without following links, by path_remove_tree().  */
char *path_temporary(char **why);
/* The same, named STEM and six letters; the stem ends with a dash.  */
char *path_temporary_at(const char *stem, char **why);
int path_remove_tree(const char *path, char **why);
/* Remove the temporary folders of those that were killed before they could,
 * and what the programs in them left elsewhere (base/left.h).
 * path_temporary() does it too; once in a process.  */
void path_sweep(void);

#endif
