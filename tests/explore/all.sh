#!/bin/bash
# make check-explore: all programs in pairs, with many seeds, those that spin, and
# all programs of the lessons; a part after the other.  What has passed is noted in the folder
# tests/explore/passed of the build, and is not done again before the lab or
# that part changes: broken off, it goes on where it was.
#
# SHARD=2/4: every fourth part, from the second on: for several machines.
# PARTS='process/queue 02-pipes': only these.
# SEEDS, TWIN_SEEDS, BUDGET: of the programs in pairs, not 20, 3 and 1,000.
# LESSON_RUNS, LESSON_SECONDS: of the others, not 60 and 900.
set -u
: "${SRCDIR:?}" "${BUILDDIR:?}" "${IPCLAB:?}"
export EXPLORE=full EXPLORE_ONLY
passed=$BUILDDIR/tests/explore/passed
mkdir -p "$passed" || exit 1
shard=${SHARD-1/1}
lab=$(cat "$IPCLAB" "$BUILDDIR/libipclab-rt.a" | sha256sum) || exit 1
lab+=" ${SEEDS-} ${TWIN_SEEDS-} ${BUDGET-} ${LESSON_RUNS-} ${LESSON_SECONDS-}"

# Parts, in order: those in pairs, then lessons.
parts() {
	[ -z "${PARTS-}" ] || { tr ' ' '\n' <<<"$PARTS"; return; }
	awk '!/^#/ && NF { print $1 }' "$SRCDIR/tests/explore/expected"
	awk '!/^#/ && NF { print "spin/" $1 }' \
		"$SRCDIR/tests/explore/spin/expected"
	(cd "$SRCDIR/lessons" && printf '%s\n' [0-9]*)
}
sources() { # PART
	case $1 in
	spin/*) cat "$SRCDIR/tests/explore/$1.c" \
		"$SRCDIR"/tests/explore/{spin.sh,spin/spin.h,spin/expected} ;;
	*/*) cat "$SRCDIR/tests/explore/$1"_{bad,ok}.c \
		"$SRCDIR"/tests/explore/*.sh "$SRCDIR/tests/explore/expected" ;;
	*) cat "$SRCDIR/lessons/$1"/*.c "$SRCDIR/lessons/$1/lesson.md" \
		"$SRCDIR/tests/explore/lessons" "$SRCDIR/tests/explore/lessons.sh" ;;
	esac
}
test_of() { # PART
	case $1 in
	spin/*) echo spin.sh ;;
	*/*) echo explore.sh ;;
	*) echo lessons.sh ;;
	esac
}

failed=() n=0
while read -r part; do
	n=$((n + 1))
	[ $(((n - ${shard%/*}) % ${shard#*/})) -eq 0 ] || continue
	note=$passed/${part/\//-}
	sum=$( (echo "$lab"; sources "$part") | sha256sum)
	if [ "$(cat "$note" 2>/dev/null)" = "$sum" ]; then
		echo "$part: passed before"
		continue
	fi
	EXPLORE_ONLY=$part
	if bash "$SRCDIR/tests/explore/$(test_of "$part")" \
		>"$note.log" 2>&1 && ! grep -q '^not ok' "$note.log"; then
		echo "$sum" >"$note"
		echo "$part: passed"
		grep '^# .*median' "$note.log"
		rm -f "$note.log"
	else
		failed+=("$part")
		echo "$part: failed, see $note.log"
	fi
done < <(parts)
[ ${#failed[@]} -eq 0 ] || { echo "failed: ${failed[*]}"; exit 1; }
