#!/bin/bash
# Submissions of people who want points and not to work, and of those who want
# to break the grader; and what must work all the same.  Each gets the verdict
# that the table beside it says, and nothing but that.
#
# A table (*.cases) has a line "#= ID VERDICT [slow|ARCHITECTURE] TITLE" above
# each submission.  "!accept": any verdict but a pass, or a fault of ours.
# Slow ones are left out unless $HOSTILE is "all".
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
if "$IPCLAB" doctor | grep -q '^  no *sandbox'; then
	echo "1..0 # SKIP this machine has no sandbox"
	exit 0
fi
here=$SRCDIR/tests/hostile
only=${HOSTILE_ONLY-}
cp -r "$here/pack" "$tmp/pack"
chmod -R u+w,a+rX "$tmp/pack"
chmod 755 "$tmp"
cd "$tmp" || exit 1
mkdir cases temporary home

# An ordinary user with a number of his own: what is his was left by us.
user=61$((RANDOM % 900 + 100))
as_user=()
if [ "$(id -u)" -eq 0 ] && command -v setpriv >need; then
	as_user=(setpriv --reuid "$user" --regid "$user" --clear-groups)
	# It may lie where nobody else gets.
	"${as_user[@]}" test -x "$IPCLAB" -a -r "$tmp/pack/word" ||
		as_user=()
	chown -R "$user" temporary home cases
fi
export as_user_words="${as_user[*]}" TMPDIR=$tmp/temporary HOME=$tmp/home
export XDG_CACHE_HOME=$HOME XDG_STATE_HOME=$HOME tmp SECRET=TOKEN-4711

# ---- the tables ----
split() { # TABLE EXERCISE
	awk -v folder="$tmp/cases" -v exercise="$2" -v machine="$(uname -m)" \
		-v all="${HOSTILE-}" -v only="$only" '
	/^#= / {
		id = $2
		verdict = $3
		first = 4
		skip = 0
		if ($4 == "slow") {
			first = 5
			skip = all != "all"
		} else if ($4 ~ /^x86_64$/) {
			first = 5
			skip = $4 != machine
		}
		if (only != "" && only != id)
			skip = 1
		title = ""
		for (i = first; i <= NF; i++)
			title = title (i > first ? " " : "") $i
		file = folder "/" id ".c"
		if (!skip) {
			print id "\t" verdict "\t" exercise "\t" title
			printf "#include \"all.h\"\n#line 1 \"work.c\"\n" >file
		}
		next
	}
	id && !skip { print >file }' "$1"
}
for table in "$here"/*.cases; do
	case $table in
	*/p-*) split "$table" free ;;
	*) split "$table" word ;;
	esac
