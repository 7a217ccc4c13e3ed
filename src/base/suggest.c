/* The nearest word.  */
#include "config.h"

#include "base/suggest.h"

#include <string.h>

enum { WORD_MAX = 48 };	/* what is longer is compared by its start */

static int
least(int a, int b)
{
	return a < b ? a : b;
}

int
edit_distance(const char *a, const char *b)
{
	int m = strnlen(a, WORD_MAX), n = strnlen(b, WORD_MAX);
	int d[WORD_MAX + 1][WORD_MAX + 1];

	for (int i = 0; i <= m; i++)
		d[i][0] = i;
	for (int j = 0; j <= n; j++)
		d[0][j] = j;
	for (int i = 1; i <= m; i++) {
		for (int j = 1; j <= n; j++) {
			d[i][j] = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
			d[i][j] = least(d[i][j], d[i - 1][j] + 1);
			d[i][j] = least(d[i][j], d[i][j - 1] + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
		}
	}
	return d[m][n];
}

void
suggest_try(struct suggest *s, const char *candidate)
{
	size_t len = strlen(s->word);
	int distance = edit_distance(s->word, candidate);

	/* Somebody who stopped typing meant the word that goes on.  */
	if (len > 0 && strncmp(s->word, candidate, len) == 0)
		distance = least(distance, 1);
	if (s->best && s->distance <= distance)
		return;
	s->best = candidate;
	s->distance = distance;
}

const char *
suggest_best(const struct suggest *s)
{
	size_t longer;

	if (!s->best)
		return NULL;
	longer = strlen(s->word);
	if (strlen(s->best) > longer)
		longer = strlen(s->best);
	/* More than half of the letters wrong: another word altogether.  */
	return (size_t)s->distance * 2 <= longer ? s->best : NULL;
}
