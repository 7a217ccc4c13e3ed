#!/bin/bash
# The exercises that come with ipclab are whole: what compiles, what is listed,
# what each known bug needs.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
cd "$SRCDIR/exercises" || exit 1

listed() { sed -n 's/^exercises: \[\(.*\)\]$/\1/p' pack.yaml | tr -d ' ' | tr , '\n' | sort; }
folders() { for e in */exercise.yaml; do printf '%s\n' "${e%/*}"; done | sort; }
# compiles EXERCISE: each C file, with all that its neighbours and start/ have.
compiles() {
	local file
	for file in "$1"/start/*.c "$1"/tests/*.c "$1"/solutions/*/*/*.c; do
		[ -e "$file" ] || continue
		${CC:-gcc} -std=gnu11 -O1 -Wall -Wextra -Werror -fsyntax-only \
			-I "${file%/*}" -I "$1/start" "$file" || return 1
	done
}
# bugs EXERCISE: the ids of its bugs; shown EXERCISE: those of its solutions.
bugs() { sed -n '/^bugs:/,/^[a-z]*:$/s/^  - id: //p' "$1/exercise.yaml" | sort; }
shown() { cat "$1"/solutions/bad/*/expect.yaml | sed -n 's/^bug: //p' | sort -u; }
lacking() {
	local bad
	for bad in "$1"/solutions/bad/*/; do
		[ -e "$bad/expect.yaml" ] || echo "$bad has no expect.yaml"
	done
}

same "the pack lists what is there" "$(folders)" "$(listed)"
for exercise in */exercise.yaml; do
	exercise=${exercise%/*}
	check "$exercise: every C file compiles without a warning" \
		compiles "$exercise"
	empty "$exercise: what a bad solution must get is said" \
		"$(lacking "$exercise")"
	grep -q '^checks:' "$exercise/exercise.yaml" || continue
	same "$exercise: each bug has a solution that has it" \
		"$(bugs "$exercise")" "$(shown "$exercise")"
	check "$exercise: there are two good solutions" \
		[ "$(find "$exercise/solutions/good" -mindepth 1 -maxdepth 1 | wc -l)" -ge 2 ]
done

# ---- where no program is handed in, all solutions are judged ----
if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "programs are run"
	finish
fi
export XDG_CACHE_HOME=$tmp/cache XDG_STATE_HOME=$tmp/state
# judged EXERCISE SOLUTION: "accept", or the check that did not pass and how.
judged() {
	mkdir "$tmp/work" && cp "$2"/* "$tmp/work"
	realpath "$1" >"$tmp/work/.ipclab-exercise"
	(cd "$tmp/work" && "$IPCLAB" exercise check --json) >"$tmp/json"
	rm -r "$tmp/work"
	python3 -c 'import json, sys
r = json.load(open(sys.argv[1]))
print(*["%s %s" % (c["id"], c["verdict"]) for c in r["checks"]
        if c["verdict"] != "accept"] or [r["verdict"]], sep="\n")' "$tmp/json"
}
wanted() { sed -n 's/^check: //p; s/^verdict: //p' "$1/expect.yaml" | paste -sd ' '; }
for exercise in $(grep -lE '^mode: (predict|schedule)' ./*/exercise.yaml); do
	exercise=${exercise%/*}
	for solution in "$exercise"/solutions/good/*/; do
		same "${solution#./} passes" accept \
			"$(judged "$exercise" "$solution")"
	done
	for solution in "$exercise"/solutions/bad/*/; do
		same "${solution#./} fails as it must" "$(wanted "$solution")" \
			"$(judged "$exercise" "$solution")"
	done
done

# All of them are run by make check-exercises; here, what takes seconds.
verified() { (cd .. && timeout 600 "$IPCLAB" author verify "$@"); }
check "what can be seen of them without running them is in order" \
	verified --texts exercises
check "those that are run are in order" \
	verified --mutants 0 exercises/{end-of-file,lost-update-break,pingpong}
finish
