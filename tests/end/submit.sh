#!/bin/bash
# What a learner hands in is what is graded: one archive, the same for the same
# files, and whatever is missing is said before it is too late.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=grading.sh
. "${0%/*}/grading.sh"
cd "$tmp" || exit 1

cat >hw.yaml <<END
format: 1
name: hw
title: Homework
pack: $pack
exercises: [{name: hello, points: 10}, {name: greet, points: 5}]
END
# submit WORD...: what it says is in out and err.
submit() { "$IPCLAB" submit "$@" >out 2>err; }

check "nothing is there" eval '! submit hw.yaml'
check "... which is said" grep -qx 'nothing is there to be handed in' out
check "... and nothing is written" [ ! -e hw.tar.gz ]
"$IPCLAB" exercise start "$pack/hello" >out
"$IPCLAB" exercise start "$pack/greet" >out
check "what was begun can be handed in" submit hw.yaml
same "... and what was not worked on is said" \
	"hello: still as at the beginning
greet: still as at the beginning
hw.tar.gz: 2 of 2, sha256:$(sha256sum <hw.tar.gz | cut -d' ' -f1)" \
	"$(cat out)"
right hello
printf '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n' \
	>greet/hello.c
check "work is handed in" submit hw.yaml
same "... with a folder for each exercise, and nothing else" \
	"manifest.json hello/hello.c greet/hello.c" \
	"$(tar tzf hw.tar.gz | paste -sd' ')"
same "... nobody's, of no time, no program" \
	"-rw-r--r-- 0/0 1970-01-01" \
	"$(TZ=UTC tar tvzf hw.tar.gz | awk '{ print $1, $2, $4 }' | sort -u)"
manifest() { tar xzOf "$1" manifest.json >manifest; field manifest "${@:2}"; }
same "the manifest has each file's digest" \
	"sha256:$(sha256sum <hello/hello.c | cut -d' ' -f1)" \
	"$(manifest hw.tar.gz exercises 0 files 0 digest)"
mkdir hand
cp hw.tar.gz hand/anna.tar.gz
mkdir ben
cp -r hello greet ben
touch -d 2001-01-01 ben/*/hello.c
chmod 600 ben/*/hello.c
(umask 077 && TZ=Asia/Kathmandu submit --from ben --to again.tgz hw.yaml)
check "the same files make the same archive" cmp hw.tar.gz again.tgz
check "it is graded" grade --class hand --results results hw.yaml
same "... for what it is" "5 4" \
	"$(field results/anna.hello.json score) $(field results/anna.greet.json score)"
same "... and the manifest's digest is the result's" \
	"$(manifest hw.tar.gz exercises 1 digest)" \
	"$(field results/anna.greet.json submission digest)"

rm greet/hello.c
submit --to part.tar hw.yaml
same "what is missing makes the answer no" 1 $?
same "... and is said" "hello: 1 file
greet: missing: hello.c was not handed in
part.tar: 1 of 2, sha256:$(sha256sum <part.tar | cut -d' ' -f1)" "$(cat out)"
gzip part.tar
same "... in the manifest too" greet "$(manifest part.tar.gz missing 0)"
ln -s /etc/passwd greet/hello.c
submit --to part.tar hw.yaml
check "what would be refused is said now" \
	grep -qx 'greet: missing: hello.c: a link, or no ordinary file' out

# ---- one exercise ----
check "one exercise by its name" submit --to one.tar hello
check "... or from within its folder" eval '(cd hello && submit --to ../two.tar)'
check "... is the same" cmp one.tar two.tar
check "... and is graded" grade --json hello one.tar
same "... for what it is" 5 "$(field out score)"
mkdir unpacked && tar xf one.tar -C unpacked
check "... unpacked as well" grade --json hello unpacked
same "... for the same" 5 "$(field out score)"
digest=$(field out submission digest)
grade --json hello one.tar
same "... files" "$(field out submission digest)" "$digest"
printf '#include <nothing.h>\n' >unpacked/hello.c
grade --json hello unpacked
same "... but for files that lie outside" compile-error "$(field out build verdict)"
rm unpacked/hello.c
mv unpacked/hello elsewhere
# refused SENTENCE WHAT
refused() {
	grade --json hello unpacked
	same "$1" "reject $2" "$(field out build verdict) $(field out build message)"
}
ln -s ../elsewhere unpacked/hello
refused "a link in place of the folder is not followed" \
	"hello: a folder that cannot be opened"
rm unpacked/hello
mkdir unpacked/hello
ln -s "$tmp/elsewhere/hello.c" unpacked/hello/hello.c
refused "... nor one within it" "hello.c: a link, or no ordinary file"
rm -r unpacked/hello
printf 'int main;\n' >unpacked/hello
refused "a file of that name is no folder" "hello.c was not handed in"

# ---- what can go wrong ----
# says SENTENCE STATUS WHAT WORD...
says() {
	local sentence=$1 status=$2 what=$3
	shift 3
	submit "$@"
	same "$sentence" "$status" $?
	same "... in one sentence" "ipclab: $what" "$(cat err)"
}
says "an archive of another kind" 2 \
	"--to: 'x.zip' does not end in .tar.gz, .tgz or .tar" --to x.zip hello
says "nothing that is known" 2 \
	"what is to be handed in? ipclab submit ASSIGNMENT, or an exercise"
says "too much" 2 "one assignment or exercise, not 'greet' as well" hello greet
says "no such folder" 3 \
	"cannot write none/x.tar: No such file or directory" \
	--to none/x.tar hello
same "nothing is left" "" "$(ls "$TMPDIR")"
finish
