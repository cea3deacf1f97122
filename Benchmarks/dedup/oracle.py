#!/usr/bin/env python3
"""Checks a dedup of a large file against an exact join in DuckDB: the survivors, and every drop's representative.

    .tools/dedup/bin/pip install duckdb
    persona-hub dedup /tmp/p1m.jsonl -o /tmp/kept.jsonl --threshold 0.9
    .tools/dedup/bin/python Benchmarks/dedup/oracle.py /tmp/p1m.jsonl /tmp/kept.jsonl 0.9

DuckDB gets the words of each row as hashes (`surface-dedup-benchmark words`), and finds all pairs with a prefix join: words
ordered from the rarest, two sets with i common words share one of their first m - i + 1. Counts decide, on integers. The
greedy rule is then applied to the pairs here.
"""
import argparse
import fractions
import pathlib
import subprocess
import tempfile
import time

import duckdb

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file")
    arguments.add_argument("kept")
    arguments.add_argument("threshold")
    arguments.add_argument("--program", default=str(ROOT / ".build/release/surface-dedup-benchmark"))
    options = arguments.parse_args()
    threshold = fractions.Fraction(options.threshold)
    p, q = threshold.numerator, threshold.denominator
    start = time.process_time()
    with tempfile.NamedTemporaryFile(suffix=".csv") as words:
        subprocess.run([options.program, "words", options.file], check=True, stdout=words)
        base = duckdb.connect()
        base.execute(f"CREATE TABLE w AS SELECT * FROM read_csv('{words.name}', columns={{'row': 'UINTEGER', 'word': 'UBIGINT'}})")
    base.execute("CREATE TABLE f AS SELECT word, count(*) AS n FROM w GROUP BY word")
    base.execute("CREATE TABLE s AS SELECT row, count(*)::INTEGER AS m, list(word) AS words FROM w GROUP BY row")
    # The partner may be smaller: then at least p m / q words are common.
    base.execute(f"""
        CREATE TABLE prefix AS
        SELECT row, word, m FROM (
            SELECT w.row, w.word, s.m, row_number() OVER (PARTITION BY w.row ORDER BY f.n, w.word) AS place
            FROM w JOIN f USING (word) JOIN s USING (row))
        WHERE place <= m - (({p} * m + {q} - 1) // {q}) + 1""")
    pairs = base.execute(f"""
        WITH candidates AS (
            SELECT DISTINCT a.row AS x, b.row AS y FROM prefix a JOIN prefix b
            ON a.word = b.word AND a.row < b.row AND {q} * least(a.m, b.m) >= {p} * greatest(a.m, b.m)),
        counted AS (
            SELECT x, y, a.m AS m, b.m AS n, len(list_intersect(a.words, b.words)) AS i
            FROM candidates JOIN s a ON a.row = x JOIN s b ON b.row = y)
        SELECT x, y FROM counted WHERE {q} * i >= {p} * (m + n - i) ORDER BY y, x""").fetchall()
    dropped = set()
    for earlier, later in pairs:
        if earlier not in dropped:
            dropped.add(later)
    with open(options.file, "rb") as all_lines, open(options.kept, "rb") as kept:
        wrong = rows = 0
        for row, line in enumerate(all_lines):
            rows += 1
            if row not in dropped:
                wrong += kept.readline() != line
        wrong += bool(kept.readline())
    print(f"{rows} rows, {len(pairs)} pairs at or above {options.threshold}, {rows - len(dropped)} survivors by DuckDB; "
          f"lines that differ from ours: {wrong} ({time.process_time() - start:.0f} s)")
    raise SystemExit(wrong > 0)


if __name__ == "__main__":
    main()
