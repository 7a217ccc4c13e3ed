/* See answers.h.  */
#include "config.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "exercise/answers.h"

#include <stdlib.h>
#include <string.h>

/* What is read: each question is a key.  yaml.h wants a structure; it is an
 * int, and as many numbers as there are questions.  */
struct answers {
	int line;
	struct yaml_number number[];
};

static struct yaml_field *
fields_of(const struct exercise *e)
{
	const struct exercise_question *q;
	struct yaml_field *fields = xcalloc(e->questions.n + 1,
					    sizeof(*fields));

	for (size_t i = 0; (q = exercise_question(e, i)); i++)
		fields[i] = (struct yaml_field){
			.key = q->id.text, .kind = YAML_NUMBER,
			.at = offsetof(struct answers, number) +
			      i * sizeof(struct yaml_number),
			.high = (int64_t)q->answers.n,
		};
	return fields;
}

static void
tell(struct problems *p, char **why)
{
	struct buf said = BUF_INIT;

	problems_write(p, &said);
	if (said.len)
		said.data[--said.len] = '\0';
	fail(why, "%s", buf_str(&said));
	buf_release(&said);
}

int64_t *
answers_read(const struct exercise *e, const char *text, size_t n, char **why)
{
	size_t many = e->questions.n;
	struct yaml_field *fields = fields_of(e);
	const struct yaml_table table = {
		sizeof(struct answers) + many * sizeof(struct yaml_number),
		fields
	};
	struct answers *read = xcalloc(1, table.size);
	struct problems p = PROBLEMS_INIT;
	int64_t *numbers = NULL;

	if (yaml_read(&table, read, ANSWERS_FILE, text, n, &p) == 0) {
		numbers = xcalloc(many + 1, sizeof(*numbers));
		for (size_t i = 0; i < many; i++)
			numbers[i] = read->number[i].value;
	} else {
		tell(&p, why);
	}
	yaml_release(&table, read);
	problems_release(&p);
	free(read);
	free(fields);
	return numbers;
}

void
answers_ask(struct buf *out, const struct exercise_question *q,
	    const char *before)
{
	const struct exercise_answer *answer = q->answers.at;

	buf_addf(out, "%s%s\n", before, q->ask.text);
	for (size_t i = 0; i < q->answers.n; i++)
		buf_addf(out, "%s  %zu  %s\n", before, i + 1,
			 answer[i].text.text);
}

void
answers_write(struct buf *out, const struct exercise *e,
	      const int64_t *numbers)
{
	const struct exercise_question *q;

	buf_addf(out, "# %s\n", _("Put the number of your answer behind each "
				  "name, in place of 0."));
	for (size_t i = 0; (q = exercise_question(e, i)); i++) {
		buf_addc(out, '\n');
		answers_ask(out, q, "# ");
		buf_addf(out, "%s: %lld\n", q->id.text,
			 numbers ? (long long)numbers[i] : 0);
	}
}
