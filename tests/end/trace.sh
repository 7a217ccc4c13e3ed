#!/bin/bash
# ipclab trace: what it prints, what it writes, and what it exits with.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
cd "$tmp" || exit 1

trace() { timeout 900 "$IPCLAB" trace "$@" </dev/null; }

if ! trace -- true >out 2>&1; then
	skip ptrace "a program is traced"
	finish
fi

# The status of the command, however its events are asked for.
for how in "" --json --driven --check "-o rec"; do
	# shellcheck disable=SC2086
	trace $how -- sh -c 'exit 7' >out 2>err
	same "the status of the program is kept (${how:-lines})" 7 $?
	# shellcheck disable=SC2086
	trace $how -- sh -c 'kill -TERM $$' >out 2>err
	same "128 and the signal that ended it (${how:-lines})" 143 $?
done

# The command's own output, input and arguments.
printf 'in\n' | timeout 900 "$IPCLAB" trace -o rec -- \
	sh -c 'read x; echo "$x $1 out"; echo err >&2' sh 'a  b' >out 2>err
same "it reads and prints what it would untraced" "in a  b out" "$(cat out)"
same "nothing of ours is in its standard error" "err" "$(cat err)"

# A recording.
head -1 rec >first
check "a recording begins with its header" \
	grep -q '^{"ipclab":"events","version":1,"command":' first
tail -1 rec >last
check "and ends with the end" grep -q '"what":"end","status":0' last
same "its events are numbered one by one" "$(seq 1 $(($(wc -l <rec) - 1)))" \
	"$(sed -n 's/^{"n":\([0-9]*\),.*/\1/p' rec)"
trace --json -- sh -c 'exit 0' >out
check "--json prints the same kind of lines" grep -q '^{"n":1,"actor":"A"' out

# For people.
trace -- sh -c 'echo hi | cat' >out
check "a call is a line" grep -q '^A pipe2\?(.*) = 0' out
check "with the object, and what was moved" \
	grep -q '^A\.1 write(fd=1, count=3) = 3  pipe [0-9]*  "hi\\n"' out
trace --cast A=shell -- true >out
check "--cast names the actors" grep -q '^shell ends with 0' out
trace --cast A=shell,A.1=child -- sh -c '(:) & wait' >out
check "... and who made them" grep -q '^child starts, made by shell' out
for cast in shell A= =x B=x 'A=a b' A=x,y; do
	trace --cast "$cast" -- true >out 2>err
	same "--cast $cast is refused" "2 1" \
		"$? $(grep -c "^ipclab: --cast: '.*A.1=reader$" err)"
done
trace -s 4 -- sh -c 'echo abcdefgh | cat' >out
check "-s says how many bytes are shown" grep -q '"abcd"\.\.\.' out

# Conditions.
trace --until 'A is blocked in read' -- sh -c 'echo $(sleep 20)' >out 2>err
same "--until a condition that comes to hold gives 0" 0 $?
trace --until 'A calls fchown' -- true >out 2>err
same "a condition that does not parse is a usage error" 2 $?
check "and the error says where" grep -q 'column' err
trace --until 'pipe 1 holds 99 bytes' -- sh -c 'echo a | cat' >out 2>err
same "--until a condition that never holds gives 1" 1 $?
same "and says so" \
	"ipclab: it never came so far that pipe 1 holds 99 bytes" "$(cat err)"

# World and kernel agree.
for line in 'yes | head -3 | wc -l' 'ls / | sort | uniq -c | wc' \
	'mkfifo f; echo x >f & cat f; wait' \
	'echo a >new; cat new new >newer; mv newer new; wc <new; rm new' \
	'(sleep 2; echo b) | (read x; echo $x)'; do
	trace --check -- sh -c "$line" >out 2>err
	same "events and kernel agree: $line" "0 " "$? $(cat err)"
	rm -f f
done

# A driven run is the same each time.
for i in 1 2; do
	trace --driven -o rec -- sh -c 'ls / | wc -l; echo $$; date +%N' \
		>/dev/null 2>err
	sed 's/"pid":[0-9]*,"tid":[0-9]*,//' rec >"run$i"
done
# Without PID namespaces process numbers differ, and what is made of them.
if grep -q '"pid":2,' rec; then
	check "two driven runs give the same events" cmp run1 run2
else
	skip pid-namespaces "two driven runs give the same events"
fi
trace --driven -- perl -e 'pipe(R, W); sysread(R, $x, 1)' >out 2>err
same "a deadlock ends a driven run" 1 $?
check "and is told" grep -q '^ipclab: deadlock: A waits for itself' err

# What cannot be done is said.
trace -- "$tmp/none" >out 2>err
same "a command that is not there is a usage error" 2 $?
check "and is named" grep -q "^ipclab: .*$tmp/none" err
trace >out 2>err
same "so is no command" 2 $?
trace -s 0 -- true >out 2>err
same "a size that is none is refused" \
	"2 ipclab: --size: '0' is not a number from 1 to 4095" "$? $(cat err)"
trace -o "$tmp/no/such" -- true >out 2>err
same "a file that cannot be written is named" \
	"ipclab: cannot write $tmp/no/such: No such file or directory" \
	"$(cat err)"
if [ -w /dev/full ]; then
	trace -o /dev/full -- true >out 2>err
	same "a full disk is a fault that is told" 70 $?
	"$IPCLAB" learn --list >/dev/full 2>err
	same "whatever is printed" \
		"70 ipclab: not all of the output could be written; the disk may be full" \
		"$? $(cat err)"
else
	skip /dev/full "a full disk is a fault that is told"
fi

# Nothing stays behind: the subject holds its end of the FIFO while it lives.
mkfifo alive
"$IPCLAB" trace -- sh -c 'exec 3>alive; echo up >&3; exec sleep 1000' \
	>out 2>err </dev/null &
lab=$!
exec 4<alive
read -r -t 900 up <&4
same "a subject is up" up "$up"
kill -KILL $lab
wait $lab 2>err || true
same "when ipclab is killed the subject dies" "" "$(timeout 900 cat <&4 || echo it lives)"

finish
