#!/bin/bash
# Where a failure comes of a sleep in place of waiting, that is told, and for
# what it should have waited; of no other failure it is told.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=judge.sh
. "$SRCDIR/tests/explore/judge.sh"

if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "programs are searched"
	finish
fi
export XDG_CACHE_HOME=$tmp/cache LC_ALL=C
cd "$tmp" || exit 1
mkdir built runs

search() {
	compile_one "process/$1" bad && search_one "process/$1" bad 1 300 "$1"
}

# at PROGRAM TEXT: the place where that stands, once.
at() {
	local file=$1_bad.c
	echo "$file:$(grep -nF "$2" "$SRCDIR/tests/explore/process/$file" |
		cut -d: -f1)"
}

# told_as_sleep PROGRAM SLEEPER ITS-LINE OTHER ITS-LINE
told_as_sleep() {
	local from for
	search "$1"
	from=$(at "$1" "$3") for=$(at "$1" "$5")
	field "$1" .message | grep -qF "; $2 sleeps at $from in place of\
 waiting for what $4 does at $for" &&
		grep -qF "\"source\": \"$from\"" "runs/$1/json" &&
		grep -qF "\"waits_for\": \"$4 at $for\"" "runs/$1/json" &&
		return
	cat "runs/$1/json" "runs/$1/err"
	return 1
}
check "before a file is there" \
	told_as_sleep sleep_reader A 'sleep(1)' A.1 'write(fd'
check "before a server is up" \
	told_as_sleep sleep_start A 'usleep(' A.1 'listen(fd'
check "before a letter is there" \
	told_as_sleep sleep_sync A 'usleep(' A.1 'mq_send('
check "before memory is written" \
	told_as_sleep property A.2 'usleep(' A.1 'strcpy(property'

check "before another who sleeps, too, is done" \
	told_as_sleep sleep_longer A 'usleep(2000000' A.1 '__atomic_store_n('

check "... where nobody but a data race shows it" \
	told_as_sleep sleep_race A.2 'usleep(' A.1 'shared->value = 1'

check "... where it is an alarm that ends it" \
	told_as_sleep sleep_alarm A 'pause(' A.1 'close(open('

no_sleep() {
	search "$1"
	[ "$(cat "runs/$1/status") $(field "$1" .sleep)" = "1 null" ] ||
		{ cat "runs/$1/json" "runs/$1/err"; false; }
}
check "a sleep that stands for work is none" no_sleep sleep_work
check "... nor one before what may be done in either order" \
	no_sleep sleep_count
check "neither is there one where nobody sleeps" no_sleep append
check "... nor is a limit of time one" no_sleep sleep_limit

# Nobody is sure to come last because the clock would have it so: the search
# alone finds who wakes first, and has all orders of those that are right.
orders() { # NAME KIND STATUS COMPLETE
	compile_one "process/$1" "$2" &&
		search_one "process/$1" "$2" 1 300 "$1.$2" --strategy dpor
	[ "$(cat "runs/$1.$2/status") $(field "$1.$2" complete)" = "$3 $4" ] ||
		{ cat "runs/$1.$2/json" "runs/$1.$2/err"; false; }
}
for name in sleep_longer sleep_limit; do
	check "$name: who would sleep longer comes first, too" \
		orders $name bad 1 false
	check "... and where that does no harm nothing is said" \
		orders $name ok 0 true
done
finish
