/*
 * Where something lies in the private memory of a process, in words that hold
 * in another process of the same program too: with other arguments, another
 * environment, in another folder, built anew.
 *
 *   data:counter+0..3    bytes of a variable outside of functions
 *   data:state@1+8..15   ... of the second of that name in the symbol table
 *   image:main+16..23    bytes of a program or library, from where it begins,
 *   image:libc.so.6+8..15   where no symbol says more
 *   heap:672..679        from where the heap begins (brk(2))
 *   stack:2144..2151     downwards from the stack pointer that the program
 *                        began with
 *   above:4096..4103     downwards from the highest mapping below the stack
 *                        (stacks of threads, large blocks)
 *
 * Numbers are decimal, the last byte is named.  A word has no blank, and no
 * such word is a hexadecimal number.
 */
#ifndef TRACER_SPOT_H
#define TRACER_SPOT_H

#include "base/buf.h"

#include <sys/types.h>

struct spots;

/* What is where in a process, which this one traces and has stopped before
 * main().  NULL: its /proc files cannot be read.  */
struct spots *spots_of(pid_t pid);
void spots_free(struct spots *s);	/* NULL is nothing */

/* The word, or the words, for these bytes, each with a blank before it.  False:
 * they lie nowhere that has a name.  */
bool spot_write(struct spots *s, uint64_t from, uint64_t to, struct buf *out);

/* For people: where a byte lies, from the beginning of what it lies in, or down
 * from its end: "heap+672", "stack-2152", "libx.so+8", "mapped-4096".  The same
 * distances as in the words.  False: it lies nowhere that has a name.  */
bool spot_tell(struct spots *s, uint64_t at, char *out, size_t room);

/* Where the bytes of a word lie.  False: there is no such place, or it is no
 * such word.  */
bool spot_find(struct spots *s, const char *word, uint64_t *from,
	       uint64_t *to);

/* Is that how such a word is written?  */
bool spot_is_word(const char *word, size_t len);

#endif
