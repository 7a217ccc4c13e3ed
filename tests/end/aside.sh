#!/bin/bash
# What is handed in beside the work: the schedule by which the learner broke a
# program, which his own mended one must survive, and the hints that were read.
# Whoever handed it in wrote all of it.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=grading.sh
. "${0%/*}/grading.sh"
cd "$tmp" || exit 1
export XDG_STATE_HOME=$tmp/state
# The same exercises, with few runs.
exercises=$tmp/pack
mkdir "$exercises"
cp -r "$SRCDIR/exercises/lost-update" "$SRCDIR/exercises/lost-update-break" \
	"$exercises"
chmod -R u+w "$exercises"
sed -i 's/runs: 200/runs: 5/' "$exercises/lost-update/exercise.yaml"
found=$exercises/lost-update-break/solutions/good/by-hand/schedule

# ---- the schedule that broke it ----
# any: only what is tried in every order, of the exercise itself.
any() {
	timeout 300 "$IPCLAB" grade --json --only any-order \
		"$exercises/lost-update" handed >out 2>err
}
# hands SOLUTION: such work is handed in, with a schedule beside it.
hands() {
	rm -rf handed
	mkdir -p handed/lost-update-break
	cp "$exercises/lost-update/solutions/$1/count.c" handed
	cp "$found" handed/lost-update-break/schedule
	chmod -R u+w handed
}
# last KEY: of the check that was asked for.
last() { python3 -c 'import json, sys
print(json.load(open("out"))["checks"][-1][sys.argv[1]])' "$1"; }

hands good/semaphore
check "work with the schedule is graded" any
same "... and survives it" accept "$(last verdict)"
check "... which is said" \
	grep -qF 'The schedule that you found does it no harm (' out
same "... with what was tried" \
	"sha256:$(sha256sum <"$found" | cut -d' ' -f1)" \
	"$(field out submission breaker)"
mv handed/lost-update-break/schedule handed
rmdir handed/lost-update-break
check "it may lie beside the file" any
check "... and is tried" grep -qF 'does it no harm (' out
rm handed/schedule
check "without one" any
same "... there is none" None "$(field out submission breaker)"
same "... and the work has its points" accept "$(last verdict)"
hands bad/volatile
check "work that the schedule breaks" any
check "... is told so" grep -qF 'by the schedule that you found (' out

# What is none is not tried, and costs nothing; nor is it the grader's fault.
refused() { # SENTENCE TEXT: the schedule that stands there now
	any || true
	same "$1: the work has its points" "accept True" \
		"$(last verdict) $(field out gradable)"
	check "... and why the schedule was not tried is said" \
		grep -qF "The schedule that you found was not tried: $2" out
	hands good/semaphore
}
there=handed/lost-update-break/schedule
hands good/semaphore
echo nothing >$there
refused "no schedule" "schedule:1: this is no schedule"
sed -i '/^steps:/s/$/\nsignal A SIGKILL/' $there
refused "a signal from outside" "step 1 of the schedule is 'signal A SIGKILL'"
sed -i 's/^command: .*/command: .\/other/' $there
refused "one of another program" "this is a schedule of './other'"
printf 'go A\n\0go A\n' >>$there
refused "one with a NUL" "schedule: a schedule has no NUL in it"
for ((i = 0; i < 10001; i++)); do echo "go A"; done >>$there
refused "too many steps" "the schedule has 10"
head -c 1048577 /dev/zero | tr '\0' '#' >>$there
refused "a huge one" "schedule: larger than 1024 KiB"
ln -sf /etc/passwd $there
refused "a link" "schedule: a link, or no ordinary file"
rm $there && mkfifo $there
refused "a FIFO" "schedule: not an ordinary file"
# Of nobody who is there, as many as are allowed: passed over, and soon.
for ((i = 0; i < 9900; i++)); do echo "go A.$i"; done >>$there
check "one of strangers is tried" any
same "... and the work has its points" accept "$(last verdict)"
hands good/semaphore
cp handed/count.c anna.c
check "one file alone is its work" eval \
	'"$IPCLAB" grade --json --only counts "$exercises/lost-update" anna.c >out'
same "... with no schedule" "None accept" \
	"$(field out submission breaker) $(last verdict)"

# ---- as it is handed in ----
mkdir -p state/ipclab/found
cp "$found" state/ipclab/found/lost-update-break.schedule
"$IPCLAB" exercise start "$exercises/lost-update" >out
cp handed/count.c lost-update
check "the schedule that was found is handed in" eval \
	'"$IPCLAB" submit --to handed.tar.gz lost-update >out'
check "... which is said" \
	grep -qx 'lost-update: 1 file, and your schedule that broke it' out
same "... in a folder of its exercise" \
	"manifest.json lost-update/count.c lost-update-break/schedule" \
	"$(tar tzf handed.tar.gz | paste -sd' ')"
cp handed.tar.gz class.tar.gz
cat >hw.yaml <<END
format: 1
name: hw
title: Homework
pack: $exercises
exercises: [{name: lost-update, points: 10}]
END
check "from the archive as well" eval \
	'timeout 300 "$IPCLAB" grade --results new --json hw.yaml class.tar.gz >out'
check "... it is tried" grep -qF 'does it no harm (' out
check "what is the same is kept" eval \
	'timeout 300 "$IPCLAB" grade --resume --results new hw.yaml class.tar.gz 2>err'
same "... and nothing made again" same \
	"$(cmp -s <(grep graded_at out) <(grep graded_at new/*.json) && echo same)"
rm -rf handed && mkdir handed && tar xzf handed.tar.gz -C handed
printf '# another\n' >>handed/lost-update-break/schedule
tar czf class.tar.gz -C handed .
before=$(field new/class.lost-update.json submission breaker)
check "with another schedule" eval \
	'timeout 300 "$IPCLAB" grade --resume --results new hw.yaml class.tar.gz >out 2>err'
check "... it is graded anew" [ "$before" != \
	"$(field new/class.lost-update.json submission breaker)" ]

# ---- hints ----
cat >hints.yaml <<END
format: 1
name: hints
title: Homework
pack: $pack
exercises: [{name: hello, points: 10}]
hints: {cost: 20%}
END
"$IPCLAB" exercise start "$pack/hello" >out
right hello
check "a hint is read" eval '"$IPCLAB" exercise hint hello >out'
check "... and again" eval '"$IPCLAB" exercise hint hello 1 >out'
check "the work is handed in" eval \
	'"$IPCLAB" submit --to anna.tar hints.yaml >out'
check "... with how many were read" grep -qx 'hello: 1 file, 1 hint read' out
mkdir hinted
cp anna.tar hinted
tar xf anna.tar hello/hello.c
mkdir hinted/ben && cp hello/hello.c hinted/ben
# claims ID MANIFEST-SCRIPT: with the manifest changed by hand.
claims() {
	mkdir changed
	tar xf anna.tar -C changed
	sed -i "$2" changed/manifest.json
	tar cf "hinted/$1.tar" -C changed manifest.json hello/hello.c
	rm -rf changed
}
claims many 's/"hints": 1/"hints": 99999999999999999/'
claims below 's/"hints": 1/"hints": -7/'
claims text 's/"hints": 1/"hints": "none"/'
claims broken '1s/{/[/'
check "they are graded" grade --class hinted --results hinted.results hints.yaml
hints() { field "hinted.results/$1.hello.json" submission hints; }
same "what was read is in the result" "1 0" "$(hints anna) $(hints ben)"
same "more than there are, are all there are" 2 "$(hints many)"
same "what is no number of hints is none" "0 0 0" \
	"$(hints below) $(hints text) $(hints broken)"
book() { "$IPCLAB" gradebook --book marks.db "$@" >out 2>err; }
check "it goes into the gradebook" book import hinted.results
check "... which takes the cost off the marks" \
	book export --assignment hints.yaml
same "... of who says that they were read" "anna 8.00
ben 10.00
many 6.00" "$(sed 's/\r$//' out | awk -F, '/^(anna|ben|many),/ { print $1, $NF }')"
check "the list tells them" book list
check "... how many" grep -q '^anna .*(1 hint read)$' out
same "nothing is left" "" "$(ls "$TMPDIR")"
finish
