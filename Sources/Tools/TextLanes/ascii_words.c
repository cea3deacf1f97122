#include "words.h"

// Where words start and end; their number, or -1 when the text is one for the slow way.
INLINE int find_words(const uint8_t *text, size_t length, cutting *at) {
  int blocks = mark_words(text, length, at);
  int starts = 0, ends = 0;
  for (int block = 0; block <= blocks; block++) {
    for (uint64_t first = at->firsts[block]; first; first &= first - 1)
      at->starts[starts++] = (uint16_t)(block * 64 + __builtin_ctzll(first));
    for (uint64_t last = at->lasts[block]; last; last &= last - 1)
      at->ends[ends++] = (uint16_t)(block * 64 + __builtin_ctzll(last));
  }
  return blocks < 0 ? -1 : starts;
}

// Hashes of a text's words into `at->hashes`.
INLINE void hash_words(int count, cutting *at, size_t side, text_lanes_words *out) {
  int longs = 0;
  for (int number = 0; number < count; number++) {
    unsigned length = (unsigned)(at->ends[number] - at->starts[number]);
    // The first bytes of the word, and zero behind them; of long words whatever comes out is written over.
    at->hashes[number] = eight_at(at->text + at->starts[number]) & (((uint64_t)1 << ((length & 7) * 8)) - 1);
    at->longs[longs] = (uint16_t)number;
    longs += length >= 8;
  }
  for (int number = 0; number < count; number++) at->hashes[number] = hash_of_short(at->hashes[number]);
  hash_longs(longs, at, side, out);
}

INLINE bool cut_row(
    const uint8_t *text, size_t length, uint32_t kind, cutting *at, size_t side, text_lanes_words *out, size_t row) {
  int found = kind == text_row_ascii ? find_words(text, length, at) : find_words_utf8(text, length, out, at);
  if (found < 0) return false;
  hash_words(found, at, side, out);
  tell_waiting(at, side ^ 1, out);
  keep_distinct(found, at, out, row);
  return true;
}

#define ARGUMENTS window, rows, count, out

#if defined(__x86_64__)
FOR_AVX512 static size_t cut_avx512(CUT_PARAMETERS) { return cut_rows(ARGUMENTS, cut_row); }
FOR_AVX2 static size_t cut_avx2(CUT_PARAMETERS) { return cut_rows(ARGUMENTS, cut_row); }
#endif

size_t text_lanes_cut_plain(CUT_PARAMETERS) { return cut_rows(ARGUMENTS, cut_row); }

size_t text_lanes_cut(CUT_PARAMETERS) {
#if defined(__x86_64__)
  if (text_lanes_packs()) return text_lanes_cut_packed(ARGUMENTS);
  switch (lanes_level()) {
    case 2: return cut_avx512(ARGUMENTS);
    case 1: return cut_avx2(ARGUMENTS);
  }
#endif
  return text_lanes_cut_plain(ARGUMENTS);
}
