#!/bin/bash
# ipclab cc: both compilers, all that their instrumentation calls is there,
# nothing of ThreadSanitizer is linked, and where nobody traces it a program
# does what it does without.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
sources=$SRCDIR/tests/live/cc
library=$BUILDDIR/libipclab-rt.a
cd "$tmp" || exit 1

cc() { timeout 900 "$IPCLAB" cc "$@"; }
run() { timeout 900 "$@"; }
# What an object file or program wants of ThreadSanitizer.
wanted() { nm "$1" | sed -n 's/^ *[UvwV] \(__tsan_.*\)/\1/p' | sort -u; }
defined() { nm "$library" | sed -n 's/^[0-9a-f]* [TtDdBb] //p' | sort -u; }
# Traces of the library that must not be there.
foreign() {
	ldd "$1" | grep -i tsan
	nm "$1" | grep -E '__sanitizer|__interceptor|_ZN6__tsan'
}

# both COMPILER C++-COMPILER
both() {
	export CC=$1 CXX=$2
	local wide="-DWIDE -Wno-unused" plain
	[ "$1" = gcc ] && wide="$wide -mcx16"
	[ "$(uname -m)" = x86_64 ] || wide=
	# shellcheck disable=SC2086
	"$1" -w -pthread "$sources/constructs.c" -o plain \
		${wide:+$wide} -latomic 2>err || wide=
	# shellcheck disable=SC2086
	[ -n "$wide" ] || "$1" -w -pthread "$sources/constructs.c" -o plain
	plain=$(run ./plain)
	# shellcheck disable=SC2086
	check "$1: every construct is compiled and linked" \
		cc -w $wide "$sources/constructs.c" -o all ${wide:+-latomic}
	same "$1: the program finds what it finds without" "$plain" \
		"$(run ./all)"
	empty "$1: nothing of ThreadSanitizer is in it" "$(foreign all)"
	for level in -O0 -O2; do
		# As an optimiser would leave it: other calls come from there.
		# shellcheck disable=SC2086
		if [ "$1" = gcc ]; then
			gcc -w $wide $level -fsanitize=thread -c \
				"$sources/constructs.c" -o bare.o
		else
			clang -w $wide $level -fsanitize=thread -c \
				"$sources/constructs.c" -o bare.o
		fi
		same "$1 $level: every symbol that it calls is defined" "" \
			"$(comm -23 <(wanted bare.o) <(defined))"
		check "$1 $level: ... and there are some" \
			test "$(wanted bare.o | wc -l)" -gt 40
		# The same program, instrumented so, by our runtime.
		# shellcheck disable=SC2086
		check "$1 $level: that object is linked" cc bare.o -o bare \
			${wide:+-latomic}
		same "$1 $level: ... and finds the same" "$plain" \
			"$(run ./bare)"
	done
	check "$1: compile only" cc -c "$sources/half.c" -o half.o
	check "$1: ... instruments" test -n "$(wanted half.o)"
	check "$1: several files, compiled and not" \
		cc half.o "$sources/other.c" -o whole
	run ./whole
	same "$1: ... make a program" 7 $?
	check "$1: link only, of parts that were not instrumented" \
		"$1" -c "$sources/other.c" -o other.o
	check "$1: ... link" cc half.o other.o -o whole
	run ./whole
	same "$1: ... run" 7 $?
	check "$1: a static program" cc -static -w "$sources/constructs.c" \
		-o fixed
	check "$1: ... runs" run ./fixed
	check "$1: a shared library" cc -shared -fPIC "$sources/half.c" \
		-o libhalf.so
	check "$1: ... is linked with" cc "$sources/other.c" -L. -lhalf \
		-Wl,-rpath,"$tmp" -o whole
	run ./whole
	same "$1: ... runs" 7 $?
	check "$1: a program that loads one later" cc -x c - -o loader -ldl \
		<<-'END'
		#include <dlfcn.h>
		int main(void)
		{
			int (*count)(void) = dlsym(dlopen("./libhalf.so",
							  RTLD_NOW), "count");
			return count() + count() == 3 ? 7 : 1;
		}
	END
	LD_DEBUG=bindings run ./loader 2>bindings
	same "$1: ... runs" 7 $?
	check "$1: ... the library uses the program's runtime" grep -q \
		'libhalf.so .* to ./loader .*__tsan_write4' bindings
	cc -c "$sources/other.c" -DBROKEN='(' '-Dcount()=(' -o broken.o \
		2>err
	same "$1: an error is the compiler's, with its status" 1 $?
	check "$1: ... and its words" grep -q 'error:' err
	check "$1: asked about itself it answers" \
		test "$(cc --version)" = "$("$1" --version)"
	command -v "$2" >"$tmp/need" || { skip "$2" "$1: C++"; return; }
	check "$1: C++, known by the name" cc "$sources/objects.cc" -o objects
	same "$1: ... runs" "10 10 4 ab" "$(run ./objects)"
	empty "$1: nothing of ThreadSanitizer is in that" "$(foreign objects)"
	check "$1: C++, object only" cc -c "$sources/objects.cc" -o objects.o
	check "$1: ... linked with --cxx" cc --cxx objects.o -o objects
	same "$1: ... runs" "10 10 4 ab" "$(run ./objects)"
	cp "$sources/objects.cc" objects.txt
	check "$1: C++, known by -x" cc -x c++ objects.txt -o objects
}

need gcc "gcc" && both gcc g++
need clang "clang" && both clang clang++

for compiler in gcc clang; do
	need $compiler "\$CC of several words" || continue
	CC="env $compiler -DWORD=7" cc -DBROKEN -x c - -o words <<-'END'
		int main(void) { return WORD; }
	END
	run ./words
	same "\$CC of several words ($compiler)" 7 $?
	CC="env $compiler" cc -c "$sources/half.c" -o words.o
	check "... instruments" test -n "$(wanted words.o)"
done
unset CC CXX
cc 2>err
same "without arguments it is a usage error" 2 $?
# What would be no point is named, with its line; comments are not looked at.
cat >unseen.c <<-'END'
	/* asm, no_sanitize_thread */
	const char *s = "asm";
	__attribute__((no_sanitize("address"))) int f(void) { return *s; }
	__attribute__((no_sanitize("thread"))) int g(void) { return *s; }
	__attribute__((no_sanitize_thread)) int h(void) { return *s; }
	int main(void) { __asm__("nop"); return f() - g() + h() - h(); }
END
cc -w unseen.c -o unseen 2>err
same "what asks not to be instrumented, and assembly" \
	"unseen.c:4: unseen.c:5: unseen.c:6:" \
	"$(sed 's/: .*/:/' err | tr '\n' ' ' | sed 's/ $//')"
command cc -c "$sources/half.c" -o plain.o
cc plain.o "$sources/other.c" -o unseen 2>err
check "an object file that was compiled without" grep -q '^plain.o: ' err
cc -c "$sources/half.c" -o told.o
cc told.o "$sources/other.c" -o unseen 2>err
empty "... and one that was not" "$(cat err)"
CC=/nowhere/cc PATH=/nowhere "$IPCLAB" cc x.c 2>err
same "no compiler: status 3" 3 $?
same "... one sentence" \
	"ipclab: no C compiler is found; install one (package gcc)" \
	"$(cat err)"
mkdir -p empty/bin empty/lib/ipclab
cp "$IPCLAB" empty/bin/
empty/bin/ipclab cc "$sources/other.c" 2>err
same "no runtime: status 3" 3 $?
same "... one sentence" 1 "$(grep -c '^ipclab: the runtime is missing (.*); install' err)"
finish
