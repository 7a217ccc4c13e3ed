/* See sha.h.  */
#include "config.h"

#include "base/buf.h"
#include "base/sha.h"

#include <string.h>

void
sha_begin(struct sha *d)
{
	sha256_init(&d->context);
}

void
sha_add(struct sha *d, const void *bytes, size_t n)
{
	sha256_update(&d->context, n, bytes);
}

void
sha_add_text(struct sha *d, const char *text)
{
	size_t n = strlen(text);
	uint8_t length[8];

	for (int i = 0; i < 8; i++)
		length[i] = (uint8_t)(n >> (8 * i));
	sha_add(d, length, sizeof(length));
	sha_add(d, text, n);
}

char *
sha_end(struct sha *d)
{
	uint8_t bytes[SHA256_DIGEST_SIZE];
	struct buf text = BUF_INIT;

	sha256_digest(&d->context, sizeof(bytes), bytes);
	buf_adds(&text, "sha256:");
	for (size_t i = 0; i < sizeof(bytes); i++)
		buf_addf(&text, "%02x", bytes[i]);
	return buf_take(&text);
}
