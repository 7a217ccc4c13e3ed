# Sourced after tap.sh: the lab in a terminal, by tmux.  Every wait is for a
# text that must come, with a deadline that only a failure reaches.
# shellcheck shell=bash

: "${tmp:?tap.sh comes first}"

LIMIT=${IPCLAB_TEST_LIMIT:-300}	# seconds until a text counts as missing

# Each start has a server of its own: the one before may still be ending.
n_servers=0
tm() { tmux -S "$tmp/tmux$n_servers" -f /dev/null "$@"; }

# screen_start COLS ROWS [NAME=VALUE]...: an interactive shell in a terminal.
screen_start() {
	local cols=$1 rows=$2 given=()
	shift 2
	for v; do given+=(-e "$v"); done
	tm kill-server 2>"$tmp/ignored"
	n_servers=$((n_servers + 1))
	printf "PS1='ready\$ '\nunset HISTFILE\n" >"$tmp/rc"
	tm new-session -d -x "$cols" -y "$rows" -e LC_ALL=C.UTF-8 \
		-e HOME="$tmp" -e XDG_STATE_HOME="$tmp/state" \
		-e IPCLAB="$IPCLAB" -e TERM=tmux-256color "${given[@]}" \
		-c "$tmp" "exec bash --rcfile '$tmp/rc' -i"
	tm set -g status off
	tm set -g default-terminal tmux-256color
	waits 'ready$'
}

screen_stop() { tm kill-server 2>"$tmp/ignored"; }

# type TEXT...: as at a keyboard; words like Enter and C-z are keys.
types() { tm send-keys -- "$@"; }

screen_text() { tm capture-pane -p; }

# click TEXT: on the last of it, as the terminal tells it: down and up.
click() {
	local line y x LC_ALL=C.UTF-8
	waits "$1" || return
	line=$(screen_text | grep -nF -- "$1" | tail -n 1)
	y=$((${line%%:*} - 1)) line=${line#*:}
	line=${line%%"$1"*} x=${#line}
	x=$(printf %x $((x + 33))) y=$(printf %x $((y + 33)))
	tm send-keys -H 1b 5b 4d 20 "$x" "$y" 1b 5b 4d 23 "$x" "$y"
}

# holds TEXT: is it on the screen now?
holds() { screen_text | grep -qF -- "$1"; }

# True as soon as COMMAND succeeds; after the deadline the screen is shown.
soon() {
	local end=$((SECONDS + LIMIT))
	until "$@"; do
		[ $SECONDS -lt $end ] || { echo "not seen: $*"; screen_text; return 1; }
		sleep 0.05	# between two looks; no test depends on it
	done
}
waits() { soon holds "$1"; }
# Who was told to go takes a moment: check "none is left" soon silent pgrep ...
silent() { [ -z "$("$@")" ]; }
lacks() { ! holds "$1"; }
gone() { soon lacks "$1"; }

# Does the terminal show its other screen (the lab's)?
on_lab() { [ "$(tm display -p '#{alternate_on}')" = "$1" ]; }
