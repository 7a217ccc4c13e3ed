#!/bin/bash
# The worked example of docs/writing-exercises.md: its commands are run and its
# changes made, and each line that it shows comes out.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
mkdir "$tmp/temporary" "$tmp/home" "$tmp/work" "$tmp/bin"
export TMPDIR=$tmp/temporary HOME=$tmp/home
export XDG_CACHE_HOME=$tmp/home/cache XDG_STATE_HOME=$tmp/home/state
export LC_ALL=C.UTF-8 LANGUAGE=en
ln -s "$IPCLAB" "$tmp/bin/ipclab"
# Data and libraries are found from the program's own place, which a link has
# not.
export PATH=$tmp/bin:$PATH

# Each block of the kinds sh, diff and text is a file: 01.sh, 02.text, ...
awk -v to="$tmp" '
	/^```(sh|diff|text)$/ {
		file = sprintf("%s/%02d.%s", to, ++n, substr($0, 4))
		printf "" >file
		next
	}
	/^```/ { file = "" }
	file { print >file }
' "$SRCDIR/docs/writing-exercises.md"

cd "$tmp/work" || exit 1
: >"$tmp/out"
for block in "$tmp"/[0-9][0-9].*; do
	case $block in
	*.sh)
		timeout 900 bash "$block" >"$tmp/out" 2>&1 </dev/null
		;;
	*.diff)
		check "a change fits: $(grep -m 1 '^+ ' "$block")" \
			patch -s -p0 -i "$block"
		;;
	*.text)
		while IFS= read -r line; do
			# "*" stands for what may be otherwise elsewhere.
			pattern=$(sed 's/[][\.^$]/\\&/g; s/\*/.*/g' <<<"$line")
			check "$line" grep -qx -- "$pattern" "$tmp/out"
		done <"$block"
		;;
	esac
done
check "the example is there" [ "$n_tests" -gt 10 ]
same "nothing is left behind" "" "$(ls "$TMPDIR")"
finish
