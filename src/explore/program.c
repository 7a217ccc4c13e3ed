/*
 * The compiler's options, from a program's debug information: DW_AT_producer
 * of its units (DWARF 5, 3.1.1).  gcc writes them there by itself, clang with
 * -grecord-command-line.
 */
#include "config.h"

#include "explore/program.h"

#include "base/buf.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char own[] = "src/runtime/";	/* libipclab-rt: not theirs */

static int
open_in(const char *folder, size_t len, const char *name)
{
	char *path = xasprintf("%.*s%s%s", (int)len, folder, len ? "/" : "",
			       name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	free(path);
	return fd;
}

static int
open_program(const char *name)
{
	const char *path = getenv("PATH");
	int fd = -1;

	if (strchr(name, '/'))
		return open(name, O_RDONLY | O_CLOEXEC);
	while (path && *path && fd < 0) {
		size_t len = strcspn(path, ":");

		fd = open_in(path, len, name);
		path += len + (path[len] == ':');
	}
	return fd;
}

/* An attribute of a unit as text, "".  */
static const char *
text_of(Dwarf_Die *unit, unsigned name)
{
	Dwarf_Attribute at;
	const char *text = dwarf_attr(unit, name, &at) ? dwarf_formstring(&at)
						       : NULL;

	return text ? text : "";
}

/* What only the linker is told says nothing of the code.  */
static void
add_words(const char *producer, struct buf *out)
{
	struct buf kept = BUF_INIT;

	for (size_t n; *producer; producer += n) {
		n = strcspn(producer, " ");
		if (n && strncmp(producer, "-Wl,", 4) != 0) {
			if (kept.len)
				buf_addc(&kept, ' ');
			buf_add(&kept, producer, n);
		}
		n += producer[n] == ' ';
	}
	buf_add_part(out, 0, buf_str(&kept));
	buf_release(&kept);
}

static void
add_units(Dwarf *dwarf, struct buf *out)
{
	Dwarf_CU *unit = NULL;
	Dwarf_Die die;

	while (dwarf_get_units(dwarf, unit, &unit, NULL, NULL, &die, NULL) == 0)
		if (!strstr(text_of(&die, DW_AT_name), own))
			add_words(text_of(&die, DW_AT_producer), out);
}

char *
program_flags(const char *name)
{
	struct buf flags = BUF_INIT;
	int fd = open_program(name);
	Dwarf *dwarf = fd >= 0 ? dwarf_begin(fd, DWARF_C_READ) : NULL;

	if (dwarf) {
		add_units(dwarf, &flags);
		dwarf_end(dwarf);
	}
	if (fd >= 0)
		close(fd);
	return flags.len ? buf_take(&flags) : NULL;
}
