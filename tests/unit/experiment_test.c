/* The ground of experiments: compiled, laid afresh, rebuilt; and plans.  */
#include "unit.h"

#include "base/paths.h"
#include "lesson/compile.h"
#include "lesson/experiment.h"
#include "session/plan.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static char *folder;

static char *
at(const char *name)
{
	return xasprintf("%s/%s", folder, name);
}

static void
write_file(const char *name, const char *text)
{
	char *path = at(name);
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	ck_assert_int_eq(fclose(f), 0);
	free(path);
}

static void
holds(const char *base, const char *name, const char *text)
{
	char *path = xasprintf("%s/%s", base, name);
	struct buf have = BUF_INIT;

	ck_assert_int_eq(buf_read_file(&have, path, 1 << 20, NULL), 0);
	ck_assert_str_eq(buf_str(&have), text);
	buf_release(&have);
	free(path);
}

static bool
is_there(const char *base, const char *name)
{
	char *path = xasprintf("%s/%s", base, name);
	bool there = access(path, F_OK) == 0;

	free(path);
	return there;
}

/* A compiler that notes each time it is called.  */
static void
make_compiler(void)
{
	char *path = at("counting-cc"), *log = at("log"), *script;

	script = xasprintf("#!/bin/sh\necho called >>'%s'\nexec cc \"$@\"\n",
			   log);
	write_file("counting-cc", script);
	ck_assert_int_eq(chmod(path, 0755), 0);
	setenv("CC", path, 1);
	free(script);
	free(log);
	free(path);
}

static int
times_compiled(void)
{
	char *path = at("log");
	struct buf log = BUF_INIT;
	int n = 0;

	if (buf_read_file(&log, path, 1 << 20, NULL) == 0)
		for (size_t i = 0; i < log.len; i++)
			n += log.data[i] == '\n';
	buf_release(&log);
	free(path);
	return n;
}

static void
make(void)
{
	char *cache;

	folder = path_temporary(NULL);
	ck_assert_ptr_nonnull(folder);
	cache = at("cache");
	setenv("XDG_CACHE_HOME", cache, 1);
	setenv("TMPDIR", folder, 1);
	free(cache);
	make_compiler();
	write_file("one.c", "int main(void) { return 1; }\n");
	write_file("two.c", "int main(void) { return 2; }\n");
}

static void
unmake(void)
{
	path_remove_tree(folder, NULL);
	free(folder);
}

