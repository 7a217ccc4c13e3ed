#!/bin/bash
# Lessons cannot lie: every claim of every lesson is run, in every language,
# and one that does not hold is named with its file and line.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"

lessons=$SRCDIR/tests/end/lessons
export XDG_CACHE_HOME=$tmp/cache XDG_STATE_HOME=$tmp/state
export TMPDIR=$tmp/tmp
mkdir "$TMPDIR"
export LC_ALL=C.UTF-8 LANGUAGE=en
unset IPCLAB_LESSONS

# Exit status and output of a command: $status and $tmp/out.
run() {
	"$@" >"$tmp/out" 2>&1 </dev/null
	status=$?
}

# golden NAME SENTENCE: $tmp/out is as it was.
golden() {
	local file=$SRCDIR/tests/end/golden/$1
	# What was seen is said by the conditions; their tests are elsewhere.
	sed -i '/^        /d; /^Reached/d; /^已达到/d' "$tmp/out"
	# Where there are no user namespaces, process ids are the system's.
	sed -i 's/SIGCHLD) = [0-9]*$/SIGCHLD) = 3/' "$tmp/out"
	[ -z "${GENERATE-}" ] || cp "$tmp/out" "$file"
	check "$2" diff -u "$file" "$tmp/out"
}

# broken LINE SENTENCE: what verify must say of $tmp/l/lesson.md.
broken() {
	run "$IPCLAB" author verify "$tmp/l"
	same "$3: exit status 1" 1 "$status"
	check "$3: is named" grep -qF "$tmp/l/lesson.md:$1: $2" "$tmp/out"
}

# change SED-SCRIPT: a lesson in order, but for this.
change() {
	rm -rf "$tmp/l"
	cp -r "$lessons/01-bytes" "$tmp/l"
	chmod -R u+w "$tmp/l"
	rm "$tmp/l/lesson.zh_CN.md"
	sed -i "$1" "$tmp/l/lesson.md"
}

run "$IPCLAB" author verify "$lessons"
if [ "$status" -eq 3 ]; then
	skip ptrace "claims are run"
	finish
fi
same "the lesson for the tests is in order" \
	"$lessons/01-bytes: in order (en zh_CN): 3 steps, 3 claims, all of 3 runs held" \
	"$(head -n 1 "$tmp/out")"

# All of them at once, as many as there are processors.
"$IPCLAB" author verify "$SRCDIR/lessons" >"$tmp/verified" 2>&1
same "all lessons are in order" 0 $?
same "they are told in their order" "$(printf "%s\n" "$SRCDIR"/lessons/*/ |
	sed 's,/$,,')" "$(sed -n 's/: in order .*//p' "$tmp/verified")"
for lesson in "$SRCDIR"/lessons/*/; do
	[ -e "$lesson/lesson.md" ] || continue
	name=$(basename "$lesson")
	# shellcheck disable=SC2016
	check "$name: every claim holds" sh -c \
		'grep -F "/$1: " "$2" | grep -q "in order (en zh_CN).*held" ||
		 { grep -F "/$1" "$2"; false; }' - "$name" "$tmp/verified"
	empty "$name: every recording can be opened, and is small" "$(
		for events in "$lesson"/recordings/*.events; do
			[ -e "$events" ] || continue
			"$IPCLAB" replay --plain "$events" </dev/null \
				2>&1 >"$tmp/replayed"
			find "$events" -size +64k
		done)"
done

change 's/holds 6 bytes$/holds 7 bytes/'
broken 30 'the claim "A line that was written waits in the pipe." does not hold: pipe 1 holds' \
	"a claim that does not hold"
change 's/^until: writer has called write/until: writer has called lseek/'
broken 29 'the claim "A line that was written waits in the pipe." does not hold: the run ended first; then ' \
	"an instant that never comes"
change 's/^never: .*/never: output contains "hello"/'
broken 50 'the claim "Whoever is first, the line arrives." does not hold: it came to be so: ' \
	"something that must never be"
change 's/^finally: .*/finally: writer has exited with 3/'
broken 52 'the claim "Whoever is first, the line arrives." does not hold: in the end ' \
	"an end that is another"
change 's/holds 6 bytes$/hold 6 bytes/'
broken 30 'column ' "a condition that cannot be read"
change 's/^schedule: first reader.*/schedule: gone A/'
broken 49 'the schedule cannot be read: ' "a schedule that cannot be read"
change 's/^schedule: first reader.*/schedule: go A; go B/'
broken 49 'the claim "Whoever is first, the line arrives." does not hold: choice 2 of the schedule cannot be made: ' \
	"a choice that cannot be made"
change 's/^schedule: first reader.*/schedule: first reader; go A/'
broken 49 'the schedule cannot be read: "go A" never comes: ' \
	"a part of a schedule that never comes"
