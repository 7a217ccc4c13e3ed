#!/bin/bash
# The gradebook: results go in once, attempts and late days count as the
# assignment says, what a regrade changes is told, and who is like whom.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
cd "$tmp" || exit 1
export HOME=$tmp XDG_CACHE_HOME=$tmp/cache XDG_STATE_HOME=$tmp/state
pingpong=$SRCDIR/exercises/pingpong
all="the marks of a class"
if ! "$IPCLAB" doctor 2>&1 | grep -q 'bwrap\|sandbox'; then
	skip userns "$all"
	finish
fi

mkdir class class/{ann,bob}
cp "$pingpong/solutions/good/straight/pingpong.c" class/ann
cp "$pingpong/solutions/bad/ends-open/pingpong.c" class/bob
cat >hw.yaml <<'END'
format: 1
name: hw1
title: Homework 1
exercises:
  - {name: pingpong, points: 20}
opens: 2026-11-01T00:00:00Z
due: 2026-11-10T00:00:00Z
late:
  - {until: 24h, lose: 10%}
  - {until: 72h, lose: 50%}
attempts: 2
roster: roster.csv
END
printf 'id,name,email\nann,"=Ann",ann@x.org\nbob,Bob,\ncy,Cy,\n' >roster.csv
if ! "$IPCLAB" grade hw.yaml --class class --results graded \
	--submitted-at 2026-11-09T00:00:00Z >said 2>&1; then
	not_ok "a class is graded" "$(cat said)"
	finish
fi

# made FILE FROM CHANGE...: another result, of a graded one; CHANGE is Python
# on r.
made() {
	python3 - "$@" <<'END'
import json, sys
r = json.load(open(sys.argv[2]))
exec(sys.argv[3])
json.dump(r, open(sys.argv[1], "w"))
END
}
book() { "$IPCLAB" gradebook "$@"; }
column() { cut -d, -f"$1" | tr -d '\r'; }

same "what was graded goes in" \
	"2 new, 0 graded again, 0 there already" "$(book import graded)"
same "the same again changes nothing" \
	"0 new, 0 graded again, 2 there already" "$(book import graded)"
same "the assignment's points count; who handed in nothing has none" \
	"20.00 16.00 0.00" \
	"$(book export -a hw.yaml | tail -n +2 | column 5 | paste -sd" ")"
check "a name is no formula" grep -qF "'=Ann" <(book export -a hw.yaml)

# ---- attempts, late ----
mkdir later
made later/ann.pingpong.json graded/ann.pingpong.json '
r["submission"]["digest"] = "sha256:" + "1" * 64
r["submitted_at"] = "2026-11-10T12:00:00Z"'
made later/bob.pingpong.json graded/ann.pingpong.json '
r["submission"]["id"] = "bob"
r["submitted_at"] = "2026-11-10T12:00:00Z"'
book import later >said
same "the best counts; what is late loses its share" "20.00 18.00 0.00" \
	"$(book export -a hw.yaml | tail -n +2 | column 5 | paste -sd" ")"
check "the list says what was lost" \
	grep -q 'bob .*18.00.*late: 10%' <(book list -a hw.yaml)
same "every attempt is listed where that is asked for" 4 \
	"$(book list --all | wc -l)"
made later/bob.pingpong.json graded/ann.pingpong.json '
r["submission"]["id"] = "bob"
r["submission"]["digest"] = "sha256:" + "2" * 64
r["submitted_at"] = "2026-11-10T13:00:00Z"'
made later/ann.pingpong.json graded/bob.pingpong.json '
r["submission"]["id"] = "bob"
r["submission"]["digest"] = "sha256:" + "3" * 64
r["submitted_at"] = "2026-11-08T00:00:00Z"'
book import later >said
same "one attempt too many does not count" "20.00 16.00 0.00" \
	"$(book export -a hw.yaml | tail -n +2 | column 5 | paste -sd" ")"

# ---- graded again ----
same "nothing was graded again yet" "nobody's points have changed" \
	"$(book diff)"
