# Sourced by explore.sh and by tests/bench/explore.sh: the programs in pairs,
# compiled and searched, two at a time.
# shellcheck shell=bash

# rows WHEN...: the lines of `expected` whose last word is one of these; where
# EXPLORE_ONLY names a program, no others.
rows() {
	awk -v when=" $* " -v only="${EXPLORE_ONLY-}" '!/^#/ && NF &&
		index(when, " " $6 " ") && (only == "" || only == $1)' \
		"$SRCDIR/tests/explore/expected"
}

# Two at a time: as many processors as there should be.
in_pairs() { xargs -P 2 -L 1 bash -c "$1"' "$@"' judge; }

# Compiles FOLDER/NAME_KIND to built/FOLDER-NAME_KIND.
compile_one() {
	local source=$SRCDIR/tests/explore/$1_$2.c
	"$IPCLAB" cc -g -std=gnu11 -pthread -o "built/${1/\//-}_$2" "$source" \
		>"built/${1/\//-}_$2.err" 2>&1
}

# search_one FOLDER/NAME KIND SEED BUDGET NAME-OF-RESULT OPTION...: in a folder
# of its own, so that what is left there shows.
search_one() {
	local program=${1/\//-}_$2 folder=runs/$5 options=()
	[ "${6--}" = - ] || options=("${@:6}")
	mkdir -p "$folder/in"
	(cd "$folder/in" &&
		timeout "${judge_seconds-600}" "$IPCLAB" explore --json \
			--jobs 1 --seed "$3" --budget "$4" \
			--save ../schedule "${options[@]}" \
			-- "../../../built/$program" \
			>../json 2>../err </dev/null
		echo $? >../status)
}
export -f compile_one search_one
export IPCLAB SRCDIR judge_seconds

# field RESULT NAME: of the document of a search; of its first failure, where
# the name begins with a dot.
field() {
	perl -MJSON::PP -e '
		my $d = eval { decode_json(join "", <STDIN>) } // {};
		my ($name) = @ARGV;
		$d = $d->{failures}[0] if $name =~ s/^\.//;
		my $v = $d->{$name};
		print JSON::PP::is_bool($v) ? ($v ? "true" : "false") :
		      $v // "null", "\n"' "$2" <"runs/$1/json"
}
