/*
 * Numbers that look random and are a function of a seed: SplitMix64 (Steele,
 * Lea and Flood, 2014).  Small, and good enough for what is not a secret.
 * The state is any number; two states give two series.
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include "base/base.h"

uint64_t random_next(uint64_t *state);
/* 0 to n - 1, each as likely; n > 0.  */
uint64_t random_below(uint64_t *state, uint64_t n);
/* One number made from two: equal pairs give equal numbers.  */
uint64_t random_mix(uint64_t a, uint64_t b);

#endif
