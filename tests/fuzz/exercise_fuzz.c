/* Any bytes as an exercise.yaml, and as its translation.  */
#include "config.h"

#include "exercise/exercise.h"
#include "exercise/values.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

/* What was found sound can be expanded.  */
static void
try_values(const struct yaml_texts *texts)
{
	for (size_t i = 0; i < texts->n; i++)
		free(values_expand(values_of(1, "e", "c", (int)i),
				   texts->text[i].text));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct problems p = PROBLEMS_INIT;
	struct exercise e;
	int ret = exercise_read(&e, "f", (const char *)data, size, &p);

	if ((ret < 0) != (p.n > 0))
		abort();
	if (ret == 0) {
		for (size_t i = 0; i < e.checks.n; i++)
			try_values(&exercise_check(&e, i)->args);
		exercise_translate(&e, "g", (const char *)data, size, NULL);
	}
	exercise_release(&e);
	problems_release(&p);
	return 0;
}
