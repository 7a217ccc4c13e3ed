#!/bin/bash
# Where namespaces are not allowed: what a private run makes is removed when
# it ends, however it ends; what others made never is.
# shellcheck source=../tap.sh
. "$SRCDIR/tests/tap.sh"

maker=$BUILDDIR/tests/live/maker
cd "$tmp" || exit 1
mkdir outside run temporary
export TMPDIR=$tmp/temporary OUTSIDE=$tmp/outside
cd run || exit 1
name=/ipclab-test-$$ key=$((0x4d000000 + $$))
kinds=8
trap '"$maker" remove "$name" "$key"; rm -rf "$tmp"' EXIT

# Without any namespace of its own, by the user's own limits, or as root of one
# more user namespace that has no more to give.
refused() {
	unshare --user --map-root-user sh -c '
		for what in ipc mnt net pid user; do
			echo 0 >/proc/sys/user/max_${what}_namespaces
		done && exec "$@"' sh setpriv --bounding-set=-all \
		--inh-caps=-all "$@"
}

there() { "$maker" there "$name" "$key"; }
count() { there | grep -c -v -e ' -1$'; }
watch() { refused timeout 900 "$IPCLAB" watch --private --plain -- "$@"; }
soon() {
	local deadline=$((SECONDS + 300))
	until "$@"; do
		[ $SECONDS -lt $deadline ] || return 1
		read -rt 0.02 <> <(:)
	done
	return 0
}
has() { [ "$(count)" = "$1" ]; }
empty_folder() { [ -z "$(ls "$TMPDIR")" ]; }

if ! refused true 2>err; then
	skip 'unshare --user' "what is made is removed"
	finish
fi
same "before: nothing is there" 0 "$(count)"

watch "$maker" make "$name" "$key" </dev/null >out 2>err
same "it makes one of each kind" $kinds \
	"$(grep '^output: ' out | head -n 8 | grep -c -v -e ' -1$')"
check "... in the machine's own, and says so" grep -q 'not private here' out
same "at its end they are gone" 0 "$(count)"

refused "$IPCLAB" trace --private -- "$maker" make "$name" "$key" >out 2>err
same "trace in a free run: they are gone" 0 "$(count)"

# Held in the middle, and killed in several ways.
held() {
	mkfifo keys
	refused "$IPCLAB" watch --private --plain -- "$maker" wait "$name" \
		"$key" <keys >out 2>err &
	exec 9>keys
	echo 'u output contains "made"' >&9
	soon has $kinds || not_ok "it makes all of them" "$(cat out err)"
	lab=$(pgrep -f -- "^[^ ]*ipclab watch --private --plain.*$name" |
		sort -n | head -n 1)
}
over() {
	exec 9>&-
	wait $! 2>/dev/null
	rm keys
}
held
over
soon has 0
same "input ended: they are gone" 0 "$(count)"
held
kill -9 "$lab"
over
check "the lab killed: they are gone" soon has 0
check "... and its temporary folders" soon empty_folder
held
kill -INT "$lab"
over
check "the lab interrupted: they are gone" soon has 0
held
# The tracer: the lab's child that has a child.
for child in $(pgrep -P "$lab"); do
	[ -z "$(pgrep -P "$child")" ] || kill -9 "$child"
done
over
check "the tracer killed: they are gone" soon has 0

# All that may clear up killed at once: the next start does.
held
mapfile -t all < <(pgrep -f -- "ipclab watch --private --plain.*$name")
kill -STOP "${all[@]}" 2>/dev/null
kill -9 "${all[@]}"
over
same "lab, tracer and watcher killed: they are still there" $kinds "$(count)"
watch true </dev/null >out 2>err
same "... until a lab starts" 0 "$(count)"
check "... which removes the folders as well" soon empty_folder

# What others made, with the very same names.
"$maker" make "$name" "$key" >others
others=$(there)
watch "$maker" make "$name" "$key" </dev/null >out 2>err
same "what was there before is left alone" "$others" "$(there)"
held
kill -9 "$lab"
over
soon empty_folder
same "... also by a lab that was killed" "$others" "$(there)"
"$maker" remove "$name" "$key"

# Made by the run, removed, and made again by another program.
held
"$maker" remove "$name" "$key"
"$maker" make "$name" "$key" >others
others=$(there)
over
soon empty_folder
same "what another made since is left alone" "$others" "$(there)"

# All lessons that could leave something, in a machine of their own where no
# namespaces can be made: what is listed at the end was left by them.
makes='msgget|semget|shmget|mq_open|sem_open|shm_open|/dev/shm|ipcmk|mkfifo'
verify_without() {
	unshare --user --map-root-user --ipc --mount sh -c '
		mount -t tmpfs none /dev/shm || exit
		for what in ipc mnt net pid user; do
			echo 0 >/proc/sys/user/max_${what}_namespaces
		done
		setpriv --bounding-set=-all --inh-caps=-all "$@" >verified 2>&1 </dev/null
		echo "status $?"
		tail -qn +2 /proc/sysvipc/msg /proc/sysvipc/sem /proc/sysvipc/shm
		ls /dev/shm' sh "$@"
}
rm -rf "${tmp:?}"/outside/*
unset OUTSIDE
if command -v cc >which; then
	mapfile -t makers < <(for lesson in "$SRCDIR"/lessons/*/; do
		! grep -qrE "$makes" "$lesson" || echo "$lesson"
	done)
	same "lessons that make such things: they hold without namespaces, and leave nothing" \
		"status 0" "$(LC_ALL=C.UTF-8 LANGUAGE=en verify_without "$IPCLAB" \
			author verify "${makers[@]}")"
	sed -n '/does not hold/s/^/# /p' verified
fi
finish
