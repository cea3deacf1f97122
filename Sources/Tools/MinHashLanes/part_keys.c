// Keys of rows for the exact join. `PartScheme.reference` is the plain twin.
#include "part_keys.h"

#define INLINE_PARTS static inline __attribute__((always_inline))

INLINE_PARTS uint64_t mix(uint64_t value) {
  uint64_t word = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
  word = (word ^ word >> 27) * 0x94D049BB133111EB;
  return word ^ word >> 31;
}

// Turns the sum over a choice of parts, or over all others, into its key.
INLINE_PARTS void finish(const part_scheme *scheme, uint64_t total, uint64_t *keys) {
  uint64_t others = scheme->is_complement ? total : 0, sign = scheme->is_complement ? (uint64_t)-1 : 1;
  for (uint32_t place = 0; place < scheme->key_count; place++)
    keys[place] = mix((others + sign * keys[place]) ^ (scheme->salt + place));
}

INLINE_PARTS void add_up(const part_scheme *scheme, const uint64_t *sums, uint64_t *keys) {
  uint32_t parts = scheme->parts, chosen = scheme->chosen;
  if (chosen == 1) {
    for (uint32_t part = 0; part < parts; part++) keys[part] = sums[part];
    return;
  }
  if (chosen == 2) {
    for (uint32_t first = 0; first + 1 < parts; first++)
      for (uint32_t second = first + 1; second < parts; second++) *keys++ = sums[first] + sums[second];
    return;
  }
  uint32_t choice[part_limit];
  for (uint32_t number = 0; number < chosen; number++) choice[number] = number;
  while (1) {
    uint64_t sum = 0;
    for (uint32_t number = 0; number < chosen; number++) sum += sums[choice[number]];
    *keys++ = sum;
    // The next choice in the order of the alphabet.
    uint32_t place = chosen;
    while (place > 0 && choice[place - 1] == parts - chosen + place - 1) place--;
    if (place == 0) return;
    choice[place - 1]++;
    for (; place < chosen; place++) choice[place] = choice[place - 1] + 1;
  }
}

// The words' bits added up by parts: the high half of the bits times the number of parts, over 2^32, so that every part is
// equally likely.
INLINE_PARTS uint64_t deal(const uint64_t *words, size_t count, uint64_t parts, uint64_t *sums) {
  uint64_t total = 0;
  for (uint64_t part = 0; part < parts; part++) sums[part] = 0;
  for (size_t place = 0; place < count; place++) {
    uint64_t bits = words[place];
    sums[((bits >> 32) * parts) >> 32] += bits;
    total += bits;
  }
  return total;
}

INLINE_PARTS void make(const uint64_t *words, size_t count, const part_scheme *scheme, uint64_t *keys) {
  uint64_t sums[part_limit];
  uint64_t total = deal(words, count, scheme->parts, sums);
  add_up(scheme, sums, keys);
  finish(scheme, total, keys);
}

#if defined(__x86_64__)
#include <immintrin.h>

#define FOR_AVX512 __attribute__((target("avx512f,avx512dq,avx512vl")))

enum { few_parts = 6 };

// As `deal`, eight words at a time and all parts of each: one sum after the other in memory waits for the one before.
FOR_AVX512 static inline uint64_t deal_eights(const uint64_t *words, size_t count, uint64_t parts, uint64_t *sums) {
  __m512i lanes[few_parts], factor = _mm512_set1_epi64((long long)parts), all = _mm512_setzero_si512();
  for (int part = 0; part < few_parts; part++) lanes[part] = _mm512_setzero_si512();
  for (size_t place = 0; place < count; place += 8) {
    __mmask8 here = count - place >= 8 ? 0xFF : (__mmask8)((1u << (count - place)) - 1);
    __m512i bits = _mm512_maskz_loadu_epi64(here, words + place);
    __m512i part_of = _mm512_srli_epi64(_mm512_mul_epu32(_mm512_srli_epi64(bits, 32), factor), 32);
    all = _mm512_add_epi64(all, bits);
    // Lanes without a word add 0. The last part is what the others leave.
#pragma clang loop unroll(full)
    for (int part = 0; part < few_parts - 1; part++) {
      __mmask8 mine = _mm512_cmpeq_epi64_mask(part_of, _mm512_set1_epi64(part));
      lanes[part] = _mm512_mask_add_epi64(lanes[part], mine, lanes[part], bits);
    }
  }
  uint64_t total = (uint64_t)_mm512_reduce_add_epi64(all), rest = total;
  for (uint64_t part = 0; part + 1 < parts; part++) {
    sums[part] = (uint64_t)_mm512_reduce_add_epi64(lanes[part]);
    rest -= sums[part];
  }
  sums[parts - 1] = rest;
  return total;
}

FOR_AVX512 static void make_avx512(
    const uint64_t *words, size_t count, const part_scheme *scheme, uint64_t *keys) {
  uint64_t sums[part_limit];
  uint64_t total = scheme->parts <= few_parts ? deal_eights(words, count, scheme->parts, sums)
                                              : deal(words, count, scheme->parts, sums);
  add_up(scheme, sums, keys);
  finish(scheme, total, keys);
}
#endif

void part_keys_make(const uint64_t *words, size_t count, const part_scheme *scheme, uint64_t *keys) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
    make_avx512(words, count, scheme, keys);
    return;
  }
#endif
  make(words, count, scheme, keys);
}
