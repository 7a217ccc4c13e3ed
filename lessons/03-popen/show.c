/*
 * Wrong on purpose: shows a file with cat, but a shell reads the name first.
 *
 *	show [NAME]		asks for the name if there is none
 */
#include <stdio.h>
#include <string.h>

static const char *
ask_for_name(void)
{
	static char name[128];

	printf("Which file? ");
	fflush(stdout);
	if (!fgets(name, sizeof(name), stdin))
		return "";
	name[strcspn(name, "\n")] = '\0';
	return name;
}

int
main(int argc, char *argv[])
{
	const char *name = argc > 1 ? argv[1] : ask_for_name();
	char command[256], line[256];
	FILE *from;

	snprintf(command, sizeof(command), "cat %s", name);
	from = popen(command, "r");
	if (!from) {
		perror("popen");
		return 1;
	}
	while (fgets(line, sizeof(line), from))
		printf("%s", line);
	pclose(from);
	return 0;
}
