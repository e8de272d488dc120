import sys

try:
    import tomllib
except ModuleNotFoundError:
    import tomli as tomllib

try:
    import orjson as json
except ImportError:
    import json


def load(path):
    with open(path, "rb") as file:
        return tomllib.load(file)


def dump(value):
    sys.stdout.write(str(json.dumps(value)))
