// The same as ascii_words.c for processors that pack lanes (AVX-512 with VBMI2): places of words are written many at a time,
// words hashed eight at a time, and those that repeat one before them found without a walk.
#if defined(__x86_64__)

#include "words.h"

#include <immintrin.h>

#define FOR_PACKED                                                                                               \
  __attribute__((                                                                                                \
      target("avx512f,avx512dq,avx512vl,avx512bw,avx512cd,avx512vbmi2,bmi,bmi2,lzcnt,popcnt")))
#define PACKED FOR_PACKED static inline

bool text_lanes_packs(void) {
  return lanes_level() == 2 && __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512cd");
}

// Writes the places of a block's bits and says how many they are: at most 32, as words and what is between take turns.
PACKED int write_places(uint64_t bits, int block, uint16_t *places) {
  const __m512i bytes = _mm512_set_epi8(
      63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34,
      33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2,
      1, 0);
  __m256i packed = _mm512_castsi512_si256(_mm512_maskz_compress_epi8(bits, bytes));
  __m512i wide = _mm512_add_epi16(_mm512_cvtepu8_epi16(packed), _mm512_set1_epi16((short)(block * 64)));
  _mm512_storeu_si512(places, wide);
  return (int)_mm_popcnt_u64(bits);
}

PACKED int find_words_packed(const uint8_t *text, size_t length, cutting *at) {
  int blocks = mark_words(text, length, at);
  if (blocks < 0) return -1;
  int starts = 0, ends = 0;
  for (int block = 0; block < blocks; block++) {
    starts += write_places(at->firsts[block], block, at->starts + starts);
    ends += write_places(at->lasts[block], block, at->ends + ends);
  }
  if (at->lasts[blocks]) at->ends[ends] = (uint16_t)(blocks * 64);
  return starts;
}

PACKED __m512i mix_eight(__m512i value) {
  __m512i word = _mm512_mullo_epi64(
      _mm512_xor_si512(value, _mm512_srli_epi64(value, 30)), _mm512_set1_epi64((long long)0xBF58476D1CE4E5B9));
  word = _mm512_mullo_epi64(
      _mm512_xor_si512(word, _mm512_srli_epi64(word, 27)), _mm512_set1_epi64((long long)0x94D049BB133111EB));
  return _mm512_xor_si512(word, _mm512_srli_epi64(word, 31));
}

PACKED void hash_words_packed(int count, cutting *at, size_t side, text_lanes_words *out) {
  const __m128i numbers = _mm_set_epi16(7, 6, 5, 4, 3, 2, 1, 0);
  int longs = 0;
  for (int number = 0; number < count; number += 8) {
    __mmask8 here = count - number >= 8 ? 0xFF : (__mmask8)((1u << (count - number)) - 1);
    __m512i start = _mm512_cvtepu16_epi64(_mm_loadu_si128((const __m128i *)(at->starts + number)));
    __m512i end = _mm512_cvtepu16_epi64(_mm_loadu_si128((const __m128i *)(at->ends + number)));
    __m512i length = _mm512_sub_epi64(end, start);
    __m512i first = _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), here, start, at->text, 1);
    // Zero behind the word; of long words whatever comes out is written over.
    __m512i within = _mm512_sub_epi64(
        _mm512_sllv_epi64(_mm512_set1_epi64(1), _mm512_slli_epi64(length, 3)), _mm512_set1_epi64(1));
    __m512i chunk = _mm512_and_si512(first, within);
    _mm512_storeu_si512(
        at->hashes + number, mix_eight(_mm512_add_epi64(chunk, _mm512_set1_epi64((long long)0x9E3779B97F4A7C15))));
    __mmask8 are_long = _mm512_mask_cmpge_epi64_mask(here, length, _mm512_set1_epi64(8));
    _mm_storeu_si128(
        (__m128i *)(at->longs + longs),
        _mm_maskz_compress_epi16(are_long, _mm_add_epi16(numbers, _mm_set1_epi16((short)number))));
    longs += (int)_mm_popcnt_u32(are_long);
  }
  hash_longs(longs, at, side, out);
}

enum { most_packed = 32 };

