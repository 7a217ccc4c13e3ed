#!/bin/bash
# The same for an ordinary user, with and without namespaces of one's own:
# what is traced is followed, driven, and gone when the lab is gone.
# shellcheck source=../tap.sh
. "$SRCDIR/tests/tap.sh"
# shellcheck source=living.sh
. "$SRCDIR/tests/live/living.sh"

subject=$BUILDDIR/tests/live/subject
cd "$tmp" || exit 1
mkdir own
as_user=()
if [ "$(id -u)" = 0 ] && command -v setpriv >which; then
	as_user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	chmod 755 "$tmp"
	chown 65534:65534 own
	# The build tree may stand in a folder that only root may enter.
	mkdir bin
	cp "$IPCLAB" "$subject" bin
	IPCLAB=$tmp/bin/ipclab
	subject=$tmp/bin/subject
fi
cd own || exit 1
export HOME=$tmp/own TMPDIR=$tmp/own
unset XDG_CACHE_HOME XDG_STATE_HOME XDG_CONFIG_HOME

# without WHAT: a shell in which no such namespace can be made any more.
without() {
	printf 'echo 0 >/proc/sys/user/max_%s_namespaces && exec "$@"' "$1"
}
pids_forbidden=(unshare --user --map-root-user sh -c "$(without pid)" sh)
as_root_in_ns=(unshare --user --map-root-user sh -c "$(without user)" sh)

# soon COMMAND...: wait until it succeeds; a deadline that only a
# failure reaches.
soon() {
	local deadline=$((SECONDS + 300))
	until "$@"; do
		[ $SECONDS -lt $deadline ] || return 1
		read -rt 0.02 <> <(:)
	done
}

runs() { # HOW COMMAND...: ways in which every tracing must work
	local how=$1 mark status
	shift
	printf 'n\n' >keys
	"$@" "$IPCLAB" trace -o rec -- ls / </dev/null >out 2>err
	same "$how: trace gives the program's output" "$(ls /)" "$(cat out)"
	check "... and its events" grep -q '"what":"end"' rec
	"$@" timeout 900 "$IPCLAB" watch --plain -- \
		sh -c 'yes | head -3 | wc -l; exit 4' </dev/null >out 2>err
	status=$?
	same "$how: a pipeline is driven to its end" "4 output: 3" \
		"$status $(grep '^output:' out)"
	mark=left$$-${how//[^a-z]/}
	"$@" timeout 900 "$IPCLAB" watch --plain -- sh -c \
		"(setsid '$subject' stubborn \$1 &) ; '$subject' fill \$1 &
		exec '$subject' stubborn \$1" sh "$mark" </dev/null >out 2>err
	check "$how: left in the middle, nobody is left" [ -z "$(living "$mark")" ]
	"$@" timeout 900 "$IPCLAB" trace --driven --max-tasks 30 -o rec -- \
		"$subject" bomb "$mark" </dev/null >out 2>err
	same "$how: a fork bomb is ended" 137 $?
	check "... and nobody is left" [ -z "$(living "$mark")" ]
	mkfifo waits
	"$@" timeout 900 "$IPCLAB" watch --plain -- sh -c \
		"(setsid '$subject' spin \$1 &) ; exec '$subject' stubborn \$1" \
		sh "$mark" <waits >out 2>err &
	exec 9>waits
	for _ in 1 2 3 4 5 6; do echo n >&9; done
	soon grep -q '^step 2' out
	# The tracer alone: the last that was started of the lab's own.
	pgrep -f -- "watch --plain.*$mark" | sort -n | tail -n 1 |
		xargs -r kill -9
	exec 9>&-
	wait $! 2>err
	check "$how: its tracer killed, nobody is left" all_gone "$mark"
	rm -f waits
}

runs "a user" "${as_user[@]}"
sentence="without namespaces of processes"
if "${as_user[@]}" "${pids_forbidden[@]}" true 2>err; then
	check "$sentence: they are really forbidden" \
		sh -c "! \"\$@\" unshare --pid true" sh \
		"${as_user[@]}" "${pids_forbidden[@]}"
	runs "$sentence" "${as_user[@]}" "${pids_forbidden[@]}"
else
	skip 'unshare --user' "$sentence"
fi
sentence="without namespaces of users"
if "${as_user[@]}" "${as_root_in_ns[@]}" true 2>err; then
	# Root of its namespace, with no more to be had.
	runs "$sentence" "${as_user[@]}" "${as_root_in_ns[@]}" \
		setpriv --bounding-set=-all --inh-caps=-all --no-new-privs
else
	skip 'unshare --user' "$sentence"
fi
finish
