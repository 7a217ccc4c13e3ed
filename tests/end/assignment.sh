#!/bin/bash
# An assignment is checked before anybody works on it.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
cd "$tmp" || exit 1
export TMPDIR=$tmp/temporary HOME=$tmp XDG_STATE_HOME=$tmp/state
mkdir temporary

printf 'id,name,email\nalice,Alice,a@x\nbob,Bob,b@x\n' >roster.csv
cat >hw.yaml <<END
format: 1
name: hw
title: Homework
pack: $SRCDIR/exercises
exercises:
  - {name: pingpong, points: 20}
  - {name: reap, points: 10}
due: 2026-11-16T23:59:59Z
late: [{until: 24h, lose: 10%}]
roster: roster.csv
END
# answers STATUS WORD...: to an assignment's command; what it said is in out.
answers() {
	local status=$1
	shift
	"$IPCLAB" assignment "$@" >out 2>&1
	[ $? -eq "$status" ]
}
check "one without a fault is in order" answers 0 check hw.yaml
same "... and that is said" \
	"hw.yaml: in order: 2 exercises, 30 points" "$(cat out)"
check "what it asks for is shown" answers 0 show hw.yaml
check "... when it is due" grep -qx 'due: 2026-11-16T23:59:59Z' out
check "... the points of each exercise" \
	grep -q '^   20  pingpong ' out
check "... who takes part" grep -qx '2 take part' out

# wrong SENTENCE TEXT SED-SCRIPT [FILE]: with this changed, it says this.
wrong() {
	cp roster.csv roster.saved
	cp hw.yaml hw.saved
	sed -i "$3" "${4-hw.yaml}"
	answers 1 check hw.yaml
	same "$1" "$2" "$(cat out)"
	mv hw.saved hw.yaml
	mv roster.saved roster.csv
}
wrong "an exercise that is not there is told, with the nearest" \
	"hw.yaml:6: there is no exercise 'pingpnog'; did you mean 'pingpong'?" \
	s/pingpong/pingpnog/
wrong "a pack that is not there" \
	"hw.yaml:4: cannot open the pack $tmp/none: No such file or directory" \
	"s|^pack: .*|pack: $tmp/none|"
wrong "a pack that is no folder" \
	"hw.yaml:4: the pack roster.csv is neither a folder nor an archive" \
	"s|^pack: .*|pack: roster.csv|"
wrong "a roster that is not there" \
	"none.csv: cannot open none.csv: No such file or directory" \
	s/roster.csv/none.csv/
wrong "a line of the roster" "roster.csv:3: 'alice' stands in line 2 already" \
	s/bob,/alice,/ roster.csv
wrong "all that is wrong is told at once" "hw.yaml:7: the key 'points' is missing
hw.yaml:8: due: 'soon' is no time such as 2026-11-16T23:59:59Z" \
	's/^due: .*/due: soon/; s/, points: 10//'
check "one that is not there" answers 1 check none.yaml
check "a wrong word is answered with the nearest" answers 2 chek hw.yaml
check "... in a sentence" grep -qF "did you mean 'check'?" out

# ---- a pack as an archive ----
mkdir packed
cp -r "$SRCDIR/exercises/pingpong" "$SRCDIR/exercises/reap" packed
chmod -R u+w packed
printf 'format: 1\nname: course\n' >packed/pack.yaml
tar cf course.tar packed
tar czf flat.tar.gz -C packed .
sed -i "s|^pack: .*|pack: course.tar|" hw.yaml
check "a pack may be an archive with a folder" answers 0 check hw.yaml
sed -i "s|^pack: .*|pack: flat.tar.gz|" hw.yaml
check "... or without" answers 0 check hw.yaml
mkdir learner
check "a learner opens it" eval '(cd learner && answers 0 open ../hw.yaml)'
same "... and has a folder for each exercise" "pingpong reap" \
	"$(cd learner && echo p* r*)"
check "... whose exercise is there to stay" \
	grep -q 'point' <(cd learner && "$IPCLAB" exercise show pingpong)
echo mine >learner/reap/crew.c
check "opened again" eval '(cd learner && answers 0 open ../hw.yaml)'
same "... his work is as it was" mine "$(cat learner/reap/crew.c)"
# ---- what the learner has of it ----
lab() { "$IPCLAB" 2>&1 <&- | cat; }
sed -i 's/^due: .*/due: 9026-11-16T23:59:59Z/' hw.yaml
lab >out
check "the home screen tells what is due" \
	grep -qx 'Homework' out
check "... until when" grep -qF 'It is due 9026-11-16 23:59 UTC, ' out
check "... and how far each exercise is" \
	grep -q '^    pingpong .* not begun, 20 points$' out
check "what is checked" eval '(cd learner && cp \
	"$SRCDIR/exercises/pingpong/solutions/good/straight/pingpong.c" \
	pingpong && timeout 300 "$IPCLAB" exercise check pingpong)'
lab >out
check "... is done there" grep -q '^    pingpong .* done, 20 of 20 points$' out
check "... and counts" grep -qF '1 of 2 exercises are done, 20 of 30 points.' out
check "it is handed in" eval '(cd learner && answers 0 submit ../hw.yaml)'
check "... as one archive" [ -s learner/hw.tar.gz ]
sed 's/^roster: .*/roster: gone.csv/' hw.yaml >learner/own.yaml
check "the roster is the instructor's: who works needs none" eval \
	'(cd learner && sed -i "s|^pack: .*|pack: ../flat.tar.gz|" own.yaml &&
	answers 0 open own.yaml && answers 0 submit own.yaml)'
rm learner/own.yaml
check "one whose file is gone" eval '[ "$(lab | grep -cx Homework)" = 1 ]'
echo 'hints: {cost: 10%}' >>hw.yaml
hint() { (cd learner && "$IPCLAB" exercise hint "$@"); }
check "where hints cost, none is read by chance" eval 'hint pingpong >out'
check "... but is told" grep -qF \
	'of which you have read 0; a hint costs 10% of its points in Homework.' out
check "one that is asked for is read" eval 'hint pingpong 1 >out'
check "... and paid for" \
	grep -q '^    pingpong .* done, 18 of 20 points$' <(lab)

ln -s /etc/passwd packed/link
tar cf course.tar packed
sed -i "s|^pack: .*|pack: course.tar|" hw.yaml
check "one with a link in it is refused" answers 1 check hw.yaml
check "... in a sentence" \
	grep -qF 'packed/link: a link, or no ordinary file' out
rm packed/link
tar cPf course.tar --transform 's|^packed/pack.yaml|../pack.yaml|' packed
check "so is one that leads out of its folder" answers 1 check hw.yaml
check "... and nothing is there" [ ! -e "$tmp/temporary/pack.yaml" ]
head -c 1000 flat.tar.gz >course.tar
check "so is half of one" answers 1 check hw.yaml
same "nothing is left" "" "$(ls "$TMPDIR")"
finish
