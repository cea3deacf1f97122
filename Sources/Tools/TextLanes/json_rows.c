#include "masks.h"
#include "text_lanes.h"

#include <stdbool.h>

// Quotes of a line that are kept in mind; a line with more is left to the full parser.
enum { quote_limit = 192 };

typedef struct {
  uint32_t quotes[quote_limit + 64];
  uint32_t quote_count;
  // Bits of bytes that the short way does not take, and of bytes that are not ASCII.
  uint64_t odd, high;
} line_marks;

// Well-formed as Unicode's table 3-7 has it: no surrogates, no longer forms than needed, nothing beyond U+10FFFF.
static bool is_utf8(const uint8_t *bytes, size_t count) {
  size_t place = 0;
  while (place < count) {
    uint8_t lead = bytes[place++];
    if (lead < 0x80) continue;
    if (lead < 0xC2 || lead > 0xF4) return false;
    size_t more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    if (count - place < more) return false;
    uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (bytes[place] < low || bytes[place] > high) return false;
    for (size_t step = 1; step < more; step++)
      if ((bytes[place + step] & 0xC0) != 0x80) return false;
    place += more;
  }
  return true;
}

INLINE bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

// The end of a number or literal that starts at a place; the place itself if there is none. The newline ends every walk.
static uint32_t end_of_scalar(const uint8_t *bytes, uint32_t place, uint32_t end) {
  uint32_t start = place;
  static const char *const literals[] = {"true", "false", "null"};
  for (int number = 0; number < 3; number++) {
    size_t length = strlen(literals[number]);
    if (end - place >= length && memcmp(bytes + place, literals[number], length) == 0) return place + (uint32_t)length;
  }
  if (bytes[place] == '-') place++;
  if (!is_digit(bytes[place])) return start;
  if (bytes[place] == '0') {
    place++;
  } else {
    while (is_digit(bytes[place])) place++;
  }
  if (bytes[place] == '.') {
    place++;
    if (!is_digit(bytes[place])) return start;
    while (is_digit(bytes[place])) place++;
  }
  if (bytes[place] == 'e' || bytes[place] == 'E') {
    place++;
    if (bytes[place] == '+' || bytes[place] == '-') place++;
    if (!is_digit(bytes[place])) return start;
    while (is_digit(bytes[place])) place++;
  }
  return place;
}

#define SKIP_SPACES() \
  while (bytes[place] == ' ') place++

// Fills in the text and the kind of a row whose line is known; leaves it unknown when in doubt. The byte at `line_end` is
// the newline, which no rule allows, so no walk passes it.
INLINE void understand(
    const uint8_t *bytes, const line_marks *marks, const uint8_t *key, size_t key_length, text_row *row) {
  row->kind = text_row_unknown;
  row->text = row->text_end = 0;
  if (marks->odd != 0 || marks->quote_count > quote_limit) return;
  const uint32_t *quotes = marks->quotes;
  uint32_t count = marks->quote_count, next = 0, place = row->line;
  uint32_t text = 0, text_end = 0;
  SKIP_SPACES();
  if (bytes[place++] != '{') return;
  SKIP_SPACES();
  while (true) {
    // Every quote at or behind the place is still to come, so the next one in the list is this one.
    if (bytes[place] != '"' || next + 1 >= count) return;
    uint32_t name = quotes[next] + 1, name_end = quotes[next + 1];
    next += 2;
    place = name_end + 1;
    bool wanted = name_end - name == key_length && memcmp(bytes + name, key, key_length) == 0;
    SKIP_SPACES();
    if (bytes[place++] != ':') return;
    SKIP_SPACES();
    if (bytes[place] == '"') {
      if (next + 1 >= count) return;
      if (wanted) {
        text = quotes[next] + 1;
        text_end = quotes[next + 1];
      }
      place = quotes[next + 1] + 1;
      next += 2;
    } else {
      uint32_t end = end_of_scalar(bytes, place, row->line_end);
      if (end == place || wanted) return;
      place = end;
    }
    SKIP_SPACES();
    uint8_t byte = bytes[place++];
    if (byte == '}') break;
    if (byte != ',') return;
    SKIP_SPACES();
  }
  SKIP_SPACES();
  if (place != row->line_end) return;
  if (marks->high != 0 && !is_utf8(bytes + row->line, row->line_end - row->line)) return;
  row->text = text;
  row->text_end = text_end;
  row->kind = marks->high == 0 ? text_row_ascii : text_row_utf8;
}

