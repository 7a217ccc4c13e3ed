#!/bin/bash
# --help, the manual page and the completions say the same, for all of them
# are made from the same tables.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
man=$BUILDDIR/man/ipclab.1
shells=$BUILDDIR/man/completions

commands() { "$IPCLAB" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'; }
# The long options that the help of a command (or of none) shows.
options() { "$IPCLAB" "$@" --help | grep -E '^  (-., )?--' | grep -oE -- '--[a-z-]+' | sort -u; }

in_man() { sed 's/\\-/-/g' "$man" | grep -qE -- "$1"; }

# complete WORD...: what bash offers for the last word.
complete_bash() {
	bash -c '
		PATH=$1:$PATH
		. "$2"
		shift 2
		COMP_WORDS=(ipclab "$@") COMP_CWORD=$#
		_ipclab
		printf "%s\n" "${COMPREPLY[@]}"
	' - "$(dirname "$IPCLAB")" "$shells/ipclab.bash" "$@"
}

empty "--help lists commands that are there" "$(
	[ -n "$(commands)" ] || echo "no command at all"
	for c in $(commands); do
		"$IPCLAB" "$c" --help >"$tmp/help" || echo "$c --help fails"
		head -n 1 "$tmp/help" | grep -q "^Usage: ipclab $c" ||
			echo "$c --help does not begin with its usage"
	done
)"
empty "the manual page has every command and option" "$(
	for c in $(commands); do
		in_man "^\\.SS ipclab $c\$" || echo "no section for $c"
		for o in $(options "$c"); do
			in_man "^\\.B (-., )?$o( |\$)" || echo "no $c $o"
		done
	done
)"
empty "a usage line names only options that there are" "$(
	for c in $(commands); do
		"$IPCLAB" "$c" --help | head -n 1 |
			grep -oE -- '(^|[ [|])--[a-z][a-z-]*' | tr -d ' [|' |
			while read -r o; do
				options "$c" | grep -qxF -- "$o" ||
					echo "$c has no $o"
			done
	done
)"
# Lines that begin with a call of the program, in the documents.
empty "the documents name only commands and options that there are" "$(
	cd "$SRCDIR" && grep -hE '^(\$ )?ipclab ' README.md docs/how-to*.md docs/testing.md |
		sed 's/^\$ //; s/ -- .*//; s/  .*//' | while read -r _ c rest; do
		case $c in
		-*) rest="$c $rest" c= ;;
		esac
		[ -z "$c" ] || commands | grep -qxF -- "$c" ||
			echo "no command: $c"
		for word in $rest; do
			[[ $word == --* ]] || continue
			options $c | grep -qxF -- "${word%%=*}" ||
				echo "no option: $c $word"
		done
	done
)"
same "bash completes commands" "$(commands | sort)" \
	"$(complete_bash '' | sort)"
empty "bash completes every option" "$(
	for c in $(commands); do
		[ "$(complete_bash "$c" -- | sort -u)" = "$(options "$c")" ] ||
			echo "$c: $(complete_bash "$c" -- | tr '\n' ' ')"
	done
)"
same "bash completes the start of a word" "doctor" "$(complete_bash doc)"
same "bash completes values" "zh_CN" "$(complete_bash doctor --lang z)"
empty "zsh is told every option" "$(
	for c in $(commands); do
		for o in $(options "$c"); do
			sed -n "/^\t$c)/,/;;/p" "$shells/_ipclab" |
				grep -qE -- "'$o(=?)\\[" || echo "no $c $o"
		done
	done
)"
empty "fish is told every option" "$(
	for c in $(commands); do
		for o in $(options "$c"); do
			grep -E "seen_subcommand_from $c'|ipclab -l" \
				"$shells/ipclab.fish" |
				grep -qE -- "-l ${o#--}( |\$)" ||
				echo "no $c $o"
		done
	done
)"
need bash "bash takes its completions" &&
	check "bash takes its completions" bash -n "$shells/ipclab.bash"
need zsh "zsh takes its completions" &&
	check "zsh takes its completions" zsh -n "$shells/_ipclab"
need man "man(1) finds nothing wrong with the page" &&
	empty "man(1) finds nothing wrong with the page" \
		"$(LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -E UTF-8 \
			-l -Tutf8 -Z "$man" 2>&1 >"$tmp/page")"
finish
