#ifndef SUBSET_SUMS_H
#define SUBSET_SUMS_H

#include <stddef.h>
#include <stdint.h>

/// So many numbers may be written behind the last one that is found.
enum { subset_sums_spare = 8 };

/// Writes the sums of a row's words without one of them whose three bits are set in a table: those of the low six bits of the
/// sum, of the six above and of the next six, all in the word that the high half of the sum tells. Their order is that of the
/// words left out. `sum` is that of all words; `found` has room for `count` numbers and the spare ones; `bit_words` is below
/// 2^32. Returns how many they are.
size_t subset_sums_find(
    const uint64_t *words, size_t count, uint64_t sum, const uint64_t *bits, size_t bit_words, uint64_t *found);

/// The same for any processor: what tests compare with where the one at hand has wider vectors.
size_t subset_sums_find_plain(
    const uint64_t *words, size_t count, uint64_t sum, const uint64_t *bits, size_t bit_words, uint64_t *found);

#endif
