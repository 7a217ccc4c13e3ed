#!/bin/bash
# An installed tree is enough: the program runs from it alone, from any folder,
# also after it was moved, and `make uninstall` leaves nothing behind.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
prefix=$tmp/first
moved=$tmp/second

# The make that runs this test must not be taken for ours.
make_quietly() {
	env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS -u DESTDIR \
		make -s -C "$BUILDDIR" "$@" prefix="$prefix"
}

# hidden COMMAND...: run it where neither source nor build tree can be seen.
hidden() {
	unshare --user --map-root-user --mount bash -c '
		mount -t tmpfs none "$1" && mount -t tmpfs none "$2" &&
		cd / && shift 2 && exec "$@"
	' - "$BUILDDIR" "$SRCDIR" "$@"
}

if ! hidden true 2>"$tmp/err"; then
	# Without user namespaces: at least from elsewhere, and by no hint.
	skip userns "the source tree is hidden"
	hidden() { (cd / && exec "$@"); }
fi
# From a folder of its own, with a home of its own, and no hint where data is.
alone() {
	hidden env -i HOME="$tmp/home" PATH="$PATH" LC_ALL=C.UTF-8 \
		TMPDIR="$tmp" "$@"
}
mkdir "$tmp/home"

check "make install takes a prefix" make_quietly install
empty "nothing is installed outside bin, lib/ipclab and share" \
	"$(cd "$prefix" && find . lib -mindepth 1 -maxdepth 1 ! -name bin \
		! -name share ! -name lib ! -path lib/ipclab)"
empty "no installed text names the source tree" \
	"$(grep -rIlF -e "$SRCDIR" -e "$BUILDDIR" "$prefix")"

lessons() { alone "$1/bin/ipclab" learn --list; }
expected=$("$IPCLAB" learn --list | awk '{ print $1 }')
same "the installed program finds its lessons" "$expected" \
	"$(lessons "$prefix" | awk '{ print $1 }')"
mv "$prefix" "$moved"
same "it finds them after it was moved" "$expected" \
	"$(lessons "$moved" | awk '{ print $1 }')"
check "it traces a program" alone "$moved/bin/ipclab" trace -- true
same "it passes the program's status on" 3 \
	"$(alone "$moved/bin/ipclab" trace -o "$tmp/log" -- sh -c 'exit 3'; echo $?)"
echo 'int main(void) { return 5; }' >"$tmp/five.c"
check "it compiles with its runtime" \
	alone "$moved/bin/ipclab" cc "$tmp/five.c" -o "$tmp/five"
same "what it compiled runs" 5 "$("$tmp/five"; echo $?)"
chinese() { alone "$moved/bin/ipclab" --lang zh_CN --help | grep -q 用法; }
check "it finds its translations" chinese
# That they hold is tested in lessons.sh; what is installed is the same.
empty "its lessons are those of the source tree" \
	"$(diff -r -x local.mk "$SRCDIR/lessons" "$moved/share/ipclab/lessons")"
check "one of them passes its own verification" \
	alone "$moved/bin/ipclab" author verify \
		"$moved/share/ipclab/lessons/02-pipes"
mv "$moved" "$prefix"
check "make uninstall works" make_quietly uninstall
empty "make uninstall leaves no file behind" "$(find "$prefix" ! -type d)"
finish
