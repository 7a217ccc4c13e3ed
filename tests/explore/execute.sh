#!/bin/bash
# ipclab explore of programs that execute themselves, or others: each has the
# points that it was built with, and who has none of its memory is named.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "programs are searched"
	finish
fi
export XDG_CACHE_HOME=$tmp/cache LC_ALL=C
cd "$tmp" || exit 1

# Two children execute $1 and count in memory that they find at descriptor 3.
cat >adds.c <<'END'
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	int fd = argc > 2 ? 3 : memfd_create("count", 0), *count;

	if (fd != 3 || ftruncate(3, sizeof(int)) < 0)
		return 9;
	count = mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED, 3,
		     0);
	if (argc > 2) {
#ifdef ATOMIC
		__atomic_add_fetch(count, 1, __ATOMIC_SEQ_CST);
#else
		++*count;
#endif
		return 0;
	}
	for (int i = 0; i < 2; i++)
		if (fork() == 0) {
			execl(argv[1], argv[0], argv[1], "child", NULL);
			_exit(8);
		}
	for (int i = 0; i < 2; i++)
		wait(NULL);
	if (*count != 2)
		abort();
	return 0;
}
END
for kind in wrong right; do
	flags=()
	[ $kind = wrong ] || flags=(-DATOMIC)
	"$IPCLAB" cc -g "${flags[@]}" -o $kind adds.c
	${CC:-cc} -g "${flags[@]}" -o plain_$kind adds.c
done

# explore STATUS ARGUMENT...
explore() {
	"$IPCLAB" explore --budget 600 --jobs 1 "${@:2}" >out 2>&1 3<&-
	local status=$?
	[ $status -eq "$1" ] || { echo "status $status"; cat out; return 1; }
}
says() { grep -qF -- "$1" out || { cat out; return 1; }; }
says_not() { ! grep -F -- "$1" out; }

check "a program that executes itself races" \
	explore 1 --allow-races -- ./wrong /proc/self/exe
check "... as does one that executes itself by its name" \
	explore 1 -- ./wrong ./wrong
check "... and its memory was seen" says_not "ot built with"
check "its corrected twin passes" explore 0 -- ./right /proc/self/exe
check "... whose memory was seen as well" says_not "ot built with"
check "what was not built so, executed by one that was, has its calls" \
	explore 0 -- ./right ./plain_right
check "... and is named" says "Not built with \`ipclab cc\`: plain_right."
check "what was built so, executed by one that was not, races" \
	explore 1 --allow-races -- ./plain_wrong ./wrong
check "... and their corrected twins pass" explore 0 -- ./plain_right ./right
check "... where the other is named" \
	says "Not built with \`ipclab cc\`: plain_right."
check "where nobody was built so that is said" \
	explore 0 -- ./plain_right ./plain_right
check "... once" says "It was not built with"
check "... and where it executes itself for a beginning, all is seen" \
	explore 0 -- env ./right ./right
check "... but for what comes before" says "Not built with \`ipclab cc\`: env."
finish
