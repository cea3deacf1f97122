#!/usr/bin/env python3
"""Writes worst cases for dedup and measures the command on them: CPU seconds and peak memory.

    python3 Benchmarks/dedup/worst-cases.py [--rows 1000000] [--program .build/release/persona-hub]
"""
import argparse
import json
import os
import pathlib
import random
import resource
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def rows_of(case, count):
    chance = random.Random(case)
    shared = " ".join(f"shared{n}" for n in range(16))
    for row in range(count):
        if case == "the same row a million times":
            yield shared
        elif case == "near-copies of one row":
            yield f"{shared} extra{row}" if row else shared
        elif case == "a template, 80% of the words shared":
            yield f"{shared} own{row} a{chance.randrange(count)} b{chance.randrange(count)} c{row}"
        elif case == "no words at all":
            yield "…!?"
        elif case == "all of one size, nothing shared":
            yield " ".join(f"w{chance.randrange(100_000)}" for _ in range(14))
        elif case == "one row of 100,000 words among short ones":
            yield " ".join(f"w{n}" for n in range(100_000)) if row == count // 2 else f"a persona called n{row} from p{row % 977}"


CASES = ["the same row a million times", "near-copies of one row", "a template, 80% of the words shared", "no words at all",
         "all of one size, nothing shared", "one row of 100,000 words among short ones"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--program", default=str(ROOT / ".build/release/persona-hub"))
    options = arguments.parse_args()
    print("| input | rows | kept | CPU seconds | peak MB |\n|---|---:|---:|---:|---:|")
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            with open(f"{folder}/in.jsonl", "w", encoding="utf-8") as file:
                for text in rows_of(case, options.rows):
                    file.write(json.dumps({"persona": text}, ensure_ascii=False) + "\n")
            process = subprocess.Popen(
                [options.program, "dedup", f"{folder}/in.jsonl", "-o", f"{folder}/out.jsonl", "--json", "--quiet"],
                stdout=subprocess.PIPE, text=True)
            output = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            if status:
                raise SystemExit(f"{case}: status {status}")
            print(f"| {case} | {options.rows:,} | {json.loads(output)['kept']:,} | {usage.ru_utime + usage.ru_stime:.2f} | "
                  f"{usage.ru_maxrss // 1024} |", flush=True)


if __name__ == "__main__":
    main()
