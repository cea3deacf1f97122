#ifndef PART_KEYS_H
#define PART_KEYS_H

#include <stddef.h>
#include <stdint.h>

/// The most parts that are dealt with here.
enum { part_limit = 64 };

/// A `PartScheme`, worked out: how many parts are chosen, or left out, for each key.
typedef struct {
  uint32_t parts, chosen, key_count, is_complement;
  uint64_t salt;
} part_scheme;

/// Writes the keys of a set of words, as `PartScheme.makeKeys` does. `parts` is at most `part_limit`, and `keys` has room
/// for `key_count`.
void part_keys_make(const uint64_t *words, size_t count, const part_scheme *scheme, uint64_t *keys);

#endif
