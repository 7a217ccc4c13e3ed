#!/bin/bash
# A schedule fails alike elsewhere: in another environment, another folder, and
# with another build of the program. Where memory that it names is not there any
# more, that is said.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "programs are searched"
	finish
fi
export XDG_CACHE_HOME=$tmp/cache LC_ALL=C
mkdir "$tmp/here" "$tmp/and-another-one"
cd "$tmp/here" || exit 1

# Two threads add to what is on the stack, on the heap, in a variable, in an
# array and in one of two variables of one name.
cat >adds.c <<'END'
#include <pthread.h>
#include <stdlib.h>

static int counter, many[100];
int *of_another_file(void);
#ifdef MORE
long more[1000] = { 1 };
#endif

static void *
add(void *p)
{
	int now = *(int *)p;

	*(int *)p = now + 1;
	return NULL;
}

static int
both(int *p)
{
	pthread_t thread[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&thread[i], NULL, add, p);
	for (int i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);
	return *p;
}

int
main(int argc, char **argv)
{
	int local = 0, *all[5];

	(void)argv;
	all[0] = &counter;
	all[1] = &many[70];
	all[2] = of_another_file();
	all[3] = &local;
	all[4] = calloc(1, sizeof(int));
	return both(all[argc - 1]);
}
END
cat >other.c <<'END'
static int counter;

int *
of_another_file(void)
{
	return &counter;
}
END
builds() { "$IPCLAB" cc -O0 -g "$@" -o adds adds.c other.c; }
builds || exit 1

# finds ARGUMENT...: the run in which one is lost; its schedule is in kept.
finds() {
	"$IPCLAB" explore --jobs 1 --budget 100 --allow-races --status 2 \
		--save kept -- ./adds "$@" >out 2>&1
	[ $? -eq 1 ] || { cat out; return 1; }
}
# again [FOLDER]: its replay ends as it did.
again() {
	sed "s,^folder: .*,folder: ${1-$PWD}," kept >moved
	"$IPCLAB" replay --plain moved <<<'' >out 2>&1
	grep -q 'The program has ended with status 1\.' out ||
		{ tail -n 5 out; grep shared kept; return 1; }
}
names() { grep -q "^shared: granules=8 $1\$" kept || { cat kept; false; }; }

row=()
for where in 'data:counter+0..3' 'data:many+280..287' 'data:counter@1+0..3' \
	'stack:[0-9]*\.\.[0-9]*' 'heap:[0-9]*\.\.[0-9]*'; do
	check "a run that fails is found (${#row[@]})" finds "${row[@]}"
	check "... its memory is named" names "$where"
	check "... it fails alike" again
	OF_ANOTHER_LENGTH=$tmp check "... in another environment" again
	cp adds ../and-another-one
	check "... in another folder" again "$tmp/and-another-one"
	builds -DMORE
	check "... with another build" again
	builds
	row+=(x)
done

finds "${row[@]:5}"
sed 's/data:counter+/data:gone+/' kept >lost
"$IPCLAB" replay --plain lost <<<'' >out 2>&1
check "what is not there any more is told" grep -qF \
	"in this one there is no data:gone+0..3, so the run may go another way" \
	out
sed 's/data:counter+0..3/data:counter+0../' kept >odd
check "words that are none are refused" \
	eval '! "$IPCLAB" replay --plain odd <<<"" >out 2>&1 &&
		grep -q "words that this ipclab does not know" out'
sed 's/^shared: .*/shared: granules=8 4010 4018/' kept >old
check "addresses, as earlier schedules had them, are read" \
	eval '"$IPCLAB" replay --plain old <<<"" >out 2>&1
		grep -q "pthread_create" out'
finish