INLINE size_t find_rows(
    const uint8_t *bytes, size_t length, const uint8_t *key, size_t key_length, text_row *rows, size_t capacity,
    size_t *taken) {
  line_marks marks = {.quote_count = 0, .odd = 0, .high = 0};
  size_t count = 0;
  uint32_t line = 0;
  for (size_t block = 0; block < length && count < capacity; block += 64) {
    bytes64 lanes;
    LOAD64(lanes, bytes + block);
    uint64_t within = length - block < 64 ? ((uint64_t)1 << (length - block)) - 1 : ~(uint64_t)0;
    uint64_t newlines = MASK_OF(lanes == '\n') & within;
    uint64_t quotes = MASK_OF(lanes == '"') & within;
    uint64_t odd = (MASK_OF(lanes == '\\') | MASK_OF(lanes < 0x20)) & ~newlines & within;
    uint64_t high = MASK_OF((truths64)lanes < 0) & within;
    while (true) {
      uint64_t line_bits = newlines ? (newlines & -newlines) - 1 : ~(uint64_t)0;
      uint64_t mine = quotes & line_bits;
      while (mine) {
        marks.quotes[marks.quote_count] = (uint32_t)block + (uint32_t)__builtin_ctzll(mine);
        // Quotes above the limit are written over each other: the line is not understood anyway.
        marks.quote_count += marks.quote_count <= quote_limit;
        mine &= mine - 1;
      }
      marks.odd |= odd & line_bits;
      marks.high |= high & line_bits;
      if (!newlines) break;
      text_row *row = rows + count++;
      row->line = line;
      row->line_end = (uint32_t)block + (uint32_t)__builtin_ctzll(newlines);
      understand(bytes, &marks, key, key_length, row);
      line = row->line_end + 1;
      marks.quote_count = 0;
      marks.odd = marks.high = 0;
      uint64_t rest = ~(line_bits | (newlines & -newlines));
      quotes &= rest;
      odd &= rest;
      high &= rest;
      newlines &= newlines - 1;
      if (count == capacity) break;
    }
  }
  *taken = line;
  return count;
}

INLINE size_t find_lines(
    const uint8_t *bytes, size_t length, const uint8_t *key, size_t key_length, text_row *rows, size_t capacity,
    size_t *taken) {
  size_t count = 0;
  uint32_t line = 0;
  for (size_t block = 0; block < length && count < capacity; block += 64) {
    bytes64 lanes;
    LOAD64(lanes, bytes + block);
    uint64_t within = length - block < 64 ? ((uint64_t)1 << (length - block)) - 1 : ~(uint64_t)0;
    uint64_t newlines = MASK_OF(lanes == '\n') & within;
    for (; newlines && count < capacity; newlines &= newlines - 1) {
      uint32_t end = (uint32_t)block + (uint32_t)__builtin_ctzll(newlines);
      text_row *row = rows + count++;
      if (end != line && bytes[line] > 0x20 && bytes[end - 1] != '\r' && end - line <= text_lanes_long_line) {
        *row = (text_row){.line = line, .line_end = end, .text = 0, .text_end = 0, .kind = text_row_line};
      } else {
        size_t whole;
        text_lanes_rows(bytes + line, end + 1 - line, key, key_length, row, 1, &whole);
        row->line += line;
        row->line_end += line;
        row->text += row->text ? line : 0;
        row->text_end += row->text_end ? line : 0;
      }
      line = end + 1;
    }
  }
  *taken = line;
  return count;
}

#define PARAMETERS                                                                                            \
  const uint8_t *window, size_t length, const uint8_t *key, size_t key_length, text_row *rows, size_t capacity, \
      size_t *taken
#define ARGUMENTS window, length, key, key_length, rows, capacity, taken

#if defined(__x86_64__)
FOR_AVX512 static size_t rows_avx512(PARAMETERS) { return find_rows(ARGUMENTS); }
FOR_AVX2 static size_t rows_avx2(PARAMETERS) { return find_rows(ARGUMENTS); }
FOR_AVX512 static size_t lines_avx512(PARAMETERS) { return find_lines(ARGUMENTS); }
FOR_AVX2 static size_t lines_avx2(PARAMETERS) { return find_lines(ARGUMENTS); }
#endif

size_t text_lanes_rows(PARAMETERS) {
#if defined(__x86_64__)
  switch (lanes_level()) {
    case 2: return rows_avx512(ARGUMENTS);
    case 1: return rows_avx2(ARGUMENTS);
  }
#endif
  return find_rows(ARGUMENTS);
}

size_t text_lanes_lines(PARAMETERS) {
#if defined(__x86_64__)
  switch (lanes_level()) {
    case 2: return lines_avx512(ARGUMENTS);
    case 1: return lines_avx2(ARGUMENTS);
  }
#endif
  return find_lines(ARGUMENTS);
}
