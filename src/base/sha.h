/* SHA-256 (FIPS 180-4), by nettle.  */
#ifndef BASE_SHA_H
#define BASE_SHA_H

#include "base/base.h"

#include <nettle/sha2.h>

struct sha {
	struct sha256_ctx context;
};

void sha_begin(struct sha *d);
void sha_add(struct sha *d, const void *bytes, size_t n);
/* Its length first, so that what follows cannot be taken for a part of it.  */
void sha_add_text(struct sha *d, const char *text);
/* "sha256:" and 64 digits; the caller's.  */
char *sha_end(struct sha *d);

#endif
