# Sourced by the shell tests: TAP, one sentence a test.
#
#	. "${0%/*}/../tap.sh"
#	check "the lab says its version" "$IPCLAB" --version
#	need tmux "it draws" && check "it draws" draws
#	finish
#
# A command that fails has its output shown under "not ok".  $tmp is a folder
# of this test's own, removed at its end.
# shellcheck shell=bash

# Who begins with a signal ignored keeps to that: under nohup(1) no SIGHUP
# would end what is tested.
if [ -z "${IPCLAB_SIGNALS-}" ]; then
	export IPCLAB_SIGNALS=default
	exec env --default-signal bash "$0" "$@"
fi

set -u
# make check says where things are; by hand, build/ it is.
: "${SRCDIR:=$(cd "${0%/*}/../.." && pwd)}"
: "${BUILDDIR:=$SRCDIR/build}"
: "${IPCLAB:=$BUILDDIR/ipclab}"
export SRCDIR BUILDDIR IPCLAB
n_tests=0
n_failed=0
# Those of tests that were killed outright: none runs for hours.
find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'ipclab-test-??????' -mmin +240 \
	-user "$(id -u)" -exec rm -rf {} + 2>/dev/null
tmp=$(mktemp -d "${TMPDIR:-/tmp}/ipclab-test-XXXXXX") || exit 1
trap 'rm -rf "$tmp"' EXIT

ok() {
	n_tests=$((n_tests + 1))
	printf 'ok %d - %s\n' "$n_tests" "$1"
}

# not_ok SENTENCE [WHAT WAS SEEN]
not_ok() {
	n_tests=$((n_tests + 1))
	n_failed=$((n_failed + 1))
	printf 'not ok %d - %s\n' "$n_tests" "$1"
	[ -z "${2-}" ] || printf '%s\n' "$2" | sed 's/^/# /'
}

# check SENTENCE COMMAND...: ok when the command succeeds.
check() {
	local sentence=$1 out rc
	shift
	out=$("$@" 2>&1)
	rc=$?
	if [ $rc -eq 0 ]; then
		ok "$sentence"
	else
		not_ok "$sentence" "$out
(exit status $rc of: $*)"
	fi
}

# same SENTENCE EXPECTED SEEN
same() {
	if [ "$2" = "$3" ]; then
		ok "$1"
	else
		not_ok "$1" "expected: $2
seen:     $3"
	fi
}

# empty SENTENCE SEEN: ok when there is nothing to complain about.
empty() {
	if [ -z "$2" ]; then
		ok "$1"
	else
		not_ok "$1" "$2"
	fi
}

# skip WHAT SENTENCE: this machine lacks WHAT.  Where $IPCLAB_MUST names it (or
# says "all"), that is a failure.
skip() {
	case " ${IPCLAB_MUST-} " in
	*" $1 "* | *" all "*)
		not_ok "$2" "$1 is missing, and must not be"
		return
		;;
	esac
	n_tests=$((n_tests + 1))
	printf 'ok %d - %s # SKIP %s is missing\n' "$n_tests" "$2" "$1"
}

# need PROGRAM SENTENCE: true when the program is there, else a skip.
need() {
	command -v "$1" >"$tmp/need" && return 0
	skip "$1" "$2"
	return 1
}

finish() {
	printf '1..%d\n' "$n_tests"
	[ "$n_failed" -eq 0 ]
	exit
}
