"""What jsonschema finds wrong, for JSONSchemasTests: one line of JSON out for each line in.

In: {"schema": …, "value": …}. Out: null where the schema is none, else [[JSON pointer, keyword], …] in no order.
"""
import json
import sys

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError


def pointer(path):
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def spelled(schema):
    """The schema with `false` written out, except under additionalProperties: of a false one jsonschema forgets the place."""
    if schema is False:
        return {"not": {}}
    if schema is True:
        return schema
    schema = dict(schema)
    for keyword in ("items", "additionalProperties"):
        if keyword in schema and (keyword, schema[keyword]) != ("additionalProperties", False):
            schema[keyword] = spelled(schema[keyword])
    if "properties" in schema:
        schema["properties"] = {name: spelled(part) for name, part in schema["properties"].items()}
    if "anyOf" in schema:
        schema["anyOf"] = [spelled(part) for part in schema["anyOf"]]
    return schema


for line in open(sys.argv[1], encoding="utf-8"):
    pair = json.loads(line)
    try:
        Draft202012Validator.check_schema(pair["schema"])
    except SchemaError:
        print("null")
        continue
    errors = Draft202012Validator(spelled(pair["schema"])).iter_errors(pair["value"])
    names = {"not": "false"}
    print(json.dumps([[pointer(error.absolute_path), names.get(error.validator, error.validator)] for error in errors]))
