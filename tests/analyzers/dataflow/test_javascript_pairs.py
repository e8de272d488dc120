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


@pytest.mark.parametrize("given", ["q", "'x'"])
def test_a_generator_of_more_than_is_kept_one_by_one(given):
    before = "function* parts(q) {\n" + "  yield 'a';\n" * 80 + f"  yield {given};\n}}\n"
    code = CODE.HEAD + before + CODE.HANDLER + "  const v = [...parts(q)].join(' ');\n" + CODE.END
    assert bool(FLOWS.document(code, "shell-command-injection", "javascript")) is (given == "q")
