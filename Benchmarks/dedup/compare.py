#!/usr/bin/env python3
"""Surface dedup beside rensa, gaoya, datasketch and DuckDB: one file, one run, from file to file, CPU time of all threads.

    swift build -c release --product surface-dedup-benchmark
    python3 -m venv .tools/dedup && .tools/dedup/bin/pip install rensa gaoya datasketch duckdb
    python3 Benchmarks/dedup/make-personas.py 100000 /tmp/personas.jsonl
    .tools/dedup/bin/python Benchmarks/dedup/compare.py /tmp/personas.jsonl [--only "persona-hub, exact;rensa"] [--rounds 3]

Every tool runs in a process of its own, reads {"persona": …} lines and writes those it keeps; of several rounds the
fastest counts. The others get the words that people give them, those of the regular expression \\w+. The truth is the
list of all near-copies by the words of this project, from a prefix join that is written for this comparison only. Three
figures tell how good a result is:

recall      rows dropped that have a near-copy among the rows kept, as a share of these and of the rows that were kept
            although a near-copy before them was kept too
precision   of the rows dropped, the share that has a near-copy among the rows kept
wiped out   groups of rows connected by near-copies, single rows included, of which no row was kept
"""
import argparse
import collections
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
THRESHOLD = 0.9
WORD = re.compile(r"\w+")


