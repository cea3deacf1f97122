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

INLINE_PARTS void make(const uint64_t *words, size_t count, const part_scheme *scheme, uint64_t *keys) {
  uint64_t sums[part_limit] = {0};
  uint64_t total = 0, parts = scheme->parts;
  for (size_t place = 0; place < count; place++) {
    uint64_t bits = words[place];
    // The high half of the bits times the number of parts, over 2^32: every part is equally likely.
    sums[((bits >> 32) * parts) >> 32] += bits;
    total += bits;
  }
  add_up(scheme, sums, keys);
  finish(scheme, total, keys);
}

#if defined(__x86_64__)
__attribute__((target("avx512f,avx512dq,avx512vl"))) static void make_avx512(
    const uint64_t *words, size_t count, const part_scheme *scheme, uint64_t *keys) {
  make(words, count, scheme, keys);
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
