/*
 * Things that can go wrong with popen and pclose, done on purpose.
 *
 *	errors [NAME]		only the one of that name
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int
both_ways(void)
{
	return popen("exec cat", "r+") ? 0 : -1;
}

static int
too_many(void)
{
	struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_NOFILE, &none);
	return popen("true", "r") ? 0 : -1;
}

/* Somebody else has waited for the child: its status is gone.  */
static int
waited(void)
{
	FILE *from = popen("exit 3", "r");

	if (!from)
		return -1;
	wait(NULL);
	return pclose(from);
}

/* The system was told to throw the status away.  */
static int
ignored(void)
{
	FILE *from;

	signal(SIGCHLD, SIG_IGN);
	from = popen("exit 3", "r");
	return from ? pclose(from) : -1;
}

/* The command has ended, and we write all the same.  */
static int
no_reader(void)
{
	FILE *to = popen("exit 0", "w");
	siginfo_t info;
	int failed;

	if (!to)
		return -1;
	signal(SIGPIPE, SIG_IGN);
	waitid(P_ALL, 0, &info, WEXITED | WNOWAIT);
	fprintf(to, "is anybody there?\n");
	failed = fflush(to);
	return failed;
}

static const struct {
	const char *name;
	int (*go)(void);
} tries[] = {
	{ "both-ways", both_ways },
	{ "waited", waited },
	{ "no-reader", no_reader },
	{ "ignored", ignored },
	{ "too-many", too_many },
};

int
main(int argc, char *argv[])
{
	size_t i;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	for (i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		if (argc > 1 && strcmp(argv[1], tries[i].name) != 0)
			continue;
		if (tries[i].go() == -1)
			printf("%s: %s\n", tries[i].name, strerror(errno));
		else
			printf("%s: it worked\n", tries[i].name);
	}
	return 0;
}
