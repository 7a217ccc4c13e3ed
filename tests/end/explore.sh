#!/bin/bash
# ipclab explore as a user has it: what it finds, what it claims, how it ends.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
# shellcheck source=../live/living.sh
. "$SRCDIR/tests/live/living.sh"
export XDG_CACHE_HOME=$tmp/cache LC_ALL=C
mark=explored-$$
programs=$SRCDIR/tests/explore/programs

if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "programs are explored"
	finish
fi
chmod 755 "$tmp"
cd "$tmp" || exit 1

# explore STATUS ARGUMENT...: it ends with this status; its text is in out.
explore() {
	local wanted=$1 status
	shift
	"$IPCLAB" explore "$@" >out 2>err
	status=$?
	[ "$status" -eq "$wanted" ] || {
		echo "status $status, not $wanted"
		cat out err
		return 1
	}
}
says() { grep -qF -- "$1" out || { cat out; return 1; }; }
complains() { grep -qF -- "$1" err || { cat err; return 1; }; }
field() { # NAME of the document in out
	perl -MJSON::PP -e 'my $d = decode_json(join "", <STDIN>);
		my $v = $d->{$ARGV[0]};
		print ref $v eq "ARRAY" ? scalar @$v :
		      JSON::PP::is_bool($v) ? ($v ? "true" : "false") :
		      $v // "null", "\n"' "$1" <out
}
compile() { # NAME, its source on standard input; plainly
	cat >"$1.c" && ${CC:-cc} -g -O0 -o "$1" "$1.c"
}
without_rate() { grep -v '"runs_per_second"' out; }

compile order <<'END'
/* Who writes first?  */
#include <sys/wait.h>
#include <unistd.h>

int
main(void)
{
	char first = 0;
	int ends[2], rc = pipe(ends);

	for (int i = 0; i < 2; i++)
		if (fork() == 0)
			return write(ends[1], &"ab"[i], 1) != 1;
	while (wait(0) > 0)
		;
	return rc || read(ends[0], &first, 1) != 1 || first != 'a';
}
END
compile chatter <<'END'
/* Two that have much to say: more orders than anybody tries.  */
#include <sys/wait.h>
#include <unistd.h>

int
main(void)
{
	int ends[2], rc = pipe(ends);

	for (int i = 0; i < 2; i++)
		if (fork() == 0) {
			for (int k = 0; k < 12; k++)
				rc |= write(ends[1], "x", 1) != 1;
			return rc;
		}
	while (wait(0) > 0)
		;
	return rc;
}
END
compile greeting <<'END'
#include <stdio.h>

int
main(void)
{
	puts("hello");
	return 0;
}
END

# ---- what is found ----
check "a wrong exit status is found" explore 1 --status 0 -- ./order
check "... and told with the verdict" says "wrong: the exit status is 1, not 0"
check "... and with a run beside it that passes" \
	says "The nearest run that passes:"
check "a plain program's limits are told" says "was not built with"
check "any status is right where none is given" explore 0 -- ./greeting
check "a right output passes" \
	explore 0 --output <(echo hello) -- ./greeting
check "a wrong output is found" \
	explore 1 --output <(echo Hello) -- ./greeting
check "... and quoted" says 'it printed "hello\n" and should print "Hello\n"'
check "a rule that does not hold is found" \
	explore 1 --rule 'never pipe 1 holds 2 bytes' -- ./order
check "... and explained" says "does not hold: pipe 1 holds 2 bytes"
check "a rule that holds is kept" \
	explore 0 --rule 'always pipe 1 holds at most 2 bytes' -- ./order
check "a deadlock is found in a source" \
	explore 1 "$programs/deadlock01_bad.c"
check "... and told as one" says "deadlock: "
check "... with where each of them waits" \
	says "(A in pthread_join at deadlock01_bad.c:"
check "of a failure in the first run all accesses are shown" \
	explore 1 "$programs/account_bad.c"
check "... also those before it was learned that others see them" \
	says "store withdrawn = 1  account_bad.c:29"
