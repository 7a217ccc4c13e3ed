/* word WORD: a child sends the word through a pipe, its parent prints it.  */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: %s WORD\n", argv[0]);
		return 2;
	}
	/* Your part: a pipe, a child, and what each of the two does.  */
	return 0;
}
