/* May the memory of this program be lent?  Said by the functions that it
 * calls, as its file names them (elf(5)).  */
#include "config.h"

#include "tracer/lend_inside.h"
#include "tracer/trace.h"

#include <fcntl.h>
#include <libelf.h>
#include <gelf.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* They change of a mapping, or of all, what nobody could tell or undo, or what
 * others notice longer than the run uses it.  */
static const char *const changes[] = {
	"arch_prctl", "brk", "dlmopen", "dlopen", "io_setup", "madvise",
	"mbind", "memfd_create", "mlock", "mlock2", "mlockall", "mseal",
	"munlock", "munlockall", "pkey_alloc", "pkey_mprotect",
	"posix_madvise", "prctl", "ptrace", "remap_file_pages", "sbrk",
	"shmctl", "shmget", "sigaltstack", "userfaultfd",
};

/* Their own calls of these put back what they change.  */
static const char *const libraries[] = {
	"libc.so", "libc-", "ld-linux", "ld-2", "libm.so", "libm-",
	"libpthread", "librt", "libdl", "libgcc_s", "libatomic", "libstdc++",
};

static bool
is_one(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(changes); i++)
		if (strcmp(name, changes[i]) == 0)
			return true;
	return false;
}

static bool
is_library(const char *path)
{
	const char *name = strrchr(path, '/');

	for (size_t i = 0; name && i < ARRAY_SIZE(libraries); i++)
		if (strncmp(name + 1, libraries[i], strlen(libraries[i])) == 0)
			return path_is_system(path);
	return false;
}

/* The table of what it takes from libraries; a program that takes nothing says
 * nothing.  */
static bool
takes_none(Elf *elf)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	bool any = false;

	while ((section = elf_nextscn(elf, section))) {
		Elf_Data *data;
		GElf_Sym symbol;

		if (!gelf_getshdr(section, &header) ||
		    header.sh_type != SHT_DYNSYM)
			continue;
		data = elf_getdata(section, NULL);
		any = data != NULL;
		for (int i = 0; data && gelf_getsym(data, i, &symbol); i++) {
			const char *name = elf_strptr(elf, header.sh_link,
						      symbol.st_name);

			if (!name || (symbol.st_shndx == SHN_UNDEF &&
				      is_one(name)))
				return false;
		}
	}
	return any;
}

static bool
is_program_safe(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	Elf *elf;
	bool safe;

	elf_version(EV_CURRENT);
	elf = fd >= 0 ? elf_begin(fd, ELF_C_READ, NULL) : NULL;
	safe = elf && takes_none(elf);
	if (elf)
		elf_end(elf);
	if (fd >= 0)
		close(fd);
	return safe;
}

/* A stack of return addresses that the kernel keeps would not be there.  */
static bool
has_shadow_stack(pid_t pid)
{
	char name[64], line[256];
	FILE *f;
	bool has;

	snprintf(name, sizeof(name), "/proc/%d/status", pid);
	f = fopen(name, "re");
	has = !f;
	while (f && !has && fgets(line, sizeof(line), f))
		has = strncmp(line, "x86_Thread_features:", 20) == 0 &&
		      strstr(line, "shstk");
	if (f)
		fclose(f);
	return has;
}

static bool
uses_only_libraries(pid_t pid, const char *program)
{
	char name[64], line[PATH_MAX_LEN + 128];
	FILE *f;
	bool only;

	snprintf(name, sizeof(name), "/proc/%d/maps", pid);
	f = fopen(name, "re");
	only = f != NULL;
	while (only && fgets(line, sizeof(line), f)) {
		char *path = strchr(line, '/');

		line[strcspn(line, "\n")] = '\0';
		only = !path || strcmp(path, program) == 0 ||
		       is_library(path);
	}
	if (f)
		fclose(f);
	return only;
}

bool
lend_is_safe(pid_t pid)
{
#ifdef __x86_64__
	char name[64], program[PATH_MAX_LEN];
	ssize_t n;

	snprintf(name, sizeof(name), "/proc/%d/exe", pid);
	n = readlink(name, program, sizeof(program) - 1);
	program[n > 0 ? n : 0] = '\0';
	return n > 0 && uses_only_libraries(pid, program) &&
	       !has_shadow_stack(pid) && is_program_safe(name);
#else
	(void)pid;
	return false;
#endif
}
