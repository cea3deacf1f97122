// Included once per kind of processor by transformer.c, after lanes.h.

// e^x for x <= 0: 2^n e^r with |r| <= ln 2 / 2, e^r as a polynomial of the seventh degree.
INLINED FLOATS NAMED(exponential)(FLOATS x) {
  // Below this the result is no longer a normal number; there it stays at 1e-38, which no sum of a row notices.
  x = __builtin_elementwise_max(x, NAMED(all)(-87.0f));
  // Adding 1.5 * 2^23 leaves the nearest whole number in the low bits.
  const FLOATS shift = NAMED(all)(12582912.0f);
  const FLOATS marked = FUSED(x, NAMED(all)(1.44269504f), shift);
  const FLOATS n = marked - shift;
  // ln 2 in two parts, the first short enough for n times it to be exact.
  FLOATS r = FUSED(n, NAMED(all)(-0.693359375f), x);
  r = FUSED(n, NAMED(all)(2.12194440e-4f), r);
  FLOATS p = FUSED(NAMED(all)(1.0f / 5040), r, NAMED(all)(1.0f / 720));
  p = FUSED(p, r, NAMED(all)(1.0f / 120));
  p = FUSED(p, r, NAMED(all)(1.0f / 24));
  p = FUSED(p, r, NAMED(all)(1.0f / 6));
  p = FUSED(p, r, NAMED(all)(0.5f));
  p = FUSED(p, r, NAMED(all)(1.0f));
  p = FUSED(p, r, NAMED(all)(1.0f));
  // n goes into the exponent: the low bits of `marked` hold it, and n >= -126.
  typedef int NAMED(bits) __attribute__((vector_size(64)));
  return (FLOATS)((NAMED(bits))p + ((NAMED(bits))marked << 23));
}

static void NAMED(softmax)(float *scores, size_t stride, size_t rows, size_t count, float scale) {
  typedef int NAMED(bits) __attribute__((vector_size(64)));
  const NAMED(bits) places = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  for (size_t row = 0; row < rows; row++, scores += stride) {
    // Places past the end become so small that their share is nought.
    const size_t whole = count / 16 * 16;
    if (whole < count) {
      const NAMED(bits) inside = places < (int)(count - whole);
      const NAMED(bits) last = (NAMED(bits))NAMED(load)(scores + whole);
      NAMED(store)(scores + whole, (FLOATS)((last & inside) | ((NAMED(bits))NAMED(all)(-3e38f) & ~inside)));
    }
    FLOATS greatest = NAMED(load)(scores);
    for (size_t place = 16; place < count; place += 16)
      greatest = __builtin_elementwise_max(greatest, NAMED(load)(scores + place));
    const float top = __builtin_reduce_max(greatest);
    FLOATS total = {0};
    for (size_t place = 0; place < count; place += 16) {
      FLOATS share = NAMED(exponential)((NAMED(load)(scores + place) - top) * scale);
      if (place == whole) share = (FLOATS)((NAMED(bits))share & (places < (int)(count - whole)));
      NAMED(store)(scores + place, share);
      total += share;
    }
    const FLOATS factor = NAMED(all)(1.0f / NAMED(sum)(total));
    for (size_t place = 0; place < count; place += 16)
      NAMED(store)(scores + place, NAMED(load)(scores + place) * factor);
  }
}

static void NAMED(layer_norm)(
    float *rows, const float *added, size_t count, size_t width, const float *scale, const float *shift,
    float epsilon) {
  for (size_t row = 0; row < count; row++, rows += width) {
    FLOATS total = {0};
    for (size_t place = 0; place < width; place += 16) {
      FLOATS value = NAMED(load)(rows + place);
      if (added) value += NAMED(load)(added + row * width + place);
      NAMED(store)(rows + place, value);
      total += value;
    }
    const FLOATS mean = NAMED(all)(NAMED(sum)(total) / (float)width);
    FLOATS squares = {0};
    for (size_t place = 0; place < width; place += 16) {
      const FLOATS apart = NAMED(load)(rows + place) - mean;
      squares = FUSED(apart, apart, squares);
    }
    const FLOATS factor = NAMED(all)(1.0f / __builtin_sqrtf(NAMED(sum)(squares) / (float)width + epsilon));
    for (size_t place = 0; place < width; place += 16)
      NAMED(store)(
          rows + place, FUSED(
                            (NAMED(load)(rows + place) - mean) * factor, NAMED(load)(scale + place),
                            NAMED(load)(shift + place)));
  }
}

static void NAMED(unit_mean)(const float *rows, size_t count, size_t width, float *mean) {
  FLOATS squares = {0};
  const float share = 1.0f / (float)count;
  for (size_t place = 0; place < width; place += 16) {
    FLOATS total = {0};
    for (size_t row = 0; row < count; row++) total += NAMED(load)(rows + row * width + place);
    total *= share;
    NAMED(store)(mean + place, total);
    squares = FUSED(total, total, squares);
  }
  const float length = __builtin_sqrtf(NAMED(sum)(squares));
  const FLOATS factor = NAMED(all)(1.0f / (length > 1e-12f ? length : 1e-12f));
  for (size_t place = 0; place < width; place += 16)
    NAMED(store)(mean + place, NAMED(load)(mean + place) * factor);
}

static void NAMED(gelu_row)(const float *values, size_t count, float *out) {
  for (size_t place = 0; place < count; place += 16)
    NAMED(store)(out + place, NAMED(gelu)(NAMED(load)(values + place)));
}
