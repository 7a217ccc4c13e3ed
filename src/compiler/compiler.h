/*
 * The compiler of this machine, and how it is called so that accesses to
 * memory become points.
 *
 * The compilers' own -fsanitize=thread instruments the program; instead of
 * ThreadSanitizer it is linked with libipclab-rt (src/runtime).  What is built
 * so runs as usual where nobody traces it.
 */
#ifndef COMPILER_COMPILER_H
#define COMPILER_COMPILER_H

#include "base/base.h"

/* The path of the compiler: $CC (its first word), else cc, gcc, clang; for
 * C++ $CXX, else c++, g++, clang++.  To be freed; NULL with *why where there
 * is none.  */
char *compiler_find(char **why);
char *compiler_find_cxx(char **why);

/* Is a file of this name a source in C++?  */
bool compiler_is_cxx(const char *name);

/* A command line that grows.  All words are its own.  */
struct command_line {
	char **word;	/* ended by NULL */
	size_t n, room;
};
void command_line_add(struct command_line *c, const char *word);
void command_line_release(struct command_line *c);

/* The words of $CC or $CXX behind the first ("gcc -m64"), if that is the
 * compiler that was found.  */
void compiler_add_own_words(struct command_line *c, bool cxx);

enum compile_parts {
	PART_COMPILE = 1,	/* some source is compiled */
	PART_LINK = 2,		/* and what comes out is a program */
	PART_CXX = 4,		/* of C++ */
	PART_SHARED = 8,	/* ... or a shared library */
};

/* Add, behind the user's words, what makes accesses points.  0, or -1 with
 * *why: the runtime is not where it was installed.  */
int compiler_add_points(struct command_line *c, const char *compiler,
			unsigned parts, char **why);

/* The file that programs are linked with, whether or not it is there; to be
 * freed.  */
char *compiler_runtime(void);

#endif
