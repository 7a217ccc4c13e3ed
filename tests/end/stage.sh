#!/bin/bash
# The stage in a real terminal: keys in, screen out.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=screen.sh
. "${0%/*}/screen.sh"
trap 'screen_stop; rm -rf "$tmp"' EXIT

all="the stage works in a terminal"
need tmux "$all" || finish
need cc "$all" || finish
cc -g -O0 -o "$tmp/fill" "$SRCDIR/tests/screen/fill.c" || finish
cp "$SRCDIR/tests/screen/fill.c" "$tmp"
if ! "$IPCLAB" watch --plain -- true </dev/null >"$tmp/try" 2>&1; then
	skip ptrace "$all"
	finish
fi

seen_after() { # TEXT KEY...: the text comes after these keys
	local text=$1
	shift
	types "$@" && waits "$text"
}

watch='$IPCLAB watch --cast A=writer,A.1=reader -- ./fill'

screen_start 80 24
check "watch puts a program on the stage" seen_after "you decide" "$watch" Enter
check "its source stands beside it" waits "if (pipe(fd) < 0)"
check "n makes a step" seen_after "step 1 " n
check "the pipe appears" waits "pipe 1"
check "a condition with an error is answered at its column" \
	seen_after "column 11: found 'fll'" u "pipe 1 is fll" Enter
check "Esc closes the prompt" seen_after "n next" Escape
check "u runs until a condition holds" \
	seen_after "FULL" u "pipe 1 is full" Enter
check "one who would wait can be chosen, and sleeps" \
	seen_after "BLOCKED in write" 1
check "the sentence says why" waits "writer waits: pipe 1 has no room"
check "one who sleeps cannot be chosen: the same sentence says why" \
	seen_after "takes some out" 1
check "the other one goes" seen_after "1 write end open (writer)" 2
check "b goes back" seen_after "step 8 of 9" b
check "End goes to the last known step" seen_after "step 9 " End
check "Left selects an operation" seen_after "[close]" Left
check "what it returned is said" waits "close(fd=4) = 0"
check "/ searches in the events, by the kernel's name of a call" \
	seen_after "[pipe]" / pipe2 Enter
check "... or by the one that programs use" seen_after "[fork]" / fork Enter
check "Esc follows the end again" seen_after "next:" Escape
check "w writes the schedule" \
	seen_after "the schedule is in one.schedule" w C-u one.schedule Enter
check "a word of no command is answered with the nearest" \
	seen_after "did you mean back" : bakc Enter
check "Tab completes" seen_after "until pipe 1" C-u "unt" Tab "pi" Tab Tab
types Escape
check "? lists the keys" seen_after "One step back" '?'
check "Esc closes the list" gone "nothing" && check "the stage is back" \
	seen_after "you decide" Escape
check "a signal can be sent" seen_after "step 10 " \
	s C-u "reader SIGTERM" Enter
check "and ends the one who gets it" seen_after "ended by SIGTERM" 2
check "q closes the stage" seen_after 'ready$' q
check "the terminal's own screen is back" soon on_lab 0
types C-l "clear" Enter

# ---- the schedule runs again ----
check "the schedule leads to the same step" \
	seen_after "step 0 of 9" 'clear; $IPCLAB replay one.schedule' Enter
check "all its steps are made again" seen_after "1 write end open (writer)" G
check "and nothing came out differently" waits "next:"
types q
waits 'ready$' >"$tmp/ignored"

# ---- size ----
types "clear; $watch" Enter
waits "you decide" >"$tmp/ignored"
tm resize-window -x 120 -y 40
check "a larger window shows more" waits "w write"
tm resize-window -x 40 -y 10
check "40x10 is usable" waits "▶1 writer"
tm resize-window -x 20 -y 5
check "20x5 says so" waits "too small"
check "... and what is needed, to the end" waits "least"
tm resize-window -x 80 -y 24
check "and back" waits "s signal"

