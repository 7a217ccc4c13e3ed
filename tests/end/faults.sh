#!/bin/bash
# Bad input, and places where nothing can be kept: one sentence, never a
# crash; what can go on goes on.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=screen.sh
. "${0%/*}/screen.sh"

cd "$tmp" || exit 1
export LC_ALL=C.UTF-8 LANGUAGE=en
export HOME=$tmp/home XDG_STATE_HOME=$tmp/home/state
export XDG_CACHE_HOME=$tmp/home/cache TMPDIR=$tmp/tmp
mkdir home tmp
lesson=$SRCDIR/tests/end/lessons/01-bytes
export IPCLAB_LESSONS=$SRCDIR/tests/end/lessons

# status_of COMMAND...: its status; output in out, messages in err.
status_of() {
	timeout 600 "$@" </dev/null >out 2>err
	echo $?
}
sentence() { # PATTERN: the only message, in one line
	[ "$(grep -c '^ipclab: ' err)" = 1 ] && grep -q -- "$1" err
}

# ---- files that are not what they should be ----

status_of "$IPCLAB" trace --driven -o whole.events -- \
	sh -c 'echo hello | cat' >status
status_of "$IPCLAB" watch --plain --schedule whole.schedule -- \
	sh -c 'echo hello | cat' >>status
same "a recording and a schedule to begin with" "0 0" \
	"$(tr '\n' ' ' <status | sed 's/ $//')"

# Every answer is allowed but a crash, silence and no answer.
answers() { # FILE
	local status
	status=$(status_of "$IPCLAB" replay --plain "$1")
	case $status in
	0) return 0 ;;
	# A schedule that is cut can be one that goes another way.
	1) grep -q 'another way\|cannot be made\|schedule' out ||
		echo "$2: status 1, and nothing is said" ;;
	2 | 70) [ -s err ] || echo "$2: status $status, and nothing is said" ;;
	*) echo "$2: status $status; $(head -n 1 err)" ;;
	esac
}
for kind in events schedule; do
	size=$(wc -c <whole.$kind)
	bad=
	for ((i = 0; i < 40; i++)); do
		at=$((i < 20 ? i * 7 : size - (40 - i) * 3))
		head -c $at whole.$kind >cut.$kind
		bad+=$(answers cut.$kind "cut at $at")
	done
	empty "$kind: cut anywhere, it is opened or refused in a sentence" "$bad"
	bad=
	for ((i = 0; i < 20; i++)); do
		cp whole.$kind hit.$kind
		printf '\377' | dd of=hit.$kind bs=1 conv=notrunc status=none \
			seek=$((i < 10 ? i * 3 : i * size / 20))
		bad+=$(answers hit.$kind "hit no $i")
	done
	empty "$kind: a wrong byte anywhere likewise" "$bad"
done
printf '\211PNG\r\n\032\n' >foreign.png
printf '{"some":"json"}\n' >foreign.json
: >foreign.empty
for file in foreign.png foreign.json foreign.empty "$IPCLAB" /dev/zero "$tmp" \
	no-such-file; do
	same "$(basename "$file"): not ours, status 2" 2 \
		"$(status_of "$IPCLAB" replay "$file")"
	check "... in one sentence that names it" sentence "$file"
done

same "a condition with an error is a usage error" 2 \
	"$(status_of "$IPCLAB" trace --until 'pipe 1 is ful' -- true)"
check "... that shows the position" sentence 'column 11.*full'
same "half a condition, too" 2 \
	"$(status_of "$IPCLAB" trace --until 'pipe 1 holds' -- true)"
check "... with its end" sentence 'ends where'