// Of up to 32 hashes the lanes whose low half was there before, and perhaps others.
PACKED uint32_t repeats(int count, const __m512i *eights) {
  __m512i low = _mm512_inserti64x4(
      _mm512_castsi256_si512(_mm512_cvtepi64_epi32(eights[0])), _mm512_cvtepi64_epi32(eights[1]), 1);
  __m512i conflicts = _mm512_conflict_epi32(low);
  uint32_t found = _mm512_test_epi32_mask(conflicts, conflicts);
  if (count > 16) {
    __m512i high = _mm512_inserti64x4(
        _mm512_castsi256_si512(_mm512_cvtepi64_epi32(eights[2])), _mm512_cvtepi64_epi32(eights[3]), 1);
    conflicts = _mm512_conflict_epi32(high);
    uint32_t later = _mm512_test_epi32_mask(conflicts, conflicts);
    __m512i turned = low;
#pragma clang loop unroll(full)
    for (int turn = 0; turn < 16; turn++) {
      later |= _mm512_cmpeq_epi32_mask(high, turned);
      turned = _mm512_alignr_epi32(turned, turned, 1);
    }
    found |= later << 16;
  }
  return found & (count == 32 ? ~0u : (1u << count) - 1);
}

// As `keep_distinct`, for few words.
PACKED void keep_distinct_packed(int count, const cutting *at, text_lanes_words *out, size_t row) {
  __m512i eights[4];
  for (int group = 0; group < 4; group++) {
    int left = count - group * 8;
    __mmask8 here = left >= 8 ? 0xFF : left > 0 ? (__mmask8)((1u << left) - 1) : 0;
    eights[group] = _mm512_maskz_loadu_epi64(here, at->hashes + group * 8);
  }
  uint32_t kept = count == 32 ? ~0u : (1u << count) - 1;
  for (uint32_t doubtful = repeats(count, eights); doubtful; doubtful &= doubtful - 1) {
    int number = __builtin_ctz(doubtful);
    int place = 0;
    while (at->hashes[place] != at->hashes[number]) place++;
    if (place < number) kept &= ~(1u << number);
  }
  uint64_t *words = out->words + out->word_count;
  __m512i parity = _mm512_setzero_si512(), sum = _mm512_setzero_si512();
  for (int group = 0; group * 8 < count; group++) {
    __mmask8 here = (__mmask8)(kept >> (group * 8));
    __m512i bits = _mm512_maskz_sllv_epi64(here, _mm512_set1_epi64(1), _mm512_srli_epi64(eights[group], 58));
    parity = _mm512_xor_si512(parity, bits);
    sum = _mm512_mask_add_epi64(sum, here, sum, eights[group]);
    _mm512_storeu_si512(words, _mm512_maskz_compress_epi64(here, eights[group]));
    words += _mm_popcnt_u32(here);
  }
  __m256i half = _mm256_xor_si256(_mm512_castsi512_si256(parity), _mm512_extracti64x4_epi64(parity, 1));
  __m128i quarter = _mm_xor_si128(_mm256_castsi256_si128(half), _mm256_extracti128_si256(half, 1));
  out->word_count += (size_t)_mm_popcnt_u32(kept);
  out->sizes[row] = (uint32_t)_mm_popcnt_u32(kept);
  out->parities[row] = (uint64_t)(_mm_extract_epi64(quarter, 0) ^ _mm_extract_epi64(quarter, 1));
  out->sums[row] = (uint64_t)_mm512_reduce_add_epi64(sum);
}

PACKED bool cut_row_packed(
    const uint8_t *text, size_t length, uint32_t kind, cutting *at, size_t side, text_lanes_words *out, size_t row) {
  int found = kind == text_row_ascii ? find_words_packed(text, length, at) : find_words_utf8(text, length, out, at);
  if (found < 0) return false;
  hash_words_packed(found, at, side, out);
  tell_waiting(at, side ^ 1, out);
  if (found <= most_packed)
    keep_distinct_packed(found, at, out, row);
  else
    keep_distinct(found, at, out, row);
  return true;
}

FOR_PACKED size_t text_lanes_cut_packed(CUT_PARAMETERS) { return cut_rows(window, rows, count, out, cut_row_packed); }

#endif
