#!/bin/bash
# ipclab bench as a user has it: figures, features, advice; and that nothing
# is left behind, however it ends.  (How fast is not tested: make bench.)
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
export XDG_STATE_HOME=$tmp/state TMPDIR=$tmp/tmp LC_ALL=C
mkdir "$TMPDIR"

bench() { "$IPCLAB" bench "$@"; }
measures() { bench --quick --json --seconds 2 >"$tmp/all.json"; }
the_same() { bench --last --json | cmp - "$tmp/all.json"; }
works() { # NAME: it has figures
	sed -n "/\"name\": \"$1\"/,/\"why\"/p" "$tmp/all.json" |
		grep -q '"measured": true'
}

# What the JSON document must be (docs/bench.md).
cat >"$tmp/shape.pl" <<'END'
use strict; use warnings; use JSON::PP;
my $d = decode_json(do { local $/; <STDIN> });
my @wanted = @ARGV;
my $errors = 0;
sub wrong { print "@_\n"; $errors++ }
sub number { $_[0] =~ /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i }
wrong("not figures") unless $d->{ipclab} eq "bench" && $d->{version} == 1;
for (qw(tool measured_at seconds complete quick machine method mechanisms)) {
	wrong("no $_") unless exists $d->{$_};
}
wrong("not complete") unless $d->{complete};
wrong("no clock") unless $d->{method}{clock_ns} > 0;
my %seen;
for my $m (@{$d->{mechanisms}}) {
	my $name = $m->{name};
	$seen{$name} = 1;
	wrong("$name: neither figures nor a reason")
		unless $m->{measured} || $m->{why};
	for my $p (@{$m->{latency}}) {
		wrong("$name: size $p->{size}") if $p->{size} < 1;
		wrong("$name: processors $p->{processors}")
			unless $p->{processors} =~ /^[12]$/;
		wrong("$name: no median") unless $p->{median_ns} > 0;
		wrong("$name: 99th percentile below the median")
			if defined $p->{p99_ns} && $p->{rounds} == 1 &&
			   $p->{p99_ns} < $p->{median_ns};
		wrong("$name: a percentile of few samples")
			if defined $p->{p99_ns} && $p->{samples} < 100;
	}
	for my $p (@{$m->{throughput}}) {
		wrong("$name: no throughput") unless $p->{bytes_per_second} > 0;
	}
	next unless $m->{measured};
	wrong("$name: no latency") unless @{$m->{latency}};
	wrong("$name: larger than its limit")
		if defined $m->{largest} &&
		   grep { $_->{size} > $m->{largest} } @{$m->{latency}};
}
for (@wanted) { wrong("nothing about $_") unless $seen{$_} }
exit($errors > 0);
END

all=(pipe fifo unix-stream unix-datagram unix-seqpacket tcp udp sysv-queue
	posix-queue shm-futex shm-posix shm-sysv eventfd signal vm-read file)

if need perl "every mechanism is measured, or says why not"; then
	check "it measures and ends with 0" measures
	check "every mechanism is measured, or says why not" \
		perl "$tmp/shape.pl" "${all[@]}" <"$tmp/all.json"
	for name in pipe fifo unix-stream unix-datagram unix-seqpacket \
		shm-futex shm-posix eventfd signal file; do
		check "$name works on any Linux" works "$name"
	done
fi
check "the figures are kept" test -s "$XDG_STATE_HOME/ipclab/bench.json"
check "--last --json shows them again" \
	the_same
bench --last --plain >"$tmp/plain"
check "--plain is a table" grep -q '^anonymous pipe  *[0-9]' "$tmp/plain"
check "... and says how it was measured" grep -q 'clock costs' "$tmp/plain"
check "... and where" grep -q "^Measured .*$(uname -r)" "$tmp/plain"
empty "... and no line is wider than 80 cells" \
	"$(awk 'length > 80' "$tmp/plain" | grep -v '^Measured')"

bench --only pipe,eventfd --seconds 1 --plain >"$tmp/only"
check "--only measures what it names" grep -q '^eventfd  *[0-9]' "$tmp/only"
empty "... and nothing else" "$(grep '^FIFO' "$tmp/only")"
check "... and does not push the others out" \
	the_same
same "a name that there is not is refused" \
	"ipclab: there is no mechanism pip; did you mean pipe?" \
	"$(bench --only pip 2>&1)"
same "seconds must be a number" 2 "$(bench --seconds x 2>"$tmp/err"; echo $?)"