# ---- ^Z and fg ----
check "^Z gives the shell" seen_after "Stopped" C-z
check "on its own screen" soon on_lab 0
check "fg brings the stage back" seen_after "you decide" "clear; fg" Enter
check "which goes on" seen_after "step 1 " n
check "what is typed ahead is all done, in its order" \
	seen_after "step 2 of 4" n n n : "back 2" Enter

# ---- the program's own terminal ----
types q
waits 'ready$' >"$tmp/ignored"
cat >"$tmp/ask.sh" <<'END'
printf 'name? '
read -r n
echo "hello $n"
END
types 'clear; $IPCLAB watch --free -- sh ask.sh' Enter
check "what the program prints is shown" waits "name?"
check "with who wrote it" waits "A    │ name?"
check "i types to it" seen_after "you type to the program" i
check "and it answers" seen_after "hello ann" ann Enter
check "Esc Esc ends typing" seen_after "n next" Escape Escape
check "the program has ended" waits "has ended with status 0"
check "its status is the lab's" seen_after "status=0" q "echo status=\$?" Enter
types 'clear; $IPCLAB watch -- sh -c "exit 7"' Enter
waits "you decide" >"$tmp/ignored"
check "r runs it to its end" seen_after "ended with status 7" r
check "and 7 is passed on" seen_after "status=7" q "echo status=\$?" Enter
screen_stop

# ---- ASCII, no colours, another language ----
screen_start 80 24 LC_ALL=C NO_COLOR=1
types "$watch" Enter
check "ASCII where the locale has no more" waits "+>1 writer"
no_colours() { ! tm capture-pane -p -e | grep -q $'\033\[[0-9;]*3[0-7]m'; }
check "no colour with NO_COLOR" no_colours
types q
screen_stop
screen_start 80 24
types '$IPCLAB --lang zh_CN watch -- ./fill' Enter
check "Chinese" waits "由你决定"
types q
screen_stop

# ---- the search ----
cat >"$tmp/order.c" <<'END'
/* Two write, and the parent relies on who is first.  */
#include <assert.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(void)
{
	char first = 0;
	int ends[2], rc = pipe(ends);

	for (int i = 0; i < 2; i++)
		if (fork() == 0)
			return write(ends[1], &"ab"[i], 1) != 1;
	while (wait(0) > 0)
		;
	assert(rc == 0 && read(ends[0], &first, 1) == 1);
	assert(first == 'a');
}
END
cat >"$tmp/chatter.c" <<'END'
/* Two that have much to say: more orders than anybody tries.  */
#include <sys/wait.h>
#include <unistd.h>

int
main(void)
{
	int ends[2], rc = pipe(ends);

	for (int i = 0; i < 2; i++)
		if (fork() == 0) {
			for (int k = 0; k < 12; k++)
				rc |= write(ends[1], "x", 1) != 1;
			return rc;
		}
	while (wait(0) > 0)
		;
	return rc;
}
END
for p in order chatter; do
	cc -g -O0 -o "$tmp/$p" "$tmp/$p.c" || finish
done
screen_start 80 24
seen_after "you decide" '$IPCLAB watch -- ./order' Enter >"$tmp/ignored"
check "x searches for a run that fails" \
	seen_after "A failure was found: Enter puts it on the stage" x
check "... and says which assertion failed" \
	waits "the assertion \"first == 'a'\""
check "Enter opens it" seen_after "this is the run that fails (crash)" Enter
check "... and it is the one" seen_after "ended by SIGABRT" G
seen_after "A failure was found" x >"$tmp/ignored"
check "a key waits for the program to stand at its beginning" \
	seen_after "ended by SIGABRT" Enter G
types q
screen_stop
screen_start 80 24
seen_after "you decide" '$IPCLAB watch -- ./chatter' Enter >"$tmp/ignored"
check "a search says how far it is" seen_after "more, " x
check "^C ends it, and what it covered is shown" \
	seen_after "No failure in the runs that were made" C-c
