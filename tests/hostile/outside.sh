#!/bin/bash
# What is handed in as files that are no work, and a machine that is in the way
# of the grader: nobody is charged for what is not his fault, nothing is left,
# and the neighbour keeps his points.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=../end/grading.sh
. "${0%/*}/../end/grading.sh"
cd "$tmp" || exit 1
if "$IPCLAB" doctor | grep -q '^  no *sandbox'; then
	echo "1..0 # SKIP this machine has no sandbox"
	exit 0
fi

# ---- archives ----
# A header for each of a million files; a file of which the header says that it
# has a gigabyte, one that has more than is ever looked at, names of all kinds.
cat >archives.py <<'END'
import io, tarfile, zlib

def header(name, size=0):
    info = tarfile.TarInfo(name)
    info.size = size
    return info.tobuf(tarfile.USTAR_FORMAT)

def packed(name, blocks):
    pack = zlib.compressobj(1, wbits=31)
    with open(name, "wb") as out:
        for block in blocks:
            out.write(pack.compress(block))
        out.write(pack.flush())

work = open("work.c", "rb").read()
real = header("hello.c", len(work)) + work + bytes(-len(work) % 512)
end = bytes(1024)
packed("class/million.tgz", [header("file") * 1000] * 1000 + [real, end])
packed("class/declared.tgz", [header("hello.c", 1 << 30), real, end])
packed("class/bomb.tgz",
       [header("hello.c", 1 << 30)] + [bytes(1 << 20)] * 128 + [end])
odd = ["a\nb.c", "-o.c", "a;touch hacked.c", "$(touch hacked).c", "`id`.c",
       " ", "\x1b[2J.c", "=cmd().c", "<script>.c", "%s%n.c", "x" * 90 + ".c"]
packed("class/odd.tgz", [header(name) for name in odd] + [real, end])
END
right class/zoe
cp class/zoe/hello.c work.c
python3 archives.py || exit 1
right $'class/new\nline'
# shellcheck disable=SC2016 # it is a name
right 'class/$(touch hacked)'
right class/names
(cd class/names && touch -- -o.c 'a;touch hacked.c' $'a\nb.c' $'\e[2J.c' '@file')
check "they are graded" grade --class class --results results --jobs 2 hello
listed() {
	python3 - <<-'END'
		import glob, json
		rows = []
		for name in glob.glob("results/*.json"):
		    r = json.load(open(name))
		    rows.append((ascii(r["submission"]["id"]), r["verdict"],
		                 r["score"], r["gradable"]))
		for row in sorted(rows):
		    print(*row)
	END
}
same "what has no end is refused, names are only names, and right work passes" \
	"'\$(touch hacked)' accept 5 True
'bomb' reject 0 True
'declared' reject 0 True
'million' reject 0 True
'names' accept 5 True
'new\\nline' accept 5 True
'odd' accept 5 True
'zoe' accept 5 True" "$(listed)"
empty "nothing of a name was done" "$(find . -name 'hacked*' ! -path './class/*')"
empty "no file has a name that the shell or the terminal minds" \
	"$(LC_ALL=C find results -name '*[^a-zA-Z0-9._%@+-]*')"

# ---- a clock that jumps ----
cat >jump.c <<'END'
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
/* Of the day: a year on, two years back, and so on.  */
int clock_gettime(clockid_t clock, struct timespec *t)
{
	static int calls;
	int rc = (int)syscall(SYS_clock_gettime, clock, t);
	if (clock == CLOCK_REALTIME)
		t->tv_sec += calls++ % 2 ? -63072000 : 31536000;
	return rc;
}
time_t time(time_t *to)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	if (to)
		*to = t.tv_sec;
	return t.tv_sec;
}
END
if ${CC:-cc} -shared -fPIC -o jump.so jump.c 2>cc.err &&
	LD_PRELOAD=$PWD/jump.so "$IPCLAB" --version >version 2>err; then
	grade --results steady hello class/zoe
	LD_PRELOAD=$PWD/jump.so grade --results jumping hello class/zoe
	check "a clock that jumps changes no result" alike steady jumping
else
	# A sanitizer wants to be the first.
	ok "a clock that jumps changes no result # SKIP nothing can be preloaded"
fi

# ---- no room, here or there ----
# with_room KIB: that much for the grader's own files.
with_room() {
	local inner=()
	[ "$(id -u)" = 0 ] ||
		inner=(unshare --user --map-user=65534 --map-group=65534)
	# shellcheck disable=SC2016
	"${outer[@]}" bash -c 'mount -t tmpfs -o size='"$1"'k none tight &&
		export TMPDIR=$PWD/tight && "$@" >room.out 2>room.err
		echo $? >status; ls -A tight >tight.left' bash "${inner[@]}" \
		timeout 300 "$IPCLAB" grade --pack "$pack" --json hello class/zoe
}
# fair: full points, or no mark and a fault of ours.
fair() {
	local now
	now="$(cat status) $(field room.out gradable) $(field room.out score)"
	[ "$now" = "0 True 5" ] || [ "$now" = "70 False 0" ] ||
		{ echo "$1 KiB: $now"; cat room.err; }
	[ ! -s tight.left ] || { echo "$1 KiB:"; cat tight.left; }
}
outer=(unshare --mount)
[ "$(id -u)" = 0 ] || outer=(unshare --user --map-root-user --mount)
mkdir tight
if with_room 4 2>err; then
	same "a page is too little: a fault of ours" 70 "$(cat status)"
	for kib in 4 8 12 16 20 24 32 48 64 4096; do
		with_room "$kib"
		fair "$kib"
	done >unfair
	empty "wherever the disk is full, nobody is charged, and nothing is left" \
		"$(cat unfair)"
	same "... and with room enough it passes" 0 "$(cat status)"
else
	skip 'unshare --mount' "a disk that is full"
fi
empty "nothing is left" "$(ls -A "$TMPDIR")"
finish
