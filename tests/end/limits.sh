#!/bin/bash
# The limits that an exercise names are those of its checks: whether one run is
# made or a search, of a small limit a small program falls, and of a larger
# one it does not.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=grading.sh
. "${0%/*}/grading.sh"
cd "$tmp" || exit 1

# exercise NAME LIMITS: of one program, run once and searched.
exercise() {
	mkdir -p "pack/$1/start"
	echo '/* Write it.  */' >"pack/$1/start/work.c"
	cat >"pack/$1/exercise.yaml" <<-END
		format: 1
		id: L01
		title: So much and no more
		mode: write
		files: [work.c]
		limits: $2
		checks:
		  - {id: once, title: One run, points: 1}
		  - {id: all, title: Any run, points: 1, explore: {runs: 3}}
		bugs:
		  - {id: other, verdict: wrong, says: It is wrong., hint: Look again.}
		hints: [Look at the limits.]
	END
	echo 'Write it.' >"pack/$1/task.md"
}
printf 'format: 1\nname: limits\n' >pack.yaml
mkdir pack && mv pack.yaml pack
exercise few-steps '{steps: 100}'
exercise many-steps '{steps: 20000}'
exercise short '{wall: 1, cpu: 60}'

mkdir bytes
cat >bytes/work.c <<'END'
#include <unistd.h>
int main(void)
{
	char byte = 'x';
	int ends[2];

	if (pipe(ends) < 0)
		return 1;
	for (int i = 0; i < 400; i++)
		if (write(ends[1], &byte, 1) != 1 ||
		    read(ends[0], &byte, 1) != 1)
			return 1;
	return 0;
}
END
mkdir spins
cat >spins/work.c <<'END'
#include <unistd.h>
int main(void)
{
	for (;;)
		getpid();
}
END
mkdir forks
cat >forks/work.c <<'END'
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
	char byte = 'x';
	int ends[2];

	if (pipe(ends) < 0)
		return 1;
	if (fork() == 0)
		for (;;)
			if (write(ends[1], &byte, 1) != 1 ||
			    read(ends[0], &byte, 1) != 1)
				return 1;
	return wait(NULL) < 0;
}
END
# verdicts EXERCISE WORK: of both checks, and whether it counts.
verdicts() {
	timeout 300 "$IPCLAB" grade --json --seed 3 "$tmp/pack/$1" "$2" >out 2>err ||
		cat err
	python3 -c 'import json
r = json.load(open("out"))
print(*[c["verdict"] for c in r["checks"]], r["gradable"])'
}
told() { python3 -c 'import json
print(json.load(open("out"))["checks"][0]["message"])'; }

same "more steps than are allowed, once and searched" \
	"wall-limit wall-limit True" "$(verdicts few-steps bytes)"
check "... is told with the number" grep -q 100 <(told)
same "as many as are allowed" "accept accept True" \
	"$(verdicts many-steps bytes)"
same "steps without an end, of a child" "wall-limit wall-limit True" \
	"$(verdicts few-steps forks)"
same "a second that is over, once and searched" \
	"wall-limit wall-limit True" "$(verdicts short spins)"
same "... is told" "the run was ended after 1 second" "$(told)"
same "nothing is left" "" "$(ls "$TMPDIR")"
finish
