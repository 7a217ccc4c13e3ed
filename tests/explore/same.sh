#!/bin/bash
# A search comes again: whatever the jobs, all that it says but its rate is the
# same to the byte.
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

times=4
[ "${EXPLORE-}" != full ] || times=10

same_search() { # FOLDER/NAME KIND OPTION...
	local i program=${1/\//-}_$2
	compile_one "$1" "$2" || return
	mkdir "runs/$program" && cd "runs/$program" || return
	for ((i = 0; i < times; i++)); do
		"$IPCLAB" explore --json --jobs $((1 + i % 2)) --seed 7 \
			--budget 60 "${@:3}" -- "../../built/$program" \
			2>err </dev/null | grep -v '"runs_per_second"' >now
		[ "$i" -gt 0 ] || cp now first
		cmp first now || { diff first now | head -n 5; return 1; }
	done
	grep -q '"runs": [1-9]' first || { cat first err; false; }
}
while read -r program kind options; do
	# shellcheck disable=SC2086 # several options
	check "$program, $kind${options:+, }$options: the same, $times times" \
		same_search "$program" "$kind" $options
done <<'END'
programs/account bad
process/short_read bad
process/counter bad
process/setval bad
process/kept ok
process/torn bad --faults
END
finish
