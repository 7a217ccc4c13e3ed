#!/bin/bash
# Writing exercises: what `author new` makes is in order; every kind of mistake
# in one is found and named with its place; what students get has no secrets,
# and can be worked with.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
mkdir "$tmp/temporary" "$tmp/home"
export TMPDIR=$tmp/temporary HOME=$tmp/home
export XDG_CACHE_HOME=$tmp/home/cache XDG_STATE_HOME=$tmp/home/state
export LC_ALL=C.UTF-8 LANGUAGE=en
cd "$tmp" || exit 1

run() {
	timeout 900 "$@" >out 2>&1 </dev/null
	status=$?
}
# fresh: the exercise "word", as author new makes it.
fresh() { rm -rf word && cp -r template word; }

# ---- new ----
check "an exercise is made" "$IPCLAB" author new exercise word
mv word template
run "$IPCLAB" author new exercise template
same "not where something is already" 1 "$status"
check "... and it says so" grep -q 'cannot make the folder template' out
run "$IPCLAB" author new exercise No_Name
same "a name that none can have is refused" 1 "$status"
run "$IPCLAB" author new exercize word
same "so is a kind that there is not" 2 "$status"

fresh
run "$IPCLAB" author verify --mutants 3 --jobs 2 --json word
same "it verifies as it stands" 0 "$status"
cp out two.json
run "$IPCLAB" author verify --mutants 3 --jobs 1 --json word
check "one after the other, the same is found" cmp out two.json
check "the checks were tried on mutants" grep -qE '"possible": [0-9]{2}' out
same "nothing is left behind" "" "$(ls "$TMPDIR")"

# ---- what is wrong, one at a time ----
# Mistakes that show without running anything: how to make it, and what must be
# said, with file and line.
mistakes() {
	cat <<'END'
sed -i '/^hints:/,$d' word/exercise.yaml|word/exercise.yaml:5: there is no hint
rm word/task.md|word/task.md: it is missing
: >word/debrief.md|word/debrief.md:1: nothing stands in it
rm word/start/word.c|word/exercise.yaml:11: start/word.c is missing: a learner begins with what is handed in
rm -r word/solutions/good/stream|word/solutions/good: it needs two good solutions of different style
sed 's,^/\*,/* Another.  ,' word/solutions/good/stream/word.c >word/solutions/good/straight/word.c|word/solutions/good/stream: it is the same as good/straight but for blanks and comments
rm word/solutions/bad/no-close/word.c|word/solutions/bad/no-close: word.c was not handed in
rm word/solutions/bad/no-close/expect.yaml|word/solutions/bad/no-close/expect.yaml: it is missing: which check must find this solution, with which verdict?
sed -i 's/deadlock/dedlock/' word/solutions/bad/no-close/expect.yaml|word/solutions/bad/no-close/expect.yaml:3: 'dedlock' is no verdict
sed -i 's/bug: no-close/bug: none/' word/solutions/bad/no-close/expect.yaml|word/solutions/bad/no-close/expect.yaml:4: there is no bug 'none' in the exercise
echo 'title: x' >word/exercise.xx.yaml|word/exercise.xx.yaml:1: not translated: hints
echo 'title: x' >word/exercise.xx.yaml|word/task.xx.md: it is missing
echo 'checks: [{id: arrives}]' >word/exercise.xx.yaml|word/exercise.xx.yaml:1: not translated: title
cp word/task.md word/task.xx.md|word/task.xx.md: there is no exercise.xx.yaml beside it
sed -i 's/^mode:.*/mode: wrong/' word/exercise.yaml|word/exercise.yaml:9: mode: there is no 'wrong'
sed -i 's/needs: \[arrives\]  .*/needs: [in-pieces]/; /id: in-pieces/,/explore/d' word/exercise.yaml|word/exercise.yaml:31: needs: 'in-pieces' is no check that stands before this one
sed -i '0,/cases: 2/s//cases: 2\n    visibility: hidden/' word/exercise.yaml|word/exercise.yaml:32: check any-order is for all to see, and needs arrives, which is hidden
echo 'It must be printed whole: A word that arrives in two pieces is printed whole.' >>word/task.md|word/exercise.yaml:39: this text of a hidden check would reach students, in task.md:8
echo '/* Only what the first read() got is printed. */' >>word/start/word.c|word/exercise.yaml:58: this text of a hidden check would reach students, in start/word.c:16
mkdir word/tests; cp word/solutions/bad/one-read/word.c word/tests/driver.c; sed 's/^/ /' word/tests/driver.c >word/start/x.c|word/tests/driver.c: this file would reach students, as start/x.c
cp word/solutions/good/stream/word.c word/start/old.c|word/solutions/good/stream/word.c: this file would reach students, as start/old.c
ln -s ../solutions/good/stream/word.c word/start/old.c|word/start/old.c: a link, or no ordinary file
END
}
while IFS='|' read -r edit sentence; do
	fresh
	(eval "$edit")
	run "$IPCLAB" author verify --texts word
	check "$sentence" grep -qF -- "$sentence" out
	same "... and the exit status is 1" 1 "$status"
