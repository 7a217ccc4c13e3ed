/* Probing tasks: what one does, and in which call it sleeps (proc(5)).  */
#include "config.h"

#include "probe/probe.h"

#include "base/i18n.h"
#include "probe/handle.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A small file of /proc/TID, whole; its length, or -1 with errno.  */
static int
read_proc(pid_t tid, const char *name, char *out, size_t room)
{
	char path[64];
	ssize_t n;
	int fd, error;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)tid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	n = read(fd, out, room - 1);
	error = errno;
	close(fd);
	errno = error;
	if (n < 0)
		return -1;
	out[n] = '\0';
	return n;
}

/* The text behind "NAME:" and blanks in /proc/TID/status, "" if absent.  */
static const char *
status_field(const char *status, const char *name)
{
	size_t len = strlen(name);
	const char *line = status;

	while (strncmp(line, name, len) != 0 || line[len] != ':') {
		line = strchr(line, '\n');
		if (!line++)
			return "";
	}
	return line + len + 1 + strspn(line + len + 1, " \t");
}

static uint64_t
status_set(const char *status, const char *name)
{
	return strtoull(status_field(status, name), NULL, 16);
}

static void
read_status(struct probe_task *out, const char *status)
{
	out->state = *status_field(status, "State");
	out->ppid = atoi(status_field(status, "PPid"));
	out->tracer = atoi(status_field(status, "TracerPid"));
	out->sig_pending = status_set(status, "SigPnd") |
			   status_set(status, "ShdPnd");
	out->sig_blocked = status_set(status, "SigBlk");
	out->sig_ignored = status_set(status, "SigIgn");
	out->sig_caught = status_set(status, "SigCgt");
}

/* "running", "-1 SP PC" outside of calls, or "NUMBER ARG0..ARG5 SP PC".  */
static void
read_call(struct probe_task *out, const char *text)
{
	uint64_t a[6];
	long call;

	if (sscanf(text, "%ld %" SCNx64 " %" SCNx64 " %" SCNx64 " %" SCNx64
		   " %" SCNx64 " %" SCNx64, &call, &a[0], &a[1], &a[2],
		   &a[3], &a[4], &a[5]) != 7)
		return;
	out->call = call;
	memcpy(out->arg, a, sizeof(a));
}

int
probe_task(pid_t tid, struct probe_task *out, char **why)
{
	char text[4096];

	*out = (struct probe_task){ .call = -1 };
	if (read_proc(tid, "status", text, sizeof(text)) < 0)
		return handle_refused(tid, errno, why);
	read_status(out, text);
	if (!out->state)
		return fail(why, _("process %d has ended"), (int)tid);
	/* Both of these want the rights of ptrace(2); without, not known.  */
	if (read_proc(tid, "syscall", text, sizeof(text)) > 0)
		read_call(out, text);
	if (read_proc(tid, "wchan", text, sizeof(text)) > 0 &&
	    strcmp(text, "0") != 0)
		COPY_STR(out->wchan, text);
	return 0;
}

int
probe_signals(pid_t tid, struct probe_signals *out, char **why)
{
	char text[4096];

	if (read_proc(tid, "status", text, sizeof(text)) < 0)
		return handle_refused(tid, errno, why);
	out->pending_thread = status_set(text, "SigPnd");
	out->pending_process = status_set(text, "ShdPnd");
	out->blocked = status_set(text, "SigBlk");
	out->ignored = status_set(text, "SigIgn");
	out->caught = status_set(text, "SigCgt");
	return 0;
}

/* What /proc/PID/fdinfo says of a descriptor behind a name.  */
static const char *
fdinfo_field(pid_t pid, int fd, const char *field)
{
	static char text[1024];
	char name[32];

	snprintf(name, sizeof(name), "fdinfo/%d", fd);
	if (read_proc(pid, name, text, sizeof(text)) < 0)
		return "";
	return status_field(text, field);
}

uint64_t
probe_signalfd(pid_t pid, int fd)
{
	return strtoull(fdinfo_field(pid, fd, "sigmask"), NULL, 16);
}

pid_t
probe_pidfd(pid_t pid, int fd)
{
	return atoi(fdinfo_field(pid, fd, "Pid"));
}

pid_t
probe_process_of(pid_t tid)
{
	char path[40], line[256];
	int pid = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)tid);
	f = fopen(path, "re");
	if (!f)
		return 0;
	while (pid == 0 && fgets(line, sizeof(line), f))
		sscanf(line, "Tgid: %d", &pid);
	fclose(f);
	return pid;
}
