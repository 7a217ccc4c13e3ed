#!/bin/bash
# ipclab explore finds the mistake of every wrong program here, and none in its
# corrected twin; nothing is left of any run; a failure comes again.
#
# EXPLORE=full: all programs, many seeds, a hundred replays (make check-explore).
# EXPLORE_ONLY=process/queue: only that one.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=../live/living.sh
. "$SRCDIR/tests/live/living.sh"
# shellcheck source=judge.sh
. "$SRCDIR/tests/explore/judge.sh"

if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "programs are searched"
	finish
fi
export XDG_CACHE_HOME=$tmp/cache LC_ALL=C
cd "$tmp" || exit 1
mkdir built runs

when=(always) seeds=1 twin_seeds=1 budget=70 replays=3
if [ "${EXPLORE-}" = full ]; then
	when=(always full) seeds=${SEEDS-20} twin_seeds=${TWIN_SEEDS-3}
	budget=${BUDGET-1000} replays=100
fi
[ "$twin_seeds" -le "$seeds" ] || twin_seeds=$seeds
bad_budget=1000

# What the programs make: other tests that run now use keys and names of theirs.
objects() { ipcs -a | grep '^0x00000000'; find /dev/shm -not -name '*ipclab*'; }
objects >before

# ---- compile, search ----
rows "${when[@]}" | awk '{ print $1, "bad"; print $1, "ok" }' |
	in_pairs compile_one
empty "all of them compile" "$(find built -name '*.err' -size +0 -exec cat {} +)"
orders() {
	local program verdict options seed
	while read -r program verdict options _; do
		for ((seed = 1; seed <= seeds; seed++)); do
			echo "$program bad $seed $bad_budget \
${program/\//-}_bad-$seed $options"
			[ "$seed" -gt "$twin_seeds" ] ||
				echo "$program ok $seed $budget \
${program/\//-}_ok-$seed $options"
		done
	done < <(rows "${when[@]}")
}
orders | in_pairs search_one

# ---- what was found ----
told() { head -c 600 "runs/$1/json" "runs/$1/err" 2>&1; }

# found NAME VERDICT[,VERDICT]: by every seed.
found() {
	local seed verdict status
	for ((seed = 1; seed <= seeds; seed++)); do
		verdict=$(field "$1_bad-$seed" .verdict)
		status=$(cat "runs/$1_bad-$seed/status")
		case "$status,$2," in
		1,*"$verdict,"*) ;;
		*)
			echo "seed $seed: status $status, verdict $verdict"
			told "$1_bad-$seed"
			return 1
			;;
		esac
	done
}

# passes NAME: with status 0 where it was exhausted, else 4.
passes() {
	local seed status
	for ((seed = 1; seed <= twin_seeds; seed++)); do
		status=$(cat "runs/$1_ok-$seed/status")
		case "$status $(field "$1_ok-$seed" complete)" in
		"0 true" | "4 false") ;;
		*)
			echo "seed $seed: status $status"
			told "$1_ok-$seed"
			return 1
			;;
		esac
	done
}

while read -r program verdict _; do
	name=${program/\//-}
	check "$program: the mistake is found" found "$name" "$verdict"
	check "$program: its twin passes" passes "$name"
done < <(rows "${when[@]}")

# ---- exhausted in so many runs ----
within() { # NAME RUNS
	local runs
	runs=$(field "$1_ok-1" runs)
	if [ "$(field "$1_ok-1" complete)" != true ] || [ "$runs" -gt "$2" ]
	then
		echo "complete: $(field "$1_ok-1" complete), $runs runs"
		return 1
	fi
}
while read -r program _ _ _ all _; do
	if [ "$all" = - ] || [ "$all" -gt "$budget" ]; then continue; fi
	check "$program: all orders of the twin, in $all runs" \
		within "${program/\//-}" "$all"
done < <(rows "${when[@]}")

# ---- found in so many runs ----
# The number of the first run that failed, of each seed, in order.
first_runs() { # NAME
	local seed
	for ((seed = 1; seed <= seeds; seed++)); do
		field "$1_bad-$seed" .first_run
	done | sort -n
}
median_within() { # NAME RUNS
	local median
	median=$(first_runs "$1" | sed -n "$(((seeds + 1) / 2))p")
	echo "# $1: median $median, worst $(first_runs "$1" | tail -n 1)" >&3
	[ "$median" -le "$2" ] || { first_runs "$1" | tr '\n' ' '; false; }
}
exec 3>&1
while read -r program _ _ best _; do
	if [ "${EXPLORE-}" != full ] || [ "$best" = - ]; then continue; fi
	check "$program: found in $best runs, by half of the seeds" \
		median_within "${program/\//-}" "$best"
done < <(rows "${when[@]}")

# ---- a failure comes again ----
again() { # NAME
	local i
	cd "runs/$1_bad-1/in" || return 1
	for ((i = 0; i <= replays; i++)); do
		"$IPCLAB" replay --plain ../schedule <<<"" >../replayed 2>&1
		[ "$i" -gt 0 ] || cp ../replayed ../first
		cmp -s ../first ../replayed && continue
		diff ../first ../replayed | head -n 5
		return 1
	done
	grep -qE 'deadlock|killed by SIG' ../first || { tail -n 5 ../first; false; }
}
for name in programs-account programs-deadlock01 programs-reorder_3 \
		process-counter process-short_read \
		process-setval process-torn process-addjob; do
	[ -d "runs/${name}_bad-1" ] || continue
	check "$name: its schedule fails alike, $replays times" again "$name"
done

# ---- nothing is left ----
check "nobody is left" all_gone "$tmp/built"
objects >after
same "no object is left" "$(cat before)" "$(cat after)"
empty "no file is left" "$(find runs/*/in -type f)"
finish
