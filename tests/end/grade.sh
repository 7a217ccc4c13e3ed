#!/bin/bash
# A class is graded: whatever the submissions are, each gets its own result;
# what is there already is not made again; shards make what one makes.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=grading.sh
. "${0%/*}/grading.sh"
cd "$tmp" || exit 1

# ---- a class ----
right class/anna
wrong class/ben
right 'class/王芳'
right 'class/=cmd() %41'
right "class/$(printf 'x%.0s' {1..190})"
right $'class/new\nline'
right $'class/bad\xff'
right class/.hidden
(cd class/anna && tar cf ../carl.tar hello.c)
(cd class/ben && tar czf ../dora.tar.gz ./hello.c)
cp class/anna/hello.c class/-eve.c
check "a class is graded" grade --class class --results one --jobs 2 hello
same "each submission has a line" 10 "$(grep -c . out)"
check "... with its points and what is wrong" \
	grep -qE '^ben +0/5 .*"PASS' out
same "each has its result" "$(LC_ALL=C sort <<-'END'
	anna.hello.json
	bad%5Cxff.hello.json
	ben.hello.json
	carl.hello.json
	dora.hello.json
	%2Deve.c.hello.json
	new%0Aline.hello.json
	王芳.hello.json
	%3Dcmd%28%29%20%2541.hello.json
	END
)" "$(cd one && find . -name '[!x]*.json' -printf '%f\n' | LC_ALL=C sort)"
check "a name that is too long is cut, and told from others" \
	test -f "$(echo one/xxx*~????????????????.hello.json)"
check "each result is whole" whole one
same "its id is the student's" '=cmd() %41' "$(field one/%3D*.json submission id)"
same "its pack is named" tiny "$(field one/anna.hello.json pack name)"
same "points are those of the checks" 5 "$(field one/carl.hello.json score)"
same "a printed PASS earns none" 0 "$(field one/ben.hello.json score)"
same "nothing but results is there" 10 "$(find one -type f | wc -l)"

# ---- the same again ----
for i in 1 2 3; do
	grade --class class --results "share$i" --shard $i/3 --jobs 1 hello
done
check "shards are put together" \
	"$IPCLAB" grade merge share1 share2 share3 -o all
check "... to what one process makes" alike one all
check "... and again, to the same" "$IPCLAB" grade merge share? all -o all
check "... in which each is there once" alike one all
# stamps FOLDER: which file each result is, and of when.
stamps() { find "$1" -name '*.json' -printf '%f %i %T@\n' | sort; }
before=$(stamps one)
check "what is there already" grade --class class --results one --resume hello
same "... is not made again" "$before" "$(stamps one)"
check "... and that is said" grep -qF '10 of them were there already' err
wrong class/anna
: >one/ben.hello.json
rm one/carl.hello.json
printf '{"ipclab":"result"' >one/anna.hello.json.Ab3xYz
check "what changed, is damaged or missing" \
	grade --class class --results one --resume hello
check "... is made" grep -qF '7 of them were there already' err
same "... anew" 0 "$(field one/anna.hello.json score)"
check "half a result that somebody left is removed" \
	[ ! -e one/anna.hello.json.Ab3xYz ]
check "another submission makes shards that differ" \
	[ "$(grep -c . <("$IPCLAB" grade merge one share1 share2 share3 -o new 2>&1))" = 1 ]
check "... which are not put together" \
	grep -q "two results of anna differ" \
	<("$IPCLAB" grade merge one share1 share2 share3 -o new 2>&1)
check "... and nothing is written" [ -z "$(ls new)" ]
mkdir two
cp -r class/ben two
grade --class two --results seeded --resume --seed 7 hello
check "nor are results of another seed" \
	grep -q "were not graded alike" \
	<("$IPCLAB" grade merge one seeded -o new 2>&1)
# again CHANGE...: how many of the results are kept.
again() {
	grade --class two --results seeded --resume "$@" hello
	grep -c '"graded_at"' <(find seeded -newer mark -name '*.json' -exec cat {} +)
}
: >mark
same "the same seed keeps them" 0 "$(again --seed 7)"
same "another makes them anew" 1 "$(again --seed 8)"
: >mark
same "so does another time of handing in" 1 \
	"$(again --seed 8 --submitted-at 2026-11-16T23:59:59.5-05:00)"
same "... which is told" 2026-11-17T04:59:59Z \
	"$(field seeded/ben.hello.json submitted_at)"
