#!/bin/bash
# Looking at what others change is a point, and no order of the two is left out:
# names of sockets, sizes of open files, the folder and the mask that threads
# have in common.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "programs are searched"
	finish
fi
export XDG_CACHE_HOME=$tmp/cache LC_ALL=C
cd "$tmp" || exit 1

cat >looks.c <<'END'
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sockaddr_un name = { AF_UNIX, "name" };
static int (*other)(void);

static void
never(int holds)
{
	if (holds)
		abort();
}

static int
connects(int to)
{
	return connect(to, (struct sockaddr *)&name, sizeof(name));
}

/* The child makes a name of a socket, or takes it away.  */
static int
binds(void)
{
	return bind(socket(AF_UNIX, SOCK_DGRAM, 0), (struct sockaddr *)&name,
		    sizeof(name));
}

static void
bound(void)
{
	struct stat st;

	never(lstat("name", &st) == 0);
}

static int
removes(void)
{
	return unlink("name");
}

static void
removed(void)
{
	never(connects(socket(AF_UNIX, SOCK_DGRAM, 0)) < 0);
}

/* ... a file longer.  */
static int
appends(void)
{
	return write(open("file", O_WRONLY | O_APPEND), "x", 1);
}

static void
size(void)
{
	int fd = open("file", O_RDONLY);
	off_t end = lseek(fd, 0, SEEK_END);
	struct stat st;

	never(fstat(fd, &st) < 0 || st.st_size != end);
}

/* The thread changes what both have.  */
static int
enters(void)
{
	return fchdir(open("folder", O_RDONLY | O_DIRECTORY));
}

static void
entered(void)
{
	never(access("file", F_OK) < 0);
}

static int
masks(void)
{
	return (int)umask(077) & 0;
}

static void
masked(void)
{
	struct stat st;

	never(mkdir("new", 0777) < 0 || stat("new", &st) < 0 ||
	      !(st.st_mode & 07));
}

static const struct {
	const char *name;
	int (*other)(void);
	void (*look)(void);
	int threads;
} all[] = {
	{ "bind", binds, bound, 0 }, { "unlink", removes, removed, 0 },
	{ "append", appends, size, 0 }, { "fchdir", enters, entered, 1 },
	{ "umask", masks, masked, 1 },
};

static void *
run_thread(void *unused)
{
	return other() < 0 ? &name : unused;
}

static void
beside(int threads, void (*look)(void))
{
	pthread_t thread;

	if (threads) {
		pthread_create(&thread, NULL, run_thread, NULL);
		look();
		pthread_join(thread, NULL);
		return;
	}
	if (fork() == 0)
		_exit(other() < 0);
	look();
	wait(NULL);
}

int
main(int argc, char **argv)
{
	int s;

	umask(0);
	mkdir("folder", 0777);
	close(open("file", O_CREAT | O_WRONLY, 0600));
	for (size_t i = 0; argc > 1 && i < sizeof(all) / sizeof(*all); i++) {
		if (strcmp(argv[1], all[i].name) != 0)
			continue;
		other = all[i].other;
		s = i == 1 ? socket(AF_UNIX, SOCK_DGRAM, 0) : -1;
		if (s >= 0)
			bind(s, (struct sockaddr *)&name, sizeof(name));
		beside(all[i].threads, all[i].look);
	}
	unlink("name");
	return 0;
}
END
"$IPCLAB" cc -g -std=gnu11 -pthread -o looks looks.c

# Only a search that leaves out what makes no difference: no chance.
found() {
	"$IPCLAB" explore --strategy dpor --jobs 1 -- ./looks "$1" >out 2>&1
	[ $? -eq 1 ] && grep -q '^crash' out && return
	cat out
	return 1
}
for way in bind unlink append fchdir umask; do
	check "$way, beside who looks: both orders are tried" found $way
done
check "what it looked with has the name that stands in the program" \
	eval 'found bind && grep -qF "lstat name" out'

# Of memory that no variable names it is told where it lies: no address, and
# what is told holds in another environment.
cat >unnamed.c <<'END'
#include <pthread.h>
#include <stdlib.h>

static void *
add(void *p)
{
	int now = *(int *)p;

	*(int *)p = now + 1;
	return NULL;
}

static int
both(int *p)
{
	pthread_t thread[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&thread[i], NULL, add, p);
	for (int i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);
	return *p;
}

int
main(int argc, char **argv)
{
	int local = 0;

	switch (argv[argc - 1][0]) {
	case 'h':
		return both(calloc(1, sizeof(int)));
	case 'm':	/* no part of the heap: malloc(3), NOTES */
		return both(calloc(1, 1 << 20));
	default:
		return both(&local);
	}
}
END
"$IPCLAB" cc -O0 -g -pthread -o unnamed unnamed.c
lies() { # WAY WHERE
	"$IPCLAB" explore --jobs 1 --seed 1 -- ./unnamed "$1" >"out.$1" 2>&1
	OF_ANOTHER_LENGTH=$tmp "$IPCLAB" explore --jobs 1 --seed 1 -- \
		./unnamed "$1" >"other.$1" 2>&1
	grep -qE "^race: A:1 wrote $2[0-9]+ at unnamed\.c:[0-9]+, A:2 read $2[0-9]+ at" \
		"out.$1" && ! grep -q 0x "out.$1" && diff "out.$1" "other.$1" &&
		return
	cat "out.$1"
	return 1
}
check "what lies on the heap is told so" lies heap 'heap\+'
check "... on the stack" lies stack 'stack-'
check "... in a mapping of its own" lies mapped 'mapped-'
finish
