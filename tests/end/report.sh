#!/bin/bash
# ipclab report: each format is read by a parser that is not ours, made of an
# ordinary result, of one full of what such parsers stumble over, and of a class.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
export LC_ALL=C.UTF-8
unset CLASSROOM ASSIGNMENT ASSIGNMENT_TYPE OWNER USERNAME SUBMISSION_TAG \
	COMMIT_URL RELEASE_URL REVIEW_URL
given=$SRCDIR/tests/report
validate=$given/validate.py
golden=$given/golden
cd "$tmp" || exit 1

one="text html csv gradescope prairielearn classroom50 autolab canvas moodle
junit tap github github-summary"
several="text html csv canvas moodle junit tap github github-summary"

cat >context <<-'END'
	{"classroom": "os", "assignment": "locks", "assignment_type": "individual",
	"owner": "ann", "submission": "submit/2026-11-16T21-40-03Z-a1b2c3d",
	"commit": "https://x/c", "release": "https://x/r", "review": "https://x/v"}
END
# made NAME FORMAT RESULT...: the report, in NAME.FORMAT
made() {
	local name=$1 format=$2 more=()
	shift 2
	case $format in
	canvas) more=(--assignment "Two locks (4711)") ;;
	classroom50) more=(--context context) ;;
	esac
	"$IPCLAB" report --to "$format" "${more[@]}" -o "$name.$format" "$@"
}

# A line of 100 KiB in each text.
perl -pe 'BEGIN { $x = "x" x 102400 } s/\@long\@/$x/g' \
	"$given/hostile.json" >long.json
# One that nobody is to be charged for.
cp "$given/class/emil.json" fault.json

# golden NAME.FORMAT: as it was; GENERATE=1 makes it so.
as_before() {
	if [ "${GENERATE-}" = 1 ]; then
		mkdir -p "$golden" && cp "$1" "$golden/$1"
	fi
	diff "$golden/$1" "$1"
}
# tried NAME FORMAT RESULT...
tried() {
	local name=$1 format=$2
	made "$@" || return 1
	shift 2
	[ ! "$python" ] || python3 "$validate" "$format" "$name.$format" "$@"
}

python=
need python3 "reports are read by other parsers" && python=yes &&
	ok "reports are read by other parsers"
for format in $one; do
	check "$format: an ordinary result" \
		tried ordinary "$format" "$given/ordinary.json"
	check "$format: a hostile one" \
		tried hostile "$format" "$given/hostile.json"
	check "$format: ... as before" as_before "hostile.$format"
	check "$format: ... with lines of 100 KiB" \
		tried long "$format" long.json
	check "$format: ... as before" as_before "ordinary.$format"
	[ "$format" = classroom50 ] ||
		check "$format: one that is not counted" \
			tried fault "$format" fault.json
