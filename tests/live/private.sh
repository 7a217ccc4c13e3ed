#!/bin/bash
# Namespaces of a run's own: what is in them is the run's, two runs are the
# same, and each part that is forbidden here is done without.
# shellcheck source=../tap.sh
. "$SRCDIR/tests/tap.sh"

maker=$BUILDDIR/tests/live/maker
cd "$tmp" || exit 1
mkdir own
as_user=()
if [ "$(id -u)" = 0 ] && command -v setpriv >which; then
	as_user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	chmod 755 "$tmp"
	chown 65534:65534 own
	mkdir bin
	cp "$IPCLAB" "$maker" bin
	IPCLAB=$tmp/bin/ipclab
	maker=$tmp/bin/maker
fi
cd own || exit 1
export HOME=$tmp/own TMPDIR=$tmp/own
unset XDG_CACHE_HOME XDG_STATE_HOME XDG_CONFIG_HOME OUTSIDE

name=/ipclab-test-$$ key=$((0x4c000000 + $$))
here=$("$maker" there "$name" "$key")
shares='not private here, but shared with other programs'
fresh="queue 0
semaphores 0
memory 0
posix queue 0
posix semaphore 0
posix memory 0
fifo -1
socket -1"

# The same objects, made by another program, are there all the while.
"$maker" make "$name" "$key" >others
others=$("$maker" there "$name" "$key")

drive() { # COMMAND...: driven to the end in namespaces of its own
	"$@" timeout 900 "$IPCLAB" watch --private --plain -- "$maker" make \
		"$name" "$key" </dev/null >out 2>err
	sed -n 's/^output: //p' out
}

# FIFOs and sockets have names in folders, which are nobody's own.
outside() { # HOW COMMAND...
	local how=$1
	shift
	mkdir -m 777 "$tmp/outside"
	"$@" env OUTSIDE="$tmp/outside" timeout 900 "$IPCLAB" watch --private \
		--plain -- "$maker" make "$name" "$key" </dev/null >out 2>err
	check "$how: a FIFO and a socket are made" \
		grep -q '^output: socket 0' out
	empty "$how: ... and gone with the run" "$(ls "$tmp/outside")"
	rm -rf "$tmp/outside"
}

whole() { # HOW COMMAND...
	local how=$1 first second
	shift
	first=$(drive "$@")
	second=$(drive "$@")
	same "$how: the first objects of their kinds, and not the others" \
		"$fresh" "$(grep -v -e ports -e made <<<"$first")"
	same "$how: two runs are the same, ports too" "$first" "$second"
	check "$how: a port was given" grep -q '^ports [0-9]' <<<"$first"
	check "$how: nothing is shared" sh -c '! grep -q "$1" out' sh "$shares"
	same "$how: the others' are as they were" "$others" \
		"$("$maker" there "$name" "$key")"
	"$@" "$IPCLAB" trace --private -o rec -- "$maker" make "$name" "$key" \
		>out 2>err
	same "$how: trace --private" "$fresh" \
		"$(grep -v -e ports -e made out)"
	"$@" "$IPCLAB" trace --private -o rec -- cat /proc/sys/kernel/msgmax \
		/proc/sys/kernel/msgmnb /proc/sys/fs/mqueue/msg_max \
		/proc/sys/fs/mqueue/msgsize_max >out 2>err
	same "$how: limits are those of the kernel" "8192 16384 10 8192" \
		"$(tr '\n' ' ' <out | sed 's/ $//')"
	"$@" "$IPCLAB" watch --private --plain -- sh -c \
		"'$maker' make $name $key; ls /dev/mqueue /dev/shm; ls /dev" \
		</dev/null >out 2>err
	for entry in "output: ${name#/}" "sem.${name#/}"; do
		check "$how: it is seen in /dev: $entry" grep -qwF "$entry" out
	done
}

lacks() { # WHAT MUST-BE-TOLD SHELL-CODE
	local what=$1 told=$2
	shift 2
	drive "${as_user[@]}" unshare --user --map-root-user sh -c \
		"$1"' && exec "$@"' sh >seen
	same "without $what: it is told what is shared" "$shares: $told;" \
		"$(grep -o -m 1 "$shares: [^;]*;" out)"
	check "without $what: it runs all the same" grep -q '^made$' seen
	"$maker" remove "$name" "$key"
	"$maker" make "$name" "$key" >others
	others=$("$maker" there "$name" "$key")
}

no() { printf 'echo 0 >/proc/sys/user/max_%s_namespaces' "$1"; }

if "${as_user[@]}" unshare --user --ipc --net --pid --mount --map-current-user \
	true 2>err; then
	whole "a user" "${as_user[@]}"
	outside "a user" "${as_user[@]}"
	[ "$(id -u)" != 0 ] || whole root
	lacks "namespaces of objects" \
		"System V objects and POSIX queues, /dev/mqueue" "$(no ipc)"
	lacks "namespaces of networks" "the network" "$(no net)"
	lacks "namespaces of mounts" \
		"System V objects and POSIX queues, the network, /dev/shm, /dev/mqueue" \
		"$(no mnt)"
	drive "${as_user[@]}" unshare --user --map-root-user sh -c \
		"$(no pid)"' && exec "$@"' sh >seen
	same "without process numbers: all the rest" "$fresh" \
		"$(grep -v -e ports -e made seen)"
else
	skip 'unshare --user' "namespaces of a run's own"
fi
"$maker" remove "$name" "$key"
same "nothing is left" "$here" "$("$maker" there "$name" "$key")"
finish