done >listed
sed -i "s#@PACK@#$tmp/pack#g" cases/*.c
[ ! -e cases/E70.c ] || sed -i 's/@@NUL@@/\x00\xff\xfe/' cases/E70.c

# ---- judging one ----
# judge ID EXERCISE: cases/ID.json.
judge() {
	local folder=$tmp/cases/$1.work
	mkdir -p "$folder"
	cp "$tmp/cases/${3-$1}.c" "$folder/work.c"
	printf '%s\n' "$tmp/pack/$2" >"$folder/.ipclab-exercise"
	# shellcheck disable=SC2086
	(cd "$folder" && timeout 900 ${4-$as_user_words} "$IPCLAB" exercise \
		check --json) >"$tmp/cases/$1.json" 2>"$tmp/cases/$1.err"
}
export -f judge
printf 'int main(int argc, char **argv) { (void)argc; return honest(argv); }\n' |
	sed '1i #include "all.h"' >cases/honest.c
# His alone: others test on this machine, too.
owner=$(id -u)
[ ${#as_user[@]} -eq 0 ] || owner=$user
objects() {
	ipcs -qms -c 2>/dev/null | awk -v owner="$owner" -v name="$(id -un "$owner" 2>/dev/null)" \
		'$3 == owner || (name != "" && $3 == name)'
	find /dev/shm /dev/mqueue -maxdepth 1 -uid "$owner" 2>/dev/null | sort
}
mounts=$(cut -d' ' -f5- /proc/self/mountinfo | sort)
objects >cases/before

# Two at a time; every tenth is honest work: a neighbour.
awk -F '\t' '{ print $1, $3 } NR % 10 == 0 { print "n" NR, "word", "honest" }' \
	listed >todo
printf 'nlast word honest\n' >>todo
xargs -P 2 -L 1 bash -c 'judge "$@"' judge <todo

# ---- what came of it ----
cat >look.py <<'END'
import json, sys
row = sys.argv[1].split("\t")
name, wanted, exercise, title = row
secret = "TOKEN-4711"
try:
    text = open(f"cases/{name}.json", encoding="utf-8").read()
    r = json.loads(text)
except Exception as e:
    print(f"no result: {e}", open(f"cases/{name}.err").read()[:300])
    sys.exit(1)
wrong = []
seen = r["verdict"]
if wanted == "!accept":
    if seen in ("accept", "internal"):
        wrong.append(f"{seen}, which is not to be")
elif seen != wanted:
    wrong.append(f"{seen}, not {wanted}")
if not r["gradable"]:
    wrong.append("it is not gradable")
full = 10 if seen == "accept" else 0
if r["score"] != full or r["maximum"] != 10:
    wrong.append(f"{r['score']} of {r['maximum']} points")
for f in r["forbidden"]:
    if not (f["call"] and f["actor"] and f["check"] == "word" and f["times"]):
        wrong.append(f"refused, but what? {f}")
    if f["error"] and not f["source"]:
        wrong.append(f"refused, but where? {f}")
# Too many processes are forbidden, too, but are no call that is refused.
if bool(r["forbidden"]) != (seen == "forbidden" and
                            "lived at once" not in r["checks"][0]["message"] and
                            "were started" not in r["checks"][0]["message"]):
    wrong.append(f"refused: {r['forbidden']}")
if secret in text:
    wrong.append("a secret is told")
if any(ord(c) < 32 for v in json.dumps(r["checks"], ensure_ascii=False) for c in v):
    wrong.append("a control character")
if wrong:
    print("; ".join(wrong), [c["message"] for c in r["checks"]],
          (r["build"]["diagnostics"] or "")[:600])
    sys.exit(1)
END
while IFS=$'\t' read -r id wanted exercise title; do
	check "$id: $title: $wanted" python3 look.py \
		"$id	$wanted	$exercise	$title"
done <listed
awk '/^n/ { print $1 }' todo >neighbours
while read -r neighbour; do
	check "honest work beside them keeps its points ($neighbour)" \
		python3 look.py "$neighbour	accept	word	x"
done <neighbours
[ -z "$only" ] || finish

# ---- as root, or as whoever else ----
plain() { grep -vE '"(id": ".*\.work|graded_at|compile|check|total)"' "$1"; }
if [ ${#as_user[@]} -gt 0 ]; then
	for id in A2 B11 C30 D42a D50 F87; do
		judge "root-$id" word "$id" ""
		check "$id: root gets the same" \
			cmp <(plain "cases/$id.json") <(plain "cases/root-$id.json")
	done
	empty "no process of theirs lives" "$(ps -u "$user" -o pid=,args=)"
fi

# ---- what is handed in ----
# refuse WHAT: the work of that folder is refused.
refuse() {
	(cd cases/handed && timeout 900 "$IPCLAB" exercise check --json \
		>../handed.json 2>&1)
	check "$1 is refused" grep -q '"verdict": "reject"' cases/handed.json
	rm -rf cases/handed/work.c
}
mkdir -p cases/handed
printf '%s\n' "$tmp/pack/word" >cases/handed/.ipclab-exercise
ln -s /etc/passwd cases/handed/work.c
refuse "a link"
mkfifo cases/handed/work.c
refuse "a FIFO"
mkdir cases/handed/work.c
refuse "a folder"
truncate -s 4G cases/handed/work.c
refuse "a file of four gigabytes"
refuse "nothing"

[ -z "${HOSTILE_KEEP-}" ] || cp -r cases "$HOSTILE_KEEP"
# ---- what is left ----
objects >cases/after
check "no object is left" cmp cases/before cases/after
same "no mount is left" "$mounts" "$(cut -d' ' -f5- /proc/self/mountinfo | sort)"
empty "no file is left" "$(ls "$TMPDIR")"
finish
