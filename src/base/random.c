/* Numbers that look random.  */
#include "config.h"

#include "base/random.h"

#define GOLDEN 0x9e3779b97f4a7c15u

static uint64_t
scramble(uint64_t z)
{
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

uint64_t
random_next(uint64_t *state)
{
	return scramble(*state += GOLDEN);
}

uint64_t
random_below(uint64_t *state, uint64_t n)
{
	/* What is left over at the top would make some numbers likelier.  */
	uint64_t limit = UINT64_MAX - UINT64_MAX % n, r;

	do
		r = random_next(state);
	while (r >= limit);
	return r % n;
}

uint64_t
random_mix(uint64_t a, uint64_t b)
{
	return scramble(scramble(a + GOLDEN) ^ (b * GOLDEN));
}
