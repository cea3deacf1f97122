// What the ways to cut texts into words share.
#ifndef TEXT_LANES_WORDS_H
#define TEXT_LANES_WORDS_H

#include "masks.h"
#include "text_lanes.h"

#include <stdbool.h>

// Numbers that may be written behind the words of a row.
enum { text_lanes_spare_words = 8 };

enum { block_limit = text_lanes_longest / 64 + 1, word_limit = text_lanes_longest / 2 + 1 };

// As `WordHash` in Swift has them; tests compare.
INLINE uint64_t mix(uint64_t value) {
  uint64_t word = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
  word = (word ^ word >> 27) * 0x94D049BB133111EB;
  return word ^ word >> 31;
}

INLINE uint64_t hash_of_short(uint64_t chunk) { return mix(chunk + 0x9E3779B97F4A7C15); }

INLINE uint64_t step(uint64_t hash, uint64_t chunk) {
  __uint128_t product = (__uint128_t)(hash ^ chunk) * 0xA0761D6478BD642F;
  return (uint64_t)(product >> 64) ^ (uint64_t)product ^ chunk;
}

INLINE uint64_t eight_at(const uint8_t *place) {
  uint64_t eight;
  memcpy(&eight, place, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  eight = __builtin_bswap64(eight);
#endif
  return eight;
}

typedef struct {
  uint64_t hash, first, last;
} long_word;

typedef struct {
  // The text in small letters, and room to read behind it.
  uint8_t text[text_lanes_longest + 2 * text_lanes_slack];
  uint64_t letters[block_limit + 1], digits[block_limit + 1], between_letters[block_limit + 1],
      between_digits[block_limit + 1];
  // Where words start, and where the byte behind one is.
  uint64_t firsts[block_limit + 1], lasts[block_limit + 1];
  uint16_t starts[word_limit + 64], ends[word_limit + 64], longs[word_limit + 64];
  uint64_t hashes[word_limit + 64];
  // Words of eight to fifteen bytes of this row and of the one before, whose cells are looked into one row later.
  long_word waiting[2][text_lanes_longest / 8 + 1];
  size_t waiting_count[2];
  // Of texts that are not ASCII: the kind of each code point, and where it starts.
  uint8_t kinds[text_lanes_longest + 2];
  uint16_t places[text_lanes_longest + 2];
} cutting;

// Marks where words start and end, 64 bytes in a number; the blocks, or -1 when the text is one for the slow way.
INLINE int mark_words(const uint8_t *text, size_t length, cutting *at) {
  size_t blocks = (length + 63) / 64;
  uint64_t joiners = 0, low_lines = 0;
  for (size_t block = 0; block < blocks; block++) {
    bytes64 lanes;
    LOAD64(lanes, text + block * 64);
    size_t left = length - block * 64;
    uint64_t within = left < 64 ? ((uint64_t)1 << left) - 1 : ~(uint64_t)0;
    bytes64 small = lanes | 0x20;
    truths64 are_letters = (bytes64)(small - 'a') < 26;
    uint64_t letters = MASK_OF(are_letters) & within;
    uint64_t digits = MASK_OF((bytes64)(lanes - '0') < 10) & within;
    // With bit 5 set capitals become small letters; it is set in letters only.
    bytes64 lowered = lanes | ((bytes64)are_letters & 0x20);
    memcpy(at->text + block * 64, &lowered, 64);
    // Marks that join letters: . ' : and digits: . ' , ;
    truths64 both = (lanes == '.') | (lanes == '\'');
    uint64_t between_letters = MASK_OF(both | (lanes == ':'));
    uint64_t between_digits = MASK_OF(both | (lanes == ',') | (lanes == ';'));
    low_lines |= MASK_OF(lanes == '_') & within;
    joiners |= (between_letters | between_digits) & within;
    at->letters[block] = letters;
    at->digits[block] = digits;
    at->between_letters[block] = between_letters;
    at->between_digits[block] = between_digits;
  }
  if (low_lines) return -1;
  at->letters[blocks] = at->digits[blocks] = 0;
  uint64_t carry = 0, carried_letter = 0, carried_digit = 0;
  for (size_t block = 0; block < blocks; block++) {
    uint64_t letters = at->letters[block], digits = at->digits[block];
    uint64_t in_word = letters | digits;
    if (joiners) {
      uint64_t after_letter = letters << 1 | carried_letter, after_digit = digits << 1 | carried_digit;
      uint64_t before_letter = letters >> 1 | at->letters[block + 1] << 63;
      uint64_t before_digit = digits >> 1 | at->digits[block + 1] << 63;
      in_word |= at->between_letters[block] & after_letter & before_letter;
      in_word |= at->between_digits[block] & after_digit & before_digit;
      carried_letter = letters >> 63;
      carried_digit = digits >> 63;
    }
    uint64_t behind = in_word << 1 | carry;
    at->firsts[block] = in_word & ~behind;
    at->lasts[block] = ~in_word & behind;
    carry = in_word >> 63;
  }
  // A word that ends with the last block ends behind it.
  at->firsts[blocks] = 0;
  at->lasts[blocks] = carry;
  return (int)blocks;
}

INLINE bool joins(uint8_t kind, uint8_t before, uint8_t after) {
  return (kind == text_point_joins_both && before == after) ||
         (kind == text_point_joins_letters && before == text_point_letter && after == text_point_letter) ||
         (kind == text_point_joins_digits && before == text_point_digit && after == text_point_digit);
}

// As `find_words` for well-formed UTF-8, one code point after the other.
INLINE int find_words_utf8(const uint8_t *text, size_t length, const text_lanes_words *tables, cutting *at) {
  size_t count = 0, place = 0;
  while (place < length) {
    uint8_t lead = text[place];
    uint32_t point = lead;
    at->places[count] = (uint16_t)place;
    if (lead < 0x80) {
      at->text[place] = (uint8_t)tables->foldings[point];
      place += 1;
    } else if (lead < 0xE0) {
      point = (lead & 0x1Fu) << 6 | (text[place + 1] & 0x3Fu);
      uint32_t folded = tables->foldings[point];
      at->text[place] = (uint8_t)(0xC0 | folded >> 6);
      at->text[place + 1] = (uint8_t)(0x80 | (folded & 0x3F));
      place += 2;
    } else if (lead < 0xF0) {
      point = (lead & 0x0Fu) << 12 | (text[place + 1] & 0x3Fu) << 6 | (text[place + 2] & 0x3Fu);
      memcpy(at->text + place, text + place, 3);
      place += 3;
    } else {
      return -1;
    }
    uint8_t kind = tables->points[point];
    if (kind == text_point_odd) return -1;
    at->kinds[count++] = kind;
  }
  at->kinds[count] = text_point_between;
  at->places[count] = (uint16_t)length;
  int words = 0;
  bool in_word = false;
  for (size_t number = 0; number < count; number++) {
    uint8_t kind = at->kinds[number];
    if (kind == text_point_letter || kind == text_point_digit) {
      if (!in_word) at->starts[words] = at->places[number];
      in_word = true;
    } else if (!(in_word && kind >= text_point_joins_letters &&
                 joins(kind, at->kinds[number - 1], at->kinds[number + 1]))) {
      if (in_word) at->ends[words++] = at->places[number];
      in_word = false;
      if (kind == text_point_alone) {
        at->starts[words] = at->places[number];
        at->ends[words++] = at->places[number + 1];
      }
    }
  }
  if (in_word) at->ends[words++] = (uint16_t)length;
  return words;
}

// Looks into the cells of the words that wait on one side, and tells of those that no cell knows.
INLINE void tell_waiting(cutting *at, size_t side, text_lanes_words *out) {
  for (size_t place = 0; place < at->waiting_count[side]; place++) {
    long_word word = at->waiting[side][place];
    text_lanes_cell *cell = out->cells + (word.hash >> 32 & out->cell_mask);
    if (cell->first == word.first && cell->second == word.last) continue;
    *cell = (text_lanes_cell){word.first, word.last};
    uint64_t *news = out->news + out->new_count;
    news[0] = word.hash;
    news[1] = word.first;
    news[2] = word.last;
    out->new_count += 3;
  }
  at->waiting_count[side] = 0;
}

// Hashes of the words of eight bytes or more, whose numbers stand in `at->longs`. Words of sixteen bytes or more are told;
// shorter ones wait on one side, until the cells that may know them have come from memory.
INLINE void hash_longs(int longs, cutting *at, size_t side, text_lanes_words *out) {
  size_t waiting = 0;
  for (int place = 0; place < longs; place++) {
    int number = at->longs[place];
    const uint8_t *word = at->text + at->starts[number];
    unsigned length = (unsigned)(at->ends[number] - at->starts[number]);
    uint64_t first = eight_at(word), hash = step(out->seed, first);
    unsigned from = 8;
    for (; length - from >= 8; from += 8) hash = step(hash, eight_at(word + from));
    uint64_t chunk = eight_at(word + from) & (((uint64_t)1 << ((length - from) * 8)) - 1);
    hash = hash_of_short((mix(step(hash, chunk)) & out->hash_mask) | (uint64_t)1 << 63);
    at->hashes[number] = hash;
    if (length < 16) {
      __builtin_prefetch(out->cells + (hash >> 32 & out->cell_mask), 1);
      at->waiting[side][waiting++] = (long_word){hash, first, chunk};
      continue;
    }
    uint64_t *news = out->news + out->new_count;
    *news++ = hash;
    for (from = 0; from + 8 <= length; from += 8) *news++ = eight_at(word + from);
    *news++ = chunk;
    out->new_count = (size_t)(news - out->news);
  }
  at->waiting_count[side] = waiting;
}

// Writes the distinct hashes behind the words: a bit for each of 256 kinds of hashes tells of most that they are new, and
// only the others are looked for among those before them.
INLINE void keep_distinct(int count, const cutting *at, text_lanes_words *out, size_t row) {
  uint64_t seen[4] = {0, 0, 0, 0};
  uint64_t *words = out->words + out->word_count;
  size_t end = 0;
  uint64_t parity = 0, sum = 0;
  for (int number = 0; number < count; number++) {
    uint64_t hash = at->hashes[number];
    uint64_t bit = (uint64_t)1 << (hash >> 56 & 63);
    uint64_t known = seen[hash >> 62];
    words[end] = hash;
    if (known & bit) {
      size_t place = 0;
      while (words[place] != hash) place++;
      if (place < end) continue;
    }
    seen[hash >> 62] = known | bit;
    parity ^= (uint64_t)1 << (hash >> 58);
    sum += hash;
    end++;
  }
  out->word_count += end;
  out->sizes[row] = (uint32_t)end;
  out->parities[row] = parity;
  out->sums[row] = sum;
}

// Cuts one row that there is room for; false when it is one for the slow way.
typedef bool (*row_cutter)(
    const uint8_t *text, size_t length, uint32_t kind, cutting *at, size_t side, text_lanes_words *out, size_t row);

INLINE size_t cut_rows(
    const uint8_t *window, const text_row *rows, size_t count, text_lanes_words *out, row_cutter cut_row) {
  cutting at;
  at.waiting_count[0] = at.waiting_count[1] = 0;
  size_t row = 0;
  for (; row < count; row++) {
    size_t length = rows[row].text_end - rows[row].text, side = row & 1;
    // Words and what stands between them take turns, or a word is a code point of two bytes or more: so a text has at most
    // half as many words as bytes, and one. Of words of eight bytes or more, hash and chunks are fewer than four numbers for
    // eight bytes.
    if (rows[row].kind == text_row_unknown || rows[row].text == 0 || length > text_lanes_longest ||
        out->word_capacity - out->word_count < length / 2 + 2 + text_lanes_spare_words ||
        out->new_capacity - out->new_count < length / 2 + 8 + 3 * at.waiting_count[side ^ 1])
      break;
    if (!cut_row(window + rows[row].text, length, rows[row].kind, &at, side, out, row)) break;
  }
  tell_waiting(&at, 0, out);
  tell_waiting(&at, 1, out);
  return row;
}

#define CUT_PARAMETERS const uint8_t *window, const text_row *rows, size_t count, text_lanes_words *out

#if defined(__x86_64__)
// True for processors that pack lanes, which the other one is for.
bool text_lanes_packs(void);
size_t text_lanes_cut_packed(CUT_PARAMETERS);
#endif

#endif
