#ifndef MINHASH_LANES_H
#define MINHASH_LANES_H

#include <stddef.h>
#include <stdint.h>

/// For each slot s the least of multipliers[s] * x + offsets[s] modulo 2^32, over the elements narrowed to 32 bits as
/// x = low half ^ high half. No elements leave UINT32_MAX. `length` is a multiple of 8.
void minhash_lanes_sign(
    const uint32_t *multipliers, const uint32_t *offsets, size_t length, const uint64_t *elements, size_t count,
    uint32_t *slots);

/// How many slots the processor at hand takes at once: 16, 8 or 4.
int minhash_lanes_width(void);

#endif
