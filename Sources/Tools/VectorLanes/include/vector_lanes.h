#ifndef VECTOR_LANES_H
#define VECTOR_LANES_H

#include <stddef.h>
#include <stdint.h>

/// Vectors that others are compared with stand in panels of so many, dimension by dimension: number k of the vector c
/// of a panel is panel[k * VECTOR_LANES_PANEL + c].
#define VECTOR_LANES_PANEL 32

/// A pair that reached the limit: places among the queries and among the vectors of the panel.
typedef struct {
  uint32_t query;
  uint32_t column;
} vector_lanes_hit;

/// IEEE half precision to single precision, exactly; infinities and NaN are not expected.
void vector_lanes_widen(const uint16_t *halves, float *floats, size_t count);

/// Single to half precision, to the nearest, ties to even; what is too large becomes infinite.
void vector_lanes_narrow(const float *floats, uint16_t *halves, size_t count);

/// The product of two vectors in one fixed order of additions, the same on every processor: number k goes to lane k
/// modulo 32, each product is rounded and then added, and the lanes are added by halves: l + 16, l + 8, l + 4, l + 2, l + 1.
float vector_lanes_dot(const float *one, const float *other, size_t count);
/// The same of a vector in single and one in half precision.
float vector_lanes_dot_half(const float *one, const uint16_t *other, size_t count);
/// The same of two vectors in half precision.
float vector_lanes_dot_halves(const uint16_t *one, const uint16_t *other, size_t count);

/// Products of all queries (row-major, query_count × dimension) with the vectors of one panel: products[q * stride + c].
/// Each is summed over ascending dimensions with fused multiplications where the processor has them.
void vector_lanes_products(
    const float *queries, size_t query_count, size_t dimension, const float *panel, float *products, size_t stride);

/// The pairs whose product is above the limit, as those above; `hits` has room for query_count * VECTOR_LANES_PANEL.
/// For each query, columns ascend. Returns how many there are.
size_t vector_lanes_above(
    const float *queries, size_t query_count, size_t dimension, const float *panel, float limit, vector_lanes_hit *hits);

/// How many numbers the processor at hand is given at once: 16, 8 or 4.
int vector_lanes_width(void);

#endif
