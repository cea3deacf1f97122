// Look-ups of a row's subsets in a table of bits. `SubsetSearch.add` is what enters them.
#include "subset_sums.h"

size_t subset_sums_find(
    const uint64_t *words, size_t count, uint64_t sum, const uint64_t *bits, size_t bit_words, uint64_t *found) {
  size_t end = 0;
  // Without branches: the processor waits for many words of the table at once.
  for (size_t place = 0; place < count; place++) {
    uint64_t subset = sum - words[place];
    uint64_t word = bits[((subset >> 32) * bit_words) >> 32];
    found[end] = subset;
    end += (word >> (subset & 63)) & (word >> (subset >> 6 & 63)) & (word >> (subset >> 12 & 63)) & 1;
  }
  return end;
}
