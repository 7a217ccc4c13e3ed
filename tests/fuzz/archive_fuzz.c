/* Any bytes as the archive that somebody handed in.  */
#include "tests/fuzz/fuzz.h"

#include "exercise/archive.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void
unpack(int fd, const struct exercise *e, const char *const *beside)
{
	struct submission s = { .id = strdup("anna") };
	char *why = NULL;
	enum submission_outcome out;

	if (lseek(fd, 0, SEEK_SET) < 0)
		abort();
	out = submission_unpack(&s, e, beside, fd, &why);
	if ((out == SUBMISSION_TAKEN) != !why || s.n_files > e->files.n)
		abort();
	for (size_t i = 0; i < s.n_files; i++)
		if (s.file[i].n > SUBMISSION_FILE_MAX ||
		    strchr(s.file[i].name, '/'))
			abort();
	free(why);
	submission_release(&s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const beside[] = { "pingpong", "reap", NULL };
	struct yaml_text names[] = { { .text = (char *)"pong.c" },
				     { .text = (char *)"ping.c" } };
	const struct exercise e = { .name = (char *)"pingpong",
				    .files = { .text = names, .n = 2 } };
	int fd = memfd_create("archive", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	unpack(fd, &e, NULL);
	unpack(fd, &e, beside);
	close(fd);
	return 0;
}
