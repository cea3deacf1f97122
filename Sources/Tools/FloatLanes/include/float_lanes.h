#ifndef FLOAT_LANES_H
#define FLOAT_LANES_H

#include <stddef.h>

/// Columns of one panel. `float_lanes_pack` lays rows of a matrix down as panels of this many rows side by side:
/// panel p, place k, column c holds rows[p * 32 + c][k]; columns past the last row are zero.
#define FLOAT_LANES_PANEL 32

/// Floats that `count` rows of `depth` take as panels.
static inline size_t float_lanes_packed_size(size_t count, size_t depth) {
  return (count + FLOAT_LANES_PANEL - 1) / FLOAT_LANES_PANEL * FLOAT_LANES_PANEL * depth;
}

/// Packs `count` rows of `depth` floats, `stride` floats apart, into `float_lanes_packed_size(count, depth)` floats.
void float_lanes_pack(const float *rows, size_t stride, size_t count, size_t depth, float *panels);

/// Packs a matrix of `depth` rows and `columns` columns (as `left * matrix` needs it), rows `stride` floats apart.
void float_lanes_pack_columns(const float *matrix, size_t stride, size_t columns, size_t depth, float *panels);

/// What is done to an element after its sum is complete.
typedef enum { float_lanes_as_is = 0, float_lanes_gelu = 1 } float_lanes_finish;

/// out[r][c] = finish(bias[c] + sum over k, ascending, of left[r][k] * packed[c][k]).
///
/// One accumulator per element, in the order of k, one rounding per step (fused) where the processor has it: an element
/// depends on its own row and column alone, not on how many rows or columns are asked for together, and is the same on
/// every processor with fused multiply-add. `bias` may be NULL, which is zero.
void float_lanes_products(
    const float *left, size_t left_stride, size_t rows, const float *panels, size_t columns, size_t depth,
    const float *bias, float_lanes_finish finish, float *out, size_t out_stride);

/// The sum of a[k] * b[k], in one fixed order: lane l of 64 takes k = l, l + 64, …; then lanes are added in halves.
float float_lanes_dot(const float *a, const float *b, size_t count);

/// Softmax of scale * scores over the first `count` (at least one) of each row, in place. Rows lie `stride` floats apart,
/// `stride` is a multiple of 16 and at least `count`; what stands past `count` is overwritten.
void float_lanes_softmax(float *scores, size_t stride, size_t rows, size_t count, float scale);

/// Each of `count` rows of `width` floats (a multiple of 16) becomes the layer norm of row + added, in place; `added` may
/// be NULL, which is nothing.
void float_lanes_layer_norm(
    float *rows, const float *added, size_t count, size_t width, const float *scale, const float *shift,
    float epsilon);

/// The mean of `count` (at least one) rows of `width` floats (a multiple of 16), brought to length 1.
void float_lanes_unit_mean(const float *rows, size_t count, size_t width, float *mean);

/// x/2 (1 + erf(x/√2)) of `count` floats (a multiple of 16); may be in place.
void float_lanes_gelu_row(const float *values, size_t count, float *out);

/// Floats of scratch that `float_lanes_attention` needs for `count` tokens.
size_t float_lanes_attention_size(size_t count, size_t head_width);

/// Softmax(Q Kᵀ / √head_width) V of one text for each head. Rows of queries, keys and values are tokens, `stride` floats
/// apart; head h stands in their columns h * head_width and up. So it does in `out`, whose rows are `out_stride` apart.
void float_lanes_attention(
    const float *queries, const float *keys, const float *values, size_t stride, size_t count, size_t heads,
    size_t head_width, float *scratch, float *out, size_t out_stride);

/// How many floats the processor at hand works on at once: 16, 8 or 4.
int float_lanes_width(void);

/// Lets the calling thread use no more than `width` floats at once, so that tests reach the code of other processors.
void float_lanes_set_widest(int width);

#endif
