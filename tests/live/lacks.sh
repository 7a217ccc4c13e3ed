#!/bin/bash
# On a machine that lacks something a lesson says what, and shows recordings,
# labelled as such; what can be run is run.
# shellcheck source=../tap.sh
. "$SRCDIR/tests/tap.sh"
# shellcheck source=../end/screen.sh
. "$SRCDIR/tests/end/screen.sh"
trap 'screen_stop; rm -rf "$tmp"' EXIT

# Leaks are looked for by tracing, which is refused below.
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
refuse=$BUILDDIR/tests/live/refuse
export HOME=$tmp/home XDG_CACHE_HOME=$tmp/cache XDG_STATE_HOME=$tmp/state
export TMPDIR=$tmp/temporary LC_ALL=C.UTF-8 LANGUAGE=en
export IPCLAB_DATADIR=$tmp/data
mkdir "$HOME" "$TMPDIR" "$tmp/data" "$tmp/data/lessons"
cd "$tmp" || exit 1
lesson=$tmp/data/lessons/01-lack

# A lesson with two experiments: a program of its own, which may need something
# more, and a command.
make_lesson() { # NEEDS
	rm -rf "$lesson"
	mkdir "$lesson"
	cat >"$lesson/one.c" <<-'EOF'
		#include <stdio.h>
		#include <unistd.h>
		int main(void)
		{
			int fd[2];
			if (pipe(fd) < 0 || write(fd[1], "five\n", 5) != 5)
				return 1;
			puts("written");
			return 0;
		}
	EOF
	cat >"$lesson/lesson.md" <<-EOF
		---
		title: Lacking
		goal: To see what is missing.
		programs: one.c
		---
		A text.

		## One {do #one}
		\`\`\`question
		How much is in the pipe?
		- [x] Five bytes. :: So it is.
		- [ ] None. :: Five were written.
		\`\`\`
		\`\`\`experiment
		id: own
		program: one.c
		cast: A=writer
		goal: pipe 1 holds 5 bytes
		needs: $1
		\`\`\`
		\`\`\`claim
		says: Five bytes are in the pipe.
		program: one.c
		until: pipe 1 holds 5 bytes
		then: nobody has ended
		needs: $1
		\`\`\`
		\`\`\`experiment
		id: command
		command: echo from the shell
		goal: output contains "from the shell"
		\`\`\`
	EOF
}

# learn COMMAND...: the lesson as text, under it.
learn() {
	"$@" "$IPCLAB" learn --plain lack >out 2>&1 </dev/null
	status=$?
}
# What stands under an experiment, up to the next part.
told() { sed -n "/^Experiment: $1/,/^\(ok\|not run\|NOT ok\|Experiment\)/p" out; }
times() { grep -c -e "$1" out; }
label='\[recorded on Linux [0-9.]* [a-z0-9_]*, not on this machine\]'

make_lesson ''
if ! "$IPCLAB" author verify "$lesson" >out 2>&1; then
	[ "$(grep -c 'no claim can be run' out)" = 0 ] || {
		skip ptrace "recordings are made"
		finish
	}
fi
check "verify says what has no recording" \
	grep -q 'lesson.md:[0-9]*: own has no recording' out
check "... and which claims" grep -q '1 claim is not recorded' out
check "... and how to make them" grep -q 'ipclab author record' out
check "author record makes all of them" \
	"$IPCLAB" author record "$tmp/data/lessons"
same "... in the lesson's folder" "claims command.events own.events" \
	"$(cd "$lesson/recordings" && echo *)"
cp -r "$lesson/recordings" first
"$IPCLAB" author record "$lesson" >out 2>&1
check "... and the same ones again" diff -r first "$lesson/recordings"
empty "no folder of this machine stands in them" \
	"$(grep -rl "$tmp" "$lesson/recordings")"
"$IPCLAB" author verify "$lesson" >out 2>&1
check "verify is content then" sh -c '! grep -q record out'

learn
same "nothing is lacking: all is run" "0 0 1" \
	"$status $(times recorded) $(times '^ok ')"

learn "$refuse" ptrace=EPERM --
same "ptrace refused: status 3" 3 "$status"
check "... it is said at the beginning" grep -q '^! This machine lets nobody' out
same "... both experiments are recordings, and labelled" 2 "$(times "$label")"
check "... they reach their goals" sh -c '[ "$(grep -c "^Reached: " out)" = 2 ]'
check "... the claim is told as recorded" \
	grep -q '^        recorded: it held on Linux' out
check "... the question is there" grep -q 'Five were written' out

mkdir bin
for tool in sh echo env ls as ld; do
	ln -s "$(command -v "$tool")" bin
done
rm -rf "$XDG_CACHE_HOME"
learn env -u CC PATH="$tmp/bin"
same "no compiler: status 3" 3 "$status"
check "... it is said" grep -q '^! There is no C compiler here' out
check "... what is not compiled is run" grep -q '^Reached' <<<"$(told echo)"
empty "... and no recording" "$(told echo | grep recorded)"
check "... the program is a recording" grep -q "$label" <<<"$(told one.c)"

# Each need, as it is missing: what must be said, and how it is taken away.
without() { # NEED SENTENCE COMMAND...
	local need=$1 sentence=$2
	shift 2
	make_lesson "$need"
	"$IPCLAB" author record "$lesson" >out 2>&1
	learn
	if grep -q "^! " out; then
		skip "$need" "what is missing is said"
		return
	fi
	learn "$@"
	check "$need: what is missing is said" grep -q "^! $sentence" out
	same "$need: one experiment is a recording, the other is run" "1 2" \
		"$(times "$label") $(times '^Reached: ')"
}
without ipv6 "IPv6 is switched off" \
	"$refuse" socket=EAFNOSUPPORT:0=10 --
without mqueue "POSIX queues cannot be listed" \
	"$refuse" mq_unlink=ENOSYS --
without user-namespaces "There are no user namespaces" \
	"$refuse" unshare=EPERM --
without ipc-namespaces "Lessons make queues" "$refuse" unshare=EPERM --
without network-namespaces "Lessons use the machine's own" \
	"$refuse" unshare=EPERM --
without io-uring "Programs cannot use io_uring" "$refuse" io_uring_setup=EPERM --
without msg-copy "This kernel does not show the messages" \
	"$refuse" msgrcv=ENOSYS --
if command -v setpriv >which && [ "$(id -u)" = 0 ]; then
	chmod -R a+rwX "$tmp"
	IPCLAB_REAL=$IPCLAB
	cp "$IPCLAB" nobody-ipclab
	IPCLAB=$tmp/nobody-ipclab
	user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	without root "You are not root" "${user[@]}"
	without page-frames "Which physical page" "${user[@]}"
	IPCLAB=$IPCLAB_REAL
fi

make_lesson ipv6
"$IPCLAB" author record "$lesson" >out 2>&1
sed -i 's/"five\\n", 5) != 5/"four", 4) != 4/' "$lesson/one.c"
"$IPCLAB" author verify "$lesson" >out 2>&1
check "the program has changed: verify says that the recording is older" \
	grep -q 'recording of own is older' out
learn "$refuse" ptrace=EPERM --
check "... and it is not shown" grep -q 'of an older version' out
same "... the other one is" 1 "$(times "$label")"
make_lesson ''
sed -i 's/^command: .*/command: ipcrm -q 0/' "$lesson/lesson.md"
"$IPCLAB" author verify "$lesson" >out 2>&1
check "what may remove others' objects must need its own namespace" \
	grep -q 'takes needs: ipc-namespaces' out
make_lesson 'ipv9'
"$IPCLAB" author verify "$lesson" >out 2>&1
same "a need that nobody knows is a fault" 1 $?
check "... and a better word is offered" \
	grep -q 'does not know ipv9; did you mean ipv6' out
# On the screen.
if need tmux "the stage says that it is a recording"; then
	make_lesson ''
	"$IPCLAB" author record "$lesson" >out 2>&1
	screen_start 80 24 IPCLAB_DATADIR="$tmp/data" TMPDIR="$TMPDIR" \
		LANGUAGE=en
	types "'$refuse' ptrace=EPERM -- '$IPCLAB' learn lack" Enter
	check "the lesson says what is missing" \
		waits "This machine lets nobody trace"
	types n
	waits "How much is in the pipe" >seen
	types 1
	check "its experiments say that they are recordings" \
		waits "Enter shows a recording of: ./one"
	types Enter
	check "the stage is labelled" waits "recorded on Linux"
	types n n
	check "n goes on in it" waits "5 of 65536 bytes"
	types 1
	check "nobody can be driven" waits "nobody can be driven"
	types b
	check "b goes back" gone "5 of 65536 bytes"
	types Tab
	check "the claim beside it is told" waits "recorded: it held on Linux"
	screen_stop
fi
check "nothing is left behind" soon silent ls "$TMPDIR"
finish
