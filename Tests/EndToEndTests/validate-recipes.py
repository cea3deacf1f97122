"""Says of each recipe whether an editor with our schema would accept it, as one object of JSON: "" or the mistake.

    validate-recipes.py SCHEMA FILE...
"""
import json
import sys

import yaml
from jsonschema import Draft202012Validator


def main(schema, *files):
    with open(schema, encoding="utf-8") as file:
        rules = json.load(file)
    Draft202012Validator.check_schema(rules)
    validator = Draft202012Validator(rules)
    found = {}
    for path in files:
        with open(path, encoding="utf-8") as file:
            mistake = next(validator.iter_errors(yaml.safe_load(file)), None)
        found[path] = "" if mistake is None else mistake.message[:200]
    return found


print(json.dumps(main(*sys.argv[1:])))
