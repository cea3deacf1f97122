#ifndef PARITY_LANES_H
#define PARITY_LANES_H

#include <stddef.h>
#include <stdint.h>

/// The first place from `from` on, below `count`, whose word differs from `parity` in at most `limit` bits; `count` if there
/// is none. `from` is at most `count`.
size_t parity_lanes_next(
    const uint64_t *parities, size_t from, size_t count, uint64_t parity, unsigned limit);

#endif
