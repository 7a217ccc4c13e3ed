#!/bin/bash
# However the lab ends, the terminal is as it was, and nobody is left behind.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=screen.sh
. "${0%/*}/screen.sh"
trap 'screen_stop; rm -rf "$tmp"' EXIT

all="the terminal is given back"
need tmux "$all" || finish
if ! "$IPCLAB" watch --plain -- true </dev/null >"$tmp/try" 2>&1; then
	skip ptrace "$all"
	finish
fi

# The lab, begun by the shell in the pane, which wrote down its process.
lab() { cat "$tmp/pid"; }
is_gone() { ! kill -0 "$1" 2>"$tmp/ignored"; }
# Processes of the subject: their command lines have the mark of this test.
left() { pgrep -f "^(sh -c |)sleep 98.${tmp##*-}" >"$tmp/left"; }
nobody_left() { ! left; }

screen_start 80 24
types "stty -a >before" Enter
# Each ends as the shell's word for its end says.
while read -r signal word message; do
	types "clear; (echo \$BASHPID >pid; exec \$IPCLAB watch -- \
sh -c 'sleep 98.${tmp##*-}; true'); echo status=\$? >status" Enter
	waits "you decide" >"$tmp/ignored"
	rm -f "$tmp/status"
	kill "-$signal" "$(lab)"
	check "SIG$signal: the shell is told the true end" \
		soon grep -qxsF "$word" "$tmp/status"
	check "SIG$signal: the terminal's own screen is back" soon on_lab 0
	[ -z "$message" ] ||
		check "SIG$signal: and what happened is said" waits "$message"
	types "stty -a >after; echo modes=\$?" Enter
	waits "modes=0" >"$tmp/ignored"
	check "SIG$signal: its modes are what they were" \
		cmp "$tmp/before" "$tmp/after"
	check "SIG$signal: the subject is gone" soon nobody_left
done <<-END
	SEGV status=139 a fault of the lab itself (SIGSEGV)
	TERM status=143 ended by SIGTERM
	HUP status=129 ended by SIGHUP
	ABRT status=134 a fault of the lab itself (SIGABRT)
	KILL status=137
END

# The tracer alone is killed: the lab stays, and says so.
types "clear; (echo \$BASHPID >pid; exec \$IPCLAB watch -- \
sh -c 'sleep 98.${tmp##*-}; true'); echo status=\$?" Enter
waits "you decide" >"$tmp/ignored"
kill -KILL "$(pgrep -P "$(lab)" -x ipclab)"
check "the tracer killed: the lab says so" waits "the tracer is gone"
check "the tracer killed: the subject is gone" soon nobody_left
types q
check "the tracer killed: it counts as a fault of the lab" waits status=70
finish
