#!/bin/bash
# A lesson whose programs are compiled with points: its claims are about loads
# and stores, hold each time, and do not without.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
lesson=$SRCDIR/tests/live/cc/lesson
export XDG_CACHE_HOME=$tmp/cache XDG_STATE_HOME=$tmp/state LC_ALL=C.UTF-8

verify() { timeout 900 "$IPCLAB" author verify "$1" >"$tmp/out" 2>&1; }

verify "$lesson"
status=$?
if [ $status -eq 3 ]; then
	skip ptrace "claims about loads and stores are run"
	finish
fi
same "the claims hold" 0 "$status"
check "... both of them" grep -q "2 claims, all of 2 runs held" "$tmp/out"
for _ in 1 2 3 4 5; do
	verify "$lesson" || break
done
same "... each time" 0 $?

# change SED-SCRIPT: the lesson, but for this.
change() {
	rm -rf "$tmp/l"
	cp -r "$lesson" "$tmp/l"
	chmod -R u+w "$tmp/l"
	sed -i "$1" "$tmp/l/lesson.md"
	verify "$tmp/l"
}

change '/^compile:/d'
same "without points nobody can come between load and store" 1 $?
check "... that claim is named" grep -q 'an update is lost' "$tmp/out"
change 's/^compile: .*/compile: points/'
same "points for all programs are points for each" 0 $?
change 's/^compile: .*/compile: fast/'
same "another way to compile is a fault" 1 $?
check "... is named with its line" \
	grep -qF 'lesson.md:5: compile: is points' "$tmp/out"
change 's/^compile: .*/compile: points other.c/'
same "so is a program that the lesson does not have" 1 $?
check "... named with its line" \
	grep -qF 'lesson.md:5: compile: other.c is not among' "$tmp/out"
finish
