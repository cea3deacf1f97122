// What a transformer's encoder does between its products, each in one fixed order of addition.
#include "float_lanes.h"
#include "dispatch.h"

#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)
#define SUFFIX sixteen
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,fma"))), apply_to = function)
#include "lanes.h"
#include "gelu_lanes.h"
#include "transformer_lanes.h"
#pragma clang attribute pop
#include "lanes_end.h"

#define SUFFIX eight
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "lanes.h"
#include "gelu_lanes.h"
#include "transformer_lanes.h"
#pragma clang attribute pop
#include "lanes_end.h"

#define WITHOUT_FUSED
#endif

#define SUFFIX four
#include "lanes.h"
#include "gelu_lanes.h"
#include "transformer_lanes.h"
#include "lanes_end.h"

void float_lanes_softmax(float *scores, size_t stride, size_t rows, size_t count, float scale) {
  DISPATCH(softmax, scores, stride, rows, count, scale)
}

void float_lanes_layer_norm(
    float *rows, const float *added, size_t count, size_t width, const float *scale, const float *shift,
    float epsilon) {
  DISPATCH(layer_norm, rows, added, count, width, scale, shift, epsilon)
}

void float_lanes_unit_mean(const float *rows, size_t count, size_t width, float *mean) {
  DISPATCH(unit_mean, rows, count, width, mean)
}

void float_lanes_gelu_row(const float *values, size_t count, float *out) { DISPATCH(gelu_row, values, count, out) }

size_t float_lanes_attention_size(size_t count, size_t head_width) {
  const size_t padded = (count + FLOAT_LANES_PANEL - 1) / FLOAT_LANES_PANEL * FLOAT_LANES_PANEL;
  return float_lanes_packed_size(count, head_width) + float_lanes_packed_size(head_width, count) + count * padded;
}

void float_lanes_attention(
    const float *queries, const float *keys, const float *values, size_t stride, size_t count, size_t heads,
    size_t head_width, float *scratch, float *out, size_t out_stride) {
  const size_t padded = (count + FLOAT_LANES_PANEL - 1) / FLOAT_LANES_PANEL * FLOAT_LANES_PANEL;
  float *packed_keys = scratch;
  float *packed_values = packed_keys + float_lanes_packed_size(count, head_width);
  float *scores = packed_values + float_lanes_packed_size(head_width, count);
  const float scale = 1.0f / __builtin_sqrtf((float)head_width);
  for (size_t head = 0; head < heads; head++) {
    const size_t start = head * head_width;
    float_lanes_pack(keys + start, stride, count, head_width, packed_keys);
    float_lanes_pack_columns(values + start, stride, head_width, count, packed_values);
    // All columns of the padded panels, so that no tile is made aside; what stands past `count` is not used.
    float_lanes_products(
        queries + start, stride, count, packed_keys, padded, head_width, 0, float_lanes_as_is, scores, padded);
    float_lanes_softmax(scores, padded, count, count, scale);
    float_lanes_products(
        scores, padded, count, packed_values, head_width, count, 0, float_lanes_as_is, out + start, out_stride);
  }
}
