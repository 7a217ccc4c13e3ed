/*
 * A grader as courses write them: build, run, compare the output and the exit
 * status, count what `ipcs` would list.  Given time, it does so again and
 * again; one failure is enough.
 *
 *	once EXERCISE SOLUTION MILLISECONDS
 *
 * EXERCISE and SOLUTION are folders.  Prints "pass" or "fail: WHY".
 */
#include "config.h"

#include "base/paths.h"
#include "exercise/check.h"
#include "exercise/judge.h"
#include "exercise/values.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ARGS_MAX = 100, PATIENCE_MS = 5000, OUTPUT_MAX = 1 << 20 };

static const char *solution, *built;
static struct exercise exercise;

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

/* ---- build ---- */
/* In what was handed in, else in the exercise.  */
static char *
find_source(const char *name)
{
	const char *last = strrchr(name, '/');
	char *path = xasprintf("%s/%s", solution, last ? last + 1 : name);

	if (access(path, R_OK) == 0)
		return path;
	free(path);
	path = xasprintf("%s/%s", exercise.folder, name);
	if (access(path, R_OK) == 0)
		return path;
	free(path);
	return xasprintf("%s/start/%s", exercise.folder, name);
}

static bool
run_compiler(char **argv)
{
	pid_t pid = fork();
	int status = -1, null;

	if (pid == 0) {
		null = open("/dev/null", O_RDWR);
		dup2(null, STDERR_FILENO);
		execvp(argv[0], argv);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	return status == 0;
}

static bool
build(const char *name, const struct yaml_text *source, size_t n)
{
	char *out = xasprintf("%s/%s", built, name), *include, *argv[ARGS_MAX];
	const struct yaml_texts *flags = &exercise.build.flags;
	int argc = 0, own;
	bool done;

	include = xasprintf("-I%s/start", exercise.folder);
	argv[argc++] = exercise.build.language.value ? (char *)"g++" :
		       (char *)"gcc";
	argv[argc++] = (char *)"-O1";
	argv[argc++] = (char *)"-w";
	argv[argc++] = (char *)"-pthread";
	argv[argc++] = include;
	argv[argc++] = (char *)"-o";
	argv[argc++] = out;
	own = argc;
	for (size_t i = 0; i < n; i++)
		argv[argc++] = find_source(source[i].text);
	for (size_t i = 0; i < flags->n; i++)
		argv[argc++] = flags->text[i].text;
	argv[argc] = NULL;
	done = run_compiler(argv);
	for (size_t i = 0; i < n; i++)
		free(argv[own + (int)i]);
	free(include);
	free(out);
	return done;
}

static bool
build_all(void)
{
	const struct exercise_program *p = exercise.build.programs.at;
	const struct yaml_text *file = exercise.files.text;
	bool done = true;

	for (size_t i = 0; i < exercise.build.programs.n && done; i++)
		done = build(p[i].name.text, p[i].sources.text,
			     p[i].sources.n);
	for (size_t i = 0; !exercise.build.programs.n && i < exercise.files.n
			   && done; i++) {
		const char *dot = strrchr(file[i].text, '.');
		char *name;

		if (!dot || dot[1] != 'c')
			continue;
		name = xstrndup(file[i].text, (size_t)(dot - file[i].text));
		done = build(name, &file[i], 1);
		free(name);
	}
	return done;
}

/* ---- run ---- */
static int
lines_of(const char *path)
{
	struct buf text = BUF_INIT;
	int n = 0;

	if (buf_read_file(&text, path, 1 << 20, NULL) == 0)
		for (const char *s = text.data; (s = strchr(s, '\n')); s++)
			n++;
	buf_release(&text);
	return n;
}

/* As `ipcs | wc -l`.  */
static int
objects(void)
{
	return lines_of("/proc/sysvipc/msg") + lines_of("/proc/sysvipc/sem") +
	       lines_of("/proc/sysvipc/shm");
}

static char *
program_of(const struct exercise_check *c)
{
	const struct exercise_program *p = exercise.build.programs.at;
	const char *name = c->program.text ? c->program.text :
			   exercise.build.programs.n ? p[0].name.text : NULL;
	const char *file = exercise.files.text[0].text;
	const char *dot = strrchr(file, '.');

	return name ? xstrdup(name) : xstrndup(file, (size_t)(dot - file));
}

static void __attribute__((noreturn))
become(const struct exercise_check *c, uint64_t values, const char *folder,
       int in, int out)
{
	char *argv[ARGS_MAX], *name = program_of(c), *path;
	int argc = 0;

	setpgid(0, 0);
	path = xasprintf("%s/%s", built, name);
	argv[argc++] = xasprintf("./%s", name);
	for (size_t i = 0; i < c->args.n; i++)
		argv[argc++] = values_expand(values, c->args.text[i].text);
	argv[argc] = NULL;
	for (size_t i = 0; i < c->env.n; i++)
		putenv(values_expand(values, c->env.text[i].text));
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
	close_range(3, ~0U, 0);
	if (chdir(folder) == 0)
		execv(path, argv);
	_exit(127);
}

/* A file without a name that holds the check's input.  */
static int
input_of(const struct exercise_check *c, uint64_t values)
{
	char *text = values_expand(values, c->input.text ? c->input.text : "");
	FILE *f = tmpfile();
	int fd = -1;

	if (f) {
		fputs(text, f);
		fflush(f);
		fd = dup(fileno(f));
		lseek(fd, 0, SEEK_SET);
		fclose(f);
	}
	free(text);
	return fd;
}

/* All that it prints until its end, or until patience ends.  */
static bool
read_output(int fd, struct buf *out)
{
	int64_t end = now_ms() + PATIENCE_MS, left;
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char chunk[4096];
	ssize_t n;

	while ((left = end - now_ms()) > 0) {
		if (poll(&p, 1, (int)left) <= 0)
			continue;
		n = read(fd, chunk, sizeof(chunk));
		if (n <= 0)
			return true;
		if (out->len < OUTPUT_MAX)
			buf_add(out, chunk, (size_t)n);
	}
	return false;
}

/* NULL: right.  */
static const char *
judge_run(const struct exercise_check *c, uint64_t values, int status,
	  const struct buf *out)
{
	char *wanted = c->output.text ? values_expand(values, c->output.text) :
		       NULL;
	int right = exercise_status(&c->status);
	const char *wrong = NULL;

	if (WIFSIGNALED(status))
		wrong = "crashed";
	else if (right >= 0 && WEXITSTATUS(status) != right)
		wrong = "exit status";
	else if (wanted && strcmp(wanted, buf_str(out)) != 0)
		wrong = "output";
	free(wanted);
	return wrong;
}

static const char *
run(const struct exercise_check *c, uint64_t values, const char *folder)
{
	int in = input_of(c, values), ends[2], status = 0, before = objects();
	struct buf out = BUF_INIT;
	const char *wrong;
	bool ended;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return "pipe";
	pid = fork();
	if (pid == 0)
		become(c, values, folder, in, ends[1]);
	setpgid(pid, pid);
	close(ends[1]);
	close(in);
	ended = read_output(ends[0], &out);
	if (!ended)
		kill(-pid, SIGKILL);
	waitpid(pid, &status, 0);
	kill(-pid, SIGKILL);
	close(ends[0]);
	wrong = !ended ? "time out" : judge_run(c, values, status, &out);
	if (!wrong && objects() != before)
		wrong = "ipcs";
	buf_release(&out);
	return wrong;
}

/* ---- a round ---- */
static const char *
run_case(const struct exercise_check *c, int number)
{
	char *folder = path_temporary(NULL);
	uint64_t values = values_of((uint64_t)now_ms(), exercise.name,
				    c->id.text, number);
	const struct exercise_file *file = c->files.at;
	const char *wrong;

	if (!folder)
		return "no folder";
	for (size_t i = 0; i < c->files.n; i++) {
		char *path = xasprintf("%s/%s", folder, file[i].name.text);
		char *text = values_expand(values, file[i].text.text ?
					   file[i].text.text : "");
		FILE *f = fopen(path, "w");

		if (f) {
			fputs(text, f);
			fclose(f);
		}
		free(text);
		free(path);
	}
	wrong = run(c, values, folder);
	path_remove_tree(folder, NULL);
	free(folder);
	return wrong;
}

static const char *
round_of_all(int64_t end, bool first)
{
	const struct exercise_check *c;
	const char *wrong = NULL;

	for (size_t i = 0; (c = exercise_check(&exercise, i)) && !wrong; i++)
		for (int k = 1; k <= c->cases.value && !wrong &&
				(first || now_ms() < end); k++)
			wrong = run_case(c, k);
	return wrong;
}

int
main(int argc, char **argv)
{
	int64_t end = now_ms() + (argc == 4 ? atoll(argv[3]) : 0);
	const char *wrong = NULL;
	bool first = true;

	if (argc != 4 || exercise_load(&exercise, argv[1], NULL, NULL) < 0)
		return EXIT_FAILURE;
	solution = argv[2];
	built = path_temporary(NULL);
	if (!built)
		return EXIT_FAILURE;
	if (!build_all())
		wrong = "does not compile";
	for (; !wrong && (first || now_ms() < end); first = false)
		wrong = round_of_all(end, first);
	printf(wrong ? "fail: %s\n" : "pass\n", wrong);
	path_remove_tree(built, NULL);
	exercise_release(&exercise);
	return EXIT_SUCCESS;
}
