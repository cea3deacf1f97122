// Look-ups of the sums of a row without one of its words in a table of bits. `SubsetSearch.add` is what enters sums.
#include "subset_sums.h"

size_t subset_sums_find_plain(
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

#if defined(__x86_64__)
#include <immintrin.h>

#define FOR_AVX512 __attribute__((target("avx512f,avx512dq,avx512vl,popcnt")))

// The same, eight words at a time.
FOR_AVX512 static size_t find_avx512(
    const uint64_t *words, size_t count, uint64_t sum, const uint64_t *bits, size_t bit_words, uint64_t *found) {
  size_t end = 0;
  const __m512i all = _mm512_set1_epi64((long long)sum), factor = _mm512_set1_epi64((long long)bit_words);
  const __m512i one = _mm512_set1_epi64(1), low = _mm512_set1_epi64(63);
  for (size_t place = 0; place < count; place += 8) {
    __mmask8 here = count - place >= 8 ? 0xFF : (__mmask8)((1u << (count - place)) - 1);
    __m512i subset = _mm512_sub_epi64(all, _mm512_maskz_loadu_epi64(here, words + place));
    __m512i at = _mm512_srli_epi64(_mm512_mul_epu32(_mm512_srli_epi64(subset, 32), factor), 32);
    __m512i word = _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), here, at, bits, 8);
    __m512i wanted = _mm512_or_si512(
        _mm512_sllv_epi64(one, _mm512_and_si512(subset, low)),
        _mm512_or_si512(
            _mm512_sllv_epi64(one, _mm512_and_si512(_mm512_srli_epi64(subset, 6), low)),
            _mm512_sllv_epi64(one, _mm512_and_si512(_mm512_srli_epi64(subset, 12), low))));
    __mmask8 hits = _mm512_mask_cmpeq_epi64_mask(here, _mm512_and_si512(word, wanted), wanted);
    _mm512_storeu_si512(found + end, _mm512_maskz_compress_epi64(hits, subset));
    end += (size_t)_mm_popcnt_u32(hits);
  }
  return end;
}
#endif

size_t subset_sums_find(
    const uint64_t *words, size_t count, uint64_t sum, const uint64_t *bits, size_t bit_words, uint64_t *found) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return find_avx512(words, count, sum, bits, bit_words, found);
#endif
  return subset_sums_find_plain(words, count, sum, bits, bit_words, found);
}
