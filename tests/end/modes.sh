#!/bin/bash
# Exercises in which no program is handed in: what will it do, and in which
# order does it fail?  What is handed in is never trusted.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
exercises=$SRCDIR/exercises
cd "$tmp" || exit 1
mkdir temporary
export TMPDIR=$tmp/temporary
export HOME=$tmp XDG_CACHE_HOME=$tmp/cache XDG_STATE_HOME=$tmp/state

if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "programs are run"
	finish
fi

# checked NAME: what is said of the work, and its exit status.
checked() {
	timeout 900 "$IPCLAB" exercise check "$1" >said 2>&1
	echo "status $?" >>said
	cat said
}
says() { # SENTENCE NAME TEXT...
	local sentence=$1 text
	checked "$2" >/dev/null
	for text in "${@:3}"; do
		check "$sentence: $text" grep -qF -- "$text" said
	done
}
times_apart() { grep -vE '"(graded_at|compile|check|total)": ' "$1"; }

# ---- what will it do? ----
"$IPCLAB" exercise show "$exercises/full-pipe" >out
check "questions are shown" grep -q '^    Can\|^    one:' out
check "... with numbered answers" grep -q '^      3  It fails with EAGAIN' out
"$IPCLAB" exercise start "$exercises/full-pipe" >out
check "answers.yaml begins with the questions" \
	grep -q '^#   3  It fails with EAGAIN' full-pipe/answers.yaml
says "no answer" full-pipe "not answered yet" "0 of 10 points" "status 1"
cp "$exercises/full-pipe/solutions/good/as-it-is/answers.yaml" full-pipe
says "right answers" full-pipe "10 of 10 points" "status 0"
cp "$exercises/full-pipe/solutions/bad/byte-for-byte/answers.yaml" full-pipe
says "a wrong answer" full-pipe "no page has become empty" "7 of 10 points" \
	"ipclab replay full-pipe/full-pipe.schedule" "status 1"
check "... and the run is there to be seen" grep -q 'writer waits in write' \
	<("$IPCLAB" replay --plain full-pipe/full-pipe.schedule)
"$IPCLAB" exercise check --json full-pipe >one
"$IPCLAB" exercise check --json full-pipe >two
check "the same answers get the same result" \
	cmp <(times_apart one) <(times_apart two)
printf 'room: 9\nrom: 1\n' >full-pipe/answers.yaml
says "answers that are none" full-pipe \
	"answers.yaml:1: room: '9' is no whole number from 0 to 4" \
	"did you mean 'room'?" "status 1"
head -c 100000 /dev/zero >full-pipe/answers.yaml
says "no text" full-pipe "not accepted" "status 1"
"$IPCLAB" exercise reset full-pipe >out
check "reset lays the questions again" grep -q '^room: 0' full-pipe/answers.yaml

# A sandbox that cannot be as it was asked for is refused, and not left out.
IPCLAB_CGROUP=$tmp/nowhere says "a cgroup that is none" full-pipe \
	"$tmp/nowhere" "status 70"

# Two answers that are true are the author's fault, and nobody is charged.
mkdir pack && cp -r "$exercises/full-pipe" pack/twice
sed -i 's/holds: .*/holds: pipe 1 is full or not pipe 1 is full/' \
	pack/twice/exercise.yaml
"$IPCLAB" exercise start pack/twice >out
cp "$exercises/full-pipe/solutions/good/as-it-is/answers.yaml" twice
says "an exercise that is at fault" twice \
	"the exercise is at fault: 4 of its 4 answers are true" "status 70"

# ---- in which order does it fail? ----
"$IPCLAB" exercise start "$exercises/lost-update-break" >out
check "the program is there to be run" [ -x lost-update-break/count ]
check "... and how, is said" \
	grep -qF 'ipclab watch --schedule schedule --cast A=parent' out
(
	cd lost-update-break || exit
	printf 'go A\ngo A\ngo A\ngo A.1\ngo A.2\ngo A.1\nend\n' |
		"$IPCLAB" watch --plain --schedule schedule -- ./count
) >out 2>&1
says "the order that was driven by hand" lost-update-break \
	'does not hold' "ipclab exercise start lost-update." "status 0"
check "... is kept" [ -s state/ipclab/found/lost-update-break.schedule ]

# What mends the program must survive that very schedule.
"$IPCLAB" exercise start "$exercises/lost-update" >out
says "the program as it was" lost-update \
	"wrong result: by the schedule that you found (" "Both read the same" \
	"status 1"
cp "$exercises/lost-update/solutions/good/semaphore/count.c" lost-update
says "the program, mended" lost-update \
	"The schedule that you found does it no harm (" "9 of 9 points" \
	"status 0"
bad=$exercises/lost-update-break/solutions/bad/in-turn/schedule
refused() { # SENTENCE TEXT: the schedule there is refused so.
	says "$1" lost-update-break "$2" "status 1"
	cp "$bad" lost-update-break/schedule
}
cp "$bad" lost-update-break/schedule
refused "in turn" "nothing goes wrong"
cp "$exercises/wake-up-break/solutions/good/by-hand/schedule" lost-update-break
refused "of another program" "this is a schedule of './wake hello'"
sed -i '/^steps:/s/$/\nsignal A SIGKILL/' lost-update-break/schedule
refused "a signal from outside" "step 1 of the schedule is 'signal A SIGKILL'"
sed -i 's/^go A\.2$/go A.7/' lost-update-break/schedule
refused "somebody who is not there" "there is no actor 'A.7'"
sed -i 's/^go A\.2$/go/' lost-update-break/schedule
refused "a line that is none" "schedule:"
for ((i = 0; i < 10001; i++)); do echo "go A"; done \
	>>lost-update-break/schedule
refused "too many steps" "are allowed"
sed -i "s/^seed:/shared: granules=8 $(printf '5555000 %.0s' {1..3000})\n&/" \
	lost-update-break/schedule
refused "an endless list" "more shared memory"
sed -i 's/^seed:/looks: points\nshared: granules=8 zz\n&/' \
	lost-update-break/schedule
refused "a list that is none" "in words that this ipclab does not know"
echo nothing >lost-update-break/schedule
refused "no schedule" "this is no schedule of ipclab"

# What it says of how it was run changes nothing outside.
sed -i 's/^output: file/terminal: 999x9999\nnamespaces:\nfolder: \/etc/' \
	lost-update-break/schedule
says "a strange header" lost-update-break "nothing goes wrong" "status 1"
same "nothing is left" "" "$(ls "$TMPDIR")"
finish
