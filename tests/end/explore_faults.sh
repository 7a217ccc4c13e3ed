#!/bin/bash
# ipclab explore with programs that are not as they should be (hostile.c), with
# input that is not as it should be, and ended at any time.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=../live/living.sh
. "$SRCDIR/tests/live/living.sh"
export XDG_CACHE_HOME=$tmp/cache LC_ALL=C
mark=hostile-$$

if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "programs are explored"
	finish
fi
chmod 755 "$tmp"
mkdir "$tmp/work" "$tmp/temporary" "$tmp/outside"
export TMPDIR=$tmp/temporary
cd "$tmp/work" || exit 1
${CC:-cc} -g -O0 -pthread -o hostile "$SRCDIR/tests/end/hostile.c" || exit 1

# explore STATUS ARGUMENT...: it ends with this status; its text is in out.
explore() {
	local wanted=$1 status
	shift
	timeout 900 "$IPCLAB" explore --jobs 1 "$@" >../out 2>../err </dev/null
	status=$?
	[ "$status" -eq "$wanted" ] || {
		echo "status $status, not $wanted"
		cat ../out ../err
		return 1
	}
}
# goes STATUS NAME TEXT: this one of hostile.c, and its text has this one.
goes() {
	explore "$1" --budget "${4-4}" -- ./hostile "$2" && says "$3"
}
says() { grep -qF -- "$1" ../out || { cat ../out; return 1; }; }
complains() {
	grep -qF -- "$1" ../err && [ "$(wc -l <../err)" -eq 1 ] ||
		{ cat ../err; return 1; }
}
refused() { # TEXT ARGUMENT...
	explore 2 "${@:2}" && complains "$1"
}

# ---- without end ----
check "steps without end are cut off" goes 4 steps "after 10000 steps" 1

check "forks without end that execute are cut off" \
	goes 4 execs "more than 500" 1
check "memory without end is cut off" goes 4 allocates "of memory" 1
available=$(awk '$1 == "MemAvailable:" { print $2 }' /proc/meminfo)
if [ "$available" -gt $((4 << 20)) ]; then
	check "memory of many is cut off" goes 4 allocates_many "together" 1
else
	skip "4 GiB of memory" "memory of many is cut off"
fi
check "output without end is cut off" goes 4 prints "it printed more than" 1
check "a file without end is cut off" \
	goes 4 writes "wrote more than 256 MiB to a file" 1
check "descriptors have an end" \
	eval '(ulimit -n 100 && explore 0 --status 24 --allow-leaks -- ./hostile opens)'
check "... and the place that never closes them is told" \
	eval '(ulimit -n 100 && goes 1 opens "one after the other at hostile.c:")'
check "a loop without a point is told with its line" \
	goes 1 rounds_two "cpu-limit: A.1 goes round without a point at " 1
check "... in its source" says "hostile.c:"

# ---- not under control ----
export OUTSIDE=$tmp/outside/file
check "a file outside that grows is named" \
	goes 3 outside "Not under control: the same choices gave two" 40
check "... with the first difference" says "and once A: write"
check "... whatever the budget" \
	goes 3 outside "Not under control: the same choices gave two" 3
check "what is asked for through a ring is named" goes 4 uring "io_uring"
check "sleep without an end is a deadlock" goes 1 sleeps "deadlock: "

# ---- of all kinds ----
for status in 0 1 2 126 127 128 255; do
	check "exit status $status is one" \
		explore 0 --status $status -- ./hostile $status
done
check "200 threads are followed" explore 4 --budget 1 -- ./hostile threads
check "who kills its parent kills nobody else" goes 0 kills_parent "No failure"
check "who kills everybody kills nobody else" goes 0 kills_all "No failure"
check "limits of its own are its own" goes 1 limits "leak: "
check "a daemon does not get away" goes 1 daemonises "deadlock: "
check "who ignores signals is ended" goes 1 ignores "deadlock: "
check "who closes everything is followed" goes 0 closes "No failure"
check "input is empty" explore 0 --status 0 -- ./hostile reads
check "there is no terminal" explore 0 --status 3 -- ./hostile terminal
check "who stops is waited for and continued" \
	explore 0 --status 0 -- ./hostile stops_child
check "who unmaps everything crashes" goes 1 unmaps "SIGSEGV"
check "a crash is a crash" goes 1 core "SIGABRT"
empty "... that leaves no core file" "$(ls -- *core* 2>../need)"
if ${CC:-cc} -static -o still "$SRCDIR/tests/end/hostile.c" 2>../need; then
	check "a static program is explored" explore 0 --status 7 -- ./still 7
else
	skip libc.a "a static program is explored"
fi
empty "nobody of them is left" "$(living "$tmp/work/hostile")"

