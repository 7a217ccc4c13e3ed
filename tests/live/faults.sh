#!/bin/bash
# Programs that behave badly: each is followed, bounded or refused, and what
# was done is said.
# shellcheck source=../tap.sh
. "$SRCDIR/tests/tap.sh"
# shellcheck source=living.sh
. "$SRCDIR/tests/live/living.sh"

subject=$BUILDDIR/tests/live/subject
chmod 755 "$tmp"
cd "$tmp" || exit 1

# status_of COMMAND...: its status; output in $tmp/out, messages in $tmp/err.
status_of() {
	timeout 900 "$@" </dev/null >"$tmp/out" 2>"$tmp/err"
	echo $?
}
said() { # PATTERN: as an error message
	grep -q -- "^ipclab: .*$1" "$tmp/err"
}
noted() { # PATTERN FILE: in a note of the recording
	grep '"what":"note"' "$2" | grep -q -- "$1"
}

# ---- what cannot be run ----

for how in 'trace' 'watch' 'watch --plain' 'trace --driven'; do
	# shellcheck disable=SC2086
	same "$how: a command that does not exist is a usage error" 2 \
		"$(status_of "$IPCLAB" $how -- no-such-command)"
	check "... and is named" said "no-such-command"
done
same "a file that is no program is refused" 2 \
	"$(status_of "$IPCLAB" trace -- "$SRCDIR/COPYING")"
check "... with the way out" said 'chmod +x'

printf '\177ELF\001\001\001\0\0\0\0\0\0\0\0\0' >small
chmod 755 small
for how in 'trace' 'watch --plain'; do
	# shellcheck disable=SC2086
	same "$how: a 32-bit program is refused" 2 \
		"$(status_of "$IPCLAB" $how -- ./small)"
	check "... with the reason" said '32-bit.*other numbers'
done

# A program whose owner is somebody else, and which would become him.
setuid=
if [ "$(id -u)" = 0 ]; then
	cp "$subject" setuid && chown 65534 setuid && chmod 4755 setuid &&
		setuid=$tmp/setuid
elif [ -u /bin/su ]; then
	setuid=/bin/su
fi
if [ -n "$setuid" ]; then
	for how in 'trace' 'watch --plain'; do
		# shellcheck disable=SC2086
		same "$how: a setuid program is refused" 2 \
			"$(status_of "$IPCLAB" $how -- "$setuid" files)"
		check "... with the reason" said 'setuid.*privilege'
	done
	status_of "$IPCLAB" trace -o rec -- sh -c "'$setuid' -h; exit 5" \
		>status
	same "a setuid program that is started later runs" 5 "$(cat status)"
	check "... and a note says that it has no privilege" \
		noted 'setuid.*without that privilege' rec
else
	skip 'a setuid program' "a setuid program is refused"
fi

# A whole program of 32 bits: _exit(0).
elf32() {
	printf '\177ELF\1\1\1\0\0\0\0\0\0\0\0\0\2\0\3\0\1\0\0\0'
	printf '\124\200\4\10\64\0\0\0\0\0\0\0\0\0\0\0\64\0\40\0\1\0'
	printf '\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\200\4\10\0\200\4\10'
	printf '\140\0\0\0\140\0\0\0\5\0\0\0\0\20\0\0'
	printf '\270\1\0\0\0\61\333\315\200\220\220\220'
}
elf32 >exits
chmod 755 exits
if ./exits 2>err; then
	same "a 32-bit program that is started later is ended" 6 \
		"$(status_of "$IPCLAB" trace -o rec -- \
			sh -c './exits || exit 6')"
	check "... and a note says why" noted '32-bit.*was ended' rec
	same "... in a driven run, too" 6 \
		"$(status_of "$IPCLAB" trace --driven -o rec -- \
			sh -c './exits || exit 6')"
	check "... with the note" noted '32-bit.*was ended' rec
else
	skip '32-bit' "a 32-bit program that is started later is ended"
fi

# ---- how it ended is passed on ----

for how in 'trace' 'trace --json' 'trace --driven' 'watch --plain'; do
	# shellcheck disable=SC2086
	same "$how: a program that dies by a signal: 128 and its number" 139 \
		"$(status_of "$IPCLAB" $how -- "$subject" crash)"
	# shellcheck disable=SC2086,SC2016
	same "$how: also when nobody can catch it" 137 \
		"$(status_of "$IPCLAB" $how -- sh -c 'kill -9 $$')"
	# shellcheck disable=SC2086
	same "$how: the program's own status" 7 \
		"$(status_of "$IPCLAB" $how -- sh -c 'exit 7')"
	# shellcheck disable=SC2086
	same "$how: a program that closes all its descriptors" 0 \
		"$(status_of "$IPCLAB" $how -- "$subject" closes)"
done

# ---- without end ----

