/* The header: the first line of every stream and recording.  */
#include "config.h"

#include "base/i18n.h"
#include "event/event.h"
#include "event/json.h"

#include <inttypes.h>
#include <string.h>

static const char kind[] = "events";

static void
write_text(struct buf *out, const char *name, const char *value)
{
	buf_addc(out, ',');
	json_key(out, name);
	json_text(out, value);
}

void
header_write(struct buf *out, const struct header *h)
{
	buf_adds(out, "{\"ipclab\":\"events\",\"version\":");
	buf_add_int(out, h->version ? h->version : EVENT_VERSION);
	write_text(out, "command", h->command);
	write_text(out, "cwd", h->cwd);
	buf_adds(out, ",\"driven\":");
	buf_adds(out, h->driven ? "true" : "false");
	/* A seed is 64 bits wide; as a text no reader rounds it. */
	buf_addf(out, ",\"seed\":\"%" PRIu64 "\"", h->seed);
	if (h->cast[0])
		write_text(out, "cast", h->cast);
	if (h->system[0])
		write_text(out, "system", h->system);
	if (h->digest[0])
		write_text(out, "digest", h->digest);
	buf_adds(out, "}\n");
}

static bool
read_seed(struct json *j, uint64_t *seed)
{
	char text[24];
	int64_t small;

	*seed = 0;
	if (!json_peek_text(j)) {
		if (!json_read_int(j, &small))
			return false;
		*seed = small;
		return true;
	}
	if (!json_read_text(j, text, sizeof(text)))
		return false;
	for (const char *p = text; *p; p++)
		if (*p < '0' || *p > '9' ||
		    __builtin_mul_overflow(*seed, 10, seed) ||
		    __builtin_add_overflow(*seed, *p - '0', seed))
			return json_wrong(j, "a seed is a whole number");
	return true;
}

static bool
read_field(struct json *j, const char *key, struct header *h, char *is,
	   size_t room)
{
	int64_t version;

	if (strcmp(key, "ipclab") == 0)
		return json_read_text(j, is, room);
	if (strcmp(key, "version") == 0) {
		if (!json_read_int(j, &version))
			return false;
		h->version = version > 0 && version < 1000000 ? version : -1;
		return true;
	}
	if (strcmp(key, "command") == 0)
		return json_read_text(j, h->command, sizeof(h->command));
	if (strcmp(key, "cwd") == 0)
		return json_read_text(j, h->cwd, sizeof(h->cwd));
	if (strcmp(key, "driven") == 0)
		return json_read_bool(j, &h->driven);
	if (strcmp(key, "seed") == 0)
		return read_seed(j, &h->seed);
	if (strcmp(key, "cast") == 0)
		return json_read_text(j, h->cast, sizeof(h->cast));
	if (strcmp(key, "system") == 0)
		return json_read_text(j, h->system, sizeof(h->system));
	if (strcmp(key, "digest") == 0)
		return json_read_text(j, h->digest, sizeof(h->digest));
	return json_skip(j);
}

int
header_parse(const char *line, size_t len, struct header *h, char **why)
{
	struct json j;
	char key[NAME_MAX_LEN], is[NAME_MAX_LEN] = "";
	bool ok = true;

	*h = (struct header){ .version = 0 };
	json_init(&j, line, len);
	for (bool first = true;
	     ok && json_next_key(&j, first, key, sizeof(key)); first = false)
		ok = read_field(&j, key, h, is, sizeof(is));
	/* Say the plainest thing first: it may be any file at all. */
	if (strcmp(is, kind) != 0)
		return fail(why, _("this is not a recording of ipclab: its "
				   "first line lacks \"ipclab\":\"events\""));
	if (json_failed(&j) || !json_at_end(&j))
		return json_why(&j, why);
	if (h->version != EVENT_VERSION)
		return fail(why, _("a recording of version %d; this ipclab "
				   "reads version %d"), h->version, EVENT_VERSION);
	return 0;
}
