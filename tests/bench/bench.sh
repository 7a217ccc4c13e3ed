#!/bin/bash
# make bench: how fast, as ratios inside one run, on one processor.
#
# Measures, in turn and several times, and keeps the best of each: what else
# runs on the machine disturbs all of them alike.  Never fails a build.
set -u
: "${SRCDIR:=$(cd "${0%/*}/../.." && pwd)}"
: "${BUILDDIR:=$SRCDIR/build}"
: "${IPCLAB:=$BUILDDIR/ipclab}"
rounds=${BENCH_ROUNDS-5}
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

# The best of several runs of frame; its last line is what is wanted.
best_frame() {
	local i
	for ((i = 0; i < rounds; i++)); do
		pinned "$frame" "$@" 2>>"$tmp/err" | tail -n 1
	done | sort -n | head -n 1
}

line() { printf '%-44s %6s %s\n' "$@"; }

first_frame() {
	line "first frame of the home screen" \
		"$(best_frame 24x80 "$IPCLAB" -- 'see:Lessons')" "ms after exec (50)"
}

tracing
first_frame