cp -r "$pack" changed
chmod -R u+w changed
: >mark
pack=$tmp/changed
same "a pack is known by its bytes" 1 "$(again --seed 8)"
: >mark
mkdir changed/hello/solutions
: >changed/hello/solutions/good
same "... but not those of solutions" 0 "$(again --seed 8)"
echo '# more' >>changed/hello/exercise.yaml
same "... and makes them anew when it changes" 1 "$(again --seed 8)"
pack=$SRCDIR/tests/end/grade

# ---- when it was handed in ----
printf 'submitted_at,id\n2026-11-16T23:59:59Z,ben\n,x\n2026-01-01T00:00:00Z,who\n' \
	>times.csv
check "times come from a table" \
	grade --class two --results seeded --times times.csv hello
same "... by the id" 2026-11-16T23:59:59Z \
	"$(field seeded/ben.hello.json submitted_at)"
printf 'id,submitted_at\nben,yesterday\n' >times.csv
grade --class two --times times.csv hello
same "... and each wrong line is told" 2 $?
same "... in a sentence" \
	"ipclab: times.csv:2: 'yesterday' is no time such as 2026-11-16T23:59:59Z" \
	"$(cat err)"

# ---- an assignment ----
cat >hw.yaml <<END
format: 1
name: hw
title: Homework
pack: $pack
exercises: [{name: hello, points: 10}, {name: greet, points: 5}]
roster: roster.csv
END
printf 'id\nflora\ngerd\nhans\n' >roster.csv
right together/flora/hello
mkdir -p together/flora/greet
printf '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n' \
	>together/flora/greet/hello.c
(cd together/flora && tar cf ../gerd.tar hello greet)
(cd together/flora && tar cf ../hugo.tar greet)
check "the exercises of an assignment are graded" \
	grade --class together --results hw hw.yaml
same "... each from the folder of its name" "5 4 5 4" \
	"$(for i in flora gerd; do for e in hello greet; do
		field hw/$i.$e.json score; done; done | paste -sd' ')"
same "... and what is not handed in gets nothing" "0 reject 4" \
	"$(field hw/hugo.hello.json score) $(field hw/hugo.hello.json \
		verdict) $(field hw/hugo.greet.json score)"
same "the assignment is named" hw "$(field hw/gerd.greet.json assignment)"
check "who is not on the roster is told" \
	grep -qF '1 submission is of nobody on the roster: hugo' err
check "reports read the folder" "$IPCLAB" report --to csv hw

# ---- one ----
check "one submission is told in full" grade hello class/anna
check "... with what is wrong" grep -q '^== It prints the word' out
check "... or as JSON" grade --json hello class/anna
same "... which is one object" hello "$(field out exercise)"
(cd class/ben && cp ../../class/carl.tar . && grade hello . ; cp out err "$tmp")
check "... whose name is that of its folder" grep -q ': ben: ' out
check "one check is made alone" grade --only says --json hello class/carl.tar
same "... with nothing else" 1 "$(grep -c '"visibility"' out)"

# says SENTENCE STATUS WHAT WORD...: it is refused with these words.
says() {
	local sentence=$1 status=$2 what=$3
	shift 3
	grade "$@"
	same "$sentence" "$status" $?
	same "... in one sentence" "ipclab: $what" "$(cat err)"
}
says "two submissions of one student" 2 \
	"two submissions are ben's: class/ben and two/ben" \
	hello class/ben two/ben
says "a submission that is not there" 2 "there is no class/nobody" \
	hello class/nobody
says "an exercise that is not there" 2 \
	"there is no exercise 'helo'; did you mean 'hello'?" helo class/ben
says "a check that is not there" 2 "there is no check 'syas'; did you mean 'says'?" \
	--only syas hello class/ben
says "a part is not kept" 2 \
	"--only makes a part of a result, which --results does not keep" \
	--only says --results x hello class/ben
says "a share that there cannot be" 2 \
	"--shard needs I/N, the I-th share of N, such as 2/8, not '3/2'" \
	--shard 3/2 hello class/ben
says "nobody's work" 2 \
	"whose work? Name submissions, or a folder of them with --class" hello
says "resuming nothing" 2 \
	"--resume needs --results: the folder that the results are in" \
	--resume hello class/ben
says "no jobs" 2 "--jobs needs a whole number from 1 to 256, not '0'" \
	--jobs 0 hello class/ben
same "nothing is left" "" "$(ls "$TMPDIR")"
finish
