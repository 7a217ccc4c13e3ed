/* Any bytes as the manifest.json of an archive that was handed in.  */
#include "grade/manifest.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	for (int64_t most = 0; most < 5; most++) {
		int64_t hints = manifest_hints((const char *)data, size,
					       "pingpong", most);

		if (hints < 0 || hints > most)
			abort();
	}
	return 0;
}