done < <(mistakes)

# ---- what shows when it is run: all of it in one go ----
fresh
cd word || exit 1
# Only what is needed, so that it takes few runs.
sed -i '/id: any-order/,/explore/d; s/cases: 2/explore: {runs: 30}/' exercise.yaml
sed -i 's/explore: {runs: 200, faults: true}/explore: {runs: 20, faults: true}/' exercise.yaml
cp solutions/good/straight/word.c start/word.c
mkdir solutions/good/{late,broken,unbuilt} solutions/bad/{right,late,pieces,told}
# Right in most orders: it does not wait.
sed '/^\twait(NULL);$/d' solutions/good/straight/word.c >solutions/good/late/word.c
sed 's/printf("%.\*s/printf("x%.*s/' solutions/good/straight/word.c >solutions/good/broken/word.c
echo 'int main(void) { return nothing; }' >solutions/good/unbuilt/word.c
cp solutions/good/stream/word.c solutions/bad/right/
cp solutions/good/late/word.c solutions/bad/late/
cp solutions/bad/one-read/word.c solutions/bad/pieces/
cp solutions/bad/no-close/word.c solutions/bad/told/
printf 'check: arrives\nverdict: leak\n' >solutions/bad/right/expect.yaml
printf 'check: arrives\nverdict: deadlock\n' >solutions/bad/late/expect.yaml
printf 'check: arrives\nverdict: wrong\n' >solutions/bad/pieces/expect.yaml
printf 'check: arrives\nverdict: deadlock\nmessage: "*queue*"\n' \
	>solutions/bad/told/expect.yaml
sed -i 's/bug: no-close/bug: one-read/' solutions/bad/no-close/expect.yaml
sed -i 's/    check: in-pieces .*//' exercise.yaml
sed -i 's/^hints:/  - {id: nobody, verdict: race, says: x, hint: x}\nhints:/' exercise.yaml
cd ..
run "$IPCLAB" author verify word
same "an exercise with many mistakes has exit status 1" 1 "$status"
while IFS= read -r sentence; do
	check "$sentence" grep -qF -- "$sentence" out
done <<'END'
word/start: what the learner begins with passes already
word/solutions/good/late: a good solution must pass, and check arrives says leak
word/solutions/good/broken: a good solution must pass, and check arrives says wrong
word/solutions/good/unbuilt: a good solution must pass: compile-error: word.c:1:
word/solutions/bad/right: a bad solution passes all checks
word/solutions/bad/late/expect.yaml:2: verdict: deadlock is expected, and with seed 1 it is leak
word/solutions/bad/pieces/expect.yaml:1: check: arrives is expected, and with seed 1 it is in-pieces
word/solutions/bad/told/expect.yaml:3: message: *queue* is expected
word/solutions/bad/no-close/expect.yaml:4: bug: one-read is expected, and with seed 1 it is no-close
word/exercise.yaml:54: no bad solution shows the bug nobody
bug one-read is found by the hidden check in-pieces, and does not name it
END
empty "mutants wait until the rest is in order" "$(grep mutation out)"
same "nothing is left behind" "" "$(ls "$TMPDIR")"

