#!/usr/bin/env python3
"""Semantic dedup beside FAISS on one file of vectors, in one run: wall and processor seconds, memory, recall.

    PERSONA_BENCHMARKS=1 swift build -c release --product semantic-dedup-benchmark
    python3 -m venv .tools/faiss && .tools/faiss/bin/pip install faiss-cpu numpy
    .tools/faiss/bin/python Benchmarks/semantic-dedup/compare.py VECTORS.npy [--threshold 0.9] [--threads 2] [--nprobe 8,16]

Both get the same vectors and as many threads. FAISS trains an inverted file of flat vectors with about a thousand vectors to
a list, adds all, asks for all pairs above the threshold with `range_search`, and the greedy rule of this project (a row
goes for the first kept row before it) is applied to the pairs. Each runs in a process of its own. Recall is measured for
both in the same way: of kept rows drawn by chance, how many have a kept row before them above the threshold, by products in
double precision with all of them; recall = dropped / (dropped + missed). With VECTORS.npy.planted.npy beside the file, pairs
that were planted are looked at too: above the threshold, that at least one of both went; and that every row that went has
a representative above the threshold.
"""
import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run_faiss(path, threshold, threads, nprobe, out):
    import faiss
    import numpy as np
    faiss.omp_set_num_threads(threads)
    rows = np.load(path).astype(np.float32)
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
    lists = max(1, len(rows) // 1024)
    quantizer = faiss.IndexFlatIP(rows.shape[1])
    index = faiss.IndexIVFFlat(quantizer, rows.shape[1], lists, faiss.METRIC_INNER_PRODUCT)
    chance = np.random.default_rng(0)
    index.train(rows[chance.choice(len(rows), min(len(rows), 128 * lists), replace=False)])
    index.add(rows)
    index.nprobe = nprobe
    decisions = np.full(len(rows), -1, np.int32)
    for start in range(0, len(rows), 16384):
        limits, _, found = index.range_search(rows[start:start + 16384], threshold)
        for place in range(len(limits) - 1):
            row = start + place
            near = found[limits[place]:limits[place + 1]]
            near = np.sort(near[near < row])
            kept = near[decisions[near] < 0]
            if len(kept):
                decisions[row] = kept[0]
    wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_SELF)
    decisions.tofile(out)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"seconds {wall:.1f} cpu {cpu:.1f} megabytes {after.ru_maxrss // 1024}")


def judge(path, decisions, threshold, sampled=1000):
    import numpy as np
    rows = np.load(path, mmap_mode="r")
    dropped = np.flatnonzero(decisions >= 0)
    kept = np.flatnonzero(decisions < 0)
    if np.any(decisions[decisions[dropped]] >= 0):
        print("  a representative was dropped itself")
    wrong = 0
    for start in range(0, len(dropped), 20_000):
        some = dropped[start:start + 20_000]
        cosines = (rows[some].astype(np.float64) * rows[decisions[some]].astype(np.float64)).sum(1)
        wrong += int((cosines <= threshold - 1e-5).sum())
    chance = np.random.default_rng(1)
    sample = np.sort(chance.choice(kept, min(sampled, len(kept)), replace=False))
    queries, missed = rows[sample].astype(np.float32), np.zeros(len(sample), bool)
    for start in range(0, len(kept), 20_000):
        some = kept[start:start + 20_000]
        products = queries @ rows[some].astype(np.float32).T
        missed |= ((products > threshold) & (some[None, :] < sample[:, None])).any(1)
    misses = missed.mean() * len(kept)
    recall = len(dropped) / (len(dropped) + misses) if len(dropped) else 1
    line = f"kept {len(kept)} dropped {len(dropped)} wrongly {wrong} recall {recall:.4f}"
    planted = path + ".planted.npy"
    if os.path.exists(planted):
        pairs = np.load(planted)
        above = pairs[pairs[:, 2] > threshold * 100 + 0.5]
        gone = (decisions[above[:, 0]] >= 0) | (decisions[above[:, 1]] >= 0)
        below = pairs[pairs[:, 2] < threshold * 100 - 0.5]
        false = decisions[below[:, 0]] == below[:, 1]
        line += f" planted above found {gone.mean():.5f} of {len(above)} planted below taken for copies {false.sum()}"
    print(" ", line, flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("vectors")
    parser.add_argument("--threshold", type=float, default=0.9)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--nprobe", default="8,16")
    parser.add_argument("--engine", default=str(ROOT / ".build/release/semantic-dedup-benchmark"))
    parser.add_argument("--faiss", nargs=2, metavar=("NPROBE", "OUT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.faiss:
        return run_faiss(
            options.vectors, options.threshold, options.threads, int(options.faiss[0]), options.faiss[1])
    import numpy as np
    settings = ["--threshold", str(options.threshold), "--threads", str(options.threads)]
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/decisions"
        print("persona-hub", flush=True)
        subprocess.run([options.engine, "dedup", options.vectors, "--out", out, *settings], check=True)
        judge(options.vectors, np.fromfile(out, np.int32), options.threshold)
        for nprobe in filter(None, options.nprobe.split(",")):
            print(f"FAISS IVF, nprobe {nprobe}", flush=True)
            subprocess.run(
                [sys.executable, __file__, options.vectors, *settings, "--faiss", nprobe, out], check=True,
                # Threads of OpenMP that wait for each other otherwise burn processor time.
                env={**os.environ, "OMP_WAIT_POLICY": "passive"})
            judge(options.vectors, np.fromfile(out, np.int32), options.threshold)


if __name__ == "__main__":
    main()
