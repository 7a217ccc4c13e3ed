/* Wrong: debuggerd sets the property before the dump is whole.  To be found:
 * the collector looks in between.  */
#include <stdatomic.h>

#include "must.h"

enum { WORDS = 3, MEMORY = 0xdead };

static struct property { atomic_bool ready; } *property;
static struct dump { int words[WORDS]; } *dump;

static void
run_debuggerd(void)
{
	property->ready = 1;
	for (int i = 0; i < WORDS; i++)
		dump->words[i] = MEMORY;
}

static void
run_collector(void)
{
	if (!property->ready)
		return;
	for (int i = 0; i < WORDS; i++)
		must(dump->words[i] == MEMORY, "what is collected is whole");
}

int
main(void)
{
	property = share(sizeof(*property));
	dump = share(sizeof(*dump));
	start(run_debuggerd);
	start(run_collector);
	return finish(2);
}