static int
run(const char *program)
{
	int status = system(program);

	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

START_TEST(a_program_is_compiled_once_for_each_content)
{
	char *out, *why = NULL;

	make();
	out = at("program");
	ck_assert_int_eq(compile_program(folder, "one.c", COMPILE_PLAIN, out, &why), 0);
	ck_assert_int_eq(run(out), 1);
	ck_assert_int_eq(compile_program(folder, "one.c", COMPILE_PLAIN, out, &why), 0);
	ck_assert_int_eq(times_compiled(), 1);
	write_file("one.c", "int main(void) { return 3; }\n");
	ck_assert_int_eq(compile_program(folder, "one.c", COMPILE_PLAIN, out, &why), 0);
	ck_assert_int_eq(run(out), 3);
	ck_assert_int_eq(times_compiled(), 2);
	free(out);
	unmake();
}
END_TEST

START_TEST(where_nothing_can_be_kept_each_run_compiles)
{
	char *out;

	make();
	out = at("program");
	setenv("XDG_CACHE_HOME", "/dev/null", 1);
	ck_assert_int_eq(compile_program(folder, "one.c", COMPILE_PLAIN, out, NULL), 0);
	ck_assert_int_eq(compile_program(folder, "one.c", COMPILE_PLAIN, out, NULL), 0);
	ck_assert_int_eq(run(out), 1);
	ck_assert_int_eq(times_compiled(), 2);
	free(out);
	unmake();
}
END_TEST

START_TEST(what_does_not_compile_is_said_with_its_line)
{
	char *out, *why = NULL;

	make();
	out = at("program");
	write_file("one.c", "int x;\nint main(void) { return y; }\n");
	ck_assert_int_eq(compile_program(folder, "one.c", COMPILE_PLAIN, out, &why), -1);
	ck_assert_msg(strstr(why, "one.c does not compile: one.c:2:"), "%s",
		      why);
	ck_assert_int_eq(compile_program(folder, "none.c", COMPILE_PLAIN, out, &why), -1);
	setenv("CC", "/no/such/compiler", 1);
	setenv("PATH", "/nowhere", 1);
	ck_assert_int_eq(compile_program(folder, "one.c", COMPILE_PLAIN, out, &why), -1);
	ck_assert_str_eq(why, "no C compiler is found; install one (package "
			 "gcc)");
	free(why);
	free(out);
	unmake();
}
END_TEST

/* A lesson with two programs, and a setup of its only experiment.  */
static struct lesson *
lesson(const char *experiment, const struct setup **setup)
{
	char *text = xasprintf("---\ntitle: x\ngoal: y\nprograms: one.c two.c\n"
			       "---\n## A {do #a}\n```experiment\nid: e\n%s"
			       "```\n", experiment);
	struct lesson *l = lesson_parse(folder, "l.md", "en", text,
					strlen(text), NULL);

	*setup = &lesson_experiment(l, "e")->setup;
	free(text);
	return l;
}

START_TEST(the_ground_has_program_source_and_files)
{
	const struct setup *setup;
	struct session_config config;
	struct ground g;
	struct lesson *l;
	char *base;

	make();
	l = lesson("program: one.c 3 'a b'\ncast: A=x\n"
		   "files: props/state=one\\ntwo\n"
		   "files: empty=\n", &setup);
	ck_assert_int_eq(ground_make(&g, l, setup, NULL), 0);
	holds(g.folder, "one.c", "int main(void) { return 1; }\n");
	holds(g.folder, "props/state", "one\ntwo");
	holds(g.folder, "empty", "");
	ck_assert(is_there(g.folder, "one"));
	ck_assert(!is_there(g.folder, "two.c"));
	ground_config(&g, &config);
	ck_assert_str_eq(config.argv[0], "./one");
	ck_assert_str_eq(config.argv[2], "a b");
	ck_assert_str_eq(config.cast, "A=x");
	ck_assert_str_eq(config.cwd, g.folder);
	base = xstrdup(g.base);
	ground_release(&g);
	ck_assert(!is_there(base, ""));
	free(base);
	lesson_free(l);
	unmake();
}
END_TEST

START_TEST(each_run_begins_on_the_same_ground)
{
	const struct setup *setup;
	struct ground g;
	struct lesson *l;
	char *path;

	make();
	l = lesson("program: one.c\nfiles: state=unknown\n", &setup);
	ck_assert_int_eq(ground_make(&g, l, setup, NULL), 0);
	path = xasprintf("%s/state", g.folder);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(symlink("/etc/passwd", path), 0);
	free(path);
	path = xasprintf("%s/left-over", g.folder);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	ck_assert_int_eq(ground_lay(&g, NULL), 0);
	holds(g.folder, "state", "unknown");
	ck_assert(!is_there(g.folder, "left-over"));
	free(path);
	ground_release(&g);
	lesson_free(l);
	unmake();
}
END_TEST

START_TEST(a_source_that_was_edited_is_compiled_and_stays)
{
	const struct setup *setup;
	struct ground g;
	struct lesson *l;
	char *path, *why = NULL;

	make();
	l = lesson("program: one.c\n", &setup);
	ck_assert_int_eq(ground_make(&g, l, setup, NULL), 0);
	path = xasprintf("%.*s/run/one.c", (int)strlen(g.base), g.base);
	ck_assert_int_eq(truncate(path, 0), 0);
	ck_assert_int_eq(ground_rebuild(&g, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "one.c does not compile"));
	free(why);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(symlink("../../two.c", path), 0);
	ck_assert_int_eq(ground_rebuild(&g, NULL), 0);
	ck_assert_int_eq(ground_lay(&g, NULL), 0);
	free(path);
	path = xasprintf("%s/one", g.folder);
	ck_assert_int_eq(run(path), 2);
	/* The lesson's own is as it was.  */
	holds(folder, "one.c", "int main(void) { return 1; }\n");
	free(path);
	ground_release(&g);
	lesson_free(l);
	unmake();
}
END_TEST

START_TEST(a_command_finds_the_programs_that_it_names)
{
	const struct setup *setup;
	struct ground g;
	struct lesson *l;

	make();
	l = lesson("command: ls | ./two; ./one-more\n", &setup);
	ck_assert_int_eq(ground_make(&g, l, setup, NULL), 0);
	ck_assert(is_there(g.folder, "two"));
	ck_assert(!is_there(g.folder, "one"));
	ck_assert_str_eq(g.argv[0], "sh");
	ck_assert_str_eq(g.argv[2], "ls | ./two; ./one-more");
	ground_release(&g);
	lesson_free(l);
	unmake();
}
END_TEST

START_TEST(programs_can_be_compiled_ahead)
{
	char one[] = "one.c", two[] = "two.c", *names[] = { one, two, NULL };
	char *out, *none[] = { NULL };
	struct pollfd wait = { .events = POLLIN };
	struct ahead a;

	make();
	ahead_begin(&a, folder, names, NULL);
	wait.fd = a.fd;
	ck_assert_int_eq(poll(&wait, 1, -1), 1);
	ahead_end(&a);
	ck_assert_int_eq(times_compiled(), 2);
	out = at("program");
	ck_assert_int_eq(compile_program(folder, "two.c", COMPILE_PLAIN, out, NULL), 0);
	ck_assert_int_eq(times_compiled(), 2);
	ahead_begin(&a, folder, none, NULL);
	ck_assert_int_eq(a.fd, -1);
	ahead_end(&a);
	free(out);
	unmake();
}
END_TEST

static void
refuses(const char *text, const char *sentence)
{
	struct plan p;
	char *why = NULL;

	ck_assert_int_eq(plan_parse(&p, text, &why), -1);
	ck_assert_msg(strstr(why, sentence), "%s", why);
	free(why);
	plan_release(&p);
}

START_TEST(a_plan_has_preferences_and_single_choices)
{
	struct plan p;

	ck_assert_int_eq(plan_parse(&p, NULL, NULL), 0);
	ck_assert_uint_eq(p.n, 0);
	ck_assert_int_eq(plan_listed(&p), 0);
	ck_assert_int_eq(plan_parse(&p, "first reader, A.1", NULL), 0);
	ck_assert_uint_eq(p.n, 1);
	ck_assert_uint_eq(p.leg[0].n, 2);
	ck_assert_str_eq(p.leg[0].choice[0].actor, "reader");
	ck_assert_str_eq(p.leg[0].choice[1].actor, "A.1");
	ck_assert_int_eq(plan_listed(&p), 0);
	plan_release(&p);
	ck_assert_int_eq(plan_parse(&p, "go A; type \"a;b\\n\" ;signal A "
				    "SIGINT; first A until pipe 1 is full;"
				    "cut A 10;", NULL), 0);
	ck_assert_uint_eq(p.n, 5);
	ck_assert_int_eq(plan_listed(&p), 1);
	ck_assert_int_eq(p.leg[1].choice[0].kind, CHOICE_TYPE);
	ck_assert_int_eq(p.leg[1].choice[0].typed_len, 4);
	ck_assert_str_eq(condition_text(p.leg[3].until), "pipe 1 is full");
	ck_assert_int_eq(p.leg[4].choice[0].number, 10);
	plan_release(&p);
}
END_TEST

START_TEST(a_plan_that_cannot_be_read_is_refused)
{
	refuses("first a b", "\"first\" is followed by actors");
	refuses("first a,", "\"first\" is followed by actors");
	refuses("first a; go A", "\"go A\" never comes");
	refuses("first a until pipe 1 is fool; go A", "column ");
	refuses("go A; jump A", "jump");
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("experiment");

	unit_add(s, a_program_is_compiled_once_for_each_content);
	unit_add(s, where_nothing_can_be_kept_each_run_compiles);
	unit_add(s, what_does_not_compile_is_said_with_its_line);
	unit_add(s, the_ground_has_program_source_and_files);
	unit_add(s, each_run_begins_on_the_same_ground);
	unit_add(s, a_source_that_was_edited_is_compiled_and_stays);
	unit_add(s, a_command_finds_the_programs_that_it_names);
	unit_add(s, programs_can_be_compiled_ahead);
	unit_add(s, a_plan_has_preferences_and_single_choices);
	unit_add(s, a_plan_that_cannot_be_read_is_refused);
	return unit_run(s);
}
