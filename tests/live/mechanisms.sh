#!/bin/bash
# What the events of a mechanism add up to, and what the kernel says, is the
# same after every step, in whatever order its processes move.
. "$SRCDIR/tests/tap.sh"

program=$BUILDDIR/tests/live/mechanisms
cd "$tmp" || exit

checked() { # WORD: by the default choice
	timeout 900 "$IPCLAB" trace --private --check --json -o events -- \
		"$program" "$1" </dev/null 2>said
}
told() { # PATTERN: of an event
	grep -qE "$1" events
}

for word in semaphores semaphore named counter lock timer left refused; do
	check "$word: it runs and ends as it should" checked "$word"
	empty "$word: nothing is said against it" "$(cat said)"
	empty "$word: the world and the kernel agree" \
		"$(grep '"what":"differ"' events)"
done

checked semaphores
check "a set of semaphores is an object" \
	told '"what":"object","object":"semaphore set 1"'
check "an operation names its set and what it does" told \
	'"call":"semtimedop".*"sem_op":-1,"sem_flg":"SEM_UNDO".*"object":"semaphore set 1"'
check "that it would sleep is foreseen" told \
	'"what":"point","call":"semtimedop".*"would_block":true'
check "the kernel's values are told" told \
	'"items":\[\{"number":0,"value":0'
checked named
check "a named semaphore has its name" told \
	'"kind":"semaphore","path":"/dev/shm/sem\.'
checked counter
check "a counter's number is told, not its bytes" told \
	'"call":"write".*"object":"eventfd 1".*"value":4'
checked lock
check "a lock is told with its range" told \
	'"l_type":"F_WRLCK","l_whence":"SEEK_SET","l_start":5,"l_len":10'
check "that it would sleep is foreseen, too" told \
	'"what":"point","call":"fcntl".*F_SETLKW.*"would_block":true'
check "the kernel's list of locks is told" told '"data":"POSIX 5-14"'
checked endless
check "timers that ring for ever do not hold the lab up" test $? = 1
check "... which says so, and that nobody will go on" \
	grep -qx 'ipclab: deadlock: A waits for itself' said
check "... once" test "$(grep -c '"what":"note".*timers rang' events)" = 1
checked ring
case $? in
77) skip io-uring "io_uring is seen and named" ;;
*)
	check "io_uring is seen and named" told \
		'"call":"io_uring_enter".*"object":"io_uring 1"'
	check "what cannot be seen is said" told '"what":"note".*io_uring'
	;;
esac
finish
