// The walk along a bucket: parity words that differ in few bits from one. Its plain twin stands in `CandidateIndex`'s tests.
#include "parity_lanes.h"

#define WALK                                                                                    \
  for (; from < count; from++)                                                                  \
    if ((unsigned)__builtin_popcountll(parities[from] ^ parity) <= limit) return from;          \
  return count

#define PARAMETERS const uint64_t *parities, size_t from, size_t count, uint64_t parity, unsigned limit

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx512f,avx512vpopcntdq,popcnt"))) static size_t next_avx512(PARAMETERS) {
  __m512i wanted = _mm512_set1_epi64((long long)parity), most = _mm512_set1_epi64((long long)limit);
  for (; from + 8 <= count; from += 8) {
    __m512i bits = _mm512_popcnt_epi64(_mm512_xor_si512(_mm512_loadu_si512(parities + from), wanted));
    __mmask8 close = _mm512_cmple_epu64_mask(bits, most);
    if (close) return from + (size_t)__builtin_ctz(close);
  }
  WALK;
}

__attribute__((target("popcnt"))) static size_t next_popcount(PARAMETERS) { WALK; }
#endif

static size_t next_plain(PARAMETERS) { WALK; }

size_t parity_lanes_next(PARAMETERS) {
#if defined(__x86_64__)
  if (count - from >= 8 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vpopcntdq"))
    return next_avx512(parities, from, count, parity, limit);
  if (__builtin_cpu_supports("popcnt")) return next_popcount(parities, from, count, parity, limit);
#endif
  return next_plain(parities, from, count, parity, limit);
}