done
for format in $several; do
	check "$format: a class" tried class "$format" "$given"/class/*.json
	check "$format: ... as before" as_before "class.$format"
done

# ---- other readers ----
if need xmllint "XML is well formed"; then
	check "XML is well formed" xmllint --noout ./*.junit
fi
# This parser knows version 13, which has no subtests, but else differs in
# nothing that is used here; its YAML ends at 64 KiB a line.
perl_tap() {
	perl -MTAP::Parser -e '
		for my $file (@ARGV) {
			open my $f, "<", $file or die;
			my $text = join "", <$f>;
			$text =~ s/^TAP version 14/TAP version 13/;
			my $p = TAP::Parser->new({ tap => $text });
			while (my $r = $p->next) {
				next unless $r->is_unknown;
				print "$file: ", $r->as_string, "\n" }
			print "$file: $_\n" for $p->parse_errors }' "$@"
}
need perl "perl reads the TAP" &&
	empty "perl reads the TAP" "$(perl_tap {ordinary,hostile,fault}.tap 2>&1)"

# ---- the pages, in a browser ----
browse() { # WIDTH FILE OPTION...
	local width=$1 file=$2
	shift 2
	# A test runs as root in some machines, and nothing here is a stranger's.
	chromium --headless=new --no-sandbox --disable-gpu --no-first-run \
		--disable-dev-shm-usage --user-data-dir="$tmp/browser" \
		--window-size="$width,900" --virtual-time-budget=5000 \
		--enable-logging=stderr "$@" --dump-dom "file://$tmp/$file" \
		2>"$file.log"
}
quiet_page() {
	cp "$1" "$1.html"
	browse 1400 "$1.html" >"$1.dom" || { tail -n 5 "$1.html.log"; return 1; }
	grep CONSOLE "$1.html.log" && return 1
	grep -qF '<main>' "$1.dom" || { echo "nothing is there"; return 1; }
	grep -iE '<(script|img|iframe)' "$1.dom" && return 1
	[ "$(grep -c '</html>' "$1.dom")" -eq 1 ]
}
# Nothing hangs out to the right: a page around it looks, for in itself no
# script runs.
fits() { # WIDTH PAGE
	cat >around.html <<-END
		<body style="margin:0"><iframe src="$2.html" id="f"
		style="width:$1px;height:900px;border:0"></iframe><script>
		f.onload = function () {
			var d = f.contentDocument.documentElement;
			document.title = "needs " + d.scrollWidth + " of " +
				d.clientWidth;
		}</script>
	END
	browse 1500 around.html --allow-file-access-from-files >around.dom
	grep -o '<title>needs.*</title>' around.dom | tee needs |
		awk '{ exit !($2 > 0 && $2 <= $4 + 0) }' || { cat needs; false; }
}
if need chromium "the pages open in a browser"; then
	for name in ordinary hostile long class; do
		check "$name: the browser has nothing to complain of" \
			quiet_page $name.html
		for width in 400 1400; do
			check "$name: it fits into $width pixels" \
				fits $width $name.html
		done
	done
fi

# ---- who sees what ----
secrets() { grep -l secret -- "$@"; }
filtered=(hostile.{text,html,prairielearn,classroom50,autolab,canvas,moodle,junit,tap,github,github-summary})
empty "a student is told nothing of hidden checks" "$(secrets "${filtered[@]}")"
shows() { # SENTENCE FORMAT OPTION...
	local wanted=$1 format=$2
	shift 2
	"$IPCLAB" report --to "$format" "$@" "$given/ordinary.json" >shown
	grep -qF "$wanted" shown || { cat shown; false; }
}
check "what is left out is said" shows "2 more checks are not shown" text
check "... and until when it is" shows "1 more check is not shown" text --due
check "it is shown then" shows "It works with nine diners" text --due
check "an instructor sees all" shows "The locks have an order" text --instructor
check "a page speaks Chinese" shows '<html lang="zh">' html --lang zh_CN

# ---- a worksheet of Moodle ----
cat >sheet.csv <<-'END'
	Identifier,"Full name","Email address",Status,Grade,"Maximum grade","Grade can be changed","Last modified (submission)","Last modified (grade)","Feedback comments"
	Participant 101,"Ann ""A"" Able",ann@example.org,"Submitted for grading",,15.00,Yes,"Monday, 16 November 2026, 9:40 PM",-,
	Participant 102,Bert,bert@example.org,"No submission",3.00,15.00,Yes,-,-,kept
END
# What the marks of a student's view are of: all points.
sed 's/15\.00/17.00/' sheet.csv >right.csv
fill_in() { "$IPCLAB" report --to moodle --worksheet "$1" "$2" >filled; }
check "a worksheet is filled in" fill_in right.csv "$given/ordinary.json"
cells() { python3 -c 'import csv, sys
for r in csv.reader(open(sys.argv[1], newline="")): print("|".join(r[:9]))' "$1"; }
[ ! "$python" ] ||
	same "... and nothing else of it is changed" \
		"$(cells right.csv | sed '2s/grading||/grading|4|/')" "$(cells filled)"
check "... with comments" grep -q 'Nobody waits for ever: 0 of 5' filled
check "... and the others kept" grep -q 'Participant 102.*kept' filled

# ---- what cannot be ----
refused() { # SENTENCE ARGUMENT...
	local wanted=$1 status
	shift
	"$IPCLAB" report "$@" >out 2>err
	status=$?
	[ "$status" -eq 2 ] && [ ! -s out ] && [ "$(wc -l <err)" -eq 1 ] &&
		grep -qF -- "$wanted" err && return
	echo "status $status"
	cat out err
	return 1
}
a=$given/ordinary.json
check "no format is named" refused "report needs --to" "$a"
check "a format that there is not" refused "did you mean junit" --to junti "$a"
check "no result" refused "report needs results" --to text
check "a file that is not there" refused "cannot open nowhere" --to text nowhere
echo '{"ipclab": "result", "version": 1}' >part.json
check "half a result" refused "part.json: 'tool' is missing" --to text part.json
head -c 900 "$a" >cut.json
check "a result that is cut" refused "cut.json:" --to text cut.json
mkdir nothing
check "a folder without results" refused "there is no result in nothing" \
	--to text nothing
for format in gradescope prairielearn classroom50 autolab; do
	check "$format takes one" refused "takes one result, and was given 2" \
		--to $format "$a" "$given/hostile.json"
done
check "Canvas without a number" refused 'makes a new assignment' --to canvas "$a"
check "two results of one student" refused "there are two results of ann" \
	--to moodle "$a" "$a"
check "Classroom 50 without its runner" refused "'classroom' is not known" \
	--to classroom50 "$a"
check "what is not counted is no result there" refused "not counted" \
	--to classroom50 --context context fault.json
check "another maximum in Moodle" refused "the maximum grade in Moodle is 15.00" \
	--to moodle --worksheet sheet.csv "$a"
check "nobody of that name" refused "no row of the worksheet is that of 陈小明" \
	--to moodle --worksheet right.csv "$given/class/chen.json"
check "a worksheet in another language" refused "has no column 'Identifier'" \
	--to moodle --worksheet context "$a"
check "a report that cannot be written" refused "nowhere/x" \
	--to text -o nowhere/x "$a"
if [ -w /dev/full ]; then
	"$IPCLAB" report --to text "$a" >/dev/full 2>err
	same "a full disk is said" "no" "$([ $? -eq 0 ] && echo yes || echo no)"
fi
finish
