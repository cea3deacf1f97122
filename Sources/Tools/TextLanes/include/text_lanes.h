#ifndef TEXT_LANES_H
#define TEXT_LANES_H

#include <stddef.h>
#include <stdint.h>

/// Bytes behind the end of every text that may be read, whatever they hold.
enum { text_lanes_slack = 64 };

/// How far a line was understood.
enum {
  /// Not at all: it may be broken, blank, nested or escaped, or hold something other than a text at the key.
  text_row_unknown = 0,
  /// A flat JSON object in ASCII, without escapes.
  text_row_ascii = 1,
  /// The same in well-formed UTF-8 that is not all ASCII.
  text_row_utf8 = 2,
  /// Some line that is not blank and ends without a carriage return, which nobody has looked into: `text_lanes_lines`.
  text_row_line = 3,
};

/// A line of a window, in bytes from the window's first.
typedef struct {
  /// The line's first byte, and the place of the newline behind it.
  uint32_t line, line_end;
  /// The text at the wanted key, between its quotes, the last one if the key is repeated. 0 and 0 for unknown rows and for
  /// rows without the key.
  uint32_t text, text_end;
  uint32_t kind;
} text_row;

/// Finds the lines of a window and, in those of the most common form, the text at a key.
///
/// A line that is said to be understood is one that a full JSON parser accepts, with the same text at the key; any other
/// is `text_row_unknown`, and nothing is said of it but where it stands. Lines without a newline in the window are left.
/// Reads up to `text_lanes_slack` bytes behind the window. `length` is below 2^32.
/// Returns the number of rows, at most `capacity`; `*taken` is the number of bytes up to the end of the last one's newline.
size_t text_lanes_rows(
    const uint8_t *window, size_t length, const uint8_t *key, size_t key_length, text_row *rows, size_t capacity,
    size_t *taken);

/// Finds the lines of a window and looks into those alone that begin with a space, end with a carriage return or are longer
/// than `text_lanes_long_line`: as `text_lanes_rows`, which this stands for where only the places of lines are asked for.
size_t text_lanes_lines(
    const uint8_t *window, size_t length, const uint8_t *key, size_t key_length, text_row *rows, size_t capacity,
    size_t *taken);

enum { text_lanes_long_line = 1 << 20 };

/// One of many cells that remember a word of two chunks.
typedef struct {
  uint64_t first, second;
} text_lanes_cell;

/// What a code point is to words, as far as this way knows.
enum {
  /// Something that only the full rules decide on.
  text_point_odd = 0,
  /// Stands between words, and in none.
  text_point_between = 1,
  text_point_letter = 2,
  text_point_digit = 3,
  /// A word by itself.
  text_point_alone = 4,
  /// Joins two letters, two digits, or both kinds of pairs.
  text_point_joins_letters = 5,
  text_point_joins_digits = 6,
  text_point_joins_both = 7,
};

/// Where the words of rows go.
typedef struct {
  /// Hashes of the distinct words, row behind row, in the order of their first occurrence.
  uint64_t *words;
  size_t word_count, word_capacity;
  /// By row: distinct words, the bits that an odd number of them hash to, and the sum of their hashes.
  uint32_t *sizes;
  uint64_t *parities, *sums;
  /// Words of eight bytes or more that no cell knew: the hash, then the chunks, the last of which has a zero top byte.
  uint64_t *news;
  size_t new_count, new_capacity;
  /// `cell_mask + 1` cells, a power of two.
  text_lanes_cell *cells;
  size_t cell_mask;
  /// The kind of each code point below 2^16, and what each below 2^11 becomes by folding, which is as long in UTF-8. Points
  /// that are not odd are their own NFKC beside any others that are not.
  const uint8_t *points;
  const uint16_t *foldings;
  /// How words of eight bytes or more are hashed: the state before the first chunk, and the bits that count.
  uint64_t seed, hash_mask;
} text_lanes_words;

/// Longest text that is cut into words here.
enum { text_lanes_longest = 4096 };

/// Cuts texts into words, until one is met that is not understood, too long, or holds a low line or an odd code point, or
/// there is no room for the words of another. Returns the number of rows done. Reads up to `text_lanes_slack` bytes behind each text.
size_t text_lanes_cut(const uint8_t *window, const text_row *rows, size_t count, text_lanes_words *out);

/// The same for any processor: what tests compare with where the one at hand has wider vectors.
size_t text_lanes_cut_plain(const uint8_t *window, const text_row *rows, size_t count, text_lanes_words *out);

#endif
