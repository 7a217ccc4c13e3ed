#!/bin/bash
# A learner's exercise from start to full points; what is handed in is never
# trusted; the same work gets the same result.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
pingpong=$SRCDIR/exercises/pingpong
cd "$tmp" || exit 1
mkdir temporary
export TMPDIR=$tmp/temporary
export HOME=$tmp XDG_CACHE_HOME=$tmp/cache XDG_STATE_HOME=$tmp/state

# solve HOW: the solution takes the learner's place.
solve() { cp "$pingpong/solutions/$1/pingpong.c" pingpong/; }
# checked: the result of the work, as JSON.
checked() { "$IPCLAB" exercise check --json pingpong; }
# field JQ-LIKE: verdict and bug of each check, one a line.
verdicts() {
	checked >result.json
	python3 -c 'import json
r = json.load(open("result.json"))
print(r["build"]["verdict"], r["score"], r["maximum"])
for c in r["checks"]: print(c["id"], c["verdict"], c["bug"] or "-")'
}
times_apart() { grep -vE '"(graded_at|compile|check|total)": ' "$1"; }

check "an exercise begins" "$IPCLAB" exercise start "$pingpong"
same "what it begins with is in its folder" "pingpong.c" "$(ls pingpong)"
solve good/straight
same "a right solution gets all points" "accept 10 10
answers accept -
any-order accept -
ends accept -" "$(verdicts)"
for bug in both-read one-pipe no-wait ends-open; do
	solve bad/$bug
	check "$bug is recognised" [ "$(verdicts | grep -c " $bug$")" -gt 0 ]
done
solve bad/polls
check "who polls is told so" grep -q 'any-order busy-wait polls' <(verdicts)
solve bad/both-read
times_apart result.json >/dev/null
checked >one.json
checked >two.json
check "the same work gets the same result" \
	cmp <(times_apart one.json) <(times_apart two.json)
"$IPCLAB" exercise check pingpong >said
same "... and not all points are status 1" 1 $?

# ---- without a sandbox ----
# bare COMMAND...: root in a name space of which no other one can be made.
bare() {
	# shellcheck disable=SC2016
	unshare --user --map-root-user bash -c \
		'echo 0 >/proc/sys/user/max_user_namespaces && "$@"' bash "$@"
}
without="Run without a sandbox, as you: this machine gives none"
empty "with a sandbox nothing is said of it" "$(grep -F "$without" said)"
if bare true 2>err; then
	bare "$IPCLAB" exercise check pingpong >bare
	check "without one it is said" grep -qF "$without" bare
	same "... in one line, and all else is the same" "$(cat said)" \
		"$(grep -v sandbox bare)"
	check "doctor says why" grep -qE \
		'^  no +sandbox .*root cannot become an ordinary user' \
		<(bare "$IPCLAB" doctor)
else
	skip 'unshare --user' "without a sandbox it is said"
fi

# ---- saved, and checked again ----
# comes TEXT: it is written sooner or later.
comes() {
	timeout 900 tail -n +1 -F --pid="$watcher" watched 2>/dev/null |
		grep -qm 1 -- "$1"
}
: >watched
"$IPCLAB" exercise check --watch pingpong >watched 2>/dev/null &
watcher=$!
check "check --watch says what the work is worth now" comes " of 10"
solve good/straight
check "... and again when it is saved" comes "10 of 10"
kill -INT $watcher
wait $watcher
same "^C ends it, and its status is the last one's" 0 $?
solve bad/both-read
check "the failing run can be made again, beside the work" \
	grep -q 'deadlock' <("$IPCLAB" replay --plain pingpong/pingpong.schedule)
rm pingpong/pingpong pingpong/pingpong.schedule

# ---- several at once ----
# The first word's first letter decides what fails: with other values others.
mkdir -p chain/start handed
cat >chain/exercise.yaml <<'END'
format: 1
id: T01
title: Checks that need others
mode: write
files: [chain.c]
checks:
  - {id: always, title: Always, points: 1, args: [y, "${word:a}"], cases: 3}
  - {id: some, title: Sometimes, points: 1, args: ["${word:a}", y], cases: 6}
  - {id: after, title: After that, points: 1, args: [y, y], cases: 2,
     needs: [some]}
  - {id: never, title: Never, points: 1, args: [a, y], needs: [always]}
  - {id: last, title: Last of all, points: 1, args: [y, y],
     needs: [after, never, always]}
  - {id: free, title: Free, points: 1, allow: [races], args: [y, f], explore: {runs: 40},
     files: [{name: mine, text: x}]}
bugs:
  - {id: bug, verdict: wrong, says: So it is., hint: None.}
