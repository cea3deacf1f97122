"""Loads exported files as their users do, and says what it found as one line of JSON.

    load-dataset.py folder PATH           a data set by its card, with Hugging Face datasets
    load-dataset.py file FORMAT PATH      one file: json or parquet
    load-dataset.py template PATH         each row's messages, rendered by a chat template (ChatML)
    load-dataset.py parquet PATH          columns and rows, with pyarrow
"""
import json
import os
import sys
import tempfile

CHATML = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def described(dataset):
    return {"rows": dataset.num_rows, "columns": dataset.column_names, "features": str(dataset.features), "first": dataset[0]}


def main(what, *arguments):
    if what == "parquet":
        import pyarrow.parquet

        table = pyarrow.parquet.read_table(arguments[0])
        return {"rows": table.num_rows, "columns": table.column_names, "first": table.slice(0, 1).to_pylist()[0]}
    import datasets

    if what == "folder":
        return {name: described(part) for name, part in datasets.load_dataset(arguments[0]).items()}
    if what == "file":
        return described(datasets.load_dataset(arguments[0], data_files=arguments[1], split="train"))
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    words = Tokenizer(models.WordLevel({"<unk>": 0, "<|im_end|>": 1}, unk_token="<unk>"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=words, unk_token="<unk>")
    tokenizer.chat_template = CHATML
    rows = datasets.load_dataset("json", data_files=arguments[0], split="train")
    texts = [tokenizer.apply_chat_template(row["messages"], tokenize=False) for row in rows]
    tokens = sum(len(tokenizer(text)["input_ids"]) for text in texts)
    return {"rows": len(texts), "tokens": tokens, "first": texts[0]}


with tempfile.TemporaryDirectory() as cache:
    # Before the libraries are imported: they read their settings then.
    os.environ.update(HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1", HF_HOME=cache, HF_DATASETS_CACHE=cache)
    print(json.dumps(main(*sys.argv[1:])))
