// Products of matrices of single precision, in one fixed order of addition, for the widest vectors of the processor the
// program runs on. Libraries of such products choose their kernel, and with it the order in which they add, by the
// number of rows and the model of the processor; here an element is the same whatever it is made together with.
#include <string.h>

#include "dispatch.h"

// Sums of different blocks of k go on from memory: the order, and so the result, is that of one long loop. 384 places of
// one panel are 48 KB; eight panels stay in the second-level cache while all rows pass by them.
enum { DEPTH_BLOCK = 384, GROUP_PANELS = 8 };

#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)
// Fourteen rows of two vectors fill 28 of 32 registers; the wider tile keeps both units for multiplication busy.
#define SUFFIX sixteen
#define TILE_ROWS 14
#define TILE_VECTORS 2
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,fma"))), apply_to = function)
#include "lanes.h"
#include "gelu_lanes.h"
#include "products_lanes.h"
#pragma clang attribute pop
#include "lanes_end.h"

#define SUFFIX eight
#define TILE_ROWS 6
#define TILE_VECTORS 1
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "lanes.h"
#include "gelu_lanes.h"
#include "products_lanes.h"
#pragma clang attribute pop
#include "lanes_end.h"

// Processors before 2013 round twice per step; their last bits differ from the others'.
#define WITHOUT_FUSED
#endif

#define SUFFIX four
#define TILE_ROWS 6
#define TILE_VECTORS 1
#include "lanes.h"
#include "gelu_lanes.h"
#include "products_lanes.h"
#include "lanes_end.h"

static _Thread_local int widest = 16;

void float_lanes_set_widest(int width) { widest = width; }

int float_lanes_width(void) {
#if defined(__x86_64__)
  if (widest >= 16 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("fma"))
    return 16;
  if (widest >= 8 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 8;
#endif
  return 4;
}

void float_lanes_pack(const float *rows, size_t stride, size_t count, size_t depth, float *panels) {
  for (size_t first = 0; first < count; first += FLOAT_LANES_PANEL, panels += FLOAT_LANES_PANEL * depth) {
    const size_t some = count - first < FLOAT_LANES_PANEL ? count - first : FLOAT_LANES_PANEL;
    if (some < FLOAT_LANES_PANEL) memset(panels, 0, FLOAT_LANES_PANEL * depth * sizeof(float));
    for (size_t from = 0; from < depth; from += 16) {
      const size_t to = from + 16 < depth ? from + 16 : depth;
      for (size_t row = 0; row < some; row++)
        for (size_t k = from; k < to; k++) panels[k * FLOAT_LANES_PANEL + row] = rows[(first + row) * stride + k];
    }
  }
}

void float_lanes_pack_columns(const float *matrix, size_t stride, size_t columns, size_t depth, float *panels) {
  for (size_t first = 0; first < columns; first += FLOAT_LANES_PANEL) {
    const size_t some = columns - first < FLOAT_LANES_PANEL ? columns - first : FLOAT_LANES_PANEL;
    for (size_t k = 0; k < depth; k++, panels += FLOAT_LANES_PANEL) {
      memcpy(panels, matrix + k * stride + first, some * sizeof(float));
      if (some < FLOAT_LANES_PANEL) memset(panels + some, 0, (FLOAT_LANES_PANEL - some) * sizeof(float));
    }
  }
}

void float_lanes_products(
    const float *left, size_t left_stride, size_t rows, const float *panels, size_t columns, size_t depth,
    const float *bias, float_lanes_finish finish, float *out, size_t out_stride) {
  DISPATCH(products, left, left_stride, rows, panels, columns, depth, bias, finish, out, out_stride)
}

float float_lanes_dot(const float *a, const float *b, size_t count) { DISPATCH(dot, a, b, count) }
