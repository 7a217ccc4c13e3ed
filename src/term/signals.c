/* See signals.h.  Only async-signal-safe calls below (signal-safety(7)).  */
#include "config.h"

#include "term/signals.h"

#include "event/names.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

enum { RESTORE_MAX = 256, STACK_SIZE = 64 * 1024 };

/* Shared with the guard, which is another process.  */
struct restore {
	volatile bool taken;
	pid_t owner;		/* a child that was forked must not restore */
	size_t len;
	char bytes[RESTORE_MAX];
	struct termios modes;
};

static struct restore *restore;
static int wake[2] = { -1, -1 };
static volatile sig_atomic_t got_resize, got_suspend;

static const struct {
	int signal;
	const char *says;	/* NULL: nothing, whoever sent it knows */
} fatal[] = {
	{ SIGHUP, "ipclab: ended by SIGHUP: the terminal is gone\n" },
	{ SIGINT, NULL },
	{ SIGQUIT, "ipclab: ended by SIGQUIT\n" },
	{ SIGTERM, "ipclab: ended by SIGTERM\n" },
	{ SIGPIPE, "ipclab: ended by SIGPIPE\n" },
	{ SIGILL, "ipclab: a fault of the lab itself (SIGILL)\n" },
	{ SIGABRT, "ipclab: a fault of the lab itself (SIGABRT)\n" },
	{ SIGBUS, "ipclab: a fault of the lab itself (SIGBUS)\n" },
	{ SIGFPE, "ipclab: a fault of the lab itself (SIGFPE)\n" },
	{ SIGSEGV, "ipclab: a fault of the lab itself (SIGSEGV)\n" },
	{ SIGSYS, "ipclab: a fault of the lab itself (SIGSYS)\n" },
	{ SIGXCPU, "ipclab: ended by SIGXCPU: no more processor time\n" },
	{ SIGALRM, "ipclab: ended by SIGALRM\n" },
	{ SIGUSR1, "ipclab: ended by SIGUSR1\n" },
	{ SIGUSR2, "ipclab: ended by SIGUSR2\n" },
};
static struct sigaction before[ARRAY_SIZE(fatal)];
static struct sigaction before_tstp, before_winch;

static void
write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return;
		p += done;
		n -= (size_t)done;
	}
}

void
restore_prepare(const char *bytes, size_t n)
{
	if (!restore) {
		restore = mmap(NULL, sizeof(*restore), PROT_READ | PROT_WRITE,
			       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		if (restore == MAP_FAILED)
			die("out of memory");
	}
	restore->owner = getpid();
	restore->len = n < RESTORE_MAX ? n : 0;
	memcpy(restore->bytes, bytes, restore->len);
	tcgetattr(STDIN_FILENO, &restore->modes);
}

void
restore_set_taken(bool taken)
{
	if (restore && restore->owner == getpid())
		restore->taken = taken;
}

void
restore_now(void)
{
	if (!restore || !restore->taken)
		return;
	restore->taken = false;
	write_all(STDOUT_FILENO, restore->bytes, restore->len);
	tcsetattr(STDIN_FILENO, TCSANOW, &restore->modes);
}

static void
on_fatal(int sig)
{
	if (restore && restore->owner == getpid()) {
		restore_now();
		for (size_t i = 0; i < ARRAY_SIZE(fatal); i++)
			if (fatal[i].signal == sig && fatal[i].says)
				write_all(STDERR_FILENO, fatal[i].says,
					  strlen(fatal[i].says));
	}
	signal(sig, SIG_DFL);
	raise(sig);
}

static void
on_wake(int sig)
{
	int saved = errno;

	if (sig == SIGWINCH)
		got_resize = 1;
	else
		got_suspend = 1;
	/* The pipe does not block; when it is full it wakes anyway.  */
	if (write(wake[1], "", 1) < 0)
		errno = saved;
	errno = saved;
}

static void
install(int sig, void (*handler)(int), int flags, struct sigaction *old)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = flags };

	sigemptyset(&sa.sa_mask);
	sigaction(sig, &sa, old);
}

/* A stack overflow can still be told: the handler has its own stack.  */
static void
give_stack(void)
{
	static char stack[STACK_SIZE];
	stack_t ss = { .ss_sp = stack, .ss_size = sizeof(stack) };

	sigaltstack(&ss, NULL);
}

void
signals_start(void)
{
	if (wake[0] < 0 && pipe2(wake, O_CLOEXEC | O_NONBLOCK) < 0)
		die("cannot make a pipe: %s", errno_name(errno));
	give_stack();
	for (size_t i = 0; i < ARRAY_SIZE(fatal); i++) {
		/* What was ignored (nohup(1)) stays ignored.  */
		sigaction(fatal[i].signal, NULL, &before[i]);
		if (before[i].sa_handler != SIG_IGN)
			install(fatal[i].signal, on_fatal,
				SA_ONSTACK | SA_NODEFER, NULL);
	}
	/* Before newterm(3): curses leaves alone what has a handler.  */
	install(SIGTSTP, on_wake, 0, &before_tstp);
	install(SIGWINCH, on_wake, 0, &before_winch);
}

void
signals_stop(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(fatal); i++)
		sigaction(fatal[i].signal, &before[i], NULL);
	sigaction(SIGTSTP, &before_tstp, NULL);
	sigaction(SIGWINCH, &before_winch, NULL);
}

int
signals_fd(void)
{
	return wake[0];
}

void
signals_take(bool *resized, bool *suspend)
{
	char drain[64];

	while (read(wake[0], drain, sizeof(drain)) > 0)
		;
	*resized = got_resize;
	*suspend = got_suspend;
	got_resize = got_suspend = 0;
}

void
signals_suspend(pid_t pid)
{
	install(SIGTSTP, SIG_DFL, 0, NULL);
	kill(pid, SIGTSTP);
	install(SIGTSTP, on_wake, 0, NULL);
}

bool
restore_is_taken(void)
{
	return restore && restore->taken;
}
