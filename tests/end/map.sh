#!/bin/bash
# src/README.md lists every file, once, and none that is not there; what
# the documents point to exists.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
cd "$SRCDIR" || exit 1

# "room/name" for each file named in the list of a room.
mapped() {
	awk '/^## / { room = $2 }
	     /^\* `/ { sub(/:.*/, ""); n = split($0, part, "`")
	               for (i = 2; i <= n; i += 2) print room "/" part[i] }' \
		src/README.md | sort
}
there() { (cd src && printf '%s\n' */*.[ch]) | sort; }

empty "every file is on the map" "$(comm -13 <(mapped | uniq) <(there))"
empty "every file on the map is there" "$(comm -23 <(mapped | uniq) <(there))"
empty "no file is on the map twice" "$(mapped | uniq -d)"
empty "the reading order names files that are there" "$(
	sed -n '/^## A reading order/,/^## base/p' src/README.md |
		grep -oE '`[a-z_]+/[a-z_]+\.[ch]`' | tr -d '`' |
		while read -r file; do
			[ -f "src/$file" ] || echo "$file"
		done
)"
empty "links between documents lead somewhere" "$(
	for page in README.md NEWS.md docs/*.md src/README.md; do
		grep -oE '\]\([^)#:]+' "$page" | sed 's/](//' | grep -vE '^https?$' |
			while read -r to; do
				[ -e "$(dirname "$page")/$to" ] ||
					echo "$page points to $to"
			done
	done
)"
empty "every document is installed" "$(
	for page in docs/*.md; do
		grep -qF "$page" docs/local.mk || echo "$page"
	done
)"
# What automake takes the lists of lessons/local.mk for: a list begins with
# "+=", and each of its lines but the last ends with a backslash.
listed() {
	awk '/^[A-Za-z_]+ \+= / { list = 1 }
	     list && match($0, /lessons\/[^ ]+/) {
	             print substr($0, RSTART, RLENGTH) }
	     !/\\$/ { list = 0 }' lessons/local.mk | sort
}
lessons() {
	find lessons -mindepth 2 -maxdepth 2 \( -name '*.c' -o -name '*.md' \) |
		sort
}
empty "every file of a lesson is installed" \
	"$(comm -13 <(listed | uniq) <(lessons))"
empty "no file of a lesson is listed twice" "$(listed | uniq -d)"
# A line that lost its list is taken for a rule's, and what it names is lost.
empty "no list of a makefile is broken" "$(
	for f in Makefile.am */local.mk */*/local.mk; do
		awk -v f="$f" '/^\t/ && last !~ /\\$|^\t|:/ {
				print f ":" FNR ": " $0 }
			{ last = $0 }' "$f"
	done
)"
tests() {
	find tests -mindepth 2 -maxdepth 2 -name '*.sh' -o -name '*_test.c' -o \
		-name '*_fuzz.c'
}
empty "every test is listed" "$(
	for t in $(tests); do
		grep -qF "${t%.c}" tests/*/local.mk || echo "$t"
	done
)"
finish