hints: [None.]
END
cat >handed/chain.c <<'END'
#include <pthread.h>
#include <unistd.h>
static int file = -1;
static void *look(void *x) { file = access("mine", R_OK); return x; }
int main(int n, char **v)
{
	pthread_t t[2];

	if (n < 3 || v[1][0] < 100)
		return 1;
	if (v[2][0] != 'f')
		return 0;
	for (int i = 0; i < 2; i++)
		pthread_create(&t[i], NULL, look, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(t[i], NULL);
	return file != 0;
}
END
: >chain/start/chain.c
# in_jobs N: the results with seeds 1 to 4.
in_jobs() {
	for seed in 1 2 3 4; do
		"$IPCLAB" grade --json --seed $seed --jobs "$1" ./chain handed
	done >"jobs$1"
}
for jobs in 1 2 5 16; do
	in_jobs $jobs
done
same "with these seeds it passes and fails" 2 \
	"$(python3 - <<-'END'
		import json
		text, at, seen = open("jobs1").read(), 0, set()
		while text[at:].strip():
		    at += len(text[at:]) - len(text[at:].lstrip())
		    r, at = json.JSONDecoder().raw_decode(text, at)
		    seen |= {c["verdict"] for c in r["checks"] if c["id"] == "some"}
		print(len(seen))
	END
)"
for jobs in 2 5 16; do
	check "$jobs at once find what one after the other finds" \
		cmp <(times_apart jobs1) <(times_apart jobs$jobs)
done
empty "nothing is left of those that were begun in vain" \
	"$(pgrep -f 'chain y')"

# ---- what can be handed in ----
# refused WHAT SENTENCE: the work is refused for this reason.
refused() {
	check "$1 is refused" grep -qF -- "$2" \
		<(timeout 900 "$IPCLAB" exercise check pingpong 2>&1)
	rm -rf pingpong/pingpong.c
}
rm pingpong/pingpong.c
refused "nothing" "pingpong.c was not handed in"
ln -s /etc/passwd pingpong/pingpong.c
refused "a link" "a link, or no ordinary file"
mkfifo pingpong/pingpong.c
refused "a FIFO" "not an ordinary file"
mkdir pingpong/pingpong.c
refused "a folder" "not an ordinary file"
head -c 1100000 /dev/zero >pingpong/pingpong.c
refused "a large file" "larger than 1024 KiB"
printf '#include "/etc/shadow"\nint main(void) { return 0; }\n' \
	>pingpong/pingpong.c
"$IPCLAB" exercise check --json pingpong >result.json
check "a header of the machine's is not there" \
	grep -q 'shadow: No such file' result.json
check "... and nothing of it is told" \
	[ "$(grep -c 'root:' result.json)" -eq 0 ]

printf '#include <unistd.h>\nint main(void) { for (;;) fork(); }\n' \
	>pingpong/pingpong.c
check "who forks without end does not pass" \
	grep -q 'answers forbidden' <(verdicts)

# ---- what is refused ----
cat >pingpong/pingpong.c <<'END'
#include <pthread.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>
static void *mounts(void *x) { mount("x", "/tmp", "tmpfs", 0, ""); return x; }
int main(void)
{
	pthread_t t;
	if (fork() == 0) {
		for (int i = 0; i < 3; i++)
			ptrace(PTRACE_ATTACH, getppid(), 0, 0);
		for (;;)
			chroot("/");
	}
	pthread_create(&t, NULL, mounts, NULL);
	pthread_join(t, NULL);
	return wait(NULL) < 0;
}
END
# told_refused: what the result says of it.
told_refused() {
	checked >result.json
	python3 -c 'import json
r = json.load(open("result.json"))
for f in r["forbidden"]: print(*f.values())
print(*r["limits"].items())'
}
same "calls that were refused are listed, by whom, where, how often" \
	"ptrace A.1 answers EPERM pingpong.c:12 3
chroot A.1 answers EPERM pingpong.c:14 100
mount A:1 answers EPERM pingpong.c:6 1
('cpu', 5) ('wall', 60) ('memory', 256) ('processes', 32) ('descriptors', 64) ('file', 16) ('disk', 32) ('output', 256) ('objects', 32) ('steps', 10000)" \
	"$(told_refused)"
times_apart result.json >one.json
checked >two.json
check "... the same each time" cmp one.json <(times_apart two.json)

# ---- what can be said ----
says() { # SENTENCE STATUS WHAT ARGUMENTS...
	local sentence=$1 status=$2 what=$3
	shift 3
	"$IPCLAB" exercise "$@" >out 2>err
	same "$sentence" "$status" "$?"
	check "... in a sentence" grep -qF -- "$what" err
}
says "a wrong word is answered with the nearest" 2 "did you mean 'check'?" \
	chekc pingpong
says "so is a wrong name" 2 "did you mean 'pingpong'?" check pingpnog
says "hints have numbers" 2 "has the hints 1 to" hint pingpong 99
check "a hint is given" "$IPCLAB" exercise hint pingpong 1
check "exercises are listed" grep -q '^E07 ' <("$IPCLAB" exercise list)
check "in Chinese, too" grep -q '乒乓' \
	<(LC_ALL=C.UTF-8 "$IPCLAB" --lang zh_CN exercise list)
same "nothing is left" "" "$(ls "$TMPDIR")"
finish
