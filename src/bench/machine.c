/* The machine that is measured: its kernel, its processors, and which of
 * them the two processes are put on.  */
#include "config.h"

#include "bench/machine.h"

#include <linux/magic.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <unistd.h>

/* "model name\t: ..." of proc_cpuinfo(5); aarch64 has no such line.  */
static void
processor_name(char *out, size_t room)
{
	FILE *f = fopen("/proc/cpuinfo", "re");
	char line[256];

	copy_str(out, room, "");
	while (f && fgets(line, sizeof(line), f)) {
		char *colon = strchr(line, ':');

		if (strncmp(line, "model name", 10) != 0 || !colon)
			continue;
		line[strcspn(line, "\n")] = '\0';
		copy_str(out, room, colon + 1 + (colon[1] == ' '));
		break;
	}
	if (f)
		fclose(f);
}

/* A number of a processor's topology (sysfs); -1.  */
static int
topology(int processor, const char *what)
{
	char path[128];
	int value = -1;
	FILE *f;

	snprintf(path, sizeof(path),
		 "/sys/devices/system/cpu/cpu%d/topology/%s", processor, what);
	f = fopen(path, "re");
	if (f) {
		if (fscanf(f, "%d", &value) != 1)
			value = -1;
		fclose(f);
	}
	return value;
}

static bool
same_core(int a, int b)
{
	return topology(a, "core_id") >= 0 &&
	       topology(a, "core_id") == topology(b, "core_id") &&
	       topology(a, "physical_package_id")
		       == topology(b, "physical_package_id");
}

/* The last processor that we may use, because the first one has the most
 * interrupts; and beside it another core, of the same package if it can be. */
static void
choose_processors(struct figures *f)
{
	cpu_set_t set;

	f->on[PLACE_ONE] = f->on[PLACE_TWO] = -1;
	if (sched_getaffinity(0, sizeof(set), &set) < 0)
		return;
	f->n_processors = (uint32_t)CPU_COUNT(&set);
	for (int i = CPU_SETSIZE - 1; i >= 0; i--) {
		int *one = &f->on[PLACE_ONE], *two = &f->on[PLACE_TWO];

		if (!CPU_ISSET(i, &set))
			continue;
		if (*one < 0)
			*one = i;
		else if (*two < 0 || same_core(*one, *two))
			*two = i;
	}
	f->siblings = f->on[PLACE_TWO] >= 0 &&
		      same_core(f->on[PLACE_ONE], f->on[PLACE_TWO]);
}

static void
file_system_name(char *out, size_t room)
{
	static const struct {
		unsigned long magic;
		const char *name;
	} names[] = {
		{ TMPFS_MAGIC, "tmpfs" }, { EXT4_SUPER_MAGIC, "ext4" },
		{ XFS_SUPER_MAGIC, "xfs" }, { BTRFS_SUPER_MAGIC, "btrfs" },
		{ OVERLAYFS_SUPER_MAGIC, "overlay" },
		{ NFS_SUPER_MAGIC, "nfs" }, { F2FS_SUPER_MAGIC, "f2fs" },
		{ 0x2fc12fc1, "zfs" },
	};
	const char *folder = getenv("TMPDIR");
	struct statfs st;

	copy_str(out, room, "");
	if (statfs(folder && *folder ? folder : "/tmp", &st) < 0)
		return;
	snprintf(out, room, "0x%lx", (unsigned long)st.f_type);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (names[i].magic == (unsigned long)st.f_type)
			copy_str(out, room, names[i].name);
}

void
machine_look(struct figures *f)
{
	struct utsname name;

	uname(&name);
	snprintf(f->kernel, sizeof(f->kernel), "%.20s %.100s", name.sysname,
		 name.release);
	COPY_STR(f->machine, name.machine);
	processor_name(f->processor, sizeof(f->processor));
	file_system_name(f->file_system, sizeof(f->file_system));
	choose_processors(f);
}
