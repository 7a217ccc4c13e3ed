/* See cast.h.  */
#include "config.h"

#include "event/cast.h"

#include <string.h>

struct role
cast_role(const char *cast, const char *name)
{
	size_t n = strlen(name);
	struct role role = { .text = "" };

	COPY_STR(role.text, name);
	for (const char *p = cast; p && *p;) {
		const char *end = strchr(p, ',');
		size_t len = end ? (size_t)(end - p) : strlen(p);

		if (len > n + 1 && len - n <= sizeof(role.text) &&
		    strncmp(p, name, n) == 0 && p[n] == '=') {
			memcpy(role.text, p + n + 1, len - n - 1);
			role.text[len - n - 1] = '\0';
		}
		p = end ? end + 1 : NULL;
	}
	return role;
}
