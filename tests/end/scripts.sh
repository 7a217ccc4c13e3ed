#!/bin/bash
# The shell scripts of this tree are sound.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
cd "$SRCDIR" || exit 1

for script in bootstrap .ci/run tests/tap.sh tests/*/*.sh; do
	need shellcheck "$script is sound" &&
		check "$script is sound" shellcheck -S warning -f gcc "$script"
done
finish
