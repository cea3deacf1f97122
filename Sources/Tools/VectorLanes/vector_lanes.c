// The loops over vectors that Swift cannot write for the processor at hand: wide vectors, fused multiplication and half
// precision are chosen when the program runs, so the program starts on any processor. The fixed product's plain twin is
// `FixedProduct.reference`; the tests compare tiles with sums in double precision.
#include "vector_lanes.h"

#include <string.h>

typedef float float4 __attribute__((vector_size(16)));
typedef float float8 __attribute__((vector_size(32)));
typedef float float16 __attribute__((vector_size(64)));
typedef uint32_t word16 __attribute__((vector_size(64)));
typedef uint16_t half16 __attribute__((vector_size(32)));

// MARK: - Half precision

// The exponent of a half is moved by a multiplication, which is exact for normal and subnormal numbers alike.
static inline __attribute__((always_inline)) void widen_by_words(const uint16_t *halves, float *floats) {
  half16 bits;
  memcpy(&bits, halves, sizeof bits);
  word16 word = __builtin_convertvector(bits, word16);
  word16 magnitude = (word & 0x7FFF) << 13;
  float16 value;
  memcpy(&value, &magnitude, sizeof value);
  value *= 0x1p112f;
  memcpy(&magnitude, &value, sizeof value);
  magnitude |= (word & 0x8000) << 16;
  memcpy(floats, &magnitude, sizeof magnitude);
}

#if defined(__x86_64__)
#define WIDE __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma,f16c")))
#define MIDDLE __attribute__((target("avx2,fma,f16c")))
#define HAS_TARGETS 1
#endif

#if defined(HAS_TARGETS) || defined(__aarch64__)
typedef _Float16 native16 __attribute__((vector_size(32)));
// One instruction where the function around it has the instructions for it.
#define WIDEN_NATIVE(BITS)                                                                     \
  ({                                                                                           \
    native16 numbers;                                                                          \
    half16 from = (BITS);                                                                      \
    memcpy(&numbers, &from, sizeof numbers);                                                   \
    __builtin_convertvector(numbers, float16);                                                 \
  })
#endif
#if defined(__aarch64__)
#define WIDEN_PLAIN(BITS) WIDEN_NATIVE(BITS)
#else
#define WIDEN_PLAIN(BITS)                                                                      \
  ({                                                                                           \
    half16 from = (BITS);                                                                      \
    float16 widened;                                                                           \
    widen_by_words((const uint16_t *)&from, (float *)&widened);                                \
    widened;                                                                                   \
  })
#endif

#define LOAD_FLOATS(FROM) ({ float16 loaded; memcpy(&loaded, (FROM), sizeof loaded); loaded; })
#define LOAD_HALVES(FROM) ({ half16 loaded; memcpy(&loaded, (FROM), sizeof loaded); loaded; })
#define PART_FLOATS(FROM, COUNT) ({ float16 part = {0}; memcpy(&part, (FROM), (COUNT) * 4); part; })
#define PART_HALVES(FROM, COUNT) ({ half16 part = {0}; memcpy(&part, (FROM), (COUNT) * 2); part; })

// MARK: - The fixed product

static inline __attribute__((always_inline)) float sum_by_halves(float *lanes) {
  for (int half = 8; half > 0; half /= 2)
    for (int lane = 0; lane < half; lane++) lanes[lane] += lanes[lane + half];
  return lanes[0];
}

// Rounding after each product is what makes the sum the same everywhere: no fused multiplication may come of it.
#define DOT(ONE, OTHER, ONE_PART, OTHER_PART)                                                  \
  _Pragma("STDC FP_CONTRACT OFF") float16 low = {0}, high = {0};                               \
  size_t place = 0;                                                                            \
  for (; place + 32 <= count; place += 32) {                                                   \
    float16 first = ONE(one + place) * OTHER(other + place);                                   \
    float16 second = ONE(one + place + 16) * OTHER(other + place + 16);                        \
    low += first;                                                                              \
    high += second;                                                                            \
  }                                                                                            \
  if (place + 16 <= count) {                                                                   \
    float16 first = ONE(one + place) * OTHER(other + place);                                   \
    low += first;                                                                              \
    place += 16;                                                                               \
    if (place < count) {                                                                       \
      float16 second = ONE_PART(one + place, count - place) * OTHER_PART(other + place, count - place); \
      high += second;                                                                          \
    }                                                                                          \
  } else if (place < count) {                                                                  \
    float16 first = ONE_PART(one + place, count - place) * OTHER_PART(other + place, count - place);    \
    low += first;                                                                              \
  }                                                                                            \
  low += high;                                                                                 \
  float lanes[16];                                                                             \
  memcpy(lanes, &low, sizeof lanes);                                                           \
  return sum_by_halves(lanes);

