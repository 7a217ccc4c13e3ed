#!/bin/bash
# Whatever is handed in, and whatever happens to the grader: each result is
# whole or not there, nobody is charged for what is not his fault, the
# neighbour keeps his points, and what was stopped goes on.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=grading.sh
. "${0%/*}/grading.sh"
cd "$tmp" || exit 1

# ---- what can be handed in ----
right class/zoe
mkdir class/{empty,link,fifo,folder,large,many,unreadable,inner}
ln -s ../zoe/hello.c class/link/hello.c
ln -s zoe class/linked
ln -s /dev/zero class/device
mkfifo class/pipe class/fifo/hello.c
mkdir class/folder/hello.c
truncate -s 1G class/large/hello.c class/huge.c class/huge.tar
ln -s / class/inner/up
right class/many
(cd class/many && seq 20000 | xargs touch)
right class/crowd && (cd class/crowd && seq 1500 | xargs touch)
tar cf class/crowded.tar -C class crowd && rm -r class/crowd
head -c 300 class/crowded.tar >class/half.tar
head -c 2000 /dev/urandom >class/noise.zip
printf 'int main(void) { return 0;\0}\n' >class/nul.c
printf '\xff\xfe\n' >class/bytes.c
right slip
tar cPf class/slip.tar --transform 's|^|../|' slip/hello.c
tar cf class/twice.tar -C slip hello.c ../slip/hello.c 2>tar.err
(cd slip && ln hello.c hard.c && mv hello.c first.c && ln first.c hello.c &&
	tar cf ../class/hard.tar hard.c first.c hello.c)
check "whatever is handed in is graded" \
	grade --class class --results results --jobs 2 hello
verdicts() {
	local f
	for f in "$1"/*.json; do
		printf '%s %s\n' "${f##*/}" "$(field "$f" verdict)"
	done | sed 's/\.hello\.json//'
}
same "... and refused, or does not compile, or passes" \
	"bytes.c compile-error
crowded reject
device reject
empty reject
fifo reject
folder reject
half reject
hard reject
huge.c reject
huge reject
inner reject
large reject
link reject
linked reject
many accept
noise reject
nul.c wrong
pipe reject
slip reject
twice reject
unreadable reject
zoe accept" "$(verdicts results)"
check "... with a sentence each" [ "$(grep -cE '  0/5 +not accepted for grading  .' out)" -ge 18 ]
check "... and each result is whole" whole results

# ---- one grader at a time ----
cat >holder.py <<'END'
import fcntl, sys
lock = open(sys.argv[1], "w")
fcntl.lockf(lock, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
END
mkdir shared
mkfifo hold
python3 holder.py shared/.ipclab-grade <hold >held &
exec 5>hold
soon grep -q held held
grade --results shared hello class/zoe
same "two do not grade into one folder" 3 $?
same "... which is said" "ipclab: somebody else is grading into shared: wait for it, or name another folder" \
	"$(cat err)"
exec 5>&-
wait
check "when the one is gone, the other may" \
	grade --results shared hello class/zoe

# ---- stopped ----
for i in {01..10}; do
	right "many/s$i"
done
wrong many/s03
grade --class many --results uncut --jobs 2 hello
results() { find "$1" -name '*.json' 2>found | wc -l; }
at_least() { [ "$(results "$1")" -ge "$2" ]; }
# begin FOLDER: a grader, its number in grader.
begin() {
	"$IPCLAB" grade --pack "$pack" --class many --results "$1" --resume \
		--jobs 2 hello >out 2>err &
	grader=$!
}
# stopped SIGNAL: in the middle; its exit status.
stopped() {
	begin cut
	soon at_least cut $(($(results cut) + 2))
	kill -"$1" "$grader"
	wait "$grader" 2>wait.err
}
stopped INT
same "^C ends it with a status of its own" 75 $?
check "... and says how to go on" \
	grep -qE '^ipclab: interrupted: [0-9]+ of 10 results are there, and the same with --resume goes on$' err
check "... and what is there is whole" whole cut
kept=$(results cut)
stopped TERM
same "so does SIGTERM" 75 $?
check "... and what was there stays" [ "$(results cut)" -ge "$kept" ]
stopped KILL
check "SIGKILL leaves whole results only" whole cut
begin cut
wait $grader
same "the next one goes on" 0 $?
check "... to what an uncut one makes" alike uncut cut
same "... without anything left beside it" 10 "$(find cut -type f | wc -l)"
# Killed wherever it is: at its beginning, and a little later each time.  Who
# loses his parent becomes a child of this program, which waits for all.
cat >killer.py <<'END'
import ctypes, os, subprocess, sys, time
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)		# PR_SET_CHILD_SUBREAPER
grader = subprocess.Popen(sys.argv[2:])
time.sleep(float(sys.argv[1]))
grader.kill()
try:
    while True:
        os.wait()
