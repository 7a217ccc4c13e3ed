/* ipclab cc: the compiler, called so that accesses to memory become points. */
#include "config.h"

#include "base/i18n.h"
#include "command/command.h"
#include "compiler/compiler.h"
#include "compiler/unseen.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct option_def options[] = {
	{ "cxx", 0, NULL, N_("call the C++ compiler, whatever the sources are "
			     "named") },
	{ NULL, 0, NULL, NULL },
};

/* The compilers' options whose value is the next word: it is no source.  */
static const char *const with_value[] = {
	"-o", "-x", "-I", "-D", "-U", "-L", "-l", "-B", "-T", "-u", "-z", "-e",
	"-A", "-include", "-imacros", "-isystem", "-iquote", "-idirafter",
	"-iprefix", "-iwithprefix", "-iwithprefixbefore", "-isysroot", "-MF",
	"-MT", "-MQ", "-MJ", "-Xlinker", "-Xclang", "-Xpreprocessor",
	"-Xassembler", "-mllvm", "-target", "-arch", "-aux-info", "-wrapper",
	"--param", "-dumpbase", "-dumpdir", "-specs", "--sysroot", "-h",
	"-soname", "-rpath", NULL
};

/* With these no program comes out.  */
static const char *const no_program[] = {
	"-c", "-S", "-E", "-M", "-MM", "-fsyntax-only", "-r", "-###", NULL
};

/* These would link what the runtime stands for.  */
static const char *const replaced[] = {
	"-fsanitize=thread", "-static-libtsan", "-ltsan", NULL
};

static bool
is_one_of(const char *word, const char *const *list)
{
	while (*list && strcmp(word, *list))
		list++;
	return *list;
}

/* The next word that is a file, and not an option or the value of one.  */
static char *const *
next_file(char *const *argv)
{
	for (; *argv; argv++)
		if (is_one_of(*argv, with_value) && argv[1])
			argv++;
		else if (**argv != '-')
			break;
	return argv;
}

/* What the compiler is asked to do.  */
static unsigned
parts_of(char *const *argv)
{
	bool sources = false, program = true;
	unsigned parts = 0;

	for (; *argv; argv++) {
		if (is_one_of(*argv, no_program))
			program = false;
		if (strcmp(*argv, "-shared") == 0)
			parts |= PART_SHARED;
		if (strncmp(*argv, "-xc++", 5) == 0 ||
		    (strcmp(*argv, "-x") == 0 && argv[1] &&
		     strncmp(argv[1], "c++", 3) == 0))
			parts |= PART_CXX;
		if (is_one_of(*argv, with_value) && argv[1]) {
			argv++;
			continue;
		}
		if (**argv == '-' && (*argv)[1])
			continue;
		sources = true;
		if (compiler_is_cxx(*argv))
			parts |= PART_CXX;
	}
	if (sources)
		parts |= PART_COMPILE | (program ? PART_LINK : 0);
	return parts;
}

static int
call(const char *compiler, char *const *argv, unsigned parts)
{
	struct command_line c = { .n = 0 };
	char *why = NULL;

	for (char *const *file = next_file(argv); *file;
	     file = next_file(file + 1))
		compiler_unseen(stderr, *file);
	command_line_add(&c, compiler);
	compiler_add_own_words(&c, parts & PART_CXX);
	for (; *argv; argv++)
		if (!is_one_of(*argv, replaced))
			command_line_add(&c, *argv);
	/* Without a source it is asked about itself: --version.  */
	if (parts & PART_COMPILE &&
	    compiler_add_points(&c, compiler, parts, &why) < 0) {
		command_line_release(&c);
		return command_fail(EXIT_MACHINE, why);
	}
	execv(compiler, c.word);
	command_line_release(&c);
	fail(&why, _("cannot run %s: %s"), compiler, strerror(errno));
	return command_fail(EXIT_MACHINE, why);
}

static int
run(const struct args *a)
{
	unsigned parts = parts_of(a->argv);
	char *compiler, *why = NULL;
	int code;

	if (a->argc == 0)
		return command_fail(EXIT_USAGE, xstrdup(
			_("cc needs what a compiler needs: ipclab cc -o race "
			  "race.c")));
	if (args_has(a, "cxx"))
		parts |= PART_CXX;
	compiler = parts & PART_CXX ? compiler_find_cxx(&why)
				    : compiler_find(&why);
	if (!compiler)
		return command_fail(EXIT_MACHINE, why);
	code = call(compiler, a->argv, parts);
	free(compiler);
	return code;
}

const struct command command_cc = {
	.name = "cc",
	.synopsis = "[--cxx] ARGUMENTS OF THE COMPILER...",
	.summary = N_("compiles so that accesses to memory are points"),
	.details = N_("Calls the C compiler ($CC, else cc) or the C++ compiler "
		      "($CXX, else c++) with all arguments, and adds what "
		      "turns loads and stores of shared memory, and the "
		      "operations of semaphores, mutexes and threads, into "
		      "points of the stage.  C++ is known by the names of the "
		      "sources; where only object files are linked, say "
		      "--cxx.  In a makefile: CC='ipclab cc', CXX='ipclab cc "
		      "--cxx'.\n"
		      "\n"
		      "The program runs as usual where nobody traces it.  It "
		      "is compiled without optimisation (-O0, whatever is "
		      "asked for), so that it makes the accesses that its "
		      "source says."),
	.options = options,
	.rest_is_command = true,
	.passes_on = true,
	.run = run,
};