# Where something is missing, the others go on.
without_temporary() {
	TMPDIR=/nonexistent bench --only pipe,fifo,file --seconds 1 --plain \
		>"$tmp/lacks" &&
		grep -q '^anonymous pipe  *[0-9]' "$tmp/lacks" &&
		grep -q '^FIFO: .* fails with ' "$tmp/lacks"
}
check "what does not work says why, and the others go on" without_temporary
without_queue() {
	(ulimit -q 0 && bench --only pipe,posix-queue --seconds 1 --plain) \
		>"$tmp/lacks" &&
		grep -q '^anonymous pipe  *[0-9]' "$tmp/lacks" &&
		grep -q '^POSIX queue: mq_open fails with ' "$tmp/lacks"
}
check "a queue that is not permitted says why" without_queue
one_processor() {
	taskset -c "$(taskset -pc $$ | sed 's/.*: //; s/[^0-9].*//')" \
		"$IPCLAB" bench --only pipe --seconds 1 --plain >"$tmp/one" &&
		grep -q 'there is no second one' "$tmp/one" &&
		! grep -q '^Latency.*two processors' "$tmp/one"
}
need taskset "with one processor there is one column of figures" &&
	check "with one processor there is one column of figures" one_processor
# Room for one descriptor: enough to load the program, not for a pipe.
no_descriptors() {
	(exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
	ulimit -n 4 && bench --only pipe --seconds 1 --plain) >"$tmp/no_fd"
	[ $? -eq 3 ] && grep -q 'pipe2 fails with EMFILE' "$tmp/no_fd"
}
check "when nothing works at all it ends with 3" no_descriptors

# Features and advice.
bench --features >"$tmp/features"
same "--features prints a row for each mechanism" 5 \
	"$(grep -c '^anonymous' "$tmp/features")"
check "... citing the manual" grep -q 'mq_overview(7)' "$tmp/features"
printf '1\n2\n2\n1\n1\n' | bench --advise >"$tmp/advice"
check "--advise answers with reasons" grep -q '^   + carries a stream' "$tmp/advice"
check "... by the figures of this machine" \
	grep -q '^1\. .*: .* on one processor' "$tmp/advice"
check "... and says what it rules out" grep -q '^eventfd: ' "$tmp/advice"
advice_unmeasured() {
	printf '3\n2\n3\n1\n1\n' | XDG_STATE_HOME=$tmp/none bench --advise \
		>"$tmp/advice" && grep -q '^1\. TCP$' "$tmp/advice" &&
		grep -q 'Nothing was measured here yet' "$tmp/advice"
}
check "without figures it says so and answers" advice_unmeasured
printf '9\nx\n1\n2\n2\n1\n1\n' | bench --advise >"$tmp/advice"
same "an answer that there is not is asked for again" 2 \
	"$(grep -c 'A number from 1 to 3, please' "$tmp/advice")"
same "answers that end early end it with 1" 1 \
	"$(printf '1\n' | bench --advise >"$tmp/advice" 2>&1; echo $?)"

# soon COMMAND...: until it succeeds; a deadline that only a failure reaches.
soon() {
	local end=$((SECONDS + 300))
	until "$@"; do
		[ $SECONDS -lt $end ] || { echo "not seen: $*"; return 1; }
		sleep 0.05	# between two looks
	done
}
# In a session of its own all that belongs to it can be found.
begin() {
	setsid "$IPCLAB" bench --seconds 60 --json "$@" >"$tmp/out" 2>"$tmp/err" &
	pid=$!
	soon measuring
}
talkers() { pgrep -s "$pid" >"$tmp/found" && wc -l <"$tmp/found"; }
measuring() { [ "$(talkers)" -ge 2 ]; }
all_four() { [ "$(talkers)" -eq 4 ]; }
nobody() { ! pgrep -s "$pid" >"$tmp/found"; }
left() { find "$TMPDIR" /dev/shm /dev/mqueue -name 'ipclab-bench*' 2>"$tmp/ignored"; }
ended() { wait "$pid" 2>"$tmp/ignored"; code=$?; }

begin
check "the lab, a host and the two that talk" soon all_four
kill -INT "$pid"
ended
same "^C ends it with 75" 75 "$code"
check "... with what there is so far" grep -q '"complete": false' "$tmp/out"
check "... and leaves no process" soon nobody
check "... and is not kept" the_same
begin
kill -KILL "$pid"
ended
check "killed, it leaves no process" soon nobody
begin
kill -TERM "$pid"
ended
same "SIGTERM as well ends it with what there is" 75 "$code"
begin --only file,fifo
kill -HUP "$pid"
ended
check "SIGHUP leaves no process" soon nobody
empty "and no file is left" "$(left)"