check "what it printed before abort() is told" \
	says ', after it printed "broken: the balance is'
cat >counter.c <<'END'
/* Two add, and an assertion holds the sum against what it should be.  */
#include <assert.h>
#include <pthread.h>

static int counter;

static void *
add(void *arg)
{
	for (int i = 0; i < 9; i++)
		counter++;
	return arg;
}

int
main(void)
{
	pthread_t other;

	pthread_create(&other, 0, add, 0);
	add(0);
	pthread_join(other, 0);
	assert(counter == 18);
}
END
check "an assertion fails" explore 1 --allow-races counter.c
check "... and stands in the sentence" says "A was killed by SIGABRT at \
counter.c:23: the assertion \"counter == 18\" failed; "
check "... what comes again and again in the picture stands once" \
	says " times more, at last = "
cat >early.c <<'END'
/* The pointer may be used before it is set.  */
#include <pthread.h>

static int *pointer, value;

static void *
use(void *arg)
{
	*pointer = 1;
	return arg;
}

int
main(void)
{
	pthread_t other;

	pthread_create(&other, 0, use, 0);
	pointer = &value;
	pthread_join(other, 0);
}
END
check "a null pointer is used" explore 1 --allow-races early.c
check "... and it is told what came first, though the other never came" \
	says "A:1 was killed by SIGSEGV at early.c:9: it used a null pointer; \
A:1 read pointer at early.c:9 before A wrote pointer at early.c:19"
cat >queue.c <<'END'
/* The queue has room for one, and who would take it waits for the end.  */
#include <fcntl.h>
#include <mqueue.h>
#include <sys/wait.h>

int
main(void)
{
	struct mq_attr one = { .mq_maxmsg = 1, .mq_msgsize = 8 };
	mqd_t q = mq_open("/explored", O_RDWR | O_CREAT, 0600, &one);
	char taken[8];

	mq_unlink("/explored");
	if (fork() == 0)
		return mq_send(q, "a", 1, 0) || mq_send(q, "b", 1, 0);
	wait(0);
	return mq_receive(q, taken, sizeof(taken), 0) < 0;
}
END
check "who could help itself, but sleeps, waits for the other" \
	explore 1 queue.c
check "... in a circle" says "a circle of waits: A.1 waits for A; A waits"
check "... and the picture ends with where they are" says " waits  wait  queue.c:16"
cat >both.cc <<'END'
#include <thread>

static int n;

int
main()
{
	std::thread other([] { n++; });

	n++;
	other.join();
	return n != 2;
}
END
if command -v c++ >/dev/null; then
	check "a source in C++ is compiled as one" explore 1 both.cc
	check "... and its lines are told" says " n at both.cc:10"
else
	skip c++ "a source in C++ is compiled"
fi
check "a crash is found" explore 1 "$programs/account_bad.c"
check "... and told with its signal" says "SIGABRT"

# ---- no false alarm ----
cat >busy.c <<'END'
/* Waits for a flag that nobody is known to share before it is set.  */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int flag;

static void *
raise_it(void *unused)
{
	flag = 1;
	return unused;
}

int
main(void)
{
	pthread_t other;

	if (pthread_create(&other, NULL, raise_it, NULL))
		return 1;
	while (!flag)
		;
	return pthread_join(other, NULL);
}
END
cat >handled.c <<'END'
/* Waits for what a handler sets.  */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t got;

static void
take(int signal)
{
	got = signal;
}

int
main(void)
{
	signal(SIGUSR1, take);
	if (fork() == 0)
		return kill(getppid(), SIGUSR1);
	while (!got)
		;
	return wait(0) < 0;
}
END
check "who waits in a loop for a flag gives others a turn" \
	explore 0 --status 0 busy.c
check "... and to a handler" explore 0 --signals --status 0 handled.c

# ---- what is claimed ----
check "all orders of a small program are tried" explore 0 --json -- ./order
same "... and that is claimed" true "$(field complete)"
check "the budget is honoured" explore 4 --json --budget 37 -- ./chatter
same "... to the run" 37 "$(field runs)"
same "... and nothing more is claimed" false "$(field complete)"
check "a bound of preemptions is a search of its own" \
	explore 0 --json --preemptions 0 -- ./chatter