#define NATIVE_HALVES(FROM) WIDEN_NATIVE(LOAD_HALVES(FROM))
#define NATIVE_PART(FROM, COUNT) WIDEN_NATIVE(PART_HALVES(FROM, COUNT))
#define PLAIN_HALVES(FROM) WIDEN_PLAIN(LOAD_HALVES(FROM))
#define PLAIN_PART(FROM, COUNT) WIDEN_PLAIN(PART_HALVES(FROM, COUNT))

#define FLOATS const float *one, const float *other, size_t count
#define MIXED const float *one, const uint16_t *other, size_t count
#define HALVES const uint16_t *one, const uint16_t *other, size_t count
#if defined(HAS_TARGETS)
WIDE static float dot_16(FLOATS) { DOT(LOAD_FLOATS, LOAD_FLOATS, PART_FLOATS, PART_FLOATS) }
MIDDLE static float dot_8(FLOATS) { DOT(LOAD_FLOATS, LOAD_FLOATS, PART_FLOATS, PART_FLOATS) }
WIDE static float dot_half_16(MIXED) { DOT(LOAD_FLOATS, NATIVE_HALVES, PART_FLOATS, NATIVE_PART) }
MIDDLE static float dot_half_8(MIXED) { DOT(LOAD_FLOATS, NATIVE_HALVES, PART_FLOATS, NATIVE_PART) }
WIDE static float dot_halves_16(HALVES) { DOT(NATIVE_HALVES, NATIVE_HALVES, NATIVE_PART, NATIVE_PART) }
MIDDLE static float dot_halves_8(HALVES) { DOT(NATIVE_HALVES, NATIVE_HALVES, NATIVE_PART, NATIVE_PART) }
#endif
static float dot_4(FLOATS) { DOT(LOAD_FLOATS, LOAD_FLOATS, PART_FLOATS, PART_FLOATS) }
static float dot_half_4(MIXED) { DOT(LOAD_FLOATS, PLAIN_HALVES, PART_FLOATS, PLAIN_PART) }
static float dot_halves_4(HALVES) { DOT(PLAIN_HALVES, PLAIN_HALVES, PLAIN_PART, PLAIN_PART) }

#define WIDEN(FULL, PART)                                                                      \
  size_t place = 0;                                                                            \
  for (; place + 16 <= count; place += 16) {                                                   \
    float16 value = FULL(halves + place);                                                      \
    memcpy(floats + place, &value, sizeof value);                                              \
  }                                                                                            \
  if (place < count) {                                                                         \
    float16 value = PART(halves + place, count - place);                                       \
    memcpy(floats + place, &value, (count - place) * 4);                                       \
  }

#if defined(HAS_TARGETS)
WIDE static void widen_16(const uint16_t *halves, float *floats, size_t count) { WIDEN(NATIVE_HALVES, NATIVE_PART) }
MIDDLE static void widen_8(const uint16_t *halves, float *floats, size_t count) { WIDEN(NATIVE_HALVES, NATIVE_PART) }
#endif
static void widen_4(const uint16_t *halves, float *floats, size_t count) { WIDEN(PLAIN_HALVES, PLAIN_PART) }

// MARK: - Tiles

#if defined(HAS_TARGETS)
#define FUSED(A, B, C) __builtin_elementwise_fma(A, B, C)
#endif
#if defined(__aarch64__)
#define PLAIN_ADD(A, B, C) __builtin_elementwise_fma(A, B, C)
#else
#define PLAIN_ADD(A, B, C) ((A) * (B) + (C))
#endif

// `QUERIES` × `ROUNDS` vectors of products stay in registers while the dimensions go by.
#define TILE(VECTOR, QUERIES, ROUNDS, ADD, FINISH)                                             \
  do {                                                                                         \
    enum { width = sizeof(VECTOR) / 4 };                                                       \
    for (size_t first = 0; first < VECTOR_LANES_PANEL; first += width * ROUNDS) {              \
      VECTOR sums[QUERIES][ROUNDS];                                                            \
      memset(sums, 0, sizeof sums);                                                            \
      const float *from = queries + query * dimension;                                         \
      const float *column = panel + first;                                                     \
      for (size_t k = 0; k < dimension; k++, column += VECTOR_LANES_PANEL) {                   \
        VECTOR numbers[ROUNDS];                                                                \
        memcpy(numbers, column, sizeof numbers);                                               \
        _Pragma("unroll") for (int row = 0; row < QUERIES; row++) {                            \
          VECTOR factor = (VECTOR){0} + from[row * dimension + k];                             \
          _Pragma("unroll") for (int round = 0; round < ROUNDS; round++)                       \
              sums[row][round] = ADD(factor, numbers[round], sums[row][round]);                \
        }                                                                                      \
      }                                                                                        \
      FINISH(VECTOR, QUERIES, ROUNDS)                                                          \
    }                                                                                          \
    query += QUERIES;                                                                          \
  } while (0)

#define STORE(VECTOR, QUERIES, ROUNDS)                                                         \
  for (int row = 0; row < QUERIES; row++)                                                      \
    memcpy(products + (query + row) * stride + first, sums[row], sizeof sums[row]);

