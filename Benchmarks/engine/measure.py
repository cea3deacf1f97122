#!/usr/bin/env python3
"""Measures what a model call costs here beside a bare aiohttp loop and OpenAI's client, in the same run.

    python3 Benchmarks/engine/measure.py --program .build/release/persona-hub \\
        [--engine .build/release/engine-benchmark] [--whole] [--calls 20000] [--concurrency 256] [--rounds 3] \\
        [--command 'NAME=program --to {url} --calls {calls} ...'] [--json figures.json]

A server that answers at once (`persona-hub serve-model --instant`), and again after 50 ms, is a process of its own; so is
every client. Counted is the client's own processor time, user and system, and the peak of its resident memory, as the
system says when it ends. Clients take turns, `--rounds` times (OpenAI's client, which takes minutes, `--slow-rounds`
times); the best round counts, since a shared machine only ever makes a round dearer. Of the Python clients the time for
imports is taken off; of ours nothing.

Prints a Markdown table; `--json` writes every round. A client that made another number of calls than asked for, as the
server counts them, or that ended with an error, is reported and has no figures.

Commands may use {url} {calls} {concurrency} {directory}: a fresh folder for every round, removed afterwards, which holds
`hub/`, a hub of as many personas as calls, where `--whole` is given or the command names {directory}/hub.
"""

import argparse
import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGES = ["aiohttp==3.*", "openai==2.*"]
WHOLE = ("{program} synthesize --recipe math --count {calls} -o {directory}/out.jsonl --hub {directory}/hub"
         " --concurrency {concurrency} --quiet")
ENGINE = "{engine} --url {url} --calls {calls} --concurrency {concurrency} --directory {directory}"


