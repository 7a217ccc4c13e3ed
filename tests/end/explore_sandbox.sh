#!/bin/bash
# ipclab explore --sandbox: the same result as without, and what is forbidden.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
if "$IPCLAB" doctor | grep -q '^  no *sandbox'; then
	echo "1..0 # SKIP this machine has no sandbox"
	exit 0
fi
chmod 755 "$tmp"
cd "$tmp" || exit 1

cat >race.c <<'END'
#include <pthread.h>
int n;
static void *add(void *p) { n++; return p; }
int main(void)
{
	pthread_t a, b;
	pthread_create(&a, 0, add, 0);
	pthread_create(&b, 0, add, 0);
	pthread_join(a, 0);
	return pthread_join(b, 0);
}
END
"$IPCLAB" explore --jobs 1 -- race.c >without 2>&1
"$IPCLAB" explore --jobs 1 --sandbox -- race.c >with 2>&1
same "a race is found" "$(grep -c '^race: ' without)" 1
same "the result is the same in the sandbox" "$(cat with)" "$(cat without)"

# verdict ARGS...: of the program in the sandbox.
verdict() {
	"$IPCLAB" explore --sandbox --jobs 1 --budget 20 --json -- "$@" |
		sed -n 's/.*"verdict": *"\([a-z-]*\)".*/\1/p' | head -n 1
}
confined=$BUILDDIR/tests/live/confined
for act in untraced sibling new-user unshare io_uring attach traceme keys \
	bpf mount alg vsock filter tiocsti; do
	same "$act is forbidden" "$(verdict "$confined" "$act")" forbidden
done
if [ "$(uname -m)" = x86_64 ]; then
	same "another architecture is forbidden" \
		"$(verdict "$confined" int80)" forbidden
fi
cat >flood.c <<'END'
#include <unistd.h>
int main(void)
{
	static char bytes[65536];
	while (write(1, bytes, sizeof(bytes)) > 0)
		;
	return 0;
}
END
same "a flood of output is ended" "$(verdict flood.c)" output-limit
cat >file.c <<'END'
#include <fcntl.h>
#include <unistd.h>
int main(void)
{
	return ftruncate(open("big", O_CREAT | O_WRONLY, 0600), 1L << 40);
}
END
same "a file that is too large is one" "$(verdict file.c)" file-limit
check "it was not written outside" test ! -e big
finish
