/* Any bytes as an exercise.yaml, and as its translation.  */
#include "config.h"

#include "author/secret.h"
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

/* What was found sound is so when it is written anew, with its secrets and
 * without, unless nothing is left of it.  */
static void
try_writing(struct exercise *e)
{
	struct buf once = BUF_INIT, twice = BUF_INIT;
	struct exercise again;

	secret_write(e, &once);
	if (exercise_read(&again, "f", once.data, once.len, NULL) < 0)
		abort();
	secret_write(&again, &twice);
	if (strcmp(once.data, twice.data) != 0)
		abort();
	secret_take_out(e, NULL, NULL);
	secret_write_texts(e, &twice);
	exercise_release(&again);
	buf_release(&once);
	buf_release(&twice);
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
		try_writing(&e);
	}
	exercise_release(&e);
	problems_release(&p);
	return 0;
}
