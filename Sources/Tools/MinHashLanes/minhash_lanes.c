// The one loop of this project that Swift cannot write for the processor at hand: baseline x86-64 has neither a 32-bit
// multiplication nor an unsigned minimum of vectors. The wider code is chosen when the program runs, so the program
// starts on any processor; `MinHasher.reference` is its plain twin.
#include "minhash_lanes.h"

#include <string.h>

typedef uint32_t four __attribute__((vector_size(16)));
typedef uint32_t eight __attribute__((vector_size(32)));
typedef uint32_t sixteen __attribute__((vector_size(64)));

// `ROUNDS` vectors of slots stay in registers while the elements go by.
#define SIGN_SLOTS(VECTOR, ROUNDS)                                                             \
  do {                                                                                         \
    enum { width = sizeof(VECTOR) / 4 };                                                       \
    VECTOR factor[ROUNDS], offset[ROUNDS], least[ROUNDS];                                      \
    memcpy(factor, multipliers + slot, sizeof factor);                                         \
    memcpy(offset, offsets + slot, sizeof offset);                                             \
    memset(least, 0xFF, sizeof least);                                                         \
    for (size_t place = 0; place < count; place++) {                                           \
      uint32_t narrow = (uint32_t)(elements[place] ^ elements[place] >> 32);                   \
      for (int round = 0; round < ROUNDS; round++) {                                           \
        VECTOR value = factor[round] * narrow + offset[round];                                 \
        least[round] = __builtin_elementwise_min(least[round], value);                         \
      }                                                                                        \
    }                                                                                          \
    memcpy(slots + slot, least, sizeof least);                                                 \
    slot += width * ROUNDS;                                                                    \
  } while (0)

#define SIGN(VECTOR)                                                                           \
  size_t slot = 0;                                                                             \
  while (slot + sizeof(VECTOR) <= length) SIGN_SLOTS(VECTOR, 4);                               \
  while (slot + sizeof(VECTOR) / 4 <= length) SIGN_SLOTS(VECTOR, 1);                           \
  while (slot < length) SIGN_SLOTS(four, 1);

#define ARGUMENTS                                                                              \
  const uint32_t *restrict multipliers, const uint32_t *restrict offsets, size_t length,       \
      const uint64_t *restrict elements, size_t count, uint32_t *restrict slots

#if defined(__x86_64__)
__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw"))) static void sign_sixteen(ARGUMENTS) { SIGN(sixteen) }
__attribute__((target("avx2"))) static void sign_eight(ARGUMENTS) { SIGN(eight) }
#endif
static void sign_four(ARGUMENTS) { SIGN(four) }

int minhash_lanes_width(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw"))
    return 16;
  if (__builtin_cpu_supports("avx2")) return 8;
#endif
  return 4;
}

void minhash_lanes_sign(
    const uint32_t *multipliers, const uint32_t *offsets, size_t length, const uint64_t *elements, size_t count,
    uint32_t *slots) {
#if defined(__x86_64__)
  switch (minhash_lanes_width()) {
    case 16: sign_sixteen(multipliers, offsets, length, elements, count, slots); return;
    case 8: sign_eight(multipliers, offsets, length, elements, count, slots); return;
  }
#endif
  sign_four(multipliers, offsets, length, elements, count, slots);
}
