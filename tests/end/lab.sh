#!/bin/bash
# The lab in a real terminal: home, a lesson, its questions, claims that the
# kernel confirms, an experiment on the embedded stage, progress.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=screen.sh
. "${0%/*}/screen.sh"
trap 'screen_stop; rm -rf "$tmp"' EXIT

all="a lesson works in a terminal"
need tmux "$all" || finish
need cc "$all" || finish
if ! "$IPCLAB" watch --plain -- true </dev/null >"$tmp/try" 2>&1; then
	skip ptrace "$all"
	finish
fi

# seen_after TEXT KEY...: the text comes after these keys.
seen_after() {
	local text=$1
	shift
	types "$@" && waits "$text"
}

no_subjects() { ! pgrep -f "$tmp/tmp/ipclab" >"$tmp/found"; }

start() { # COLS ROWS [NAME=VALUE]...
	screen_start "$@" IPCLAB_LESSONS="$SRCDIR/tests/end/lessons" \
		IPCLAB_DATADIR="$tmp/data" TMPDIR="$tmp/tmp" LANGUAGE=en
}
mkdir "$tmp/tmp"

start 80 24
check "ipclab opens the lab" seen_after "Choose a lesson" '$IPCLAB' Enter
check "? lists the keys of this screen" seen_after "Keys: the list" '?'
check "q closes them" seen_after "Choose a lesson" q
check "/ finds lessons by a word" \
	seen_after 'Found with "reader": 1' / reader Enter
check "Esc shows all" seen_after "Choose a lesson" Escape
click "Bytes in a pipe"
check "a click opens the lesson" waits "introduction"
types q
waits "Continue where" >"$tmp/out"
types j
check "Enter opens it, too" seen_after "introduction" Enter
check "n goes on to its first step" seen_after "step 1 of 3" n
check "what follows the question is not shown" lacks "waits in the pipe"
check "n does not pass the question" \
	seen_after "the question comes first" n
check "an answer that is wrong is explained" \
	seen_after "A pipe loses nothing" 2
check "another may be chosen" seen_after "Yes: the kernel keeps it" 1
check "the claim is ticked when the kernel has confirmed it" \
	waits "[✓] A line that was written waits in the pipe"
check "and what was seen is said" \
	waits "seen: writer has called write 1 time; pipe 1 holds 6"
check "the next step has an experiment" seen_after "Enter puts on the stage" n
check "its claims are ticked, too" waits "[✓] A real pipeline does the same"
check "Enter puts it on the stage" seen_after "1 writer" Enter
check "with its source beside it" waits "if (pipe(fd) < 0)"
check "n makes a step" seen_after "pipe 1" n n
check "the learner is told what is to be done" \
	waits "Let the writer go until"
check "u runs until the line is in the pipe" \
	seen_after "You have reached it" u "pipe 1 holds 6 bytes" Enter
check "the goal is ticked" waits "[✓] The line is in the pipe"
check "w writes the schedule" \
	seen_after "the schedule is in turn.schedule" w C-u turn.schedule Enter
check "Tab leads back to the text" seen_after "n go on" Tab
check "... and to the stage again" seen_after "n next" Tab
check "q leads to the text as well" seen_after "n go on" q
check "the last step" seen_after "the end of the lesson" n
check "q leads to the list, where the lesson is done" seen_after "done" q
check "the lesson can be continued" \
	waits "Continue where you left off: Bytes in a pipe > 3 In short"
check "Q leaves the lab" seen_after 'ready$' Q

replays() {
	IPCLAB_LESSONS=$SRCDIR/tests/end/lessons TMPDIR=$tmp/tmp LC_ALL=C \
		"$IPCLAB" replay --plain "$tmp/turn.schedule" >"$tmp/out" \
		< <(printf 'n\nn\nn\nn\n') &&
		grep -q '^pipe 1 holds 6 bytes' "$tmp/out"
}
check "a schedule of a lesson is run again, on new ground" replays
check "a lesson opens by its name, where the learner left it" \
	seen_after "step 3 of 3" '$IPCLAB learn byt' Enter
check "p goes back" seen_after "Your turn" p
check "what was reached is still ticked" waits "[✓] The line is in the pipe"
check "the step before is remembered with its answer" \
	seen_after "Yes: the kernel keeps it" p
types Q
waits 'ready$' >"$tmp/out"

tm resize-window -x 120 -y 40
seen_after "step 1 of 3" \
	'EDITOR="sed -i s/hello/HELLO/" $IPCLAB learn bytes' Enter >"$tmp/out"
types n
check "on a wide screen the stage stands beside the text" \
	seen_after "│┌" Enter
waits "writer would make a pipe" >"$tmp/out"
check "e edits the program and runs it again" \
	seen_after "compiled; the program runs again" e
check "... and is held at its beginning" waits "writer would make a pipe"
check "the edited program runs" \
	seen_after "reader │ HELLO" u 'reader has exited' Enter
check "the lab that is killed" seen_after "Killed" \
	C-z 'kill -KILL $(jobs -p); fg' Enter
check "leaves no subject behind" soon no_subjects

tm resize-window -x 80 -y 24
check "where no progress can be kept the learner is told once" \
	seen_after "your progress is not kept" \
	'XDG_STATE_HOME=/dev/null $IPCLAB' Enter
check "and the lab works" seen_after "introduction" Enter
types Q
waits 'ready$' >"$tmp/out"
check "the lesson in Chinese" seen_after "管道里的字节" \
	'LANGUAGE=zh_CN $IPCLAB learn 1' Enter
types Q
waits 'ready$' >"$tmp/out"
check "a terminal that cannot draw gets plain text" \
	seen_after "ipclab learn LESSON --plain" 'TERM=dumb $IPCLAB' Enter
finish
