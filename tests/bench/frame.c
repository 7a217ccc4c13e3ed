/*
 * frame: how long a program takes to show something.
 *
 *	frame ROWSxCOLS COMMAND... -- DO...
 *
 * Runs COMMAND on a terminal of its own, kept by libvterm, and does:
 *   key:TEXT    types TEXT (\e, \r and \n are understood)
 *   see:TEXT    waits until TEXT stands on the screen; prints the
 *               milliseconds since the last key, or since exec
 *   text:TEXT   the same without printing: to get somewhere
 *   quiet:MS    waits until nothing is drawn for MS milliseconds
 *   peak:       prints the peak of its memory in MiB
 *   screen:     prints the screen
 *
 * What does not come within 60 s is printed as "never", with the screen on
 * standard error, and the exit status is 1.
 */
#include "config.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

enum { PATIENCE_MS = 60000 };

static int rows, cols, fd;
static pid_t pid;
static VTerm *vt;
static VTermScreen *screen;
static double since;

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void
answer(const char *bytes, size_t n, void *arg)
{
	(void)arg;
	if (write(fd, bytes, n) < 0)
		perror("frame: write");
}

static char *
row_text(int row)
{
	static char text[4096];
	VTermRect rect = { row, row + 1, 0, cols };
	size_t n = vterm_screen_get_text(screen, text, sizeof(text) - 1, rect);

	text[n] = '\0';
	return text;
}

static bool
is_on_screen(const char *text)
{
	for (int i = 0; i < rows; i++)
		if (strstr(row_text(i), text))
			return true;
	return false;
}

static void
print_screen(FILE *out)
{
	for (int i = 0; i < rows; i++)
		fprintf(out, "%s\n", row_text(i));
}

/* Take what comes within ms.  False: nothing came.  */
static bool
take(int ms)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char bytes[65536];
	ssize_t n;

	if (poll(&p, 1, ms) <= 0)
		return false;
	n = read(fd, bytes, sizeof(bytes));
	if (n <= 0)
		return false;
	vterm_input_write(vt, bytes, n);
	vterm_screen_flush_damage(screen);
	return true;
}

static bool
see(const char *text, bool tell)
{
	double begin = now_ms();

	while (!is_on_screen(text)) {
		if (now_ms() - begin > PATIENCE_MS ||
		    (!take(1000) && waitpid(pid, NULL, WNOHANG) != 0)) {
			printf("never\n");
			fprintf(stderr, "frame: no '%s' on this screen:\n", text);
			print_screen(stderr);
			return false;
		}
	}
	if (tell)
		printf("%.2f\n", now_ms() - since);
	return true;
}

static void
type(const char *text)
{
	char bytes[256];
	size_t n = 0;

	for (; *text && n < sizeof(bytes); text++) {
		char c = *text;

		if (c == '\\' && text[1]) {
			c = *++text;
			c = c == 'e' ? 27 : c == 'r' ? '\r' : c == 'n' ? '\n' : c;
		}
		bytes[n++] = c;
	}
	since = now_ms();
	if (write(fd, bytes, n) < 0)
		perror("frame: write");
}

static void
print_peak(void)
{
	char path[64], line[256];
	long kib = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f))
		sscanf(line, "VmHWM: %ld", &kib);
	if (f)
		fclose(f);
	printf("%.1f\n", kib / 1024.0);
}

static bool
obey(const char *what)
{
	const char *rest = strchr(what, ':');
	size_t len = rest ? (size_t)(rest - what) : 0;

	if (!rest)
		return false;
	rest++;
	if (strncmp(what, "key", len) == 0)
		type(rest);
	else if (strncmp(what, "see", len) == 0)
		return see(rest, true);
	else if (strncmp(what, "text", len) == 0)
		return see(rest, false);
	else if (strncmp(what, "quiet", len) == 0)
		while (take(atoi(rest)))
			;
	else if (strncmp(what, "peak", len) == 0)
		print_peak();
	else
		print_screen(stdout);
	return true;
}

static void
start(char **argv)
{
	struct winsize size = { .ws_row = rows, .ws_col = cols };

	vt = vterm_new(rows, cols);
	vterm_set_utf8(vt, 1);
	screen = vterm_obtain_screen(vt);
	vterm_screen_reset(screen, 1);
	vterm_output_set_callback(vt, answer, NULL);
	since = now_ms();
	pid = forkpty(&fd, NULL, NULL, &size);
	if (pid == 0) {
		execvp(argv[0], argv);
		perror(argv[0]);
		_exit(127);
	}
	if (pid < 0) {
		perror("forkpty");
		exit(1);
	}
}

int
main(int argc, char **argv)
{
	bool fine = true;
	int split = argc - 1;

	/* The last one: COMMAND may have its own.  */
	while (split > 2 && strcmp(argv[split], "--") != 0)
		split--;
	if (argc < 5 || split == 2 ||
	    sscanf(argv[1], "%dx%d", &rows, &cols) != 2) {
		fprintf(stderr, "usage: frame ROWSxCOLS COMMAND... -- DO...\n");
		return 2;
	}
	argv[split] = NULL;
	start(argv + 2);
	for (int i = split + 1; i < argc && fine; i++)
		fine = obey(argv[i]);
	kill(pid, SIGTERM);
	while (take(2000))
		;
	kill(pid, SIGKILL);
	close(fd);
	waitpid(pid, NULL, 0);
	vterm_free(vt);
	return !fine;
}