change 's/^schedule: first reader.*/schedule: first writer until pipe 1 holds 6 bytes; go B/'
broken 49 'the claim "Whoever is first, the line arrives." does not hold: choice 2 of the schedule cannot be made: ' \
	"a choice that cannot be made after others"
change 's/^schedule: first reader.*/schedule: first writer until pipe 1 holds 6 bytes; signal reader SIGKILL; first writer/; s/^never: .*/never: output contains "hello"/; s/^then: output.*/then: pipe 1 holds 6 bytes/; s/^finally: .*/finally: reader was killed by SIGKILL/; /^command: echo/,$s/^then: .*/then: output contains "hello"/'
check "a schedule of several parts is followed" \
	"$IPCLAB" author verify "$tmp/l"
# Both orders of hello.c, and all others: the line arrives.
search='50,51{/^then: /d}; s/^schedule: first reader.*/explore: '
change "$search"'finds nothing/'
check "a claim that a search settles" "$IPCLAB" author verify "$tmp/l"
change "$search"'finds nothing\nruns: 2/'
broken 49 'the claim "Whoever is first, the line arrives." does not hold: No failure in the runs that were made; there are more' \
	"a search that has not ended"
change "$search"'finds wrong/; s/^finally: .*/finally: reader has exited with 3/'
check "a search that finds what the claim says" \
	"$IPCLAB" author verify "$tmp/l"
change "$search"'finds crash/; s/^finally: .*/finally: reader has exited with 3/'
broken 49 'the claim "Whoever is first, the line arrives." does not hold: run 1 (wrong): the rule "finally reader has exited with 3" does not hold' \
	"a search that finds something else"
change "$search"'finds nothing\nruns: none/'
broken 50 'runs: is a number' "a search with a budget that is none"
change 's/\[x\]/[ ]/'
broken 18 'the question has no right answer' "a question without an answer"
# What is executed stands in the English text; a translation may repeat it.
rm -rf "$tmp/l" && cp -r "$lessons/01-bytes" "$tmp/l" && chmod -R u+w "$tmp/l"
sed -i '23s/$/\nuntil: writer has called write/' "$tmp/l/lesson.zh_CN.md"
check "a translation that repeats a condition" \
	"$IPCLAB" author verify "$tmp/l"
sed -i '24s/write$/lseek/' "$tmp/l/lesson.zh_CN.md"
run "$IPCLAB" author verify "$tmp/l"
same "a translation that claims something else: exit status 1" 1 "$status"
check "... is named" grep -qF \
	"lesson.zh_CN.md:22: until: is not what stands in the English text" \
	"$tmp/out"
change 's/^x^//'
echo 'int main(void) { return nothing; }' >"$tmp/l/hello.c"
sed -i '/^```source/,/^```$/d' "$tmp/l/lesson.md"
broken 5 "hello.c does not compile: hello.c:1:25: error: " \
	"a program that does not compile"
change 's/^command: .*/command: exec no-such-program/'
broken 58 'the claim "A real pipeline does the same." does not hold: the output is "sh: ' \
	"a command that there is not"

export IPCLAB_DATADIR=$tmp/data IPCLAB_LESSONS=$lessons
run "$IPCLAB" learn --list
same "the lessons are listed" \
	"01-bytes             Bytes in a pipe                            5 minutes" \
	"$(cat "$tmp/out")"
run "$IPCLAB" learn 1 --plain
same "a lesson is read as plain text: exit status 0" 0 "$status"
golden learn-plain.en.txt "... with its experiments and claims run"
run env LANGUAGE=zh_CN "$IPCLAB" learn bytes --plain
golden learn-plain.zh_CN.txt "... in Chinese"
run "$IPCLAB" learn byte5 --plain
same "an unknown lesson is a usage error" 2 "$status"
same "... and answered with the nearest" \
	"ipclab: there is no lesson byte5; did you mean bytes?" \
	"$(cat "$tmp/out")"

change 's/holds 6 bytes$/holds 7 bytes/'
IPCLAB_LESSONS=$tmp/l run "$IPCLAB" learn l --plain
same "plain text with a claim that fails: exit status 1" 1 "$status"
check "... says so" grep -q '^NOT ok  A line that was written waits' "$tmp/out"
check "... and what was seen" \
	grep -q '^        seen: pipe 1 holds ' "$tmp/out"

run "$IPCLAB" author new lesson "$tmp/90-mine"
same "a new lesson is made" 0 "$status"
run "$IPCLAB" author verify "$tmp/90-mine"
same "... and is in order" \
	"$tmp/90-mine: in order (en): 3 steps, 1 claims, all of 1 runs held" \
	"$(head -n 1 "$tmp/out")"
run "$IPCLAB" author new lesson "$tmp/90-mine"
same "... and is not overwritten" 1 "$status"
run "$IPCLAB" author verify "$tmp/state"
same "a folder without lessons is a usage error" 2 "$status"
empty "no temporary folder is left behind" "$(ls -A "$TMPDIR")"
finish
