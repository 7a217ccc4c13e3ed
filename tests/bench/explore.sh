#!/bin/bash
# make bench: in how many runs ipclab explore finds the mistake of each program
# of tests/explore (median and worst of 20 seeds, with the default portfolio),
# next to what is asked; in how many it exhausts the corrected twins; and what
# plain runs and ThreadSanitizer find.  Never fails a build.
# BENCH_QUICK=1: fewer seeds and runs.
set -u
: "${SRCDIR:=$(cd "${0%/*}/../.." && pwd)}"
: "${BUILDDIR:=$SRCDIR/build}"
: "${IPCLAB:=$BUILDDIR/ipclab}"
export SRCDIR BUILDDIR IPCLAB
# shellcheck source=../explore/judge.sh
. "$SRCDIR/tests/explore/judge.sh"
if [ -n "${BENCH_QUICK-}" ]; then
	seeds=${BENCH_SEEDS-3} plain_runs=${BENCH_PLAIN-300} sanitized_runs=20
else
	seeds=${BENCH_SEEDS-20} plain_runs=${BENCH_PLAIN-3000} sanitized_runs=100
fi
tmp=$(mktemp -d "${TMPDIR:-/tmp}/ipclab-bench-XXXXXX") || exit 0
trap 'rm -rf "$tmp"' EXIT
export HOME=$tmp XDG_CACHE_HOME=$tmp/cache LC_ALL=C
cd "$tmp" || exit 0
mkdir built runs

all() { rows always full missed; }
all | awk '{ print $1, "bad"; print $1, "ok" }' | in_pairs compile_one

# The median, or the worst, of the numbers on standard input; what is none is
# more than any.
at_rank() { # middle|last
	awk '{ print $1 + 0 == $1 ? $1 : 999999999 }' | sort -n |
		awk -v rank="$1" '{ a[NR] = $1 }
			END { m = a[rank == "last" ? NR : int((NR + 1) / 2)]
			print m == 999999999 ? "never" : m }'
}
of_all() { # NAME FIELD
	local seed
	for ((seed = 1; seed <= seeds; seed++)); do
		field "$1-$seed" "$2"
	done
}
first_runs() { of_all "${1/\//-}_bad" .first_run; }
at_most() { # RUNS ASKED
	awk -v r="$1" -v b="$2" 'BEGIN {
		if (b != "-")
			print r + 0 == r && r <= b + 0 ? "reached" : "missed" }'
}

# ---- the mistakes ----
while read -r program _ options _; do
	for ((seed = 1; seed <= seeds; seed++)); do
		echo "$program bad $seed 1000 ${program/\//-}_bad-$seed $options"
	done
	echo "$program ok 1 600 ${program/\//-}_ok-1 $options"
done < <(all) | in_pairs search_one

line() { printf '%-40s %6s %6s %6s %-8s %7s\n' "$@"; }
cat <<END
Runs of ipclab explore until it finds the mistake, of $seeds seeds.  Asked of the
median: no more than the least published one for a program of that name, and of
those of our own no more than 20 or 50; runs/s: of the corrected twin.
END
line program median worst asked "" runs/s
while read -r program _ options asked _; do
	median=$(first_runs "$program" | at_rank middle)
	line "$program ${options#-}" "$median" \
		"$(first_runs "$program" | at_rank last)" "$asked" \
		"$(at_most "$median" "$asked")" \
		"$(printf %.0f "$(field "${program/\//-}_ok-1" runs_per_second)")"
done < <(all | sed 's/ --/ ---/')

printf '\nRuns until all orders of the corrected twin were tried, of 600 at most.\n'
line program runs "" asked "" ""
while read -r program _ _ _ most _; do
	[ "$(field "${program/\//-}_ok-1" complete)" = true ] || continue
	runs=$(field "${program/\//-}_ok-1" runs)
	line "$program" "$runs" "" "$most" "$(at_most "$runs" "$most")" ""
done < <(all)

# ---- what others find ----
# Of $plain_runs plain runs: how many fail, or hang for two seconds.
plain() { # PROGRAM
	local i failed=0
	${CC:-cc} -O1 -w -pthread -o plain "$SRCDIR/tests/explore/$1_bad.c" ||
		return
	for ((i = 0; i < plain_runs; i++)); do
		timeout 2 ./plain >plain.out 2>&1 || failed=$((failed + 1))
	done
	echo "$failed of $plain_runs"
}
# Of $sanitized_runs runs of gcc's ThreadSanitizer: in how many it says
# anything.
sanitized() { # PROGRAM
	local i told=0
	${CC:-cc} -g -O1 -w -fsanitize=thread -pthread -o sanitized \
		"$SRCDIR/tests/explore/$1_bad.c" || return
	for ((i = 0; i < sanitized_runs; i++)); do
		timeout 5 setarch -R ./sanitized 2>&1 |
			grep -q 'WARNING: ThreadSanitizer' && told=$((told + 1))
	done
	echo "$told of $sanitized_runs"
}
(
	ulimit -c 0
	printf '\nThe same mistakes in plain runs, and where ThreadSanitizer warns.\n'
	printf '%-28s %14s %16s %20s\n' program "plain, failed" \
		"ThreadSanitizer" "ipclab, found in run"
	for program in process/{counter,lost_update,property} \
			programs/{dcl,account,reorder_3,twostage,deadlock01}; do
		printf '%-28s %14s %16s %20s\n' "$program" "$(plain "$program")" \
			"$(sanitized "$program")" \
			"$(first_runs "$program" | at_rank middle)"
	done
) 2>>"$tmp/err"
