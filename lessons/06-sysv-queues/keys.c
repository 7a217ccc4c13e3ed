/*
 * The keys that ftok makes.
 *
 *	keys FILE NUMBER [FILE NUMBER]...
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>

int
main(int argc, char *argv[])
{
	key_t first = -1, key;
	int i;

	for (i = 1; i + 1 < argc; i += 2) {
		key = ftok(argv[i], atoi(argv[i + 1]));
		if (key == -1) {
			perror(argv[i]);
			return 1;
		}
		if (i == 1)
			first = key;
		printf("%s %s: %s\n", argv[i], argv[i + 1],
		       i == 1 ? "a key" : key == first ? "the same key"
						       : "another key");
	}
	return 0;
}
