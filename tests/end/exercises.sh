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
	grep -q '^checks:' "$exercise/exercise.yaml" || continue
	same "$exercise: each bug has a solution that has it" \
		"$(bugs "$exercise")" "$(shown "$exercise")"
	empty "$exercise: what a bad solution must get is said" \
		"$(lacking "$exercise")"
	check "$exercise: there are two good solutions" \
		[ "$(find "$exercise/solutions/good" -mindepth 1 -maxdepth 1 | wc -l)" -ge 2 ]
done
finish
