// Included once per kind of processor, after lanes.h.

// x/2 (1 + erf(x / sqrt 2)), with erf(z / sqrt 2) as z P(z²)/Q(z²) on |z| <= 5.6, beyond which it is 1 in single
// precision. The coefficients are a fit of least greatest error, 1.5e-9 before rounding; in single precision erf is
// within 1e-6 of its value, which `TransformerLanesTests` checks against the C library's.
INLINED FLOATS NAMED(clamped)(FLOATS value, float limit) {
  return __builtin_elementwise_max(__builtin_elementwise_min(value, NAMED(all)(limit)), NAMED(all)(-limit));
}

INLINED FLOATS NAMED(gelu)(FLOATS x) {
  const FLOATS z = NAMED(clamped)(x, 5.6f);
  const FLOATS u = z * z;
  FLOATS p = FUSED(NAMED(all)(-1.49360066e-10f), u, NAMED(all)(1.05011573e-07f));
  p = FUSED(p, u, NAMED(all)(1.68666065e-05f));
  p = FUSED(p, u, NAMED(all)(3.39098973e-04f));
  p = FUSED(p, u, NAMED(all)(9.60050523e-03f));
  p = FUSED(p, u, NAMED(all)(6.53050169e-02f));
  p = FUSED(p, u, NAMED(all)(7.97884583e-01f));
  FLOATS q = FUSED(NAMED(all)(1.99197098e-06f), u, NAMED(all)(8.17225809e-05f));
  q = FUSED(q, u, NAMED(all)(1.93045987e-03f));
  q = FUSED(q, u, NAMED(all)(2.84512318e-02f));
  q = FUSED(q, u, NAMED(all)(2.48514473e-01f));
  q = FUSED(q, u, NAMED(all)(1.0f));
  const FLOATS error_function = NAMED(clamped)(z * p / q, 1.0f);
  const FLOATS half = NAMED(all)(0.5f) * x;
  return FUSED(half, error_function, half);
}
