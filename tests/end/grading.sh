# Sourced by the tests of ipclab grade, after tap.sh: a class of tiny
# submissions, and results compared without their times.
# shellcheck shell=bash
: "${tmp:?}"
pack=$SRCDIR/tests/end/grade
export TMPDIR=$tmp/temporary HOME=$tmp XDG_CACHE_HOME=$tmp/cache
mkdir "$tmp/temporary"

# grade WORD...: of the tiny pack; what it said is in out and err.
grade() {
	timeout 900 "$IPCLAB" grade --pack "$pack" "$@" >out 2>err
}
# right FOLDER, wrong FOLDER: what passes hello, and what does not.
right() {
	mkdir -p "$1"
	printf '#include <stdio.h>\nint main(int n, char **v) { printf("%%s\\n", v[1]); return n - 1; }\n' \
		>"$1/hello.c"
}
wrong() {
	mkdir -p "$1"
	printf '#include <stdio.h>\nint main(void) { puts("PASS"); return 0; }\n' \
		>"$1/hello.c"
}
# times_apart FOLDER: all its results in order, without their times.
times_apart() {
	local file
	for file in "$1"/*.json; do
		printf '== %s\n' "${file##*/}"
		grep -vE '^ *"(graded_at|compile|check|total)": ' "$file"
	done
}
# alike FOLDER FOLDER: their results are the same but for the times.
alike() { diff <(times_apart "$1") <(times_apart "$2"); }
# field FILE NAME...: what stands there in a result, by Python's reader.
field() {
	python3 - "$@" <<-'END'
		import json, sys
		value = json.load(open(sys.argv[1]))
		for name in sys.argv[2:]:
		    value = value[int(name) if name.isdigit() else name]
		print(value)
	END
}
# whole FOLDER: every file of it that is called a result is one.
whole() {
	python3 - "$1" <<-'END'
		import glob, json, sys
		for name in glob.glob(sys.argv[1] + "/*.json"):
		    assert json.load(open(name))["ipclab"] == "result", name
	END
}
# soon COMMAND...: wait until it succeeds; a deadline that only a
# failure reaches.
soon() {
	local deadline=$((SECONDS + 300))
	until "$@"; do
		[ $SECONDS -lt $deadline ] || return 1
		read -rt 0.02 <> <(:)
	done
	true
}
