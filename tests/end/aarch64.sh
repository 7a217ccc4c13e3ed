#!/bin/bash
# The code compiles for aarch64 too: its table of calls and its registers.
# Headers of libraries are taken from this machine, those of the C library from
# the cross compiler.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
cd "$SRCDIR" || exit 1
compiler=aarch64-linux-gnu-gcc

compiles() {
	"$compiler" -std=gnu11 -Wall -Werror -fsyntax-only -I"$BUILDDIR" -Isrc \
		-DPKGDATADIR='""' -DPKGLIBDIR='""' -DLOCALEDIR='""' -DTOP_SRCDIR='""' \
		-DTOP_BUILDDIR='""' -idirafter /usr/include \
		-idirafter "/usr/include/$(gcc -print-multiarch)" "$@"
}

if need $compiler "every file compiles for aarch64"; then
	for room in src/*/; do
		mapfile -t files < <(find "$room" -name '*.c' ! -name '*_x86_64.c')
		check "${room%/} compiles for aarch64" compiles "${files[@]}"
	done
fi
finish