def python_with_peers(folder):
    """A Python that has the peers' packages, in a folder that is made once."""
    python = os.path.join(folder, "bin", "python")
    if subprocess.run([python, "-c", "import aiohttp, openai"], capture_output=True).returncode != 0 \
            if os.path.exists(python) else True:
        print(f"installing {' '.join(PACKAGES)} into {folder}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES], check=True)
    return python


class Server:
    """`serve-model` as a process of its own, for the time of a `with`."""

    def __init__(self, program, delay):
        self.command = [program, "serve-model", "--instant", "--port", "0", "--delay", delay, "--quiet"]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise SystemExit(f"no server: {shlex.join(self.command)} printed no address")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def calls(self):
        with urllib.request.urlopen(self.url.removesuffix("/v1") + "/health") as answer:
            return json.load(answer)["calls"]

    def processor_seconds(self):
        """Of the server so far; 0 where the system has no /proc."""
        try:
            with open(f"/proc/{self.process.pid}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
        except OSError:
            return 0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run_client(command, folder, url):
    """Runs one client to its end: exit code, stdout, processor seconds, peak MB, wall seconds."""
    environment = dict(os.environ, OPENAI_BASE_URL=url, OPENAI_API_KEY="none")
    with tempfile.TemporaryFile("w+") as output:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=output, cwd=folder, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read()
    # Kilobytes on Linux, bytes on macOS.
    unit = 1e6 if platform.system() == "Darwin" else 1e3
    return process.returncode, text, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, wall


def measure(client, server, calls, concurrency, hub):
    """One round of one client; figures, or the reason why there are none."""
    folder = tempfile.mkdtemp(prefix="engine-round-")
    try:
        if hub and client["needsHub"]:
            shutil.copytree(hub, os.path.join(folder, "hub"))
        values = {"url": server.url, "calls": str(calls), "concurrency": str(concurrency), "directory": folder}
        command = [part.format(**values) for part in client["command"]]
        asked, busy = server.calls(), server.processor_seconds()
        code, text, cpu, peak, wall = run_client(command, folder, server.url)
        asked, busy = server.calls() - asked, server.processor_seconds() - busy
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if code != 0:
        return {"failure": f"ended with {code}"}
    if asked != calls:
        return {"failure": f"made {asked} calls instead of {calls}"}
    if client["isPeer"]:
        said = json.loads(text)
        if said["answered"] != calls:
            return {"failure": f"got {said['answered']} answers instead of {calls}"}
        cpu -= said["cpuBefore"]
        wall -= said["wallBefore"]
    return {"cpuMilliseconds": cpu * 1000 / calls, "peakMB": peak, "callsPerSecond": calls / wall, "wallSeconds": wall,
            "serverMilliseconds": busy * 1000 / calls}


def make_hub(program, calls, folder):
    """A hub of as many personas as calls."""
    rows = os.path.join(folder, "personas.jsonl")
    with open(rows, "w") as file:
        for number in range(calls):
            file.write(json.dumps({"persona": f"A lock keeper at weir {number} who writes down every ship that passes and "
                                   f"keeps {number % 97 + 2} hives of bees behind the house"}) + "\n")
    hub = os.path.join(folder, "hub")
    subprocess.run([program, "hub", "import", rows, "--hub", hub, "--quiet"], check=True)
    return hub


def milliseconds(delay):
    units = {"ms": 1, "s": 1000}
    for unit, factor in units.items():
        if delay.endswith(unit) and delay.removesuffix(unit).replace(".", "", 1).isdigit():
            return float(delay.removesuffix(unit)) * factor
    return 0.0


def print_table(rows, delays, concurrency):
    print("| client | delay | CPU ms per call | of bare aiohttp | peak memory, MB | calls/s | of what the server could answer |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for delay in delays:
        bare = next((row["best"] for row in rows if row["delay"] == delay and row["client"] == "aiohttp, bare"), None)
        for row in rows:
            if row["delay"] != delay:
                continue
            name, best = row["client"], row["best"]
            if best is None:
                print(f"| {name} | {delay} | {row['rounds'][-1]['failure']} | | | | |")
                continue
            share = f"{best['cpuMilliseconds'] / bare['cpuMilliseconds']:.2f}" if bare else "–"
            most = concurrency * 1000 / milliseconds(delay) if milliseconds(delay) else None
            kept = f"{best['callsPerSecond'] / most:.0%}" if most else "–"
            print(f"| {name} | {delay} | {best['cpuMilliseconds']:.3f} | {share} | {best['peakMB']:.0f} | "
                  f"{best['callsPerSecond']:.0f} | {kept} |", flush=True)
    served = [row["best"]["serverMilliseconds"] for row in rows if row["best"]]
    if served:
        print(f"\nThe server itself took {min(served):.3f} to {max(served):.3f} ms of processor time per call.")


def arguments():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--program", default=".build/release/persona-hub", help="has `serve-model`")
    options.add_argument("--engine", help="our engine alone: takes --url --calls --concurrency --directory")
    options.add_argument("--whole", action="store_true", help="measure `synthesize` as well")
    options.add_argument("--command", action="append", default=[], metavar="NAME=COMMAND", help="one more client")
    options.add_argument("--calls", type=int, default=20_000)
    options.add_argument("--concurrency", type=int, default=256)
    options.add_argument("--delays", nargs="+", default=["0", "50ms"], help="of the server's answers")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--slow-rounds", type=int, default=1, help="of OpenAI's client")
    options.add_argument("--no-peers", action="store_true", help="leave the Python clients out")
    options.add_argument("--peers-folder", default=".tools/engine-peers", help="where the Python clients are installed")
    options.add_argument("--json", metavar="FILE", help="write every round")
    return options.parse_args()


def clients(chosen, program):
    found = []

    def add(name, command, is_peer=False):
        rounds = min(chosen.rounds, chosen.slow_rounds) if "openai" in command else chosen.rounds
        found.append({"name": name, "command": command, "isPeer": is_peer, "rounds": rounds,
                      "needsHub": any("{directory}/hub" in part for part in command)})

    if not chosen.no_peers:
        python = python_with_peers(os.path.abspath(chosen.peers_folder))
        for name, kind in [("aiohttp, bare", "aiohttp"), ("OpenAI's async client", "openai")]:
            add(name, [python, os.path.join(HERE, "peers.py"), kind, "{url}", "{calls}", "{concurrency}"], is_peer=True)
    if chosen.engine:
        # Replaced here and not with the rest: the path may hold braces, and must not depend on the folder of a round.
        add("persona-hub, engine alone", [part.replace("{engine}", os.path.abspath(chosen.engine))
                                          for part in ENGINE.split()])
    if chosen.whole:
        add("persona-hub, synthesize whole", [part.replace("{program}", program) for part in WHOLE.split()])
    for text in chosen.command:
        name, _, command = text.partition("=")
        add(name, shlex.split(command))
    return found


def main():
    chosen = arguments()
    program = os.path.abspath(chosen.program)
    measured = clients(chosen, program)
    work = tempfile.mkdtemp(prefix="engine-benchmark-")
    try:
        hub = make_hub(program, chosen.calls, work) if any(client["needsHub"] for client in measured) else None
        rows = []
        for delay in chosen.delays:
            rounds = {client["name"]: [] for client in measured}
            with Server(program, delay) as server:
                for turn in range(chosen.rounds):
                    for client in measured:
                        if turn >= client["rounds"]:
                            continue
                        found = measure(client, server, chosen.calls, chosen.concurrency, hub)
                        rounds[client["name"]].append(found)
                        print(f"{client['name']}, delay {delay}: {json.dumps(found)}", file=sys.stderr)
            for name, found in rounds.items():
                good = [figures for figures in found if "failure" not in figures]
                best = min(good, key=lambda figures: figures["cpuMilliseconds"]) if good else None
                rows.append({"client": name, "delay": delay, "best": best, "rounds": found})
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print_table(rows, chosen.delays, chosen.concurrency)
    if chosen.json:
        with open(chosen.json, "w") as file:
            json.dump({"calls": chosen.calls, "concurrency": chosen.concurrency, "cores": os.cpu_count(),
                       "system": platform.platform(), "python": platform.python_version(), "rows": rows}, file, indent=2)


if __name__ == "__main__":
    main()
