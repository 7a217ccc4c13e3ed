/* Any text as a configuration file.  */
#include "config.h"

#include "term/settings.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *why = NULL;

	settings_reset();
	if (settings_parse((const char *)data, size, "config", &why) < 0
	    && !why)
		abort();
	free(why);
	return 0;
}
