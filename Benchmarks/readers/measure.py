#!/usr/bin/env python3
"""Measures our corpus reader beside Python's usual readers on the same files, in the same run.

    python3 Benchmarks/readers/measure.py --program .build/release/ReaderBenchmark [--megabytes 200] [--folder DIR]

Needs: pip install orjson zstandard warcio resiliparse pyarrow duckdb-cli. Prints a Markdown table. Each reading is a
process of its own; the best of three counts (a shared machine only ever makes a reading slower). MB are unpacked bytes of
the file divided by seconds of processor time, user and system, of the process and its children: on a busy machine wall
time measures the neighbours. Memory is the peak resident set of the process or its largest child.
"""

import argparse
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile

WORDS = (
    "the of and a to in is was he for it with as his on be at by had not are but from or have an they which one you were "
    "harbour tide keeper lantern ledger orchard bridge weaver physics nurse teacher market violin engine river theorem"
).split()


def texts(count, seed=1):
    chance = random.Random(seed)
    for _ in range(count):
        sentences = []
        for _ in range(chance.randint(5, 60)):
            words = [chance.choice(WORDS) for _ in range(chance.randint(4, 24))]
            sentences.append(" ".join(words).capitalize() + chance.choice([". ", "? ", ".\n", " – naïve. "]))
        yield "".join(sentences)


def file_paths(folder):
    return {kind: os.path.join(folder, name) for kind, name in {
        "jsonl": "a.jsonl", "gz": "a.jsonl.gz", "zst": "a.jsonl.zst", "csv": "a.csv", "warc": "a.warc",
        "parquet": "a.parquet"}.items()}


def make(folder, megabytes):
    count = megabytes * 1_000_000 // 2400
    paths = file_paths(folder)
    if all(os.path.exists(p) for p in paths.values()):
        return
    import csv
    import pyarrow as pa
    import pyarrow.parquet as pq
    import zstandard
    with open(paths["jsonl"], "w") as plain, open(paths["csv"], "w", newline="") as table, open(paths["warc"], "wb") as warc:
        writer = csv.writer(table)
        writer.writerow(["id", "text"])
        kept = []
        for number, text in enumerate(texts(count)):
            plain.write(json.dumps({"id": str(number), "text": text, "lang": "en"}, ensure_ascii=False) + "\n")
            writer.writerow([number, text])
            kept.append(text)
            items = "".join(f'<li><a href="/{n}">Entry {n}</a></li>' for n in range(20))
            body = "".join(f"<p>{p}</p>\n" for p in text.split("\n"))
            page = (f"<!DOCTYPE html><html><head><title>Page {number}</title><style>p {{ margin: 0 }}</style></head><body>"
                    f"<nav><ul>{items}</ul></nav><main><h1>Page {number}</h1>{body}</main>"
                    f"<footer>All rights reserved</footer></body></html>").encode()
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            warc.write(b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%d>\r\n"
                       b"WARC-Target-URI: http://example.org/%d\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
                       b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
                       % (number, number, len(block)) + block + b"\r\n\r\n")
    pq.write_table(pa.table({"id": [str(n) for n in range(len(kept))], "text": kept, "lang": ["en"] * len(kept)}),
                   paths["parquet"], compression="zstd", row_group_size=20_000)
    with open(paths["jsonl"], "rb") as source, gzip.open(paths["gz"], "wb", 6) as target:
        while block := source.read(1 << 20):
            target.write(block)
    with open(paths["jsonl"], "rb") as source, open(paths["zst"], "wb") as target:
        zstandard.ZstdCompressor(3).copy_stream(source, target)


