#!/bin/bash
# A run that was lent its server's memory (tracer/lend.h) finds it as a new
# process does, whatever the runs before it have done to it.
# shellcheck source=../tap.sh
. "$SRCDIR/tests/tap.sh"
cd "$tmp" || exit 1
export HOME=$tmp
unset LEFT

"$IPCLAB" cc -w -pthread -o dirty "$SRCDIR/tests/live/cc/dirty.c" 2>err ||
	not_ok "it compiles" "$(cat err)"
"$IPCLAB" explore --json --allow-leaks --allow-races --budget 60 -- ./dirty \
	>out 2>err
status=$?
if [ ! -s out ]; then
	skip ptrace "no run finds what others left"
	finish
fi
same "no run finds what others left" 0 "$status"
check "... of several" grep -Eq '"runs": ([2-9]|[1-9][0-9])' out
check "... and the same choices print the same" \
	grep -q '"difference": null' out
finish