mkdir again
made again/ann.pingpong.json graded/bob.pingpong.json '
a = json.load(open("graded/ann.pingpong.json"))
r["submission"] = a["submission"]
r["graded_at"] = "2027-01-01T00:00:00Z"'
made again/bob.pingpong.json graded/ann.pingpong.json '
a = json.load(open("graded/bob.pingpong.json"))
r["submission"] = a["submission"]
r["graded_at"] = "2027-01-01T00:00:00Z"'
same "a regrade is another grading of the same attempt" \
	"0 new, 2 graded again, 0 there already" "$(book import again)"
book diff >said
same "diff ends with 1 where somebody has less" 1 $?
check "who loses stands first" \
	[ "$(sed -n '1s/ *-2  ann .*/ann/p; 2s/ *+2  bob .*/bob/p' said | \
	tr '\n' ' ')" = "ann bob " ]
check "... and with 0 where that is allowed" book diff --allow-drops
book import graded >said
same "the old results again are not what counts" "18.00" \
	"$(book export -a hw.yaml | sed -n 2p | column 5)"

# ---- bad input ----
says() { # SENTENCE WANTED COMMAND...
	local sentence=$1 wanted=$2 out rc
	shift 2
	out=$("$@" 2>&1)
	rc=$?
	if [ $rc -eq 2 ] && [ "$(grep -cF -- "$wanted" <<<"$out")" -eq 1 ]; then
		ok "$sentence"
	else
		not_ok "$sentence" "$out (status $rc)"
	fi
}
echo "no result" >wrong.pingpong.json
before=$(book list --all)
says "a file that is no result is named" wrong.pingpong.json \
	book import graded wrong.pingpong.json
same "... and nothing of that import is there" "$before" "$(book list --all)"
says "another file is no gradebook" "hw.yaml is no gradebook" \
	book list -b hw.yaml
same "... and is not touched" "format: 1" "$(head -n 1 hw.yaml)"
says "a gradebook that is not there is not made by looking" "none.db" \
	book list -b none.db
check "..." [ ! -e none.db ]
says "a word that is none is answered" "did you mean 'import'" book imprt
python3 - <<'END'
import sqlite3
c = sqlite3.connect("gradebook.db"); c.execute("PRAGMA user_version = 2000")
c.commit()
END
says "a later version's is left alone" "later version" book list
python3 - <<'END'
import sqlite3
c = sqlite3.connect("gradebook.db")
c.execute("ALTER TABLE grading DROP COLUMN hints")
c.execute("PRAGMA user_version = 1000")
c.commit()
END
check "one of an earlier version is read" book list

# ---- a full disk, a kill ----
before=$(book list --all)
mkdir many
python3 - <<'END'
import json
r = json.load(open("graded/ann.pingpong.json"))
for i in range(200):
    r["submission"]["id"] = "s%d" % i
    json.dump(r, open("many/s%d.pingpong.json" % i, "w"))
END
(ulimit -f 40; trap '' XFSZ; book import many >said 2>&1)
same "where the disk is full it is said" 2 $?
same "... and nothing of it is there" "$before" "$(book list --all)"
book import many >/dev/null &
kill -KILL $!
wait $! 2>/dev/null
case $(book list --all | wc -l) in
"$(wc -l <<<"$before")" | "$(($(wc -l <<<"$before") + 200))")
	ok "killed in the middle, all of it is there or nothing" ;;
*) not_ok "killed in the middle, all of it is there or nothing" \
	"$(book list --all | wc -l)" ;;
esac

# ---- who is like whom ----
if command -v sim_c >/dev/null; then
	mkdir class/{cy,dan}
	cp "$pingpong/solutions/good/functions/pingpong.c" class/bob
	sed 's/to_child/down/g' class/ann/pingpong.c >class/cy/pingpong.c
	cp "$pingpong/start/pingpong.c" class/dan
	book similar pingpong --class class >said
	same "a copy with other names is found, and nothing else" "ann cy" \
		"$(awk '{ print $2, $3 }' said)"
	rm -r class/cy
	check "where there is none, that is said" \
		grep -q "no two of 3" <(book similar pingpong --class class)
else
	skip similarity-tester "copies are found"
fi
empty "no process is left" "$(pgrep -f "$tmp/")"
finish
