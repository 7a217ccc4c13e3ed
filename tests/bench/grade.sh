#!/bin/bash
# make bench: ipclab grade on the solutions of the exercises that come with it.
#
# * Beside a grader that builds, runs, compares output and exit status, and
#   counts what ipcs lists, again and again for the same time: the share of
#   wrong solutions that each catches, and of right ones that each passes.
# * Submissions a minute, the share that compiling takes, and what is neither
#   compiling nor running.
# * The time of a right submission in the time of its compiling.
#
# Never fails a build.  BENCH_EXERCISES: only these; BENCH_QUICK=1: two small
# ones.
set -u
: "${SRCDIR:=$(cd "${0%/*}/../.." && pwd)}"
: "${BUILDDIR:=$SRCDIR/build}"
: "${IPCLAB:=$BUILDDIR/ipclab}"
tmp=$(mktemp -d "${TMPDIR:-/tmp}/ipclab-bench-XXXXXX") || exit 0
trap 'rm -rf "$tmp"' EXIT
export HOME=$tmp TMPDIR=$tmp/temporary XDG_CACHE_HOME=$tmp/cache LC_ALL=C.UTF-8
mkdir "$tmp/temporary"
cd "$tmp" || exit 0
exercises=$SRCDIR/exercises
once=("$BUILDDIR/tests/bench/once")
# What solutions leave is nobody else's.
apart=(unshare --user --map-current-user --ipc --pid --fork --kill-child)
"${apart[@]}" true 2>err && once=("${apart[@]}" "${once[@]}")

# Those of which a program is handed in.
names() {
	local yaml
	for yaml in "$exercises"/*/exercise.yaml; do
		grep -qE '^mode: (write|fix)' "$yaml" && basename "${yaml%/*}"
	done
}
only=${BENCH_EXERCISES-${BENCH_QUICK:+pingpong reap}}
line() { printf '%-52s %8s %s\n' "$@"; }

# ---- who is caught ----
# taken RESULT: "VERDICT COMPILE-MS CHECKS-MS TOTAL-MS" of a result.
taken() {
	python3 -c 'import json, sys
r = json.load(sys.stdin)
t = r["times"]
print(r["verdict"], t["compile"], t["check"], t["total"])'
}
for name in ${only:-$(names)}; do
	for solution in "$exercises/$name"/solutions/*/*/; do
		kind=$(basename "$(dirname "$solution")")
		read -r verdict compile check total < <("$IPCLAB" grade --json \
			--jobs 1 "$exercises/$name" "$solution" 2>err | taken)
		answer=$("${once[@]}" "$exercises/$name" "$solution" \
			"${total:-0}" 2>err)
		echo "$name $kind $(basename "$solution") ${verdict:-none}" \
			"${compile:-0} ${check:-0} ${total:-0} ${answer:-none}"
	done
done >table
printf '\nSolutions of the exercises, right and wrong, and how they are graded;\n'
printf 'once: build, run, compare, count ipcs, again and again for the same time.\n'
awk '
	{ n[$2]++; ours += 0
	  if ($2 == "bad") { o[$2] += $4 != "accept"; t[$2] += $8 != "pass" }
	  else { o[$2] += $4 == "accept"; t[$2] += $8 == "pass" } }
	function row(what, k) {
		printf "%-32s %4d   ipclab %4d (%3.0f%%)   once %4d (%3.0f%%)\n", what,
			n[k], o[k], 100 * o[k] / n[k], t[k], 100 * t[k] / n[k]
	}
	END { row("wrong ones that are caught, of", "bad")
	      row("right ones that are passed, of", "good") }' table
awk '$2 == "bad" && $4 == "accept" || $2 == "good" && $4 != "accept" {
	print "ipclab is mistaken about", $1, $2 "/" $3 ": " $4 }' table

# ---- how long ----
printf '\nA right submission: its time in the time of its compiling (3 at most is aimed\nat for small exercises).\n'
awk '$2 == "good" && $5 { r = $7 / $5
	if (!($1 in best) || r < best[$1]) { best[$1] = r; ms[$1] = $7; c[$1] = $5 } }
	END { for (e in best) printf "%-52s %8.2f (%d ms, compiling %d ms)\n",
		e, best[e], ms[e], c[e] | "sort" }' table

# ---- how many ----
mkdir class
for i in {01..20}; do
	cp -r "$exercises/pingpong/solutions/good/straight" "class/s$i"
done
chmod -R u+w class
# wall JOBS: the milliseconds of a class, to ms.
wall() {
	local begin=$EPOCHREALTIME end
	rm -rf results
	"$IPCLAB" grade --class class --jobs "$1" --results results pingpong \
		>out 2>err || tail -n 3 err
	end=$EPOCHREALTIME
	ms=$(((${end/./} - ${begin/./}) / 1000))
}
echo
for jobs in 1 $(nproc); do
	wall "$jobs"
	line "pingpong, right, --jobs $jobs" $((20 * 60000 / ms)) \
		"submissions a minute"
	[ "$jobs" -gt 1 ] || alone=$ms
done
wall 1
[ "$ms" -gt "$alone" ] || alone=$ms
cat results/*.json | awk -v wall="$ms" '
	/"compile": [0-9]/ { compile += $2 } /"check": [0-9]/ { check += $2 }
	END { printf "%-52s %7.0f%%\n%-52s %7.0f%%\n%-52s %7.0f%% (25%% at most is aimed at)\n",
		"... of the time, compiling takes", 100 * compile / wall,
		"... and its checks", 100 * check / wall,
		"... and whatever else", 100 * (wall - compile - check) / wall }'
