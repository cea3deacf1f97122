// Sixty-four bytes looked at together, one bit for each. The same code becomes AVX-512, AVX2 or the baseline of the
// processor, as the function that it is inlined into is compiled for.
#ifndef TEXT_LANES_MASKS_H
#define TEXT_LANES_MASKS_H

#include <stdint.h>
#include <string.h>

typedef uint8_t bytes64 __attribute__((vector_size(64)));
typedef int8_t truths64 __attribute__((vector_size(64)));
typedef _Bool bits64 __attribute__((ext_vector_type(64)));

#define INLINE static inline __attribute__((always_inline))

// A bit for each lane that is true. Macros, because vectors of 64 bytes are not passed to functions on every processor.
#define MASK_OF(truths) __builtin_bit_cast(uint64_t, __builtin_convertvector((truths64)(truths), bits64))
#define LOAD64(vector, place) memcpy(&(vector), (place), 64)

#if defined(__x86_64__)
#define FOR_AVX512 __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,bmi,bmi2,lzcnt,popcnt")))
#define FOR_AVX2 __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))
#endif

// 2: AVX-512, 1: AVX2, 0: the baseline.
INLINE int lanes_level(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("bmi2"))
    return 2;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) return 1;
#endif
  return 0;
}

#endif
