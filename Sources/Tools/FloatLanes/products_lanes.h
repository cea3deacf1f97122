// Included once per kind of processor by products.c, after lanes.h.

// `rows` rows times one run of TILE_VECTORS * 16 columns: all sums stay in registers while k goes by.
INLINED void NAMED(tile)(
    const float *restrict left, size_t left_stride, const float *restrict panel, size_t depth,
    const float *restrict start, size_t start_stride, float *restrict out, size_t out_stride, const int rows) {
  FLOATS sums[TILE_ROWS][TILE_VECTORS];
#pragma clang loop unroll(full)
  for (int row = 0; row < rows; row++)
    for (int vector = 0; vector < TILE_VECTORS; vector++)
      sums[row][vector] = NAMED(load)(start + row * start_stride + vector * 16);
  for (size_t k = 0; k < depth; k++) {
    FLOATS right[TILE_VECTORS];
    for (int vector = 0; vector < TILE_VECTORS; vector++)
      right[vector] = NAMED(load)(panel + k * FLOAT_LANES_PANEL + vector * 16);
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
      FLOATS factor = NAMED(all)(left[row * left_stride + k]);
      for (int vector = 0; vector < TILE_VECTORS; vector++)
        sums[row][vector] = FUSED(factor, right[vector], sums[row][vector]);
    }
  }
#pragma clang loop unroll(full)
  for (int row = 0; row < rows; row++)
    for (int vector = 0; vector < TILE_VECTORS; vector++)
      NAMED(store)(out + row * out_stride + vector * 16, sums[row][vector]);
}

#define TILE(ROWS)                                                                                                 \
  static void JOIN(NAMED(tile), ROWS)(                                                                             \
      const float *left, size_t left_stride, const float *panel, size_t depth, const float *start,                 \
      size_t start_stride, float *out, size_t out_stride) {                                                        \
    NAMED(tile)(left, left_stride, panel, depth, start, start_stride, out, out_stride, ROWS);                      \
  }
TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
#if TILE_ROWS > 6
TILE(7) TILE(8) TILE(9) TILE(10) TILE(11) TILE(12) TILE(13) TILE(14)
#endif
#undef TILE

typedef void (*NAMED(tile_of_rows))(
    const float *, size_t, const float *, size_t, const float *, size_t, float *, size_t);
static const NAMED(tile_of_rows) NAMED(tiles)[TILE_ROWS + 1] = {
#define TILE(ROWS) JOIN(NAMED(tile), ROWS)
    0, TILE(1), TILE(2), TILE(3), TILE(4), TILE(5), TILE(6),
#if TILE_ROWS > 6
    TILE(7), TILE(8), TILE(9), TILE(10), TILE(11), TILE(12), TILE(13), TILE(14),
#endif
#undef TILE
};

// One panel for at most TILE_ROWS rows. `first` begins the sums with the bias, otherwise they go on from `out`.
INLINED void NAMED(panel)(
    const float *left, size_t left_stride, int rows, const float *panel, size_t depth, const float *bias, int first,
    float_lanes_finish finish, float *out, size_t out_stride) {
  for (int column = 0; column < FLOAT_LANES_PANEL; column += TILE_VECTORS * 16) {
    const float *start = first ? bias + column : out + column;
    NAMED(tiles)[rows](
        left, left_stride, panel + column, depth, start, first ? 0 : out_stride, out + column, out_stride);
  }
  if (finish == float_lanes_gelu)
    for (int row = 0; row < rows; row++)
      for (int column = 0; column < FLOAT_LANES_PANEL; column += 16) {
        float *place = out + row * out_stride + column;
        NAMED(store)(place, NAMED(gelu)(NAMED(load)(place)));
      }
}

static void NAMED(products)(
    const float *left, size_t left_stride, size_t rows, const float *panels, size_t columns, size_t depth,
    const float *bias, float_lanes_finish finish, float *out, size_t out_stride) {
  static const float zeros[FLOAT_LANES_PANEL] = {0};
  const size_t whole = columns / FLOAT_LANES_PANEL * FLOAT_LANES_PANEL;
  const size_t group = GROUP_PANELS * FLOAT_LANES_PANEL;
  for (size_t from = 0; from == 0 || from < depth; from += DEPTH_BLOCK) {
    const size_t block = depth - from < DEPTH_BLOCK ? depth - from : DEPTH_BLOCK;
    const float_lanes_finish now = from + block == depth ? finish : float_lanes_as_is;
    for (size_t start = 0; start < whole; start += group) {
      const size_t end = start + group < whole ? start + group : whole;
      for (size_t row = 0; row < rows; row += TILE_ROWS) {
        const int some = rows - row < TILE_ROWS ? (int)(rows - row) : TILE_ROWS;
        for (size_t column = start; column < end; column += FLOAT_LANES_PANEL)
          NAMED(panel)(
              left + row * left_stride + from, left_stride, some,
              panels + column * depth + from * FLOAT_LANES_PANEL, block, bias ? bias + column : zeros, from == 0,
              now, out + row * out_stride + column, out_stride);
      }
    }
  }
  if (whole == columns) return;
  // The last panel is wider than the matrix: its tile is made aside.
  float aside[TILE_ROWS * FLOAT_LANES_PANEL], last_bias[FLOAT_LANES_PANEL] = {0};
  if (bias) memcpy(last_bias, bias + whole, (columns - whole) * sizeof(float));
  for (size_t row = 0; row < rows; row += TILE_ROWS) {
    const int some = rows - row < TILE_ROWS ? (int)(rows - row) : TILE_ROWS;
    NAMED(panel)(
        left + row * left_stride, left_stride, some, panels + whole * depth, depth, last_bias, 1, finish, aside,
        FLOAT_LANES_PANEL);
    for (int made = 0; made < some; made++)
      memcpy(
          out + (row + made) * out_stride + whole, aside + made * FLOAT_LANES_PANEL,
          (columns - whole) * sizeof(float));
  }
}

static float NAMED(dot)(const float *a, const float *b, size_t count) {
  FLOATS lanes[4] = {0};
  size_t k = 0;
  for (; k + 64 <= count; k += 64)
    for (int vector = 0; vector < 4; vector++)
      lanes[vector] = FUSED(NAMED(load)(a + k + vector * 16), NAMED(load)(b + k + vector * 16), lanes[vector]);
  if (k < count) {
    float last_a[64] = {0}, last_b[64] = {0};
    memcpy(last_a, a + k, (count - k) * sizeof(float));
    memcpy(last_b, b + k, (count - k) * sizeof(float));
    for (int vector = 0; vector < 4; vector++)
      lanes[vector] = FUSED(NAMED(load)(last_a + vector * 16), NAMED(load)(last_b + vector * 16), lanes[vector]);
  }
  return NAMED(sum)((lanes[0] + lanes[2]) + (lanes[1] + lanes[3]));
}