started() { grep -c '"what":"start"' "$1"; }
for how in '' '--driven'; do
	mark=bomb$$-$how
	# shellcheck disable=SC2086
	same "trace $how: what forks without end is ended" 137 \
		"$(status_of "$IPCLAB" trace $how --max-tasks 40 -o rec -- \
			"$subject" bomb "$mark")"
	same "... as soon as there are too many" 41 "$(started rec)"
	check "... a note says it" noted 'more than 40 processes' rec
	check "... and the lab says it" said 'more than 40 processes'
	check "... nobody is left" all_gone "$mark"
done

# It has a bound when nobody gave one.
same "watch: what forks without end at full speed is ended" 137 \
	"$(status_of "$IPCLAB" watch --plain --free --record rec -- \
		"$subject" bomb "free$$")"
check "... a note says it" noted 'more than 1000 processes' rec
check "... nobody is left" all_gone "free$$"

for how in '' '--driven'; do
	# shellcheck disable=SC2086
	same "trace $how: events without end have a bound" 137 \
		"$(status_of "$IPCLAB" trace $how --max-events 300 -o rec -- \
			"$subject" flood "flood$$")"
	check "... a note says it" noted 'ended after 300 events' rec
	check "... about so many are in the recording" \
		[ "$(wc -l <rec)" -lt 310 ]
	check "... nobody is left" all_gone "flood$$"
done
same "what floods its output is read as far as somebody reads" y \
	"$(timeout 900 "$IPCLAB" trace -o rec -- "$subject" flood "gone$$" \
		</dev/null | head -c 1)"
check "... and ends then, as it would alone" all_gone "gone$$"

# ---- will not end ----

# Signal a lab whose subject ignores it; when, its events say.
trace_until() { # SENTENCE PATTERN SIGNAL COMMAND... MARK
	local sentence=$1 pattern=$2 signal=$3 line seen=
	shift 3
	mkfifo events
	"$IPCLAB" trace --json -- "$@" >events 2>err &
	pid=$!
	exec 8<events
	rm events
	while [ -z "$seen" ] && IFS= read -t 900 -r line <&8; do
		# shellcheck disable=SC2254
		case $line in
		$pattern) seen=yes ;;
		esac
	done
	kill "-$signal" $pid
	exec 8<&-
	wait $pid 2>err
	same "$sentence" yes "$seen$(all_gone "${!#}")"
}
deaf="trap '' TERM HUP INT; exec '$subject' spin"
trace_until "a program that ignores SIGTERM ends with the lab that got it" \
	'*"what":"exec"*/subject"*' TERM sh -c "$deaf \$1" sh "deaf$$"
trace_until "... or SIGHUP" \
	'*"what":"exec"*/subject"*' HUP sh -c "$deaf \$1" sh "deaf2$$"
same "leaving the stage ends a program that ignores everything" 0 \
	"$(printf 'n\nn\nn\nq\n' >keys; timeout 900 "$IPCLAB" watch --plain -- \
		"$subject" stubborn "quit$$" <keys >out 2>err; echo $?)"
check "... nobody is left" all_gone "quit$$"

# ---- what it inherits ----

descriptors() { (exec 8<&- 9<&-; "$@") 2>err; }
list='ls /proc/self/fd'
# ls itself has the folder open: one more, the same in both.
same "trace: the program has the descriptors of the caller, and no more" \
	"$(descriptors sh -c "exec 5</dev/null 7>f; exec $list")" \
	"$(descriptors sh -c "exec 5</dev/null 7>f; \
		exec '$IPCLAB' trace -o rec -- $list")"
# To a file: in a pipe what it prints may come in the middle of an event's line.
same "trace, printing: the same" \
	"$(descriptors sh -c "exec 5</dev/null 7>f; exec $list")" \
	"$(descriptors sh -c "exec 5</dev/null 7>f; \
		exec '$IPCLAB' trace -- sh -c 'exec $list >listed'" >out
		cat listed)"
same "the stage: the program has the three of its terminal" "0 1 2 3" \
	"$(sh -c "exec 5</dev/null 7>f; exec '$IPCLAB' watch --plain -- $list" \
		</dev/null 2>err | sed -n 's/^output: //p' |
		tr -s ' \n' ' ' | sed 's/ $//')"
# shellcheck disable=SC2016
status='grep -E "^Sig(Blk|Ign)" /proc/self/status'
ignoring() { sh -c "trap '' INT HUP QUIT PIPE; exec $1"; }
same "trace: what the caller ignores is ignored" "$(ignoring "$status")" \
	"$(ignoring "'$IPCLAB' trace -o rec -- $status")"
# Signals 32 and 33 are the C library's own; make(1) leaves them ignored.
same "the stage: a program begins with nothing ignored or blocked" \
	"SigBlk: 0000000000000000 SigIgn: 0000000000000000" \
	"$(ignoring "'$IPCLAB' watch --plain -- $status" </dev/null 2>err |
		sed -n 's/^output: //p' | tr -s '\t\n' ' ' |
		sed 's/ $//; s/0000000180000000/0000000000000000/')"

finish
