#!/bin/bash
# Mechanisms used as nobody should: nothing crashes or hangs, nothing is left,
# and what the events add up to is still what the kernel says.
# shellcheck source=../tap.sh
. "$SRCDIR/tests/tap.sh"

program=$BUILDDIR/tests/live/odd
cd "$tmp" || exit

checked() { # WORD: by the default choice
	timeout 900 "$IPCLAB" trace --private --check --json -o events -- \
		"$program" "$1" </dev/null >/dev/null 2>said
}

for word in operations many-semaphores messages elsewhere posix-messages \
	many-sockets pieces strange-addresses closed pieces-of-memory \
	cut-off many-signals never-returns counters file-locks traced \
	exec-in-thread many-threads; do
	check "$word: it runs and ends as it should" checked "$word"
	empty "$word: the world and the kernel agree" \
		"$(grep -v 'is not known' said)"
done

checked elsewhere
check "what is in another namespace is said to be unknown" \
	grep -q 'another IPC namespace' said
timeout 900 "$IPCLAB" trace --json -o events -- "$program" pieces
check "bad control data is no bad event" \
	grep -q '"call":"sendmsg".*"control":"ADDR"' events
check "a message of 500 pieces has its length" \
	grep -q '"call":"sendmsg".*"msg":{"len":500,.*"bytes":500' events
finish
