#!/bin/bash
# Every message has its translation, in every language that there is.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
cd "$SRCDIR" || exit 1

# The options that the Makefile gives to xgettext.
extracted() {
	local options
	options=$(sed -n '/^XGETTEXT_OPTIONS/,/[^\\]$/p' po/local.mk |
		sed 's/.*+*= //; s/\\$//')
	# shellcheck disable=SC2086
	find src -name '*.c' | sort |
		xargs xgettext $options -o "$tmp/now.pot"
}

# What msgattrib picks of the catalogue brought up to date, without its head.
picked() {
	msgattrib --no-obsolete --no-wrap "$@" "$tmp/now.po" |
		sed -n '/^#:/,$p' | grep -E '^(#:|msgid)'
}

if need xgettext "the messages of the sources are known"; then
	check "the messages of the sources are known" extracted
	for po in po/*.po; do
		check "$po fits the sources" msgmerge -q --no-fuzzy-matching \
			-o "$tmp/now.po" "$po" "$tmp/now.pot"
		empty "$po: no message is untranslated" \
			"$(picked --untranslated)"
		empty "$po: no translation is a guess" "$(picked --only-fuzzy)"
		check "$po: formats and line ends agree" \
			msgfmt --check -o "$tmp/now.mo" "$tmp/now.po"
	done
fi

says_chinese() { "$@" | grep -q '用法：ipclab'; }
check "--lang zh_CN speaks Chinese in any locale" \
	says_chinese env LC_ALL=C "$IPCLAB" --lang zh_CN --help
check "--lang zh is enough" \
	says_chinese env LC_ALL=C.UTF-8 "$IPCLAB" --lang=zh --help
check "a locale that is not installed still has its language" \
	says_chinese env -u LC_ALL -u LANGUAGE LANG=zh_CN.UTF-8 \
	LOCPATH=/nonexistent "$IPCLAB" --help
same "--lang en speaks English in a Chinese locale" \
	"Usage: ipclab [COMMAND]" \
	"$(LC_ALL=zh_CN.UTF-8 "$IPCLAB" --lang en --help | head -n 1)"
same "a language that there is not is refused" "2" \
	"$("$IPCLAB" --lang tlh --help 2>"$tmp/err"; echo $?)"
check "... and those that there are, are named" grep -q 'en, zh_CN' "$tmp/err"

locale_dir=$tmp/locale
mkdir "$locale_dir"
sentence="the Chinese locale of the C library is used"
if localedef -c -i zh_CN -f UTF-8 "$locale_dir/zh_CN.UTF-8" 2>"$tmp/err"; then
	check "$sentence" says_chinese env -u LANGUAGE LC_ALL=zh_CN.UTF-8 \
		LOCPATH="$locale_dir" "$IPCLAB" --help
else
	skip zh_CN.UTF-8 "$sentence"
fi
finish
