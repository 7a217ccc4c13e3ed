/* From a program counter to a line of the subject's own code.  */
#include "config.h"

#include "tracer/source_line.h"

#include "base/base.h"
#include "base/buf.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS_MAX = 64 };

/* Libraries and headers that are not the subject's.  */
static bool
is_system(const char *path)
{
	static const char *const places[] = {
		"/lib/", "/lib32/", "/lib64/", "/libx32/",
		"/usr/lib/", "/usr/lib32/", "/usr/lib64/", "/usr/libx32/",
		"/usr/include/", "/usr/local/include/", "[",
	};

	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		if (strncmp(path, places[i], strlen(places[i])) == 0)
			return true;
	return false;
}

/* The compilation unit of an address.  clang writes no table of addresses
 * (.debug_aranges): there all units are asked.  */
Dwarf_Die *
source_unit(Dwfl_Module *module, Dwarf_Addr pc, Dwarf_Addr *bias)
{
	Dwarf_Die *unit = dwfl_module_addrdie(module, pc, bias);

	if (unit)
		return unit;
	while ((unit = dwfl_module_nextcu(module, unit, bias)))
		if (dwarf_haspc(unit, pc - *bias) > 0)
			return unit;
	return NULL;
}

/* The row for an address.  Compilers number code without a line of its own
 * 0: then it is the row before.  */
static const char *
row_at(Dwarf_Die *unit, Dwarf_Addr address, int *number)
{
	Dwarf_Line *row;

	for (int i = 0; i < STEPS_MAX; i++) {
		row = dwarf_getsrc_die(unit, address);
		if (!row || dwarf_lineno(row, number) != 0)
			return NULL;
		if (*number > 0)
			return dwarf_linesrc(row, NULL, NULL);
		if (dwarf_lineaddr(row, &address) != 0 || address-- == 0)
			return NULL;
	}
	return NULL;
}

static bool
read_number(Dwarf_Die *die, unsigned name, Dwarf_Word *out)
{
	Dwarf_Attribute attribute;

	return dwarf_attr(die, name, &attribute) &&
	       dwarf_formudata(&attribute, out) == 0;
}

/*
 * The innermost block at an address with all around it, as they were
 * inlined; the caller's to free.  (dwarf_getscopes() goes on from an inlined
 * call to where the function was written, so ask again from its first.)
 */
static int
inlined_blocks(Dwarf_Die *unit, Dwarf_Addr address, Dwarf_Die **blocks)
{
	Dwarf_Die *scopes = NULL;
	int n = dwarf_getscopes(unit, address, &scopes);

	*blocks = NULL;
	if (n > 0)
		n = dwarf_getscopes_die(&scopes[0], blocks);
	free(scopes);
	return n;
}

/*
 * The code was inlined from a system header (read() of <unistd.h> under
 * _FORTIFY_SOURCE): its line is that of the innermost call outside of one.
 */
static const char *
call_site(Dwarf_Die *unit, Dwarf_Addr address, int *number)
{
	Dwarf_Word index, line;
	const char *file = NULL;
	Dwarf_Die *blocks;
	Dwarf_Files *files;
	size_t count;
	int n = inlined_blocks(unit, address, &blocks);

	if (n > 0 && dwarf_getsrcfiles(unit, &files, &count) != 0)
		n = 0;
	for (int i = 0; i < n && !file; i++) {
		if (dwarf_tag(&blocks[i]) != DW_TAG_inlined_subroutine ||
		    !read_number(&blocks[i], DW_AT_call_file, &index) ||
		    !read_number(&blocks[i], DW_AT_call_line, &line))
			continue;
		file = dwarf_filesrc(files, index, NULL, NULL);
		*number = line;
		if (file && is_system(file))
			file = NULL;
	}
	free(blocks);
	return file;
}

static const char *
compile_folder(Dwarf_Die *unit)
{
	Dwarf_Attribute attribute;

	return dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attribute));
}

/* Append a path without "." and ".." and doubled slashes.  */
static void
add_parts(struct buf *out, const char *path)
{
	size_t n;

	for (; *path; path += n) {
		path += strspn(path, "/");
		n = strcspn(path, "/");
		if (n == 0 || (n == 1 && path[0] == '.'))
			continue;
		if (n == 2 && path[0] == '.' && path[1] == '.') {
			while (out->len && out->data[out->len - 1] != '/')
				out->len--;
			if (out->len)
				out->len--;
			buf_add(out, "", 0);
			continue;
		}
		buf_addc(out, '/');
		buf_add(out, path, n);
	}
}

static void
write_line(const char *compiled_in, const char *file, int number,
	   const char *folder, char *out, size_t room)
{
	struct buf path = BUF_INIT;
	size_t n = strlen(folder);
	const char *shown;

	if (file[0] != '/' && compiled_in)
		add_parts(&path, compiled_in);
	if (file[0] != '/' && !compiled_in)
		buf_adds(&path, file);
	else
		add_parts(&path, file);
	shown = buf_str(&path);
	/* -ffile-prefix-map=FOLDER=. leaves a folder that is nowhere.  */
	if (file[0] != '/' && compiled_in && compiled_in[0] != '/' &&
	    shown[0] == '/')
		shown++;
	if (n > 1 && strncmp(shown, folder, n) == 0 && shown[n] == '/')
		shown += n + 1;
	if (snprintf(out, room, "%s:%d", shown, number) >= (int)room &&
	    strrchr(shown, '/'))
		snprintf(out, room, "%s:%d", strrchr(shown, '/') + 1, number);
	buf_release(&path);
}

void
source_line(Dwfl_Module *module, Dwarf_Addr pc, const char *folder,
	    char *out, size_t room)
{
	const char *name = dwfl_module_info(module, NULL, NULL, NULL, NULL,
					    NULL, NULL, NULL);
	const char *file;
	Dwarf_Addr bias;
	Dwarf_Die *unit;
	int number;

	copy_str(out, room, "");
	if (!name || is_system(name))
		return;
	unit = source_unit(module, pc, &bias);
	file = unit ? row_at(unit, pc - bias, &number) : NULL;
	if (file && is_system(file))
		file = call_site(unit, pc - bias, &number);
	if (file)
		write_line(compile_folder(unit), file, number, folder, out,
			   room);
}