same "... which is claimed with it" 0 "$(field preemption_bound)"

check "a strategy of three steps alone is told whole" \
	explore 4 --strategy pct --budget 20 -- ./chatter
check "... in a sentence" says "; a failure that needs three steps in one order"

# ---- the same result ----
one_and_two() { # ARGUMENT...
	explore "$1" --json --jobs 1 "${@:2}" && without_rate >one &&
		explore "$1" --json --jobs 2 "${@:2}" && without_rate >two &&
		diff one two
}
check "two jobs find what one finds" \
	one_and_two 1 "$programs/account_bad.c"
check "two jobs claim what one claims" \
	one_and_two 4 --budget 150 "$programs/account_ok.c"
# The runner that found a failure may be at another item when that is known.
compile slow <<'END'
/* Slow where it is right, quick where it is wrong.  */
#include <sys/wait.h>
#include <unistd.h>

int
main(void)
{
	char said[5] = "";
	int ends[2], rc = pipe(ends);

	for (int i = 0; i < 4; i++)
		if (fork() == 0)
			return write(ends[1], &"abcd"[i], 1) != 1;
	while (wait(0) > 0)
		;
	rc |= read(ends[0], said, 4) != 4;
	if (said[0] == 'c')
		return 1;
	for (volatile long i = 0; i < 40000000; i++)
		;
	return rc;
}
END
short_each_time() {
	for _ in 1 2; do
		explore 1 --seed 8 --status 0 --jobs 2 --preemptions 2 \
			-- ./slow && says "shortest run" || return 1
	done
}
check "a failure is made short whatever the other jobs do" short_each_time

check "another seed is another search" \
	explore 4 --json --strategy pos --budget 20 --seed 2 -- ./chatter

# ---- the schedule ----
check "the schedule of a failure is kept" \
	explore 1 --status 0 --save order.schedule -- ./order
check "... as a schedule" grep -q '^ipclab schedule 1$' order.schedule
"$IPCLAB" replay --plain order.schedule </dev/null >replayed 2>&1
check "... that goes the same way" grep -q 'exit' replayed
same "... and differs nowhere" "" "$(grep -i 'differ' replayed)"
# What is printed goes to no terminal, there as here: not at the newline.
compile prints <<'END'
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(void)
{
	printf("terminal %d, ", isatty(1));
	fflush(stdout);
	if (fork() == 0)
		return printf("child\nmore, ") < 0;
	printf("parent, ");
	fflush(stdout);
	wait(0);
	printf("end\n");
	return 3;
}
END
check "a program that prints by parts" \
	explore 1 --status 0 --save prints.schedule -- ./prints
"$IPCLAB" replay --plain prints.schedule <<<G >replayed 2>&1
same "what it printed is shown where it is replayed, in that order" \
	"terminal 0, parent, child more, end" \
	"$(sed -n 's/^output: //p' replayed | paste -s -d ' ' | tr -s ' ')"

# ---- bad input ----
check "no program is an error" explore 2
check "a program that is not there is an error" explore 2 -- ./nothing
mkdir folder
check "a folder is an error" explore 2 -- ./folder
check "... and told as one" complains "is a folder, not a program"
check "a strategy that is not there is an error" \
	explore 2 --strategy luck -- ./order
check "... and those that there are, are named" complains "random, pos, pct"
check "a rule that is none is an error" explore 2 --rule always -- ./order
check "a budget that is no number is an error" \
	explore 2 --budget many -- ./order
echo 'int main(void) { return }' >broken.c
check "a source that does not compile is an error" explore 2 broken.c
check "a folder to save in that is not there is told" \
	explore 70 --status 0 --save nowhere/x -- ./order

# ---- programs that are not as they should be ----
compile round <<'END'
int
main(void)
{
	for (;;)
		;
}
END
compile forever <<'END'
#include <unistd.h>

