#!/bin/bash
# make bench: how fast, as ratios inside one run, on one processor.
#
# bench.sh [PART...]: of tracing, runs, accesses, searches, home_screen, stage,
# recording; without any, all.
#
# Measures, in turn and several times, and keeps the best of each: what else
# runs on the machine disturbs all of them alike.  Never fails a build.
# BENCH_QUICK=1: fewer times.
set -u
: "${SRCDIR:=$(cd "${0%/*}/../.." && pwd)}"
: "${BUILDDIR:=$SRCDIR/build}"
: "${IPCLAB:=$BUILDDIR/ipclab}"
rounds=${BENCH_ROUNDS-$([ -n "${BENCH_QUICK-}" ] && echo 2 || echo 5)}
tmp=$(mktemp -d "${TMPDIR:-/tmp}/ipclab-bench-XXXXXX") || exit 0
trap 'rm -rf "$tmp"' EXIT
export HOME=$tmp XDG_STATE_HOME=$tmp/state XDG_CONFIG_HOME=$tmp/config
export LC_ALL=C.UTF-8 TERM=xterm-256color
cd "$tmp" || exit 0
frame=$BUILDDIR/tests/bench/frame
processor=$(taskset -pc $$ | sed 's/.*: //; s/[^0-9].*//')

pinned() { taskset -c "$processor" "$@"; }

# The milliseconds that a command takes, to the variable ms.
measure() {
	local begin=$EPOCHREALTIME end
	pinned "$@" >"$tmp/out" 2>"$tmp/err" </dev/null || {
		echo "bench: failed: $*" >&2
		tail -n 3 "$tmp/err" >&2
	}
	end=$EPOCHREALTIME
	ms=$(((${end/./} - ${begin/./}) / 1000))
}

# compare NAME FIRST SECOND THIRD: three functions in turn, the best of each.
# Prints the ratio of the first two; the third is the program alone.
compare() {
	local name=$1 i j best=(999999 999999 999999)
	shift
	for ((i = 0; i < rounds; i++)); do
		for j in 0 1 2; do
			"${@:j+1:1}"
			[ "$ms" -ge "${best[j]}" ] || best[j]=$ms
		done
	done
	awk -v name="$name" -v a="${best[0]}" -v b="${best[1]}" -v c="${best[2]}" '
		BEGIN { printf "%-44s %6.2f of strace   (ipclab %d ms, strace %d ms, alone %d ms)\n",
			name, a / b, a, b, c }'
}

# The calls that the tracer stops in a free run, for strace; those that this
# architecture lacks are skipped ("?").
calls=$(grep 'NR(' "$SRCDIR/src/tracer/calls.c" | grep -v CALL_DRIVEN |
	sed -n 's/.*{ NR(\([a-z0-9_]*\)).*/?\1/p' | paste -sd,)
ours() { measure "$IPCLAB" trace -o ours.log -- "${subject[@]}"; }
theirs() {
	measure strace -f --seccomp-bpf -e "trace=$calls" -o theirs.log \
		"${subject[@]}"
}
alone() { measure "${subject[@]}"; }

# A small tree: 16 files and a library.
make_tree() {
	local i
	mkdir tree
	for i in {1..16}; do
		printf '#include <stdio.h>\nint f%d(int x)\n{\n\treturn printf("%%d", x + %d);\n}\n' \
			"$i" "$i" >"tree/f$i.c"
	done
	printf 'OBJ = %s\nlib.a: $(OBJ)\n\tar cr $@ $(OBJ)\n%%.o: %%.c\n\tcc -c -o $@ $<\n' \
		"$(echo tree/f{1..16}.o | sed 's|tree/||g')" >tree/Makefile
}

tracing() {
	command -v strace >/dev/null || { echo "no strace here"; return; }
	subject=("$BUILDDIR/tests/bench/pipes" 50000)
	compare "tracing 100,000 pipe operations" ours theirs alone
	make_tree
	subject=(make -s -C tree -B -j2)
	compare "tracing make -j2 of 16 files" ours theirs alone
}

# The least of several runs of frame, for each line that it prints.
best_frame() {
	local i
	for ((i = 0; i < rounds; i++)); do
		pinned "$frame" "$@" 2>>"$tmp/err"
		echo
	done | awk 'NF == 0 { n = 0; next }
		{ n++; if (!(n in best) || best[n] == "never" ||
			     ($1 != "never" && $1 + 0 < best[n] + 0)) best[n] = $1 }
		END { for (i = 1; i in best; i++) print best[i] }'
}

line() { printf '%-44s %6s %s\n' "$@"; }

home_screen() {
	line "first frame of the home screen" \
		"$(best_frame 24x80 "$IPCLAB" -- "see:Choose a lesson")" \
		"ms after exec"
}

# The stage on a run of 1,000 events, one processor for all.
stage() {
	local result
	mapfile -t result < <(best_frame 24x80 "$IPCLAB" watch -- \
		"$BUILDDIR/tests/bench/steps" 5000 -- \
		"see:step 0" quiet:100 \
		key:n "see:step 1 " quiet:60 key:n "see:step 2 " quiet:60 \
		key:u quiet:60 \
		"key:A has called write at least 500 times\\r" \
		"see:step 1000" quiet:100 \
		key:b "see:step 999" quiet:60 key:n "see:step 1000")
	line "first frame of the stage" "${result[0]-}" "ms after exec"
	line "a step, from key to frame" "${result[2]-}" "ms"
	line "1,000 steps, until a condition holds" "${result[3]-}" "ms"
	line "back by one step in 1,000" "${result[4]-}" "ms"
	line "and on again, the run made anew" "${result[5]-}" "ms"
}

# A recording of 1,000,000 events: a real one, its middle repeated.
make_recording() {
	"$IPCLAB" trace -o small.log -- "$BUILDDIR/tests/bench/steps" 2 \
		>"$tmp/out" 2>&1
	awk 'function put(s) {
	         n++
	         printf "{\"n\":%d%s\n", n, substr(s, index(s, ","))
	     }
	     NR == 1 { print; next }
	     /"call":"write"/ && !write { write = $0; next }
	     write && !read {
	         read = $0
	         while (n < 999990) { put(write); put(read) }
	         next
	     }
	     { put($0) }' small.log >big.log
}