# ---- what is no program ----
cp hostile plain && chmod -x plain
printf '#!%s/nowhere\n' "$tmp" >script
printf 'nothing\n' >text
printf '\177ELF\2\1\1 and no more' >elf
chmod +x script text elf
check "a folder is no program" refused "not a program" -- "$tmp"
check "nor is a file without the bit" refused "not a program" -- ./plain
check "nor what is not there" refused "there is no program" -- ./nowhere
check "nor what has no name" refused "no command" -- ''
for file in script text elf; do
	check "$file cannot be executed" explore 3 -- ./$file
	check "... which is told" complains "cannot be executed"
	check "... and nothing is claimed" eval '! says "No failure"'
done
if [ "$(id -u)" -eq 0 ]; then
	cp hostile gains && chown 65534 gains && chmod u+s gains
	check "a setuid program is refused" refused "setuid" -- ./gains
else
	skip root "a setuid program is refused"
fi

# ---- the command line ----
refuses() { # OPTION VALUE
	check "$1 $2 is refused" refused "${1#--}" "$1" "$2" -- ./hostile 0
}
refuses --budget 0
refuses --budget -1
refuses --budget 99999999999999999999
refuses --seconds 0
refuses --jobs 0
refuses --jobs 1000
refuses --seed luck
refuses --status 256
refuses --preemptions -1
refuses --rule "a rule"
check "an output that is not there is refused" \
	refused "nowhere" --output ../nowhere -- ./hostile 0
check "a rule that does not parse is refused" \
	refused "" --rule 'never pipe' -- ./hostile 0
check "a budget of one is one run" explore 4 --json --budget 1 -- ./hostile 0
check "... to the run" says '"runs": 1'
check "the largest numbers are numbers" \
	explore 0 --budget 9223372036854775807 --seconds 9223372036854775807 \
		--seed 9223372036854775807 -- ./hostile 0
check "seconds end it" explore 4 --seconds 1 --budget 1000000000 \
	--strategy random -- ./hostile steps
check "... and what was covered is told" test -s ../out

# ---- schedules ----
unkept() {
	explore 70 --status 1 --save "$1" -- ./hostile 0 && says "wrong: " &&
		complains "cannot"
}
check "a schedule that cannot be kept is told, and the failure too" \
	unkept "$tmp/nowhere/x"
check "... likewise where nothing can be written" unkept /proc/none
explore 1 --status 1 --save ../kept -- ./hostile stops_child
replay() { # STATUS TEXT FILE
	"$IPCLAB" replay --plain "$3" </dev/null >../out 2>&1
	[ $? -eq "$1" ] && says "$2"
}
check "a schedule of the same program is followed" \
	replay 0 "ended" ../kept
${CC:-cc} -o hostile -x c - <<<'int main(void) { return 0; }'
check "one of a program that has changed is told so" \
	replay 1 "the schedule has" ../kept
head -c 40 ../kept >../cut
sed 's/schedule 1/schedule 9/' ../kept >../new
sed '$s/.*/A dances/' ../kept >../odd
check "a schedule that is cut short is refused" replay 2 "cut:" ../cut
check "one of another version is refused" replay 2 "version 9" ../new
check "one with another word is refused" replay 2 "no choice" ../odd

# ---- ended at any time ----
${CC:-cc} -g -O0 -pthread -o hostile "$SRCDIR/tests/end/hostile.c"
# end_when MOMENT SIGNAL STATUS: as soon as the command MOMENT succeeds.
end_when() {
	local lab
	"$IPCLAB" explore --json --budget 1000000 --strategy random -- \
		./hostile steps "$mark" >../out 2>../err </dev/null &
	lab=$!
	until "$1" "$lab"; do
		kill -0 "$lab" || return 1
	done
	kill "-$2" "$lab"
	wait "$lab"
	[ $? -eq "$3" ] || { cat ../out ../err; return 1; }
}
has_begun() { kill -0 "$1"; }
has_runner() { pgrep -P "$1" >../pids; }
has_subject() { pgrep -f "^./hostile steps $mark" >../pids; }
for moment in has_runner has_subject; do
	check "SIGINT ends it ($moment)" end_when $moment INT 75
	check "... and what was covered is written" \
		says '"interrupted": true'
	check "SIGTERM ends it ($moment)" end_when $moment TERM 75
	check "... and what was covered is written" \
		says '"interrupted": true'
	check "SIGKILL ends it ($moment)" end_when $moment KILL 137
	check "... and all of it" all_gone "$mark"
done
check "SIGKILL ends it at once" end_when has_begun KILL 137
check "... and all of it" all_gone "$mark"
empty "no folder is left" "$(ls -A "$TMPDIR")"
finish
