#!/usr/bin/env python3
"""Makes unit vectors that lie as real embeddings do, with planted pairs, as float16 in NumPy's format.

    python3 Benchmarks/semantic-dedup/make-vectors.py REAL.npy ROWS OUT.npy [--planted 0.12] [--seed 0]

REAL.npy holds embeddings of real personas (one row each). A new row is a mix of two real ones and of noise with their
covariance, which gives shares of similar pairs like theirs (printed). After that, `--planted` of all rows are replaced by
partners of earlier rows, at cosines 0.95, 0.91, 0.89, 0.81, 0.79 and 0.71 in turn: row x gets s·x + √(1-s²)·n, where n is
another real row made orthogonal to x. OUT.npy.planted.npy lists them: row, partner, and the cosine wanted, times 100.
"""
import argparse

import numpy as np

COSINES = [0.95, 0.91, 0.89, 0.81, 0.79, 0.71]


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("real")
    parser.add_argument("rows", type=int)
    parser.add_argument("out")
    parser.add_argument("--planted", type=float, default=0.12)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    chance = np.random.default_rng(options.seed)
    real = unit(np.load(options.real).astype(np.float32))
    dimension = real.shape[1]
    factor = np.linalg.cholesky(np.cov(real.T) + 1e-6 * np.eye(dimension)).astype(np.float32)
    rows = np.lib.format.open_memmap(options.out, "w+", np.float16, (options.rows, dimension))
    for start in range(0, options.rows, 50_000):
        count = min(50_000, options.rows - start)
        one, other = chance.integers(0, len(real), (2, count))
        noise = chance.standard_normal((count, dimension), dtype=np.float32) @ factor.T
        share = chance.uniform(0.1, 0.5, (count, 1)).astype(np.float32)
        rows[start:start + count] = unit(real[one] * (1 - share) + real[other] * share + 0.45 * noise)
    planted = int(options.rows * options.planted)
    late = chance.choice(np.arange(options.rows // 2, options.rows), planted, replace=False)
    early = chance.choice(options.rows // 2, planted, replace=False)
    wanted = np.resize(np.array(COSINES, dtype=np.float32), planted)
    for start in range(0, planted, 50_000):
        part = slice(start, start + 50_000)
        base = unit(rows[early[part]].astype(np.float32))
        aside = real[chance.integers(0, len(real), len(base))]
        aside = unit(aside - (aside * base).sum(1, keepdims=True) * base)
        cosine = wanted[part, None]
        rows[late[part]] = cosine * base + np.sqrt(1 - cosine**2) * aside
    rows.flush()
    np.save(options.out + ".planted.npy", np.stack([late, early, np.rint(wanted * 100).astype(np.int64)], 1))
    for name, some in [("real", real), ("made", rows[chance.choice(options.rows, min(options.rows, 20_000), False)])]:
        some = unit(np.asarray(some, dtype=np.float32))
        counts, total = np.zeros(4), 0
        for start in range(0, len(some), 2000):
            products = some[start:start + 2000] @ some.T
            counts += [(np.abs(products - at) <= 0.01).sum() for at in (0.4, 0.6, 0.8)] + [(products > 0.9).sum()]
            total += products.size
        counts[3] -= len(some)
        print(name, "share of pairs at 0.4, 0.6, 0.8 (± 0.01), above 0.9:", *(f"{c / total:.1e}" for c in counts))


if __name__ == "__main__":
    main()
