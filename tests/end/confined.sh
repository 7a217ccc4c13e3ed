#!/bin/bash
# The runs of a submission are made in a sandbox, and are what they would be
# outside: input, files, environment, lines, language, and the failing run can
# be seen again.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
if "$IPCLAB" doctor | grep -q '^  no *sandbox'; then
	echo "1..0 # SKIP this machine has no sandbox"
	exit 0
fi
cd "$tmp" || exit 1
mkdir temporary
export TMPDIR=$tmp/temporary
export HOME=$tmp XDG_CACHE_HOME=$tmp/cache XDG_STATE_HOME=$tmp/state

mkdir -p pack/given/start
cat >pack/given/exercise.yaml <<'END'
format: 1
id: T01
title: What a program is given
mode: write
minutes: 5
files: [given.c]
limits: {descriptors: 40}
checks:
  - id: given
    title: Input, file and variable are repeated
    points: 1
    args: ["${word:a}"]
    input: "in ${word:b}\n"
    files: [{name: notes, text: "file ${word:c}\n"}]
    env: ["WORD=${word:d}"]
    output: "${word:a}\nin ${word:b}\nfile ${word:c}\n${word:d}\n"
  - id: fork
    title: The child is waited for
    points: 1
    status: any
    explore: {runs: 20}
END
printf 'format: 1\nname: t\ntitle: T\nexercises: [given]\n' >pack/pack.yaml
printf 'x\n' >pack/given/task.md
: >pack/given/start/given.c

# work C: it is handed in.
work() {
	mkdir -p given
	cat >given/given.c
	printf '%s\n' "$tmp/pack/given" >given/.ipclab-exercise
}
checked() { "$IPCLAB" exercise check --pack pack --json given; }
verdicts() {
	checked >result.json
	python3 -c 'import json
r = json.load(open("result.json"))
print(r["verdict"], *(c["verdict"] for c in r["checks"]))'
}
# what_differs FILE: but for times and what the sandbox is.
plain() { grep -vE '"(graded_at|compile|check|total|tier)": ' "$1"; }

work <<'END'
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
int main(int argc, char **argv)
{
	char text[100], file[100] = "";
	int fd = open("notes", O_RDWR);
	if (argc < 2)
		return 0;
	if (!fgets(text, sizeof(text), stdin) ||
	    read(fd, file, sizeof(file) - 1) < 0 || write(fd, "x", 1) != 1)
		return 2;
	printf("%s\n%s%s%s\n", argv[1], text, file, getenv("WORD"));
	return 0;
}
END
same "arguments, input, files and variables are there" \
	"accept accept accept" "$(verdicts)"
plain result.json >inside.json

work <<'END'
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <unistd.h>
static int seen(const char *path) { return access(path, F_OK) == 0; }
int main(void)
{
	struct sockaddr_in far = { .sin_family = AF_INET, .sin_port = htons(9),
		.sin_addr.s_addr = inet_addr("192.0.2.1") };
	int s = socket(AF_INET, SOCK_STREAM, 0);
	if (seen("/root") || seen("/home") || seen("/etc/shadow") ||
	    seen("/ipclab/x") || seen(PACK))
		return 2;
	if (connect(s, (void *)&far, sizeof(far)) == 0 || errno != ENETUNREACH)
		return 3;
	if (getuid() == 0 || geteuid() == 0 || dup2(0, 41) >= 0)
		return 4;
	if (open("/usr/x", O_CREAT | O_WRONLY, 0600) >= 0 ||
	    open("/x", O_CREAT | O_WRONLY, 0600) >= 0)
		return 5;
	/* There is nobody here but itself and what runs it. */
	for (int pid = 3; pid < 100; pid++)
		if (pid != getpid() && kill(pid, 0) == 0)
			return 6;
	if (open("/proc/1/environ", O_RDONLY) >= 0 ||
	    open("/proc/1/mem", O_RDONLY) >= 0 || seen("/proc/1/fd/3"))
		return 7;
	if (mkdir("/tmp/once", 0700) < 0)
		return 8;
	return 0;
}
END
sed -i "s#PACK)#\"$tmp/pack\")#; s#return 0;\$#return 99;#" given/given.c
verdicts >said
same "the machine is not to be seen in it" "the exit status is 99, not 0" \
	"$(python3 -c 'import json
print(json.load(open("result.json"))["checks"][0]["message"])')"

work <<'END'
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
int main(int argc, char **argv)
{
	int ends[2];
	char c;
	(void)argv;
	if (argc > 1 && (read(0, &c, 1) != 1 || c != 'i' ||
	    open("notes", O_RDWR) < 0))
		return 1;
	if (argc > 1 && getenv("WORD") && pipe(ends) == 0 && fork() == 0)
		read(ends[0], &c, 1);
	return argc > 1 ? wait(0) < 0 : 0;
}
END
same "a run that stands still for ever is found" "deadlock deadlock accept" "$(verdicts)"
check "who waits where is told by line" \
	grep -q '"message": "a forgotten close.*in read at given.c:14' result.json
LC_ALL=C.UTF-8 "$IPCLAB" --lang zh_CN exercise check --pack pack --json given \
	>chinese.json
check "in the reader's language" grep -q '忘了关闭.*等待' chinese.json
for i in 1 2 3; do
	checked >again$i.json
done
check "three times the same" cmp <(plain again1.json) <(plain again2.json)
check "... and once more" cmp <(plain again1.json) <(plain again3.json)
plain result.json >deadlock.json

# Without a sandbox: bwrap is hidden by a mount of our own.
# shellcheck disable=SC2016
hidden() {
	unshare "$@" -m bash -c 'mount --bind /dev/null "$(command -v bwrap)" &&
		exec "$0" "$@"' "$IPCLAB" exercise check --pack pack --json given
}
userns=-r
[ "$(id -u)" -ne 0 ] || userns=
if unshare $userns -m mount --bind /dev/null "$(command -v bwrap)"; then
	# shellcheck disable=SC2086
	hidden $userns >result.json
	check "there is no sandbox then, and the result says so" \
		grep -q '"tier": "none"' result.json
	check "the rest of it is the same" \
		cmp <(plain result.json) deadlock.json
else
	skip unshare "without a sandbox the result is the same"
fi
if [ "$(id -u)" -eq 0 ] && need setpriv "an ordinary user gets the same"; then
	chmod -R a+rwX "$tmp"
	setpriv --reuid 65534 --regid 65534 --clear-groups env HOME="$tmp/user" \
		XDG_CACHE_HOME="$tmp/user" TMPDIR=/tmp "$IPCLAB" exercise check \
		--pack pack --json given >user.json
	check "an ordinary user gets the same" \
		cmp <(plain user.json) deadlock.json
fi
"$IPCLAB" exercise check --pack pack given >said
"$IPCLAB" replay --plain given/given.schedule </dev/null >said
check "the failing run can be seen outside" \
	grep -q '^deadlock: A.1 waits for A; A waits for A.1' said
same "nothing is left" "" "$(ls "$TMPDIR")"
finish
