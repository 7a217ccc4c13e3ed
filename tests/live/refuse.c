/*
 * A machine that lacks something: runs a command in which system calls fail.
 *
 *	refuse CALL=ERRNO... -- COMMAND...
 *
 * CALL=ERRNO:N=VALUE refuses only calls whose argument number N (from 0) is
 * VALUE.  As a container's seccomp profile does it.
 */
#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct { const char *name; int number; } errors[] = {
	{ "EPERM", EPERM }, { "ENOSYS", ENOSYS }, { "EACCES", EACCES },
	{ "EAFNOSUPPORT", EAFNOSUPPORT }, { "EADDRNOTAVAIL", EADDRNOTAVAIL },
};

static int
refuse(scmp_filter_ctx filter, const char *word)
{
	char call[64], name[32];
	unsigned long long value = 0;
	unsigned at = 0;
	int n = sscanf(word, "%63[^=]=%31[^:]:%u=%llu", call, name, &at,
		       &value);

	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++)
		if (n >= 2 && strcmp(errors[i].name, name) == 0)
			return seccomp_rule_add(filter,
				SCMP_ACT_ERRNO(errors[i].number),
				seccomp_syscall_resolve_name(call), n == 4,
				SCMP_CMP(at, SCMP_CMP_EQ, value));
	return -EINVAL;
}

int
main(int argc, char **argv)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int i;

	for (i = 1; filter && i < argc && strcmp(argv[i], "--") != 0; i++)
		if (refuse(filter, argv[i]) < 0) {
			fprintf(stderr, "refuse: cannot refuse %s\n", argv[i]);
			return 98;
		}
	if (!filter || i + 1 >= argc || seccomp_load(filter) < 0)
		return 98;
	seccomp_release(filter);
	execvp(argv[i + 1], argv + i + 1);
	return 99;
}
