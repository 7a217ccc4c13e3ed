/*
 * What somebody bad would try inside a sandbox.  Makes one system call, named
 * by its first argument, and prints the error's number (0: it was done).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static long
clone_with(unsigned long flags)
{
	long pid = syscall(SYS_clone, flags | SIGCHLD, 0, 0, 0, 0);

	if (pid == 0)
		_exit(0);
	return pid;
}

static long untraced(void) { return clone_with(CLONE_UNTRACED); }
static long sibling(void) { return clone_with(CLONE_PARENT); }
static long new_user(void) { return clone_with(CLONE_NEWUSER); }
static long unshares(void) { return unshare(CLONE_NEWUSER | CLONE_NEWNS); }
static long rings(void) { return syscall(SYS_io_uring_setup, 1, NULL); }
static long attaches(void) { return ptrace(PTRACE_SEIZE, getppid(), 0, 0); }
static long traceme(void) { return ptrace(PTRACE_TRACEME, 0, 0, 0); }
static long keys(void) { return syscall(SYS_keyctl, 0, -3, 1, 0, 0); }
static long maps(void) { return syscall(SYS_bpf, 0, NULL, 0); }
static long faults(void) { return syscall(SYS_userfaultfd, 0); }
static long mounts(void) { return syscall(SYS_mount, 0, "/", 0, 0, 0); }
static long alg(void) { return socket(AF_ALG, SOCK_SEQPACKET, 0); }
static long vsock(void) { return socket(40, SOCK_STREAM, 0); }
static long filters(void)
{
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL);
}
static long types(void) { return ioctl(0, TIOCSTI, "x"); }
static long types_wide(void)
{
	return syscall(SYS_ioctl, 0, UINT64_C(1) << 32 | TIOCSTI, "x");
}
static long rights(void) { return setuid(0); }
static long handles(void)
{
	return syscall(SYS_open_by_handle_at, AT_FDCWD, NULL, 0);
}
static long clone3(void)
{
	struct clone_args a = { .flags = CLONE_UNTRACED,
				.exit_signal = SIGCHLD };
	long pid = syscall(SYS_clone3, &a, sizeof(a));

	if (pid == 0)
		_exit(0);
	return pid;
}
#ifdef __x86_64__
static long
old(void)
{
	int result;

	__asm__ volatile("int $0x80" : "=a"(result) : "a"(20));
	return result;
}
static long x32(void) { return syscall(SYS_getpid | 0x40000000); }
#endif

static const struct { const char *name; long (*make)(void); } acts[] = {
	{ "untraced", untraced }, { "sibling", sibling },
	{ "new-user", new_user }, { "unshare", unshares },
	{ "io_uring", rings }, { "attach", attaches },
	{ "traceme", traceme }, { "keys", keys }, { "bpf", maps },
	{ "userfaultfd", faults }, { "mount", mounts }, { "alg", alg },
	{ "vsock", vsock }, { "filter", filters }, { "tiocsti", types },
	{ "tiocsti-wide", types_wide }, { "root", rights },
	{ "handle", handles }, { "clone3", clone3 },
#ifdef __x86_64__
	{ "int80", old }, { "x32", x32 },
#endif
};

int
main(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(acts) / sizeof(*acts); i++)
		if (argc > 1 && strcmp(acts[i].name, argv[1]) == 0) {
			int error = acts[i].make() < 0 ? errno : 0;

			printf("%d\n", error);
			return 0;
		}
	return 2;
}