recording() {
	local result
	make_recording
	mapfile -t result < <(rounds=2 best_frame 24x80 "$IPCLAB" replay big.log -- \
		"see:step 0" quiet:500 key:G "see:has ended" quiet:500 peak:)
	line "opening a recording of 1,000,000 events" "${result[0]-}" \
		"ms after exec ($(wc -l <big.log) lines)"
	line "going to its end" "${result[1]-}" "ms"
	line "memory for it, at its end" "${result[2]-}" "MiB"
}

# Runs one after the other: their namespaces are taken down meanwhile.
many() {
	local i
	for ((i = 0; i < 50; i++)); do
		"$IPCLAB" trace --driven "$@" -o run.log -- true
	done
}
export -f many
export IPCLAB
runs() {
	local i best=(999999 999999)
	for ((i = 0; i < rounds; i++)); do
		measure bash -c 'many'
		[ "$ms" -ge "${best[0]}" ] || best[0]=$ms
		measure bash -c 'many --private'
		[ "$ms" -ge "${best[1]}" ] || best[1]=$ms
	done
	line "a run of true, driven" "$((best[0] / 50))" "ms"
	line "the same, private" "$((best[1] / 50))" "ms"
}

# The least milliseconds of several runs.
best() {
	local i least=999999
	for ((i = 0; i < rounds; i++)); do
		measure "$@"
		[ "$ms" -ge "$least" ] || least=$ms
	done
	ms=$least
}

# A program built with `ipclab cc`: what an access costs that nobody else can
# see, and what one costs that is told.
accesses() {
	local n=20000000 few=20000 plain cc traced empty
	${CC:-cc} -O0 -o plain "$SRCDIR/tests/bench/accesses.c" &&
		"$IPCLAB" cc -o points "$SRCDIR/tests/bench/accesses.c" || return
	best ./plain private $n; plain=$ms
	best ./points private $n; cc=$ms
	best "$IPCLAB" trace -o private.log -- ./points private $n; traced=$ms
	line "ipclab cc, private memory, not traced" "$(ratio "$cc" "$plain")" \
		"times the program without"
	line "... traced" "$(ratio "$traced" "$plain")" \
		"times ($(awk -v a="$traced" -v b="$plain" -v n=$((2 * n)) \
			'BEGIN { printf "%.1f", (a - b) * 1e6 / n }') ns an access)"
	best "$IPCLAB" trace -o shared.log -- ./points shared 1; empty=$ms
	best "$IPCLAB" trace -o shared.log -- ./points shared $few
	line "an access to shared memory, told" \
		"$(ratio $(((ms - empty) * 1000)) $((2 * few)))" "us"
	best "$IPCLAB" trace --driven -o shared.log -- ./points shared 1; empty=$ms
	best "$IPCLAB" trace --driven --max-events 1000000 -o shared.log -- \
		./points shared $few
	line "... and a step of a driven run" \
		"$(ratio $(((ms - empty) * 1000)) $((2 * few)))" "us"
}
# Runs of a search: three processes that share memory, and two threads.
search() { # PROGRAM ASKED WHAT
	local source=$SRCDIR/tests/explore/$1.c
	${CC:-cc} -w -pthread -O1 -o "${1#*/}" "$source" &&
		"$IPCLAB" cc -w -pthread -o searched "$source" &&
		"$BUILDDIR/tests/bench/runs" "$3" "$2" ./searched "./${1#*/}"
}
searches() {
	search process/ramdump_bad 1.5 "runs of a search: ramdump, three processes"
	search programs/bluetooth_ok 3 "runs of a search: two threads, no fork"
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

[ $# -gt 0 ] || set -- tracing runs accesses searches home_screen stage recording
for part; do
	"$part"
done
