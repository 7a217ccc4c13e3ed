#!/bin/bash
# Programs that wait by looking again and again: each has one verdict, whatever
# the seed, the jobs and the compiler, and with any number of jobs all that is
# said is the same but the rate.
#
# EXPLORE=full: all programs, ten seeds, every build (make check-explore).
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=judge.sh
. "$SRCDIR/tests/explore/judge.sh"

if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "programs are searched"
	finish
fi
export XDG_CACHE_HOME=$tmp/cache LC_ALL=C
cd "$tmp" || exit 1
mkdir built runs

seeds=1 budget=60 compilers=(gcc)
if [ "${EXPLORE-}" = full ]; then
	seeds=${SEEDS-10} budget=400 compilers=(gcc clang)
fi

# build PROGRAM SHAPE COMPILER: to built/PROGRAM-SHAPE-COMPILER.
build() {
	local source=$SRCDIR/tests/explore/spin/$1.c how=()
	[ "$2" = threads ] || how=(-DPROCESSES)
	if [ "$2" = plain ]; then
		"$3" -O2 -g -std=gnu11 -pthread "${how[@]}" \
			-o "built/$1-$2-$3" "$source" -lrt
	else
		CC=$3 "$IPCLAB" cc -g -std=gnu11 -pthread "${how[@]}" \
			-o "built/$1-$2-$3" "$source" -lrt
	fi >built/err 2>&1 || { cat built/err; return 1; }
}

# look PROGRAM SEED JOBS: what is said, without what differs anyway.
look() {
	timeout 300 "$IPCLAB" explore --json --no-busy-wait --jobs "$3" \
		--seed "$2" --budget "$budget" -- "./built/$1" 2>runs/err </dev/null |
		grep -v '"runs_per_second"'
}

# verdict PROGRAM VERDICT: by every seed, and with two jobs as with one.
verdict() {
	local seed said
	for ((seed = 1; seed <= seeds; seed++)); do
		look "$1" "$seed" 1 >runs/one
		look "$1" "$seed" 2 >runs/two
		said=$(sed -n 's/.*"verdict": "\(.*\)".*/\1/p' runs/one)
		if [ "${said:--}" != "$2" ] || ! grep -q '"runs"' runs/one; then
			echo "seed $seed: ${said:--}, not $2"
			cat runs/err
			grep -E '"(message|claim|cut_why)"' runs/one
			return 1
		fi
		cmp -s runs/one runs/two && continue
		echo "seed $seed: two jobs say something else"
		diff runs/one runs/two | head -n 5
		return 1
	done
}

try() { # PROGRAM SHAPE VERDICT
	local compiler
	for compiler in "${compilers[@]}"; do
		if ! command -v "$compiler" >runs/err; then
			skip "$compiler" "$1, $2, $compiler"
			continue
		fi
		check "$1, $2, $compiler: it is built" build "$1" "$2" \
			"$compiler"
		check "$1, $2, $compiler: $3" verdict "$1-$2-$compiler" "$3"
	done
}

while read -r program threads processes plain short; do
	[ "${EXPLORE_ONLY-spin/$program}" = "spin/$program" ] || continue
	[ "${EXPLORE-}" != full ] || short="threads processes plain"
	for shape in $short; do
		case $shape in
		threads) expected=$threads ;;
		processes) expected=$processes ;;
		plain) expected=$plain ;;
		*) expected=skip ;;
		esac
		[ "$expected" = skip ] || try "$program" "$shape" "$expected"
	done
done < <(grep '^[a-z]' "$SRCDIR/tests/explore/spin/expected")
finish