check "q goes back to the stage" seen_after "you decide" q
types q
screen_stop

# ---- the mouse ----
screen_start 80 24
seen_after "you decide" "$watch" Enter >"$tmp/ignored"
click "next"
check "a click on a key of the bottom line presses it" waits "step 1 "
types u "pipe 1 is full" Enter
check "... not while a prompt is there" waits "FULL"
click "fork"
check "a click on the time line selects the operation" waits "[fork]"
click "2 reader"
check "a click on an actor chooses it" waits "▶2 reader"
click "1 writer"
check "... or the other one" waits "▶1 writer"
click "help"
check "a click opens the list of keys" waits "One step back"
click "close"
check "and closes it" waits "you decide"
types q
screen_stop

# ---- e, and what makes the program ----
cp "$tmp/fill.c" "$tmp/made.c"
made='$IPCLAB watch --build "cc -g -O0 -o made made.c" -- ./made'
screen_start 80 24 'EDITOR=sed -i s/bytes.read/bytes-eaten/'
check "--build makes the program before the start" \
	seen_after "you decide" "$made" Enter
types n
check "e makes it anew" seen_after "compiled; the program runs again" e
check "and the new one runs" \
	seen_after "bytes-eaten" u "output contains \"eaten\"" Enter
types q
screen_stop
screen_start 80 24 'EDITOR=sed -i s/return.1/return-x/'
seen_after "you decide" "$made" Enter >"$tmp/ignored"
seen_after "step 1 " n >"$tmp/ignored"
check "what does not compile is shown" \
	seen_after "Enter goes back to the stage" e
check "with all that the compiler says" waits "error:"
check "Enter goes back" seen_after "has failed with status 1" Enter
check "to the run as it was" seen_after "step 2 " n
types q
screen_stop
cp "$tmp/fill.c" "$tmp/made.c"
screen_start 80 24 'EDITOR=sed -i s/bytes.read/bytes-eaten/'
seen_after "you decide" '$IPCLAB watch -- ./made' Enter >"$tmp/ignored"
check "without --build e says who builds" \
	seen_after "build it yourself" e
types q
screen_stop

# ---- no terminal ----
check "a build that fails is told, and nothing is started" \
	grep -qF 'ipclab: --build: "exit 3" has failed with status 3' \
	<("$IPCLAB" watch --build "exit 3" -- touch "$tmp/started" 2>&1)
check "indeed nothing" test ! -e "$tmp/started"
plain() { "$IPCLAB" watch -- ./fill </dev/null 2>&1; }
cd "$tmp" || exit 1
check "without a terminal it is text" grep -q "Who goes" <(plain)
check "who made an actor is called by the role" grep -qF \
	"reader starts, made by writer" <("$IPCLAB" watch --plain \
		--cast A=writer,A.1=reader -- ./fill </dev/null 2>&1)
same "and runs to the end" 24 "$(plain | grep -c '^output: ')"
lacks_text() { ! grep -q "$1" "$tmp/text"; }
keys() { # KEYS COMMAND...: one key a line
	local lines=$1
	shift
	printf '%b' "$lines" | "$IPCLAB" "$@" >"$tmp/text" 2>&1
}
keys 'n\n' watch --plain -- sleep 5
check "one who sleeps alone is explained" \
	grep -q '^   A sleeps until 5' "$tmp/text"
check "what comes after a choice begins on a line of its own" \
	grep -q '^  A waits in clock_nanosleep' "$tmp/text"
echo one >"$tmp/what"
keys '' watch --plain --schedule two.schedule -- cat "$tmp/what"
keys '' replay --plain two.schedule
check "a schedule that goes the same way is not remarked upon" \
	lacks_text "another way"
echo three >"$tmp/what"
keys '' replay --plain two.schedule
check "without a screen, too, it is told what went another way" \
	grep -q "^step [0-9]* went another way.*read = 4.*read = 6" "$tmp/text"
finish
