/* Any bytes as an answers.yaml.  */
#include "config.h"

#include "exercise/answers.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

static const char questions[] =
	"format: 1\nid: E\ntitle: T\nmode: predict\n"
	"build: {programs: [{name: p, sources: [p.c]}]}\n"
	"questions:\n"
	"  - {id: one, ask: A, program: p, answers:\n"
	"     [{text: x, holds: deadlock, why: w},\n"
	"      {text: y, holds: not deadlock, why: w}]}\n"
	"  - {id: two, ask: B, program: p, answers:\n"
	"     [{text: x, holds: deadlock, why: w},\n"
	"      {text: y, holds: not deadlock, why: w}]}\n";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct exercise e;
	char *why = NULL;
	int64_t *answers;

	if (exercise_read(&e, "f", questions, sizeof(questions) - 1, NULL) < 0)
		abort();
	answers = answers_read(&e, (const char *)data, size, &why);
	if (!answers == !why)
		abort();
	for (size_t i = 0; answers && i < e.questions.n; i++)
		if (answers[i] < 0 || answers[i] > 2)
			abort();
	free(answers);
	free(why);
	exercise_release(&e);
	return 0;
}