READERS = {
    "json": "import json\nfor l in open(P,'rb'): n+=len(json.loads(l)['text'])",
    "orjson": "import orjson\nfor l in open(P,'rb'): n+=len(orjson.loads(l)['text'])",
    "gzip + json": "import gzip,json\nfor l in gzip.open(P): n+=len(json.loads(l)['text'])",
    "gzip + orjson": "import gzip,orjson\nfor l in gzip.open(P): n+=len(orjson.loads(l)['text'])",
    "zstandard + orjson": "import io,orjson,zstandard\n"
                          "r=io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(open(P,'rb')),1<<20)\n"
                          "for l in r: n+=len(orjson.loads(l)['text'])",
    "csv": "import csv\ncsv.field_size_limit(1<<30)\nfor row in csv.DictReader(open(P,newline='')): n+=len(row['text'])",
    "warcio": "from warcio.archiveiterator import ArchiveIterator\nfor r in ArchiveIterator(open(P,'rb')):\n"
              "  if r.rec_type=='response': n+=len(r.content_stream().read())",
    "warcio + resiliparse": "from warcio.archiveiterator import ArchiveIterator\n"
                            "from resiliparse.extract.html2text import extract_plain_text as t\n"
                            "for r in ArchiveIterator(open(P,'rb')):\n"
                            "  if r.rec_type=='response': n+=len(t(r.content_stream().read().decode(),main_content=True))",
    "pyarrow": "import pyarrow.parquet as q\nfor b in q.ParquetFile(P).iter_batches(2000,columns=['text']):\n"
               "  for s in b.column(0).to_pylist(): n+=len(s)",
}


def measure(command):
    best = None
    for _ in range(3):
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        said = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        # A reader that set the file aside, for want of DuckDB for example, was fast for nothing.
        if status != 0 or b'"records":0,' in said:
            return None
        seconds = usage.ru_utime + usage.ru_stime
        if best is None or seconds < best[0]:
            best = (seconds, usage.ru_maxrss / 1024)
    return best


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--program", default=".build/release/ReaderBenchmark")
    options.add_argument("--megabytes", type=int, default=200)
    options.add_argument("--folder")
    options.add_argument("--make-only", action="store_true", help="write the files and stop")
    chosen = options.parse_args()
    folder = chosen.folder or tempfile.mkdtemp(prefix="readers-")
    os.makedirs(folder, exist_ok=True)
    if chosen.make_only:
        make(folder, chosen.megabytes)
        return
    # In a process of its own: a child's peak counts the memory of its parent at the time of the fork.
    subprocess.run([sys.executable, __file__, "--make-only", "--folder", folder, "--megabytes", str(chosen.megabytes)],
                   check=True)
    paths = file_paths(folder)
    plain = os.path.getsize(paths["jsonl"])
    sizes = {"jsonl": plain, "gz": plain, "zst": plain, "csv": os.path.getsize(paths["csv"]),
             "warc": os.path.getsize(paths["warc"]), "parquet": plain}
    rows = [("JSON lines", "jsonl", [("ours: lines", "lines"), ("ours: text key", "field"), ("ours: whole rows", "rows"),
                                     ("ours: passages", "corpus")], ["json", "orjson"]),
            ("JSON lines, gzip", "gz", [("ours: text key", "field"), ("ours: passages", "corpus")],
             ["gzip + json", "gzip + orjson"]),
            ("JSON lines, zstd", "zst", [("ours: text key", "field"), ("ours: passages", "corpus")],
             ["zstandard + orjson"]),
            ("CSV", "csv", [("ours: passages", "corpus")], ["csv"]),
            ("WARC of HTML", "warc", [("ours: passages", "corpus")], ["warcio", "warcio + resiliparse"]),
            ("parquet", "parquet", [("ours: passages (DuckDB as child)", "corpus")], ["pyarrow"])]
    print("| format | reader | MB/s | peak memory, MB |\n|---|---|---:|---:|")
    for name, kind, ours, theirs in rows:
        jobs = [(label, [chosen.program, mode, paths[kind]]) for label, mode in ours]
        jobs += [(f"Python: {label}", [sys.executable, "-c", f"n=0\nP={paths[kind]!r}\n{READERS[label]}"]) for label in theirs]
        for label, command in jobs:
            found = measure(command)
            numbers = f"{sizes[kind] / 1e6 / found[0]:.0f} | {found[1]:.0f}" if found else "– | –"
            print(f"| {name} | {label} | {numbers} |", flush=True)


if __name__ == "__main__":
    main()
