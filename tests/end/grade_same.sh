#!/bin/bash
# The same submission, pack and seed give the same result, byte for byte but
# for its times: one after the other or side by side, on a busy machine, for
# root and for a user, whatever the clock says.  GRADE_RUNS: how often (3);
# make check-grade asks for a hundred.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=grading.sh
. "${0%/*}/grading.sh"
cd "$tmp" || exit 1
chmod 755 "$tmp"
times=${GRADE_RUNS-3}

cat >hw.yaml <<END
format: 1
name: hw
title: Homework
pack: $SRCDIR/exercises
exercises:
  - {name: pingpong, points: 10}
  - {name: lost-update, points: 10}
END
# One of those that pass, and two of which a search finds what is wrong.
hand_in() { # ID SOLUTION SOLUTION
	mkdir -p "class/$1"
	cp -r "$SRCDIR/exercises/pingpong/solutions/$2" "class/$1/pingpong"
	cp -r "$SRCDIR/exercises/lost-update/solutions/$3" "class/$1/lost-update"
}
first() { # EXERCISE good|bad
	(cd "$SRCDIR/exercises/$1/solutions" && echo "$2"/* | cut -d' ' -f1)
}
hand_in anna good/straight "$(first lost-update good)"
hand_in ben bad/no-read "$(first lost-update bad)"
chmod -R u+w,a+rX class

class() { # FOLDER WORD...
	timeout 600 "$IPCLAB" grade --class class --seed 7 --results "$@" \
		hw.yaml >out 2>err || cat err
}
class one --jobs 1
same "a class is graded" 4 "$(find one -name '*.json' | wc -l)"
same "... of which one fails" "10 0" \
	"$(field one/anna.pingpong.json score) $(field one/ben.lost-update.json score)"

spinners=()
spin() {
	local i
	for i in 1 2 3; do
		nice sh -c 'while :; do :; done' &
		spinners+=($!)
	done
}
still() {
	kill "${spinners[@]}"
	wait "${spinners[@]}" 2>wait.err
	spinners=()
}
trap 'kill "${spinners[@]}" 2>"$tmp/kill.err"; rm -rf "$tmp"' EXIT

for ((i = 2; i <= times; i++)); do
	[ $((i % 3)) -ne 0 ] || spin
	class again --jobs $((1 + i % 2))
	how="$((1 + i % 2)) side by side${spinners:+, on a busy machine}"
	[ ${#spinners[@]} -eq 0 ] || still
	check "time $i: the same, $how" alike one again
	rm -rf again
done

# ---- another user, with other clocks ----
elsewhere=()
if [ "$(id -u)" = 0 ] && command -v setpriv >which; then
	elsewhere=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	# Its build tree may stand in a folder that only root may enter.
	"${elsewhere[@]}" "$IPCLAB" --version >out 2>err || elsewhere=()
fi
if [ ${#elsewhere[@]} -gt 0 ]; then
	mkdir user
	chown 65534:65534 user
	(
		export HOME=$tmp/user TMPDIR=$tmp/user TZ=Asia/Kathmandu
		export XDG_CACHE_HOME=$tmp/user/cache
		"${elsewhere[@]}" "$IPCLAB" grade --class class --seed 7 \
			--results user/results --jobs 2 hw.yaml >out 2>err ||
			cat err
	)
	check "the same for a user as for root" alike one user/results
else
	skip setpriv "the same for a user as for root"
fi
if unshare --time true 2>err; then
	unshare --time --monotonic 10000000 --boottime 10000000 \
		"$IPCLAB" grade --class class --seed 7 --results later \
		hw.yaml >out 2>err || cat err
	check "the same when the clocks have jumped" alike one later
else
	skip 'unshare --time' "the same when the clocks have jumped"
fi
finish
