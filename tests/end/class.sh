#!/bin/bash
# A class on the screen: the table, its filters, one result whole, and its
# failing run on the stage, recorded in the sandbox.
# shellcheck disable=SC2016 # the other shell expands it
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=screen.sh
. "${0%/*}/screen.sh"
trap 'screen_stop; rm -rf "$tmp"' EXIT

all="a class is shown"
need tmux "$all" || finish
need bwrap "$all" || finish
cd "$tmp" || exit 1
pingpong=$SRCDIR/exercises/pingpong
mkdir tmp class class/{ann,bob,cy}
cp "$pingpong/solutions/good/straight/pingpong.c" class/ann
cp "$pingpong/solutions/bad/both-read/pingpong.c" class/bob
# One that would leave its mark on the machine, and stands still.
sed 's/^main(.*/&/; s/setvbuf(/fclose(fopen("\/var\/tmp\/ipclab-class-mark", "w") ? : stderr); &/' \
	"$pingpong/solutions/bad/both-read/pingpong.c" >class/cy/pingpong.c
if ! HOME=$tmp "$IPCLAB" grade "$pingpong" --class class --results graded \
	>said 2>&1; then
	not_ok "a class is graded" "$(cat said)"
	finish
fi
"$IPCLAB" gradebook import graded >said

seen_after() {
	local text=$1
	shift
	types "$@" && waits "$text"
}
screen_start 80 24 TMPDIR="$tmp/tmp" LANGUAGE=en XDG_CACHE_HOME="$tmp/cache"
check "the class is a table" seen_after "those that count: 3, 1 passed" \
	"\$IPCLAB gradebook open --class class --pack $SRCDIR/exercises" Enter
check "which bug how often stands above it" waits "both-read: "
check "f shows those that did not pass" \
	seen_after "those that did not pass: 2, 0 passed" f
check "... without the others" gone "ann"
check "/ filters by any word" \
	seen_after "those that did not pass / bob: 1" / bob Enter
check "Enter opens one" seen_after "What is wrong: " Enter
check "Enter puts its failing run on the stage" \
	seen_after "recording" Enter
check "nothing runs: it was recorded" seen_after "Deadlock: parent waits" G
check "with the source that was handed in" waits "pingpong.c:45"
check "q leads back" seen_after "What is wrong: " q
check "... and to the table" seen_after "/ bob: 1" q
check "Esc shows all again" \
	seen_after "those that did not pass: 2, 0 passed" Escape
check "another one" seen_after "What is wrong: " G Enter
types Enter
check "... is recorded as well, or that is said" \
	soon sh -c 'tmux -S "$0" capture-pane -p | grep -q "recording\|in the sandbox"' \
	"$tmp/tmux$n_servers"
types q q Q
waits 'ready$' >"$tmp/out"
check "what it did outside its folder it did to nothing" \
	[ ! -e /var/tmp/ipclab-class-mark ]
printf 'int main(void) { return 0; }\n' >class/bob/pingpong.c
seen_after "those that count: 3, 1 passed" \
	"\$IPCLAB gradebook open --class class --pack $SRCDIR/exercises" Enter \
	>"$tmp/out"
check "what is not what was graded is not shown as it" \
	seen_after "is not what was graded" / bob Enter Enter Enter
types Q
waits 'ready$' >"$tmp/out"
check "no folder is left" soon silent ls "$tmp/tmp"
check "no process is left" soon silent pgrep -f "$tmp/tmp/"
screen_stop
check "without a terminal the class is a list" \
	grep -q "bob .*deadlock" <("$IPCLAB" gradebook list)
finish
