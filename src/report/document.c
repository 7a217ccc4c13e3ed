/* JSON documents of clean text.  */
#include "config.h"

#include "report/document.h"

void
document_text(json_t *object, const char *key, const char *text)
{
	json_object_set_new(object, key,
			    text ? json_string(text) : json_null());
}

void
document_number(json_t *object, const char *key, int64_t number)
{
	json_object_set_new(object, key, json_integer(number));
}

static int
add_bytes(const char *bytes, size_t n, void *out)
{
	buf_add(out, bytes, n);
	return 0;
}

void
document_write(struct buf *out, json_t *value, size_t flags)
{
	json_dump_callback(value, add_bytes, out, flags);
	buf_addc(out, '\n');
	json_decref(value);
}
