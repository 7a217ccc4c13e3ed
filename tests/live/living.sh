# Sourced by tests that end things: who is still there?
# shellcheck shell=bash

# living MARK: processes that have this word among their arguments, zombies
# (which no longer have any) and this test's own not.
living() {
	local pid
	for pid in $(pgrep -f -- "$1"); do
		[ "$pid" = $$ ] || [ "$pid" = "$BASHPID" ] ||
			echo "$pid $(tr '\0' ' ' 2>/dev/null \
				<"/proc/$pid/cmdline")"
	done
}

# all_gone MARK: true as soon as nobody has the mark; what the kernel has been
# told to kill may take a moment to be gone.
all_gone() {
	local deadline=$((SECONDS + 300))
	while [ -n "$(living "$1")" ]; do
		if [ $SECONDS -ge $deadline ]; then
			living "$1"
			return 1
		fi
		read -rt 0.02 <> <(:)
	done
	return 0
}