except ChildProcessError:
    pass
END
for i in {1..8}; do
	timeout 300 python3 killer.py 0.0$((i * 7 % 10))"$i" "$IPCLAB" grade \
		--pack "$pack" --class many --results killed --resume \
		--jobs 2 hello >out 2>err ||
		not_ok "killed the $i-th time, nobody lives on"
	whole killed || not_ok "killed the $i-th time, each result is whole"
done
begin killed
wait $grader
check "killed again and again, it gets to its end" alike uncut killed
same "... without anything left beside it" 10 "$(find killed -type f | wc -l)"

# ---- no room, no sandbox ----
# mounting COMMANDS: with mounts of one's own; the grader is "$@", and not the
# root that may mount.
outer=(unshare --mount)
inner=()
if [ "$(id -u)" != 0 ]; then
	outer=(unshare --user --map-root-user --mount)
	inner=(unshare --user --map-user=65534 --map-group=65534)
fi
mounting() {
	"${outer[@]}" bash -c "$1" bash \
		"${inner[@]}" timeout 900 "$IPCLAB" grade --pack "$pack"
}
mkdir full home tight
# shellcheck disable=SC2016
if mounting 'mount -t tmpfs none full' 2>err; then
	# Three results, or four, have room.
	mounting 'mount -t tmpfs -o size=16k none full
		"$@" --class many --results full --jobs 2 hello >out 2>err
		echo $? >status; cp -a full part'
	same "a full disk ends it" 3 "$(cat status)"
	check "... and says how to go on" grep -qE \
		'^ipclab: cannot write .*: No space left on device; [1-9] of 10 results are there, and the same with --resume goes on$' err
	check "... and what is there is whole" whole part
	same "... without anything beside it" "" \
		"$(find part -type f ! -name '*.json')"
	check "with more room it goes on" \
		grade --class many --results part --resume --jobs 2 hello
	check "... to what an uncut one makes" alike uncut part
	mounting 'mount -t tmpfs -o size=8k none tight
		TMPDIR=$PWD/tight "$@" --json hello class/zoe >out 2>err
		echo $? >status'
	same "no room for temporary files is a fault of ours" 70 "$(cat status)"
	same "... which nobody is charged for" False "$(field out gradable)"
	mounting 'mount -t tmpfs -o ro none home
		HOME=$PWD/home XDG_CACHE_HOME= "$@" hello class/zoe >out 2>err
		echo $? >status'
	same "a home that cannot be written to does not matter" 0 \
		"$(cat status)"
else
	skip 'unshare --mount' "a full disk"
fi
mkdir other
if [ "$(id -u)" != 0 ]; then
	chmod 500 other
	grade --results other hello class/zoe
	same "a folder that cannot be written to is told" 3 $?
fi
unshare --user --map-root-user bash -c \
	'echo 0 >/proc/sys/user/max_user_namespaces && "$@"' bash \
	"$IPCLAB" grade --pack "$pack" --results other/new hello class/zoe \
	>out 2>err
same "without a sandbox nothing is graded" 3 $?
check "... which is said" \
	grep -q '^ipclab: nothing is graded without a sandbox: ' err
check "... and nothing is written" [ ! -e other/new ]

same "nothing is left" "" "$(ls "$TMPDIR")"
finish