# ---- ^C ----
fresh
"$IPCLAB" author verify word >out 2>&1 &
pid=$!
until [ -n "$(ls "$TMPDIR")" ] || ! kill -0 $pid 2>/dev/null; do :; done
kill -INT $pid
wait $pid
same "interrupted, it says so by its exit status" 75 $?
same "... and leaves nothing" "" "$(ls "$TMPDIR")"
empty "... no process either" "$(pgrep -f "$tmp/" | grep -v "^$$\$")"

# ---- what students get ----
fresh
chmod -R go-rwx word
check "a pack for students is written" "$IPCLAB" author pack word -o one.tar
touch -d 2001-01-01 word/task.md
chmod -R go+rX word
echo x >word/notes.txt
(cd word && "$IPCLAB" author pack . -o ../two.tar) >out
check "... the same bytes whatever times, modes and other files" \
	cmp one.tar two.tar
same "it has what students need, and no more" "pack.yaml
word/debrief.md
word/exercise.yaml
word/start/word.c
word/task.md" "$(tar tf one.tar | sort)"
for kind in tar.gz tar.xz tar.zst; do
	check "... as .$kind, too" "$IPCLAB" author pack word -o "one.$kind"
	same "... twice the same" "$(cksum <"one.$kind")" "$(
		"$IPCLAB" author pack word -o again."$kind" >out
		cksum <"again.$kind")"
done
empty "of hidden checks nothing is in it" \
	"$(tar xOf one.tar | grep -E 'in-pieces|two pieces|one-read|first read')"
empty "nor what was written for the author" \
	"$(tar xOf one.tar | grep 'for you alone')"
echo 'Hint: Only what the first read() got is printed.' >>word/task.md
run "$IPCLAB" author pack word -o three.tar
same "with a secret in it, none is written" "1 " "$status $(ls three.tar 2>&-)"
check "... and the secret is named" grep -q 'would reach students' out
run "$IPCLAB" author pack word -o three.rar
same "a kind of archive that there is not is refused" 2 "$status"
run "$IPCLAB" author pack word
same "so is none" 2 "$status"

mkdir pack
cp -r template pack/word
cp -r template pack/other
cp -r template pack/unlisted
printf 'format: 1\nname: two\nexercises: [word, other]\n' >pack/pack.yaml
sed -i 's/^id: NEW/id: OLD/' pack/other/exercise.yaml
run "$IPCLAB" author verify --texts pack
check "a pack that does not list all is not in order" \
	grep -qF "pack/pack.yaml:1: the exercise unlisted is not listed" out
check "... nor one in which two have the same id" grep -qF \
	"pack/word/exercise.yaml:6: unlisted has the id NEW, too" out
rm -r pack/unlisted
sed -i 's/other\]/other, other, none]/' pack/pack.yaml
run "$IPCLAB" author verify --texts pack
same "... nor one that lists what there is not" "1 pack/pack.yaml:3: 'other' is \
listed twice pack/pack.yaml:3: there is no exercise 'none' in the folder" \
	"$status $(grep '^pack/pack.yaml' out | xargs -d '\n')"
sed -i 's/, other, none//' pack/pack.yaml
check "a folder of exercises is packed" "$IPCLAB" author pack pack -o pack.tgz
same "... as its pack.yaml says" "other word" "$(tar tf pack.tgz |
	sed -n 's,/exercise.yaml,,p' | xargs)"

# ---- a student opens it ----
mkdir student
cd student || exit 1
check "a student begins with the archive" \
	"$IPCLAB" exercise start word --pack ../pack.tgz
rm ../pack.tgz
cp ../template/solutions/good/straight/word.c word/word.c
check "... and gets the points that there are to be had" \
	grep -q '^8 of 8 points' <("$IPCLAB" exercise check word)
cp ../template/solutions/bad/no-close/word.c word/word.c
check "... and is told of bugs that are known" \
	grep -q 'holds a write end of it' <("$IPCLAB" exercise check word)
check "what is listed is what is in it" \
	[ "$("$IPCLAB" exercise list --pack ../one.tar.xz | wc -l)" -eq 1 ]
run "$IPCLAB" exercise list --pack ../out
same "what is no archive is refused" 2 "$status"
finish
