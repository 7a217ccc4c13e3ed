/* The subject's own terminal.  */
#include "config.h"

#include "session/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/i18n.h"

enum { READ_SIZE = 16384, READS_A_TURN = 16 };

struct terminal {
	int master;
	int slave;	/* kept open: without it the master reads EIO
			   before the subject opens it and after it ends */
	char name[64];
	struct buf printed;
};

static int
open_slave(struct terminal *t, char **why)
{
	if (grantpt(t->master) < 0 || unlockpt(t->master) < 0 ||
	    ptsname_r(t->master, t->name, sizeof(t->name)) != 0)
		return fail(why, _("cannot make a terminal for the program: "
				   "%s"), strerror(errno));
	t->slave = open(t->name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (t->slave < 0)
		return fail(why, _("cannot open the program's terminal %s: "
				   "%s"), t->name, strerror(errno));
	return 0;
}

struct terminal *
terminal_open(int rows, int cols, char **why)
{
	struct terminal *t = xcalloc(1, sizeof(*t));

	t->slave = -1;
	t->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
	if (t->master < 0)
		fail(why, _("cannot make a terminal for the program: %s"),
		     strerror(errno));
	if (t->master < 0 || open_slave(t, why) < 0) {
		terminal_close(t);
		return NULL;
	}
	terminal_resize(t, rows, cols);
	return t;
}

void
terminal_close(struct terminal *t)
{
	if (!t)
		return;
	if (t->master >= 0)
		close(t->master);
	if (t->slave >= 0)
		close(t->slave);
	buf_release(&t->printed);
	free(t);
}

const char *
terminal_name(const struct terminal *t)
{
	return t->name;
}

int
terminal_fd(const struct terminal *t)
{
	return t->master;
}

/* More than anybody reads: the older half goes, at the end of a line.  */
static void
drop_oldest(struct terminal *t)
{
	struct buf rest = BUF_INIT;
	size_t from = t->printed.len / 2;
	const char *newline = memchr(t->printed.data + from, '\n',
				     t->printed.len - from);

	if (newline)
		from = newline + 1 - t->printed.data;
	buf_adds(&rest, _("... (more was printed than is kept)"));
	buf_adds(&rest, "\r\n");
	buf_add(&rest, t->printed.data + from, t->printed.len - from);
	buf_release(&t->printed);
	t->printed = rest;
}

bool
terminal_pump(struct terminal *t)
{
	bool any = false;

	for (int i = 0; i < READS_A_TURN; i++) {
		ssize_t n;

		buf_need(&t->printed, READ_SIZE);
		n = read(t->master, t->printed.data + t->printed.len,
			 READ_SIZE);
		if (n <= 0)
			break;
		t->printed.len += n;
		t->printed.data[t->printed.len] = '\0';
		any = true;
		if (t->printed.len > TERMINAL_KEPT)
			drop_oldest(t);
	}
	return any;
}

size_t
terminal_take(struct terminal *t, char *out, size_t room)
{
	size_t n = t->printed.len < room ? t->printed.len : room;

	if (n == 0)
		return 0;
	memcpy(out, t->printed.data, n);
	buf_drop(&t->printed, n);
	return n;
}

int
terminal_type(struct terminal *t, const char *bytes, size_t n, char **why)
{
	struct pollfd slave = { .fd = t->slave, .events = POLLIN };
	ssize_t done = write(t->master, bytes, n);

	if (done < 0 || (size_t)done < n)
		return fail(why, _("the program's terminal takes no more: "
				   "nothing reads what was typed"));
	/* The kernel hands typed bytes to the line discipline in a work
	 * queue; poll(2) on the other side waits for that (n_tty_poll), so
	 * that the subject sees them from now on and not some time later. */
	poll(&slave, 1, 0);
	return 0;
}

void
terminal_resize(struct terminal *t, int rows, int cols)
{
	struct winsize size = {
		.ws_row = rows > 0 ? rows : 24,
		.ws_col = cols > 0 ? cols : 80,
	};

	ioctl(t->master, TIOCSWINSZ, &size);
}
