#!/bin/bash
# ipclab bench against lmbench, where that is installed (Debian: the package
# lmbench in the section non-free; $LMBENCH names another folder of its
# programs): the same things, on the same processor, in turn and several times,
# the best of each, as ratios.
set -u
: "${IPCLAB:=${0%/*}/../../build/ipclab}"
rounds=${BENCH_ROUNDS-6}
folder=${LMBENCH-$(for f in /usr/lib/lmbench/bin/*/; do echo "$f"; done | head -n 1)}
tmp=$(mktemp -d "${TMPDIR:-/tmp}/ipclab-bench-XXXXXX") || exit 0
trap 'rm -rf "$tmp"' EXIT
export XDG_STATE_HOME=$tmp
# Short runs, so that some are not disturbed; its clock's own cost is not subtracted, as ours is not.
export ENOUGH=10000 TIMING_O=0 LOOP_O=0

if ! [ -x "$folder/lat_pipe" ]; then
	echo "lmbench is not installed: nothing to compare with"
	exit 0
fi
# The processor that ipclab bench puts both processes on.
"$IPCLAB" bench --only pipe --seconds 1 --json >"$tmp/ours"
processor=$(sed -n 's/.*"processor_one": \([0-9]*\).*/\1/p' "$tmp/ours")

pinned() { taskset -c "$processor" "$@"; }
theirs() { pinned "$folder/$1" "${@:2}" 2>&1 | grep -oE '[0-9]+\.[0-9]+' | tail -n 1; }

# ours NAME FIGURE SIZE: a value of this round, us or MB/s.
ours() {
	awk -v name="\"$1\"," -v figure="\"$2\":" -v size="$3," '
		$1 == "\"name\":" { inside = $2 == name }
		inside && $1 ~ /^"(latency|throughput)":/ { part = $1 }
		!inside || part != figure { next }
		$1 == "\"processors\":" { one = $2 == "1," }
		$1 == "\"size\":" { hit = one && $2 == size }
		hit && $1 == "\"median_ns\":" { print $2 / 1000; exit }
		hit && $1 == "\"bytes_per_second\":" { print $2 / 1e6; exit }
	' "$tmp/ours"
}

# lmbench's server goes to the background, and is ended below.
pinned "$folder/lat_tcp" -s >"$tmp/server" 2>&1
trap '"$folder/lat_tcp" -S 127.0.0.1; rm -rf "$tmp"' EXIT

names=(lat_pipe lat_unix lat_tcp bw_pipe bw_unix)
# The arguments of each, and what it is here.
arguments=("-N 1" "-N 1" "-N 1 127.0.0.1" "-N 1" "-N 1")
lines=("pipe latency 1" "unix-stream latency 1" "tcp latency 1"
	"pipe throughput 65536" "unix-stream throughput 65536")
best=() their_best=()

# better I VALUE OLD: the smaller of latencies, the larger of throughputs.
better() {
	awk -v i="$1" -v a="$2" -v b="$3" 'BEGIN {
		print b == "" || (i < 3 ? a < b : a > b) ? a : b }'
}

for ((round = 0; round < rounds; round++)); do
	"$IPCLAB" bench --only pipe,unix-stream,tcp --seconds 4 --json >"$tmp/ours"
	for i in "${!names[@]}"; do
		# shellcheck disable=SC2086
		value=$(ours ${lines[i]})
		best[i]=$(better "$i" "$value" "${best[i]-}")
		# shellcheck disable=SC2086
		value=$(theirs "${names[i]}" ${arguments[i]})
		their_best[i]=$(better "$i" "$value" "${their_best[i]-}")
	done
done
for i in "${!names[@]}"; do
	awk -v name="${names[i]} against bench's ${lines[i]}" -v a="${best[i]}" \
		-v b="${their_best[i]}" -v unit="$([ "$i" -lt 3 ] && echo us || echo MB/s)" 'BEGIN {
		printf "%-52s %5.2f   (ipclab %.4g, lmbench %.4g %s)\n",
			name, a / b, a, b, unit }'
done