// Most tiles hold nothing above the limit, and one comparison says so.
#define COLLECT(VECTOR, QUERIES, ROUNDS)                                                       \
  VECTOR most = sums[0][0];                                                                    \
  _Pragma("unroll") for (int row = 0; row < QUERIES; row++)                                    \
      _Pragma("unroll") for (int round = 0; round < ROUNDS; round++)                           \
          most = __builtin_elementwise_max(most, sums[row][round]);                            \
  if (__builtin_reduce_max(most) > limit) {                                                    \
    float found[QUERIES][ROUNDS * sizeof(VECTOR) / 4];                                         \
    memcpy(found, sums, sizeof found);                                                         \
    for (uint32_t row = 0; row < QUERIES; row++)                                               \
      for (uint32_t c = 0; c < ROUNDS * width; c++)                                            \
        if (found[row][c] > limit)                                                             \
          hits[count++] = (vector_lanes_hit){(uint32_t)query + row, (uint32_t)first + c};      \
  }

#define ALL_TILES(VECTOR, QUERIES, ROUNDS, ADD, FINISH)                                        \
  size_t query = 0;                                                                            \
  while (query + QUERIES <= query_count) TILE(VECTOR, QUERIES, ROUNDS, ADD, FINISH);           \
  while (query < query_count) TILE(VECTOR, 1, ROUNDS, ADD, FINISH);

#define PRODUCTS                                                                               \
  const float *restrict queries, size_t query_count, size_t dimension, const float *restrict panel, \
      float *restrict products, size_t stride
#define ABOVE                                                                                  \
  const float *restrict queries, size_t query_count, size_t dimension, const float *restrict panel, float limit, \
      vector_lanes_hit *restrict hits

#if defined(HAS_TARGETS)
WIDE static void products_16(PRODUCTS) { ALL_TILES(float16, 8, 2, FUSED, STORE) }
MIDDLE static void products_8(PRODUCTS) { ALL_TILES(float8, 6, 2, FUSED, STORE) }
WIDE static size_t above_16(ABOVE) { size_t count = 0; ALL_TILES(float16, 8, 2, FUSED, COLLECT) return count; }
MIDDLE static size_t above_8(ABOVE) { size_t count = 0; ALL_TILES(float8, 6, 2, FUSED, COLLECT) return count; }
#endif
static void products_4(PRODUCTS) { ALL_TILES(float4, 6, 2, PLAIN_ADD, STORE) }
static size_t above_4(ABOVE) { size_t count = 0; ALL_TILES(float4, 6, 2, PLAIN_ADD, COLLECT) return count; }

// MARK: - The choice

static int find_width(void) {
#if defined(HAS_TARGETS)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c")) {
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"))
      return 16;
    return 8;
  }
#endif
  return 4;
}

int vector_lanes_width(void) { return find_width(); }

#if defined(HAS_TARGETS)
#define CHOOSE(NAME, ...)                                                                      \
  switch (find_width()) {                                                                      \
    case 16: return NAME##_16(__VA_ARGS__);                                                    \
    case 8: return NAME##_8(__VA_ARGS__);                                                      \
    default: return NAME##_4(__VA_ARGS__);                                                     \
  }
#else
#define CHOOSE(NAME, ...) return NAME##_4(__VA_ARGS__);
#endif

void vector_lanes_widen(const uint16_t *halves, float *floats, size_t count) { CHOOSE(widen, halves, floats, count) }
float vector_lanes_dot(FLOATS) { CHOOSE(dot, one, other, count) }
float vector_lanes_dot_half(MIXED) { CHOOSE(dot_half, one, other, count) }
float vector_lanes_dot_halves(HALVES) { CHOOSE(dot_halves, one, other, count) }
void vector_lanes_products(PRODUCTS) { CHOOSE(products, queries, query_count, dimension, panel, products, stride) }
size_t vector_lanes_above(ABOVE) { CHOOSE(above, queries, query_count, dimension, panel, limit, hits) }

void vector_lanes_narrow(const float *floats, uint16_t *halves, size_t count) {
  for (size_t place = 0; place < count; place++) {
    uint32_t bits;
    memcpy(&bits, floats + place, sizeof bits);
    uint32_t sign = bits >> 16 & 0x8000, magnitude = bits & 0x7FFFFFFF, result;
    if (magnitude >= 0x7F800001) {
      result = 0x7E00;  // not a number
    } else if (magnitude >= 0x477FF000) {
      result = 0x7C00;  // rounds to more than the largest half
    } else if (magnitude < 0x38800000) {
      // Subnormal halves are multiples of 2^-24: adding 0.5, whose last bit is 2^-24, rounds to one, ties to even.
      float value;
      memcpy(&value, &magnitude, sizeof value);
      value += 0.5f;
      memcpy(&result, &value, sizeof result);
      result -= 0x3F000000;
    } else {
      result = (magnitude + 0xFFF + (magnitude >> 13 & 1) - 0x38000000) >> 13;
    }
    halves[place] = (uint16_t)(sign | result);
  }
}
