#!/bin/bash
# make bench: in how many runs ipclab explore finds the mistake of each program
# of tests/explore (the median of 20 seeds, with the default portfolio), next to
# the best median that was published for a program of that name; in how many it
# exhausts the corrected twins; and what plain runs and ThreadSanitizer find.
# Never fails a build.
set -u
: "${SRCDIR:=$(cd "${0%/*}/../.." && pwd)}"
: "${BUILDDIR:=$SRCDIR/build}"
: "${IPCLAB:=$BUILDDIR/ipclab}"
export SRCDIR BUILDDIR IPCLAB
# shellcheck source=../explore/judge.sh
. "$SRCDIR/tests/explore/judge.sh"
seeds=${BENCH_SEEDS-20} plain_runs=${BENCH_PLAIN-3000}
tmp=$(mktemp -d "${TMPDIR:-/tmp}/ipclab-bench-XXXXXX") || exit 0
trap 'rm -rf "$tmp"' EXIT
export HOME=$tmp XDG_CACHE_HOME=$tmp/cache LC_ALL=C
cd "$tmp" || exit 0
mkdir built runs

all() { rows always full missed; }
all | awk '{ print $1, "bad"; print $1, "ok" }' | in_pairs compile_one

# The median of the numbers on standard input; those that are none are many.
median() {
	awk '{ print $1 + 0 == $1 ? $1 : 999999999 }' | sort -n |
		awk '{ a[NR] = $1 } END { m = a[int((NR + 1) / 2)]
			print m == 999999999 ? "never" : m }'
}
of_all() { # NAME FIELD
	local seed
	for ((seed = 1; seed <= seeds; seed++)); do
		field "$1-$seed" "$2"
	done
}

# ---- the mistakes ----
while read -r program _ options _; do
	for ((seed = 1; seed <= seeds; seed++)); do
		echo "$program bad $seed 1000 ${program/\//-}_bad-$seed $options"
	done
	echo "$program ok 1 600 ${program/\//-}_ok-1 $options"
done < <(all) | in_pairs search_one

printf '%-32s %6s %6s %8s %8s\n' "mistakes, median of $seeds seeds" runs \
	best "" "runs/s"
while read -r program _ options best _; do
	name=${program/\//-}
	runs=$(of_all "${name}_bad" .first_run | median)
	rate=$(field "${name}_ok-1" runs_per_second)
	verdict=""
	[ "$best" = - ] || verdict=$(awk -v r="$runs" -v b="$best" \
		'BEGIN { print r + 0 == r && r <= b + 0 ? "reached" : "missed" }')
	printf '%-32s %6s %6s %8s %8.0f\n' "$program ${options#-}" "$runs" \
		"$best" "$verdict" "$rate"
done < <(all)

printf '\n%-32s %6s %6s\n' "twins that were exhausted" runs most
while read -r program _ _ _ most _; do
	[ "$(field "${program/\//-}_ok-1" complete)" = true ] || continue
	printf '%-32s %6s %6s\n' "$program" \
		"$(field "${program/\//-}_ok-1" runs)" "$most"
done < <(all)

# ---- what others find ----
# Plain runs: how many of so many fail, and how many a second.
plain() { # NAME OF THE PROGRAM
	local i failed=0 begin=$EPOCHREALTIME end
	${CC:-cc} -O1 -pthread -o plain "$SRCDIR/tests/explore/$1_bad.c" || return
	for ((i = 0; i < plain_runs; i++)); do
		timeout 2 ./plain >plain.out 2>&1 || failed=$((failed + 1))
	done
	end=$EPOCHREALTIME
	awk -v name="$1" -v f="$failed" -v n="$plain_runs" \
		-v us=$((${end/./} - ${begin/./})) 'BEGIN {
		printf "%-32s %6d of %d, %.0f runs/s\n", name, f, n,
			n * 1e6 / us }'
}
# The ThreadSanitizer of gcc, which sees data races of one run.
sanitized() {
	local i found=0
	command -v setarch >plain.out || return
	${CC:-cc} -g -O1 -fsanitize=thread -pthread -o sanitized \
		"$SRCDIR/tests/explore/$1_bad.c" 2>plain.out || return
	for ((i = 0; i < 20; i++)); do
		timeout 5 setarch -R ./sanitized 2>&1 |
			grep -q 'data race' && found=$((found + 1))
	done
	printf '%-32s %6d of 20\n' "$1" $found
}
(
	ulimit -c 0
	printf '\nplain runs that fail\n'
	plain process/counter
	plain programs/account
	plain programs/reorder_3
	printf '\nruns in which ThreadSanitizer tells of a data race\n'
	sanitized programs/dcl
	sanitized process/counter
	sanitized programs/reorder_3
) 2>>"$tmp/err"
