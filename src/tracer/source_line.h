/* One program counter's line.  For source.c only.  */
#ifndef TRACER_SOURCE_LINE_H
#define TRACER_SOURCE_LINE_H

#include <elfutils/libdwfl.h>
#include <stddef.h>

/* "race.c:19", relative to folder when below it; "" where the code at pc is
 * not the subject's own: in a system library, or without a line.  */
void source_line(Dwfl_Module *module, Dwarf_Addr pc, const char *folder,
		 char *out, size_t room);

/* The compilation unit of an address, NULL.  */
Dwarf_Die *source_unit(Dwfl_Module *module, Dwarf_Addr pc, Dwarf_Addr *bias);

#endif