cp -r "$lesson" lesson && chmod -R u+w lesson && rm lesson/*zh*
sed -i 's/holds 6 bytes/holds 7 bytes/' lesson/lesson.md
same "a lesson with a broken claim does not pass" 1 \
	"$(status_of "$IPCLAB" author verify lesson)"
check "... and the claim is named with file and line" \
	grep -qE 'lesson/lesson.md:[0-9]+: ' out err

# ---- where nothing can be kept ----

: >file
works() { # SENTENCE COMMAND...: with a lesson of which all claims hold
	local how=$1
	shift
	same "$how: a lesson is printed with its experiments" 0 \
		"$(status_of "$@" "$IPCLAB" learn byt --plain)"
	check "... all of it" grep -q 'pipe 1' out
}
works "a home that is no folder" env HOME="$tmp/file" \
	XDG_STATE_HOME="$tmp/file/state" XDG_CACHE_HOME="$tmp/file/cache"
works "no home at all" env -u HOME -u XDG_STATE_HOME -u XDG_CACHE_HOME
# shellcheck disable=SC2016
full=(unshare --user --map-root-user --mount sh -c
	'mount -t tmpfs -o size=64k none "$HOME" &&
	! head -c 1000000 /dev/zero 2>/dev/null >"$HOME/rest" && exec "$@"' sh)
if "${full[@]}" true 2>err; then
	works "a home that is full" "${full[@]}"
else
	skip 'unshare --mount' "a home that is full"
fi
same "a recording that cannot be written is a fault" 70 \
	"$(status_of "$IPCLAB" trace -o /dev/full -- echo hello)"
check "... said in one sentence" sentence 'No space left'
same "... also at the end of watch" 3 \
	"$(status_of "$IPCLAB" watch --plain --record /dev/full/x -- true)"
check "... in one sentence" sentence '/dev/full/x'
same "no temporary folder: the lesson says why" 1 \
	"$(TMPDIR=$tmp/file; export TMPDIR
	status_of "$IPCLAB" author verify "$lesson")"
check "... and names it" grep -q "$tmp/file" out err

# ---- no terminal, or hardly one ----

same "ipclab without a terminal lists the lessons" 0 "$(status_of "$IPCLAB")"
check "... and says how to read them" grep -q 'learn LESSON --plain' out
same "a lesson without a terminal is printed" 0 \
	"$(status_of "$IPCLAB" learn byt)"
same "the stage without a terminal is text" 5 \
	"$(status_of "$IPCLAB" watch -- sh -c 'exit 5')"
check "... and no escape sequences come out" \
	sh -c '! grep -q "$(printf "\033")" out'
same "no descriptors at all: it runs all the same" 0 \
	"$(timeout 600 "$IPCLAB" watch --plain -- true <&- >&- 2>&-; echo $?)"

if ! need tmux "in a terminal of 20x5 the lab says how much it needs"; then
	finish
fi
screen_start 20 5 IPCLAB_LESSONS="$IPCLAB_LESSONS"
types '$IPCLAB' Enter
check "in a terminal of 20x5 the lab says how much it needs" waits "too small"
tm resize-window -x 80 -y 24
check "... and goes on when it is larger" waits "Choose a lesson"
tm resize-window -x 20 -y 5
check "... and back" waits "too small"
types q
check "... and can be left" soon on_lab 0
types 'clear; $IPCLAB watch -- cat' Enter
check "the stage in 20x5, too" waits "too small"
types q
check "... can be left" soon on_lab 0

# A program that draws where it can, as large as it can.
cat >draws.sh <<'END'
printf '\033[2J\033[H\033[41mSMEARED\033[999;999HEDGE\033[?1049h' >/dev/tty
printf '\033]0;title\007\033c\033[3J\233\377\0' >/dev/tty
echo drawn
END
screen_start 80 24 IPCLAB_LESSONS="$IPCLAB_LESSONS"
types '$IPCLAB watch -- sh draws.sh' Enter
check "a program that writes to its terminal is on the stage" waits "you decide"
types r
check "... what it draws stays in its place" waits "ended with status 0"
check "... the lab's own lines are there" waits "help"
types q
check "... and it is left as always" soon on_lab 0
types 'clear; stty -a | grep -o -- "-*echo "; echo code=$?' Enter
check "... with the terminal as it was" waits "code=0"

# Killed on every step of a lesson: where one was is known the next time, and
# what was answered.
steps=(n "step 1 of 3" 1 "Yes: the kernel" n "step 2 of 3" n "step 3 of 3")
lost=
for n in 1 2 3 4; do
	rm -rf state
	screen_start 80 24 IPCLAB_LESSONS="$IPCLAB_LESSONS"
	types '$IPCLAB learn byt' Enter
	waits "introduction" >seen || lost+="$n: $(cat seen)"
	for ((i = 0; i < n; i++)); do
		types "${steps[2 * i]}"
		waits "${steps[2 * i + 1]}" >seen || lost+="$n: $(cat seen)"
	done
	pgrep -P "$(tm display -p '#{pane_pid}')" | xargs -r kill -9
	soon on_lab 0 >seen || lost+="$n: $(cat seen)"
	types 'clear; $IPCLAB learn byt' Enter
	waits "${steps[2 * n - 1]}" >seen || lost+="$n: $(cat seen)"
	types Q
done
empty "the lab killed on each step of a lesson: it goes on there" "$lost"
screen_stop
finish
