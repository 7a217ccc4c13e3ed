#!/bin/bash
# Every header of src/ says all that it needs: it compiles alone.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
cd "$SRCDIR/src" || exit 1
read -ra compiler <<<"${CC:-gcc}"

# Twice: the second must be nothing, or the guard is wrong.
alone() {
	printf '#include "%s"\n#include "%s"\n' "$1" "$1" |
		"${compiler[@]}" -std=gnu11 -D_GNU_SOURCE -Wall -Werror \
			-fsyntax-only -I. -I"$BUILDDIR" -x c -
}

for header in */*.h; do
	check "$header compiles alone" alone "$header"
done
finish
