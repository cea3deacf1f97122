// Included once per kind of processor, with SUFFIX, TILE_ROWS and TILE_VECTORS set. All of it is written in vectors of
// sixteen floats, which the compiler splits where the registers are narrower: so every width adds in the same order.
//
// No vector crosses a call: whatever takes or returns one is inlined, so the warning about how they are passed is moot.
#pragma clang diagnostic ignored "-Wpsabi"
#define JOIN_(a, b) a##_##b
#define JOIN(a, b) JOIN_(a, b)
#define NAMED(name) JOIN(name, SUFFIX)

#define INLINED static inline __attribute__((always_inline))

typedef float NAMED(floats) __attribute__((vector_size(64), aligned(4)));
#define FLOATS NAMED(floats)

#ifdef WITHOUT_FUSED
#define FUSED(a, b, c) ((a) * (b) + (c))
#else
#define FUSED(a, b, c) __builtin_elementwise_fma((a), (b), (c))
#endif

INLINED FLOATS NAMED(all)(float value) { return (FLOATS){0} + value; }
INLINED FLOATS NAMED(load)(const float *from) { return *(const FLOATS *)from; }
INLINED void NAMED(store)(float *to, FLOATS value) { *(FLOATS *)to = value; }

INLINED float NAMED(sum)(FLOATS lanes) {
  float eight[8], four[4];
  for (int lane = 0; lane < 8; lane++) eight[lane] = lanes[lane] + lanes[lane + 8];
  for (int lane = 0; lane < 4; lane++) four[lane] = eight[lane] + eight[lane + 4];
  return (four[0] + four[2]) + (four[1] + four[3]);
}
