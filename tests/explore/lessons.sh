#!/bin/bash
# What ipclab explore says of the lessons' programs is what stands in `lessons`:
# those that are wrong on purpose fail so, and all others pass.
#
# EXPLORE=full: all of them (make check-explore), else a few that are quick.
# EXPLORE_ONLY=02-pipes: those of that lesson.
# LESSON_RUNS: of each, not 60; LESSON_SECONDS: for each, not 900.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=../live/living.sh
. "$SRCDIR/tests/live/living.sh"

if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "the lessons' programs are searched"
	finish
fi
export XDG_CACHE_HOME=$tmp/cache LC_ALL=C tmp IPCLAB SRCDIR
cd "$tmp" || exit 1
mkdir built runs
table=$SRCDIR/tests/explore/lessons

# Some of every kind: verdicts, and ways to be without one.
quick='02-pipes echo|05-signals sent|09-semaphores (bell|both|gate)|10-sockets queue.c 1'
rows() {
	if [ "${EXPLORE-}" = full ]; then
		awk -v only="${EXPLORE_ONLY-}" 'only == "" || only == $2'
	else
		grep -E " ($quick)"
	fi
}
# shellcheck disable=SC2094  # a file, and a function
sed 's/#.*//; /^[[:space:]]*$/d' "$table" | rows | cat -n >rows

# built LESSON PROGRAM: as the lesson compiles it.
compile() {
	local source=$SRCDIR/lessons/$1/$2.c points words=(cc)
	points=$(sed -n 's/^compile: *points//p' "$SRCDIR/lessons/$1/lesson.md")
	case " $points " in *" $2.c "*) words=("$IPCLAB" cc) ;; esac
	mkdir -p "built/$1"
	"${words[@]}" -g -O0 -w -pthread -o "built/$1/$2" "$source"
}
export -f compile

# one NUMBER VERDICT LESSON PROGRAM.c ARGUMENTS: in a folder with the lesson's
# sources and the files that its blocks lay there.
one() {
	local number=$1 lesson=$3 program=${4%.c} folder=runs/$1 verdict words
	mkdir -p "$folder"
	cp "$SRCDIR/lessons/$lesson"/*.c "$folder"
	cp "built/$lesson/$program" "$folder"
	eval "words=(${*:5})"
	(cd "$folder" && lay "$lesson" &&
		timeout "${LESSON_SECONDS-900}" "$IPCLAB" explore --json \
			--jobs 1 --budget "${LESSON_RUNS-60}" \
			-- "./$program" "${words[@]}" >json 2>err </dev/null)
	verdict=$(sed -n 's/^.*"verdict": *"\([a-z-]*\)".*/\1/p' "$folder/json" |
		head -n 1)
	grep -q '"failures": *\[\]' "$folder/json" && verdict=accept
	echo "$number ${verdict:-nothing: $(head -c 300 "$folder/err")}" \
		>"$folder/said"
}

# What `files:` of the lesson's blocks says, a file a line.
lay() {
	local name text
	while IFS='=' read -r name text; do
		mkdir -p "$(dirname "$name")"
		printf '%b' "$text" >"$name"
	done < <(awk '/^[a-z-]+:/ { on = /^files:/ } /^```/ { on = 0 }
		on { sub(/^files:/, ""); sub(/^[ \t]+/, ""); print }' \
		"$SRCDIR/lessons/$1/lesson.md")
}
export -f one lay

awk '{ print $3, substr($4, 1, length($4) - 2) }' rows | sort -u |
	xargs -P 2 -L 1 bash -c 'compile "$@"' judge 2>errors
empty "all of them compile" "$(cat errors)"
# shellcheck disable=SC2016
tr '\n' '\0' <rows | xargs -0 -P 2 -n 1 bash -c \
	'read -r -a w <<<"$1"; one "${w[@]}"' judge

while read -r number verdict rest; do
	same "$rest: $verdict" "$number $verdict" \
		"$(cat "runs/$number/said" 2>/dev/null)"
done <rows

# Each program of a lesson has its line.
same "none is forgotten" "$(cd "$SRCDIR/lessons" && find ./*/*.c |
	sed 's,^\./,,' | sort)" "$(sed 's/#.*//' "$table" |
	awk 'NF { print $2 "/" $3 }' | sort -u)"
check "nobody is left" all_gone "$tmp/runs"
finish
