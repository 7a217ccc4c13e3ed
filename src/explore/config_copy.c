/* See config_copy.h.  */
#include "config.h"

#include "explore/config_copy.h"

#include "base/words.h"

#include <stdlib.h>

char *
copy_or_null(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

void
config_copy(struct explore_config *to, const struct explore_config *c)
{
	*to = *c;
	to->tracer.argv = words_copy(c->tracer.argv);
	to->tracer.env = c->tracer.env ? words_copy(c->tracer.env) : NULL;
	to->tracer.cwd = copy_or_null(c->tracer.cwd);
	to->tracer.cast = copy_or_null(c->tracer.cast);
	to->strategy = copy_or_null(c->strategy);
	to->output = copy_or_null(c->output);
	to->input = copy_or_null(c->input);
	to->follow = copy_or_null(c->follow);
	to->lesson = copy_or_null(c->lesson);
	to->save = copy_or_null(c->save);
	to->rules = c->rules ? words_copy(c->rules) : NULL;
	to->somewhere = c->somewhere ? words_copy(c->somewhere) : NULL;
	to->at_end = c->at_end ? words_copy(c->at_end) : NULL;
}

void
config_release(struct explore_config *c)
{
	words_free(c->tracer.argv);
	words_free(c->tracer.env);
	free((char *)c->tracer.cwd);
	free((char *)c->tracer.cast);
	free((char *)c->strategy);
	free((char *)c->output);
	free((char *)c->input);
	free((char *)c->follow);
	free((char *)c->lesson);
	free((char *)c->save);
	words_free(c->rules);
	words_free(c->somewhere);
	words_free(c->at_end);
}
