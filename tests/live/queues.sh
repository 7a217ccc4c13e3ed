#!/bin/bash
# Message queues of both kinds, on real runs: what the events add up to is what
# the kernel shows, after every event; two runs are the same; queues of others
# are looked at, and left alone.
# shellcheck source=../tap.sh
. "$SRCDIR/tests/tap.sh"

live=$BUILDDIR/tests/live
cd "$tmp" || exit 1

agrees() { # TITLE COMMAND...: driven, and compared after every event
	title=$1
	shift
	if timeout 900 "$IPCLAB" trace --private --check -o events -- "$@" \
		>out 2>differ; then
		ok "$title"
	else
		not_ok "$title" "$(head -n 3 differ)"
	fi
}

alike() { # TITLE COMMAND...: two driven runs, but for ids and times
	title=$1
	shift
	for i in 1 2; do
		timeout 900 "$IPCLAB" trace --private --driven --json -o events.$i \
			-- "$@" >out 2>err
		sed -E 's/"(n|pid|tid|time|until)":[0-9]+,?//g' events.$i \
			>plain.$i
	done
	if cmp -s plain.1 plain.2; then
		ok "$title"
	else
		not_ok "$title" "$(diff plain.1 plain.2 | head -n 4)"
	fi
}

says() { # TITLE TEXT FILE
	if grep -qF -- "$2" "$3"; then
		ok "$1"
	else
		not_ok "$1" "$(head -n 5 "$3")"
	fi
}

agrees 'System V: the events agree with the kernel' "$live/queuer"
agrees 'POSIX: the events agree with the kernel' "$live/mqueuer"
alike 'System V: two driven runs are the same' "$live/queuer"
alike 'POSIX: two driven runs are the same' "$live/mqueuer"

# A queue that was there before, and a message in it that nobody here sent.
id=$(ipcmk -Q | tr -cd 0-9)
perl -e 'msgsnd $ARGV[0], pack("l! a*", 7, "from outside"), 0' "$id"
before=$(ipcs -q -i "$id")
timeout 900 "$IPCLAB" trace --check --json -o events -- ipcs -q -i "$id" \
	>out 2>err
says 'a message that was there before is seen' '"data":"from outside"' events
if [ "$(ipcs -q -i "$id")" = "$before" ]; then
	ok '... and left as it was'
else
	not_ok '... and left as it was' "$(ipcs -q -i "$id")"
fi
ipcrm -q "$id"

if unshare --ipc true 2>err || unshare --user --ipc true 2>err; then
	unshare --ipc true 2>err && apart=(unshare --ipc) ||
		apart=(unshare --user --ipc)
	"$IPCLAB" trace -o events -- "${apart[@]}" "$live/queuer" >out 2>err
	says 'of a queue in another namespace it is said that it is not known' \
		'is in another IPC namespace' events
else
	skip 'no namespaces' 'of a queue in another namespace'
fi
finish
