#!/bin/bash
# The lab, or only its tracer, is killed with SIGKILL at many moments of a
# run: nobody of the subject survives, the lab says what happened, and what
# lies about is swept by the next start.
# shellcheck source=../tap.sh
. "$SRCDIR/tests/tap.sh"
# shellcheck source=living.sh
. "$SRCDIR/tests/live/living.sh"

subject=$BUILDDIR/tests/live/subject
chmod 755 "$tmp"
cd "$tmp" || exit 1

# Two that talk, one that has left its parent and session, one with threads,
# one that ignores what can be ignored.
crew() { # MARK: the arguments of sh, in $args
	args=(-c "'$subject' fill \$1; (setsid '$subject' spin \$1 &)
		'$subject' threads \$1; trap '' TERM HUP INT
		'$subject' fill \$1 & exec '$subject' stubborn \$1" sh "$1")
}

# open_lab COMMAND...: started, its id in $lab, its output on descriptor 8,
# its input on 9.
open_lab() {
	rm -f out keys
	mkfifo out keys
	"$@" <keys >out 2>err 8<&- &
	lab=$!
	exec 9>keys 8<out
}
close_lab() {
	exec 8<&- 9>&-
	wait $lab 2>waited
	status=$?
}
read_lines() { # N
	local i line
	for ((i = 0; i < $1; i++)); do
		IFS= read -t 900 -r line <&8 || return 1
	done
}
read_to() { # PATTERN
	local line
	while IFS= read -t 900 -r line <&8; do
		# shellcheck disable=SC2254
		case $line in
		$1) return 0 ;;
		esac
	done
	return 1
}

# To the end of its output.  A lab that does not end is a fault, too.
read_rest() {
	if ! timeout 900 cat <&8 >rest; then
		echo "# still there:" && ps -o pid,ppid,stat,wchan:24,args \
			$lab $(pgrep -P $lab) | sed 's/^/# /'
		kill -9 $lab
	fi
}

moments='1 2 3 5 8 13 21 34 55 89 144'

# ---- trace ----

for how in '--json' '' '--driven'; do
	left=
	for n in $moments; do
		mark=trace$$-$n$how
		crew "$mark"
		# shellcheck disable=SC2086
		open_lab "$IPCLAB" trace $how -- sh "${args[@]}"
		read_lines "$n"
		kill -9 $lab
		close_lab
		left+=$(all_gone "$mark")
	done
	empty "trace $how: killed after $moments lines, nobody is left" "$left"
done

left='' said=''
for n in $moments; do
	mark=child$$-$n
	crew "$mark"
	open_lab "$IPCLAB" trace -- sh "${args[@]}"
	read_lines "$n"
	kill -9 "$(pgrep -P $lab | head -n 1)"
	read_rest
	close_lab
	left+=$(all_gone "$mark")
	[ $status = 70 ] || said+="after $n: status $status"
	grep -q 'tracer was killed' err || said+="after $n: $(cat err)"
done
empty "trace: only its tracer killed, nobody is left" "$left"
empty "... the lab ends with 70 and says why" "$said"

# ---- the stage ----

# After n steps, everybody is held, in the middle of what he does.
drive() { # MARK STEPS
	local i
	crew "$1"
	open_lab "$IPCLAB" watch --plain -- sh "${args[@]}"
	for ((i = 0; i < $2; i++)); do
		read_to "step $i" && echo n >&9
	done
	read_to "step $2"
}

left=
for n in 0 1 2 3 5 8 13 21 34; do
	drive "lab$$-$n" "$n" || left+="no step $n; "
	kill -9 $lab
	close_lab
	left+=$(all_gone "lab$$-$n")
done
empty "watch: the lab killed after 0 to 34 steps, nobody is left" "$left"

left='' said=''
for n in 0 1 2 3 5 8 13 21 34; do
	drive "tracer$$-$n" "$n" || left+="no step $n; "
	kill -9 "$(pgrep -P $lab | head -n 1)"
	echo n >&9
	read_rest
	close_lab
	grep -q 'tracer was killed by SIGKILL' err || said+="$n: $(cat err); "
	[ $status = 70 ] || said+="$n: status $status; "
	left+=$(all_gone "tracer$$-$n")
done
empty "watch: only the tracer killed, nobody is left" "$left"
empty "... the lab says so and ends with 70" "$said"

# In the middle of a step, and at full speed.
left=
for way in --free ''; do
	for n in 1 2 3; do
		mark=busy$$-$n$way
		# shellcheck disable=SC2086
		open_lab "$IPCLAB" watch --plain $way -- "$subject" spin "$mark"
		[ -n "$way" ] || echo n >&9
		for ((i = 0; i < 500; i++)); do
			pgrep -f -- "subject spin $mark" >pids && break
			read -rt 0.02 <> <(:)
		done
		kill -9 $lab
		close_lab
		left+=$(all_gone "$mark")
	done
done
empty "watch: killed while somebody runs without end, nobody is left" "$left"

# ---- before the program begins ----

# A tracer that dies when it is about to take hold of its child.
if need gcc "a tracer killed before it traces: the program never begins"; then
	cat >dies.c <<'END'
#include <signal.h>
#include <unistd.h>
long ptrace(int request, ...);
long
ptrace(int request, ...)
{
	(void)request;
	kill(getpid(), SIGKILL);
	/* The first of a PID namespace does not die of its own signals, but
	 * of its faults it does.  */
	__builtin_trap();
}
END
	gcc -shared -fPIC -o dies.so dies.c 2>err
	for how in '--json' '' '--driven'; do
		rm -f began
		# shellcheck disable=SC2086
		LD_PRELOAD=$tmp/dies.so timeout 900 "$IPCLAB" trace $how -- \
			touch began "early$$" </dev/null >early.out 2>err
		same "trace $how killed before it traces: the program never begins" \
			no "$(all_gone "early$$"; [ -e began ] && echo yes || echo no)"
	done
fi

# ---- what lies about ----

mkdir temporary home
export TMPDIR=$tmp/temporary HOME=$tmp/home
unset XDG_CACHE_HOME XDG_STATE_HOME XDG_CONFIG_HOME
lesson=$(basename "$SRCDIR"/lessons/01-*)
lesson=${lesson%%-*}
listed() { ls -A "$TMPDIR"; ls -Ad "$HOME"/.cache/ipclab/programs/*-* 2>err; }

left=
for n in 1 2 4 8 16 32 64 128; do
	open_lab "$IPCLAB" learn "$lesson" --plain
	read_lines "$n"
	kill -9 $lab
	close_lab
	left+=$(all_gone "$TMPDIR")
done
empty "a lesson killed after 1 to 128 lines, nobody is left" "$left"

# One was killed for certain, and one is in use; a link is not followed.
mkdir precious
touch precious/file
mkdir "$TMPDIR/ipclab-run-aBcDeF" \
	"$TMPDIR/ipclab-run-UsedNo"
ln -s "$tmp/precious" "$TMPDIR/ipclab-run-aBcDeF/link"
ln -s "$tmp/precious" "$TMPDIR/ipclab-run-LinkXX"
exec 7<"$TMPDIR/ipclab-run-UsedNo"
flock -n 7
check "the next start works" env IPCLAB_LESSONS="$SRCDIR/tests/end/lessons" \
	timeout 900 "$IPCLAB" learn bytes --plain
same "... and sweeps what nobody uses any more, and nothing else" \
	"ipclab-run-LinkXX ipclab-run-UsedNo" \
	"$(listed | sort | tr '\n' ' ' | sed 's/ $//')"
check "... without following links" [ -e precious/file ]
exec 7<&-
finish
