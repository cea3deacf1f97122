#!/usr/bin/env python3
"""Kills a spilling dedup at moments spread over its run and checks that the resumed result is that of an undisturbed run.

    python3 Benchmarks/dedup/make-personas.py 5000000 /tmp/p5m.jsonl
    python3 Benchmarks/dedup/kill-test.py /tmp/p5m.jsonl --kills 20 --memory 512MB

After each kill -9 the output must be absent or whole; then the same command runs to its end, and all three files must equal
those of the undisturbed run, byte for byte.
"""
import argparse
import filecmp
import os
import pathlib
import random
import shutil
import signal
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SUFFIXES = ["", ".dropped.jsonl"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file")
    arguments.add_argument("--program", default=str(ROOT / ".build/release/persona-hub"))
    arguments.add_argument("--kills", type=int, default=20)
    arguments.add_argument("--memory", default="512MB")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--folder", help="for the outputs [default: a temporary one]")
    options = arguments.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        def command(name):
            return [options.program, "dedup", options.file, "-o", f"{folder}/{name}", "--memory", options.memory, "--quiet"]
        start = time.monotonic()
        subprocess.run(command("whole"), check=True)
        length = time.monotonic() - start
        print(f"undisturbed: {length:.1f} s", flush=True)
        for number in range(options.kills):
            # One kill in each stretch of the run. A run may end before its moment, on a machine whose other work comes and
            # goes: then its own length counts from there on, and it is made again until the kill lands.
            share = (number + chance.random()) / options.kills
            while True:
                moment = share * length
                start = time.monotonic()
                for suffix in SUFFIXES:
                    pathlib.Path(f"{folder}/cut{suffix}").unlink(missing_ok=True)
                shutil.rmtree(f"{folder}/cut.dedup-work", ignore_errors=True)
                process = subprocess.Popen(command("cut"))
                try:
                    process.wait(timeout=moment)
                    length = 0.97 * (time.monotonic() - start)
                except subprocess.TimeoutExpired:
                    os.kill(process.pid, signal.SIGKILL)
                    if process.wait() == -signal.SIGKILL:
                        break
            work = pathlib.Path(f"{folder}/cut.dedup-work")
            blocks = len(list(work.glob("drops-*[0-9]"))) if work.exists() else 0
            phase = f"{blocks} blocks finished, state {'there' if (work / 'state.json').exists() else 'not there'}"
            if os.path.exists(f"{folder}/cut") and not filecmp.cmp(f"{folder}/cut", f"{folder}/whole", shallow=False):
                raise SystemExit(f"kill {number + 1} left half an output")
            start = time.monotonic()
            subprocess.run(command("cut"), check=True)
            for suffix in SUFFIXES:
                if not filecmp.cmp(f"{folder}/cut{suffix}", f"{folder}/whole{suffix}", shallow=False):
                    raise SystemExit(f"kill {number + 1} at {moment:.1f} s: cut{suffix} differs")
            print(f"kill {number + 1} at {moment:.1f} s ({phase}): equal after {time.monotonic() - start:.1f} s more", flush=True)
        print(f"{options.kills} runs killed: all equal")


if __name__ == "__main__":
    main()
