#!/bin/bash
# An exercise on the screen: from the lesson to full points and a solution; the
# other modes; what is saved elsewhere is checked, too.
# shellcheck disable=SC2016 # the other shell expands it
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=screen.sh
. "${0%/*}/screen.sh"
trap 'screen_stop; rm -rf "$tmp"' EXIT

all="an exercise works in a terminal"
need tmux "$all" || finish
need cc "$all" || finish
if ! "$IPCLAB" watch --plain -- true </dev/null >"$tmp/try" 2>&1; then
	skip ptrace "$all"
	finish
fi

seen_after() {
	local text=$1
	shift
	types "$@" && waits "$text"
}
mkdir "$tmp/tmp"
# An editor that puts the right solution in the file's place.
cat >"$tmp/editor" <<END
#!/bin/sh
cp "$SRCDIR/exercises/pingpong/solutions/good/straight/pingpong.c" "\$2"
END
chmod +x "$tmp/editor"
start() { # COLS ROWS [NAME=VALUE]...
	screen_start "$@" TMPDIR="$tmp/tmp" LANGUAGE=en \
		XDG_DATA_HOME="$tmp/mine" XDG_CACHE_HOME="$tmp/cache" \
		VISUAL="$tmp/editor"
}
mine=$tmp/mine/ipclab/exercises

start 80 24
check "a lesson has its exercises" \
	seen_after "Exercises: Anonymous pipes" '$IPCLAB learn 2' Enter x
check "one is opened by a click" click "Ping-pong over two pipes"
check "its task is read first" waits "Write pingpong PING PONG"
check "nothing is checked yet" waits "not checked yet"
check "Tab shows the conditions" seen_after "once pipe 1 contains" Tab
check "c checks: what it begins with has no points" \
	seen_after " 0 of 10 points" c
check "what hindered it is said" waits "wrong result"
check "t is the first hint" seen_after "1/3 What does each of the two" t
check "Enter puts the failing run on the stage" \
	seen_after "this is the run that fails" Enter
check "q leads back" seen_after " 0 of 10 points" q
check "s shows no solution yet" \
	seen_after "a solution is shown once yours has passed" s
cp "$SRCDIR/exercises/pingpong/solutions/bad/one-pipe/pingpong.c" \
	"$mine/pingpong/pingpong.c"
check "what is saved elsewhere is checked by itself" \
	waits "Both directions share one pipe"
check "e opens the editor, and what it saved is checked" \
	seen_after "10 of 10 points" e
check "then stands there what it was about" seen_after "What this was about" G
check "s shows a solution" seen_after "A solution" s
check "R asks, and puts back what it began with" \
	seen_after " 0 of 10 points" R y Enter
check "the learner's own is kept" \
	cmp "$SRCDIR/exercises/pingpong/solutions/good/straight/pingpong.c" \
	"$mine/pingpong/pingpong.c.before"
check "q leads to the list, where it counts as passed" \
	seen_after "passed" q
check "... and to the lesson" seen_after "introduction" q
types Q
waits 'ready$' >"$tmp/out"

check "a question" \
	seen_after "say what will happen" '$IPCLAB exercise open full-pipe' Enter
check "... is answered by its number" seen_after " 2 of 10 points" 3
check "it stands in the file" grep -qx '[a-z-]*: 3' "$mine/full-pipe/answers.yaml"
types Q
waits 'ready$' >"$tmp/out"

check "a program is put on the stage to be broken" \
	seen_after "you decide who goes" \
	'$IPCLAB exercise open lost-update-break' Enter o
# The first reads; the second counts to its end; the first goes on.
check "what was chosen there is handed in" \
	seen_after "0 of 1 point" n n n q
types Q
waits 'ready$' >"$tmp/out"

start 120 40 LANGUAGE=zh_CN LC_ALL=zh_CN.UTF-8
check "a wide screen shows task and work side by side, in Chinese too" \
	seen_after "pingpong.c" '$IPCLAB exercise open pingpong' Enter
check "its points are known from before" waits "10"
types Q
check "no program is left" soon silent pgrep -f "$tmp/tmp/ipclab"
check "no folder is left" soon silent ls "$tmp/tmp"
finish