# On a terminal.
# shellcheck source=screen.sh
. "${0%/*}/screen.sh"
trap 'screen_stop; rm -rf "$tmp"' EXIT
seen_after() { # TEXT KEY...: the text comes after these keys
	local text=$1
	shift
	types "$@" && waits "$text"
}
begin_screen() {
	screen_start 80 24 IPCLAB_LESSONS="$SRCDIR/tests/end/lessons" \
		TMPDIR="$TMPDIR" LANGUAGE=en
}
sentence="on a terminal the chart opens"
if need tmux "$sentence" && begin_screen; then
	# shellcheck disable=SC2016
	{
	check "measuring shows its progress" seen_after "s left  FIFO," \
		'$IPCLAB bench --seconds 60' Enter
	check "^C shows what there is so far" \
		seen_after "It was interrupted" C-c
	check "... and the exit status is 75" \
		seen_after "status 75" q 'echo status $?' Enter
	check "$sentence" seen_after "What it costs > latency, one" \
		'clear; $IPCLAB bench --last' Enter
	check "Tab shows the throughput" seen_after "throughput, one" Tab Tab
	check "Down chooses a mechanism" seen_after "a anonymous pipe, size 1:" j
	check "... and a click another" eval \
		'click "c UNIX stream"; waits "c UNIX stream socket, size 1:"'
	check "t shows the table" seen_after " 64K      1M" t
	check "f shows the features" seen_after "What each mechanism gives" f
	check "a asks" seen_after "Who are the processes" a
	check "... five questions" seen_after "5. What else" 1 2 Down Enter 1
	check "... and answers" seen_after "1. " 1
	check "b goes back to a question" seen_after "5. What else" b
	check "q leads back" seen_after "What each mechanism gives" q
	check "? lists the keys" seen_after "Keys: what each" '?'
	check "Q leaves" seen_after 'ready$' Q
	check "the home screen leads to the figures" eval \
		'seen_after "Choose a lesson" "clear; \$IPCLAB" Enter &&
			seen_after "What it costs" f'
	check "... and to the adviser" \
		eval 'seen_after "Choose a lesson" q && seen_after "Who are" a'
	check "where nothing was measured the screen says so" \
		eval 'types Q && waits "ready$" &&
			seen_after "Choose a lesson" \
			"clear; XDG_STATE_HOME=$tmp/empty \$IPCLAB" Enter &&
			seen_after "Nothing was measured here yet" f'
	check "r measures, and the lab goes on meanwhile" eval \
		'seen_after "s left  FIFO," r && seen_after "Keys: what" "?"'
	check "r again is enough" \
		eval 'seen_after "s left" q && seen_after "It was interrupted" r'
	check "who leaves meanwhile" \
		eval 'seen_after "s left" r && seen_after "ready$" Q'
	no_worker() { ! pgrep -P "$(tm display -p '#{pane_pid}')" >"$tmp/found"; }
	check "... leaves no process behind" soon no_worker
	}
fi

# System V objects where no namespace takes them away: limits that are not
# the default keep it in the namespace that it was started in, and that is
# one of this test's own, in which nobody else makes any.
cat >"$tmp/inside.sh" <<'END'
echo 8191 >/proc/sys/kernel/msgmax || exit 77
objects() { tail -qn +2 /proc/sysvipc/msg /proc/sysvipc/sem /proc/sysvipc/shm | wc -l; }
soon() { local n=0; until "$@"; do n=$((n + 1)); [ $n -lt 12000 ] || return 1; sleep 0.05; done; }
some() { [ "$(objects)" -gt 0 ]; }
none() { [ "$(objects)" -eq 0 ]; }
for how in INT KILL TERM HUP; do
	setsid "$IPCLAB" bench --only sysv-queue,shm-sysv --seconds 60 >/dev/null 2>&1 &
	pid=$!
	soon some || { echo "$how: nothing was ever made"; exit 1; }
	kill -$how $pid
	wait $pid 2>/dev/null
	soon none || { echo "$how: $(objects) left"; ipcs; exit 1; }
done
exit 0
END
in_namespace() {
	local root=()
	[ "$(id -u)" -eq 0 ] || root=(-r)
	unshare "${root[@]}" --ipc bash "$tmp/inside.sh" >"$tmp/inside" 2>&1
}
sentence="System V objects are removed however it ends"
in_namespace
case $? in
0) ok "$sentence" ;;
77) skip ipc-limits "$sentence" ;;
*)
	if grep -q 'unshare.*failed' "$tmp/inside"; then
		skip userns "$sentence"
	else
		not_ok "$sentence" "$(cat "$tmp/inside")"
	fi
	;;
esac
finish
