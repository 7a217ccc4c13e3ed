#!/bin/bash
# Signals: after each event the world and the kernel agree on what waits, is
# blocked, caught and ignored; and the one that waits can be delivered before
# the call, which is how a wake-up is lost.
# shellcheck source=../tap.sh
. "$SRCDIR/tests/tap.sh"

program=$BUILDDIR/tests/live/signals
cd "$tmp" || exit 1

for way in coalesce queue take descriptor pidfd threads timers once suspend \
	stop exec group jump; do
	if timeout 900 "$IPCLAB" trace --check -- "$program" $way >out 2>&1
	then
		ok "$way: world and kernel agree"
	else
		not_ok "$way: world and kernel agree" "$(tail -n 3 out)"
	fi
done

if timeout 900 "$IPCLAB" trace --driven --until 'A is in a handler and
	SIGUSR1 was delivered to A 3 times' -- "$program" jump >out 2>&1 &&
	! timeout 900 "$IPCLAB" trace --driven --until 'A is in a handler and
	A is at exit' -- "$program" jump >>out 2>&1; then
	ok 'a handler that is left by siglongjmp is over'
else
	not_ok 'a handler that is left by siglongjmp is over' "$(tail -n 5 out)"
fi

# Held before pause, the test done: the signal comes first, and then it waits.
printf '%s\n' 1 1 2 'deliver A SIGUSR1' 1 2 >choices
timeout 900 "$IPCLAB" watch --plain --schedule lost.schedule -- \
	"$program" lost <choices >out 2>&1
if grep -q '^Deadlock: A waits for a signal that nobody will send' out; then
	ok 'a signal between test and pause is lost'
else
	not_ok 'a signal between test and pause is lost' "$(tail -n 9 out)"
fi
printf '%s\n' n n n n n n >choices
timeout 900 "$IPCLAB" replay --plain lost.schedule <choices >again 2>&1
if grep -q '^deliver A SIGUSR1' lost.schedule && grep -q '^Deadlock' again; then
	ok 'the schedule gives the same again'
else
	not_ok 'the schedule gives the same again' "$(tail -n 5 again)"
fi

# Not delivered, it breaks off the sleep.
printf '%s\n' 1 1 2 1 2 1 1 1 >choices
timeout 900 "$IPCLAB" watch --plain -- "$program" lost <choices >out 2>&1
if [ $? -eq 0 ] && grep -q 'pause() = -1 EINTR' out; then
	ok 'the same signal during pause wakes'
else
	not_ok 'the same signal during pause wakes' "$(tail -n 9 out)"
fi

# One that is blocked cannot be delivered, and it says why.
printf '%s\n' 1 1 1 2 'deliver A SIGUSR1' 'deliver A SIGUSR2' >choices
timeout 900 "$IPCLAB" watch --plain -- "$program" suspend <choices >out 2>&1
if grep -q 'SIGUSR1 waits for A, but is blocked there' out &&
	grep -q 'no SIGUSR2 waits for A' out; then
	ok 'what is blocked or does not wait is not delivered'
else
	not_ok 'what is blocked or does not wait is not delivered' \
		"$(tail -n 9 out)"
fi
finish
