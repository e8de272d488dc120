"""JavaScript's containers, numbers, generators and encodings: a value goes on, or its twin does."""

import importlib.util
from pathlib import Path

import pytest

pytestmark = pytest.mark.portable

_FOLDER = Path(__file__).parent


def _load(name):
    spec = importlib.util.spec_from_file_location(f"dataflow_{name}", _FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CODE, FLOWS = _load("javascript_paired_constructs"), _load("flows")


@pytest.mark.parametrize("reaches", [True, False])
@pytest.mark.parametrize("name", CODE.PAIRS)
def test_one_of_a_pair(name, reaches):
    before, inside = CODE.PAIRS[name][0 if reaches else 1]
    code = CODE.HEAD + before + CODE.HANDLER + inside + CODE.END
    found = [f for f in FLOWS.document(code, "shell-command-injection", "javascript") if f.confidence != "low"]
    assert bool(found) is reaches