int
main(void)
{
	char c = 0;
	int ends[2], rc = pipe(ends);

	while (rc == 0)
		rc = write(ends[1], &c, 1) != 1 || read(ends[0], &c, 1) != 1;
	return 0;
}
END
compile chance <<'END'
/* The kernel's own dice are not under control.  */
#include <fcntl.h>
#include <unistd.h>

int
main(void)
{
	char uuid[36];
	int dice = open("/proc/sys/kernel/random/uuid", O_RDONLY);
	int ends[2][2], rc = pipe(ends[0]) || pipe(ends[1]);

	rc |= read(dice, uuid, sizeof(uuid)) != sizeof(uuid);
	for (int i = 0; i < 36 && rc == 0; i++)
		rc = write(ends[uuid[i] & 1][1], "x", 1) != 1;
	return rc;
}
END
cat >adds.c <<'END'
static int n;

int
main(void)
{
	for (;;)
		n++;
}
END
check "a loop without a point is found" explore 1 --budget 1 -- ./round
check "... as computing for too long" says "cpu-limit: "
check "one over private memory, too" explore 1 --budget 1 adds.c
check "... as computing for too long, with its line" \
	says "cpu-limit: A goes round without a point at adds.c:7"
check "a program that never ends is given up" explore 4 --jobs 1 -- ./forever
check "... and that is said" says "runs were cut off"
check "what is not under control is named" explore 3 -- ./chance
check "... with the first difference" says "Not under control"

# ---- ended before its end ----
# begin ARGUMENT...: in the background, its id in $lab, those of its runners in
# the file pids.
begin() {
	"$IPCLAB" explore --json --budget 1000000 "$@" >out 2>err &
	lab=$!
	until pgrep -P "$lab" >pids; do
		kill -0 "$lab" || return 1
	done
}
end_by() { # SIGNAL STATUS
	begin --strategy random -- ./chatter "$mark" && kill "-$1" "$lab"
	wait "$lab"
	[ $? -eq "$2" ]
}
check "^C ends it, status 75" end_by INT 75
same "... and what was covered is written" exploration "$(field ipclab)"
same "... as interrupted" true "$(field interrupted)"
# A data race is told when there is nothing worse; broken off, it is told too.
cat >racing.c <<'END'
#include <pthread.h>

static int n, m;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *
add(void *with)
{
	n++;
	for (int i = 0; i < 300; i++) {
		pthread_mutex_lock(&lock);
		m++;
		pthread_mutex_unlock(&lock);
	}
	return with;
}

int
main(void)
{
	pthread_t one, two;

	pthread_create(&one, 0, add, 0);
	pthread_create(&two, 0, add, 0);
	pthread_join(one, 0);
	pthread_join(two, 0);
	return 0;
}
END
"$IPCLAB" cc -g -pthread -o racing racing.c
# The first run teaches what is shared, the second has the race; a machine that
# is slow gets more time for them.
race_is_kept() {
	local seconds status runs=0
	for ((seconds = 1; runs < 2 && seconds < 100; seconds *= 2)); do
		"$IPCLAB" explore --json --jobs 1 --seconds $seconds \
			--budget 1000000 --save race.schedule -- ./racing \
			>out 2>err
		status=$?
		runs=$(field runs)
	done
	[ "$status" -eq 1 ] && says '"verdict": "race"' && says "racing.c:9" &&
		grep -q '^ipclab schedule' race.schedule
}
check "a data race is kept where the rest is broken off" race_is_kept
check "SIGTERM does the same" end_by TERM 75
same "... and what was covered is written" exploration "$(field ipclab)"
check "one that is killed" end_by KILL 137
check "... leaves nobody" all_gone "$mark"
runner_killed() {
	begin --strategy random --jobs 1 -- ./chatter "$mark" &&
		kill -KILL "$(head -n 1 pids)"
	wait "$lab"
	[ $? -eq 70 ]
}
check "a runner that is killed is a fault, and no wait" runner_killed
check "... that is told" complains "was killed"
check "... and leaves nobody" all_gone "$mark"
finish