def read(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield line, json.loads(line)["persona"]


def tokens(text):
    return WORD.findall(text.lower())


def run_rensa(path, out):
    from rensa import RMinHash, RMinHashDeduplicator
    deduplicator = RMinHashDeduplicator(THRESHOLD, 128, True)
    with open(out, "w", encoding="utf-8") as kept:
        for row, (line, text) in enumerate(read(path)):
            sketch = RMinHash(num_perm=128, seed=42)
            sketch.update(tokens(text))
            if deduplicator.add(str(row), sketch):
                kept.write(line)


def run_rensa_bulk(path, out):
    """rensa's own fast path: all token lists at once, and its one-shot duplicate flags."""
    from rensa import RMinHash, RMinHashLSH
    rows = list(read(path))
    digests = RMinHash.digest_matrix_from_token_sets([tokens(text) for _, text in rows], num_perm=128, seed=42)
    lsh = RMinHashLSH(threshold=THRESHOLD, num_perm=128, num_bands=16)
    flags = lsh.query_duplicate_flags_matrix_one_shot(digests)
    with open(out, "w", encoding="utf-8") as kept:
        for (line, _), flag in zip(rows, flags):
            if not flag:
                kept.write(line)


def run_gaoya(path, out):
    from gaoya.minhash import MinHashStringIndex
    index = MinHashStringIndex(hash_size=32, jaccard_threshold=THRESHOLD, num_bands=14, band_size=9, analyzer="word",
                               lowercase=True, ngram_range=(1, 1))
    with open(out, "w", encoding="utf-8") as kept:
        for row, (line, text) in enumerate(read(path)):
            if not index.query(text):
                index.insert_document(row, text)
                kept.write(line)


def run_datasketch(path, out):
    from datasketch import MinHash, MinHashLSH
    lsh = MinHashLSH(threshold=THRESHOLD, num_perm=128)
    with open(out, "w", encoding="utf-8") as kept:
        for row, (line, text) in enumerate(read(path)):
            sketch = MinHash(num_perm=128)
            sketch.update_batch([token.encode() for token in set(tokens(text))])
            if not lsh.query(sketch):
                lsh.insert(row, sketch)
                kept.write(line)


def run_duckdb(path, out):
    """An exact join in SQL: of two sets with i common words, ordered from the rarest word, one of the first m - i + 1 is common."""
    import duckdb
    base = duckdb.connect()
    base.execute("""CREATE TABLE s AS SELECT row, len(words)::INTEGER AS m, words FROM (
        SELECT row_number() OVER () - 1 AS row, list_distinct(regexp_extract_all(lower(persona), '\\w+')) AS words
        FROM read_json(?, format = 'newline_delimited', columns = {'persona': 'VARCHAR'}))""", [path])
    base.execute("CREATE TABLE w AS SELECT row, m, unnest(words) AS word FROM s")
    base.execute("CREATE TABLE f AS SELECT word, count(*) AS n FROM w GROUP BY word")
    base.execute("""CREATE TABLE prefix AS SELECT row, word, m FROM (
        SELECT row, word, m, row_number() OVER (PARTITION BY row ORDER BY n, word) AS place FROM w JOIN f USING (word))
        WHERE place <= m - ((9 * m + 9) // 10) + 1""")
    pairs = base.execute("""WITH candidates AS (
            SELECT DISTINCT a.row AS x, b.row AS y FROM prefix a JOIN prefix b
            ON a.word = b.word AND a.row < b.row AND 10 * least(a.m, b.m) >= 9 * greatest(a.m, b.m)),
        counted AS (SELECT x, y, a.m AS m, b.m AS n, len(list_intersect(a.words, b.words)) AS i
            FROM candidates JOIN s a ON a.row = x JOIN s b ON b.row = y)
        SELECT x, y FROM counted WHERE 10 * i >= 9 * (m + n - i) ORDER BY y, x""").fetchall()
    dropped = set()
    for earlier, later in pairs:
        if earlier not in dropped:
            dropped.add(later)
    with open(path, encoding="utf-8") as file, open(out, "w", encoding="utf-8") as kept:
        for row, line in enumerate(file):
            if row not in dropped:
                kept.write(line)


def run_rensa_signatures(path, out):
    from rensa import RMinHash
    with open(out, "wb") as signatures:
        for _, text in read(path):
            sketch = RMinHash(num_perm=128, seed=42)
            sketch.update(tokens(text))
            signatures.write(bytes(memoryview(__import__("array").array("I", sketch.digest()))))


PEERS = {
    "rensa": run_rensa, "rensa, bulk": run_rensa_bulk, "gaoya": run_gaoya, "datasketch": run_datasketch,
    "DuckDB, exact join in SQL": run_duckdb,
    "rensa, signatures only": run_rensa_signatures,
}


def timed(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Truth:
    """All near-copies by the exact pairs that the benchmark program prints."""

    def __init__(self, program, path):
        self.neighbours = collections.defaultdict(list)
        output = subprocess.run([program, "pairs", path, str(THRESHOLD)], check=True, capture_output=True, text=True)
        for line in output.stdout.splitlines():
            one, other = map(int, line.split())
            self.neighbours[one].append(other)
            self.neighbours[other].append(one)

    def groups(self, count):
        seen = [False] * count
        for start in range(count):
            if seen[start]:
                continue
            seen[start] = True
            group, rest = [], [start]
            while rest:
                row = rest.pop()
                group.append(row)
                for other in self.neighbours.get(row, ()):
                    if not seen[other]:
                        seen[other] = True
                        rest.append(other)
            yield group

    def judge(self, lines, out):
        kept, place = [False] * len(lines), 0
        with open(out, encoding="utf-8") as file:
            for line in file:
                while lines[place] != line:
                    place += 1
                kept[place] = True
                place += 1
        left = sum(kept[row] and any(other < row and kept[other] for other in self.neighbours.get(row, ()))
                   for row in range(len(lines)))
        right = sum(not kept[row] and any(kept[other] for other in self.neighbours.get(row, ()))
                    for row in range(len(lines)))
        dropped = len(lines) - sum(kept)
        wiped = sum(not any(kept[row] for row in group) for group in self.groups(len(lines)))
        return right / max(1, right + left), right / max(1, dropped), wiped


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file")
    arguments.add_argument("--program", default=str(ROOT / ".build/release/surface-dedup-benchmark"))
    arguments.add_argument("--command", default=str(ROOT / ".build/release/persona-hub"), help="the program itself")
    arguments.add_argument("--only", help="names of tools, separated by semicolons")
    arguments.add_argument("--rounds", type=int, default=1)
    arguments.add_argument("--no-quality", action="store_true", help="times only, for large files")
    arguments.add_argument("--peer", help=argparse.SUPPRESS)
    arguments.add_argument("--out", help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.peer:
        PEERS[options.peer](options.file, options.out)
        return

    ours = {
        "the command persona-hub dedup": None,
        "persona-hub, exact": ["dedup", options.file, "{out}", str(THRESHOLD), "exact"],
        "persona-hub, minhash": ["dedup", options.file, "{out}", str(THRESHOLD), "minhash"],
        "persona-hub, signatures only": ["signatures", options.file, "{out}"],
    }
    names = [*ours, *PEERS]
    if options.only:
        names = [name for name in names if name in options.only.split(";")]
    with open(options.file, encoding="utf-8") as file:
        lines = file.readlines()
    truth = None if options.no_quality else Truth(options.program, options.file)
    print(f"{options.file}: {len(lines)} rows; threshold {THRESHOLD}; {os.cpu_count()} CPUs")
    print("| tool | CPU seconds | rows per CPU-second | recall | precision | wiped out |\n|---|---|---|---|---|---|")
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            out = folder + "/kept"
            if name in ours and ours[name] is None:
                # Writes verdicts on the dropped rows too, which no other tool does.
                command = [options.command, "dedup", options.file, "-o", out, "--threshold", str(THRESHOLD), "--quiet"]
            elif name in ours:
                command = [options.program, *(part.format(out=out) for part in ours[name])]
            else:
                command = [sys.executable, __file__, options.file, "--peer", name, "--out", out]
            seconds = min(timed(command) for _ in range(options.rounds))
            figures = "| | |"
            if truth and "signatures" not in name:
                recall, precision, wiped = truth.judge(lines, out)
                figures = f"{recall:.4f} | {precision:.4f} | {wiped} |"
            print(f"| {name} | {seconds:.2f} | {len(lines) / seconds:,.0f} | {figures}", flush=True)


if __name__ == "__main__":
    main()
