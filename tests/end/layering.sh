#!/bin/bash
# The rooms of src/ know each other in one direction only (src/README.md).
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
cd "$SRCDIR/src" || exit 1

# A room, and what its files may include: rooms, or single headers.
rules() {
	cat <<-'END'
	base
	runtime
	compiler   base runtime/wrapped.h
	event      base
	bench      base
	probe      base event
	schedule   base event
	world      base event
	condition  base event world runtime/abi.h
	tracer     base event probe schedule sandbox/policy.h runtime/abi.h
	explore    base event world condition schedule probe tracer sandbox
	session    base event world condition schedule probe tracer
	report     base
	sandbox    base
	exercise   base event world condition schedule explore session report sandbox compiler
	grade      base report exercise sandbox
	author     base report exercise
	lesson     base bench event world condition schedule explore session compiler tracer/ability.h tracer/namespace.h
	term       base event view/canvas.h
	view       base event bench world condition schedule explore session lesson term report exercise grade
	command    base event bench world condition schedule explore session lesson probe tracer sandbox term view compiler report exercise grade author
	END
}

# room HEADER: "world/world.h" -> "world"
room() { printf '%s' "${1%%/*}"; }

# Includes of a room that its rule does not name.
strangers() {
	local room=$1 line included
	shift
	grep -HnE '^#[[:space:]]*include "' "$room"/*.[ch] 2>/dev/null |
		while IFS= read -r line; do
			included=${line#*\"}
			included=${included%%\"*}
			case " $room $* " in
			*" $(room "$included") "* | *" $included "*) ;;
			*) [ "$included" = config.h ] || printf '%s\n' "$line" ;;
			esac
		done
}

while read -r name allowed; do
	# shellcheck disable=SC2086
	empty "$name includes only ${allowed:-itself}" \
		"$(strangers "$name" $allowed)"
	rooms+=("$name")
done < <(rules)

empty "every room has its rule" "$(
	for folder in */; do
		case " ${rooms[*]} " in
		*" ${folder%/} "*) ;;
		*) echo "no rule for src/$folder" ;;
		esac
	done
)"
empty "main.c knows commands only" \
	"$(grep -n '#include "' main.c | grep -v '"config.h"\|"command/')"
empty "only term/ includes curses" "$(
	grep -rnE --include='*.[ch]' \
		'^#[[:space:]]*include <(ncursesw/|ncurses/)?(n?curses|term|panel)\.h>' . |
		grep -v '^\./term/'
)"
empty "only tracer/ includes <sys/ptrace.h>" "$(
	grep -rnE --include='*.[ch]' \
		'^#[[:space:]]*include <(sys|linux)/ptrace\.h>' . |
		grep -v '^\./tracer/'
)"
empty "no file is longer than 600 lines" "$(
	find . -name '*.[ch]' -exec awk 'END {
		if (FNR > 600) print FILENAME ": " FNR " lines" }' {} \;
)"
empty "no promise is left in a comment" "$(
	grep -rnE --include='*.[ch]' 'TODO|FIXME' .
)"
finish
