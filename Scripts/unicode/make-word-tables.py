#!/usr/bin/env python3
"""Writes UnicodeTables.swift, the tables that SimilarityKernels cuts texts into words with.

Input is the Unicode Character Database as Debian's package `unicode-data` installs it. Run it again when that
package moves to a newer Unicode version:

    apt-get install unicode-data
    python3 Scripts/unicode/make-word-tables.py [--ucd /usr/share/unicode]
"""
import argparse
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "Sources/Tools/SimilarityKernels/Words/UnicodeTables.swift"
LAST = 0x10FFFF

# The order is that of the Swift enum `WordBreakClass`; its raw values are the places in this list.
CLASSES = [
    "Other", "CR", "LF", "Newline", "Extend", "ZWJ", "Format", "WSegSpace", "Regional_Indicator", "Katakana",
    "Hebrew_Letter", "ALetter", "Single_Quote", "Double_Quote", "MidNumLet", "MidLetter", "MidNum", "Numeric",
    "ExtendNumLet",
]
PICTOGRAPH, BEARS_MEANING, IGNORABLE, MAY_NORMALISE, FOLDS, IS_MARK = (1 << bit for bit in range(5, 11))
# Latin-1, punctuation to number forms, Chinese punctuation, Latin ligatures, half- and full-width forms.
COMMON_COMPATIBILITY = [(0x80, 0xFF), (0x2000, 0x218F), (0x3000, 0x303F), (0xFB00, 0xFB06), (0xFF00, 0xFFEF)]


def rows(path):
    """(first, last, fields after the code points) of every line of a file of the database."""
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = [field.strip() for field in line.split("#")[0].split(";")]
        if not fields[0]:
            continue
        first, _, last = fields[0].partition("..")
        yield int(first, 16), int(last or first, 16), fields[1:]


def properties(ucd):
    table = [0] * (LAST + 1)

    def mark(first, last, flag):
        for point in range(first, last + 1):
            table[point] |= flag

    for first, last, (name,) in rows(ucd / "auxiliary/WordBreakProperty.txt"):
        mark(first, last, CLASSES.index(name))

    punctuation = set()
    for first, last, (category,) in rows(ucd / "extracted/DerivedGeneralCategory.txt"):
        if category[0] in "LN":
            mark(first, last, BEARS_MEANING)
        elif category[0] == "P":
            punctuation.update(range(first, last + 1))
    for first, last, (name, *_) in rows(ucd / "DerivedCoreProperties.txt"):
        if name == "Alphabetic":
            mark(first, last, BEARS_MEANING)
        elif name == "Default_Ignorable_Code_Point":
            mark(first, last, IGNORABLE)
    for first, last, (name,) in rows(ucd / "emoji/emoji-data.txt"):
        if name == "Extended_Pictographic":
            for point in range(first, last + 1):
                mark(point, point, PICTOGRAPH | (0 if point in punctuation else BEARS_MEANING))
    for first, last, (name,) in rows(ucd / "auxiliary/WordBreakProperty.txt"):
        if name == "Regional_Indicator":
            mark(first, last, BEARS_MEANING)

    for first, last, fields in rows(ucd / "DerivedNormalizationProps.txt"):
        if fields[0] == "NFKC_QC":
            mark(first, last, MAY_NORMALISE)
    for first, last, (order,) in rows(ucd / "extracted/DerivedCombiningClass.txt"):
        if order != "0":
            mark(first, last, IS_MARK)
    return table


def foldings(ucd, table):
    """Foldings: runs of (first, last, step, distance), and the points that become several.

    Full case folding for what NFKC leaves alone. What is common and NFKC changes by itself, whatever stands beside it
    (wide letters, ligatures, no-break spaces), gets its NFKC_Casefold, so that texts with it need no normalisation.
    """
    mappings = {}
    for first, _, (status, mapping, *_) in rows(ucd / "CaseFolding.txt"):
        if status in "CF":
            mappings[first] = [int(point, 16) for point in mapping.split()]
    for first, last, fields in rows(ucd / "DerivedNormalizationProps.txt"):
        if fields[0] != "NFKC_CF":
            continue
        targets = [int(point, 16) for point in fields[1].split()]
        for point in range(first, last + 1):
            if not any(first <= point <= last for first, last in COMMON_COMPATIBILITY):
                continue
            if not table[point] & MAY_NORMALISE or table[point] & (IGNORABLE | IS_MARK):
                continue
            if targets and not any(table[target] & (MAY_NORMALISE | IS_MARK) for target in targets):
                mappings[point] = targets
                table[point] &= ~MAY_NORMALISE
    single = {point: targets[0] for point, targets in mappings.items() if len(targets) == 1}
    several = {point: targets for point, targets in mappings.items() if len(targets) > 1}
    runs = []
    for point, target in sorted(single.items()):
        distance = target - point
        for step in (1, 2):
            if runs and runs[-1][1] + step == point and runs[-1][3] == distance and runs[-1][2] in (0, step):
                runs[-1] = (runs[-1][0], point, step, distance)
                break
        else:
            runs.append((point, point, 0, distance))
    return single, several, [(first, last, step or 1, distance) for first, last, step, distance in runs]


def literal(items, form):
    """Numbers for a Swift array, as many items in a line as fit into 120 characters."""
    lines, line = [], "   "
    for item in map(form, items):
        if len(line) + len(item) + 2 > 120:
            lines.append(line)
            line = "   "
        line += f" {item},"
    return "\n".join([*lines, line])


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--ucd", type=pathlib.Path, default=pathlib.Path("/usr/share/unicode"))
    ucd = arguments.parse_args().ucd

    table = properties(ucd)
    single, several, runs = foldings(ucd, table)
    for point in [*single, *several]:
        table[point] |= FOLDS
    starts = [point for point in range(LAST + 1) if point == 0 or table[point] != table[point - 1]]
    packed = [point << 11 | table[point] for point in starts]
    version = re.search(r"-(\d+\.\d+\.\d+)\.txt", (ucd / "auxiliary/WordBreakProperty.txt").read_text()).group(1)

    OUTPUT.write_text(f"""\
// Written by Scripts/unicode/make-word-tables.py from the Unicode Character Database {version}. Do not edit.
// The data are © 1991-2022 Unicode, Inc., used under the terms of https://www.unicode.org/terms_of_use.html.

/// What the word segmentation knows of Unicode.
enum UnicodeTables {{
  static let version = "{version}"

  /// Ranges of code points with equal properties: the first code point << 11 | `ScalarProperties.rawValue`, sorted.
  /// A range ends where the next one starts.
  static let properties: [UInt32] = [
{literal(packed, lambda value: f"0x{value >> 16:04X}_{value & 0xFFFF:04X}")}
  ]

  /// Foldings to one code point, four numbers each: first, last, step, distance from a code point to its folding.
  static let foldings: [Int32] = [
{literal(runs, lambda run: ", ".join(hex(n) if place < 2 else str(n) for place, n in enumerate(run)))}
  ]

  /// Foldings to several code points: the code point, how many it becomes, and these.
  static let longFoldings: [UInt32] = [
{literal(sorted(several.items()),
         lambda item: ", ".join(f"0x{point:04X}" for point in [item[0], len(item[1]), *item[1]]))}
  ]
}}
""", encoding="utf-8")
    print(f"{OUTPUT.relative_to(ROOT)}: Unicode {version}, {len(packed)} ranges, {len(runs)} runs of foldings")


if __name__ == "__main__":
    main()
