"""Data that is turned back into objects by running what it says.

``pickle`` and its kin, ``yaml.load`` with a full loader and ``torch.load`` of whole objects call whatever the data
names: reading a file or a message that someone else could write runs their code.

Left alone: safe loaders, ``weights_only=True``, copying by dumping and loading at once, and constant data. A file with
a constant name is reported with low confidence, since the program may have written it itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from leery_analyzers.checks.base import PYTHON, Check, Invalid, Problem
from leery_analyzers.fixes.arguments import append_argument, remove_item
from leery_analyzers.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from leery_analyzers.checks.code import Arguments, Code
    from leery_analyzers.model import Level

_PICKLES = frozenset(
    f"{module}.{name}"
    for module in ("pickle", "cPickle", "_pickle", "dill", "cloudpickle", "marshal", "joblib")
    for name in ("load", "loads", "Unpickler")
) | {
    "shelve.open",
    "jsonpickle.decode",
    "jsonpickle.loads",
    "dill.load_session",
    "sklearn.externals.joblib.load",
    "pandas.io.pickle.read_pickle",
    "pd.read_pickle",
    "pandas.read_pickle",
    "yaml.unsafe_load",
    "yaml.unsafe_load_all",
}
_YAML = frozenset({"yaml.load", "yaml.load_all", "yaml.full_load", "yaml.full_load_all"})
_RUAMEL = frozenset({"ruamel.yaml.YAML", "ruamel.yaml.main.YAML", "YAML"})
_KERAS = frozenset({".load_model"})
_FULL_LOADERS = frozenset(
    f"yaml.{name}" for name in ("Loader", "UnsafeLoader", "FullLoader", "CLoader", "CUnsafeLoader", "CFullLoader")
)
_OPTION = "With this option a file can run code while it is read, so whoever can write it can run code here."


class UnsafeDeserialization(Check):
    """Finds loaders that run what the data says."""

    summary = "Data turned into objects by running what it says"
    severity: ClassVar[Level] = "high"
    confidence: ClassVar[Level] = "medium"
    cwe = ("CWE-502",)
    owasp = ("A08:2025",)
    languages = PYTHON
    refutable = True
    calls = _PICKLES | _YAML | _RUAMEL | _KERAS | {"torch.load", "numpy.load", "np.load"}

    VALID = (
        "import yaml\n\nyaml.safe_load(größe)\nyaml.load(x, Loader=yaml.SafeLoader)\nyaml.load(x, yaml.CSafeLoader)\n",
        "import copy\nimport pickle\n\ntwin = pickle.loads(pickle.dumps(value))\n",
        "import json\n\njson.load(file)\n",
        "import torch\n\nmodel.load_state_dict(torch.load(path, weights_only=True))\n",
        "import numpy as np\n\nnp.load(path)\n",
        "from ruamel.yaml import YAML\n\nyaml = YAML()\nyaml.load(path)\n",
        "import yaml\n\n\nclass Ours(yaml.SafeLoader):\n    pass\n\n\nyaml.load(data, Loader=Ours)\n",
    )
    INVALID = (
        Invalid(
            code="import pickle\n\n\ndef größe(request):\n    return pickle.loads(request.data)\n",
            at="pickle.loads",
            message="`pickle.loads` runs what the data tells it to, so whoever can write this data can run code here.",
            fixed=("import json\nimport pickle\n\n\ndef größe(request):\n    return json.loads(request.data)\n",),
        ),
        Invalid(
            code="import yaml\n\nconfig = yaml.load(  # größe\n    stream,\n    Loader=yaml.FullLoader,\n)\n",
            at="«yaml.load»(",
            message="`yaml.load` without a safe loader builds any object the text names, so whoever can write this "
            "text can run code here.",
            fixed=("import yaml\n\nconfig = yaml.safe_load(  # größe\n    stream,\n)\n",),
        ),
        Invalid(
            code="from yaml import load, Loader\n\nconfig = load(stream, Loader)\n",
            at="= «load»(",
            message="`load` without a safe loader builds any object the text names, so whoever can write this text can "
            "run code here.",
            fixed=("from yaml import load, Loader\nfrom yaml import safe_load\n\nconfig = safe_load(stream)\n",),
        ),
        Invalid(
            code='from ruamel.yaml import YAML\n\ngröße = YAML(typ="unsafe")\n',
            at='typ="unsafe"',
            message=_OPTION,
            fixed=('from ruamel.yaml import YAML\n\ngröße = YAML(typ="safe")\n',),
        ),
        Invalid(
            code="from keras.models import load_model\n\nnet = load_model(path, safe_mode=False)\n",
            at="safe_mode=False",
            message=_OPTION,
            fixed=("from keras.models import load_model\n\nnet = load_model(path, safe_mode=True)\n",),
        ),
        Invalid(
            code="import torch\n\nmodel = torch.load(path, weights_only=False)\n",
            at="torch.load",
            message="`torch.load` of more than weights runs what the file tells it to, so whoever can write this file "
            "can run code here.",
            fixed=("import torch\n\nmodel = torch.load(path, weights_only=True)\n",),
        ),
        Invalid(
            code="import numpy as np\n\ndata = np.load(path, allow_pickle=True)\n",
            at="allow_pickle=True",
            message="With `allow_pickle` a file can run code while it is read, so whoever can write it can run code "
            "here.",
            fixed=("import numpy as np\n\ndata = np.load(path)\n",),
        ),
    )

    def match(self, code: Code, found: Mapping[str, Node]) -> Iterator[Problem]:
        """Problems at one match of the query."""
        call = found["call"]
        name = code.callee(call)
        function = call.child_by_field_name("function")
        if function is None:
            return
        arguments = code.arguments(call)
        if name in _PICKLES:
            yield from self._pickle(code, function, arguments)
        elif name in _YAML:
            yield from self._yaml(code, function, arguments)
        elif name == "torch.load":
            yield from self._torch(code, call, function, arguments)
        elif name in _RUAMEL or code.method(call) == "load_model":
            yield from self._option(code, name, arguments)
        elif name in {"numpy.load", "np.load"} and code.text(arguments.named.get("allow_pickle")) == "True":
            argument = arguments.nodes["allow_pickle"]
            message = (
                "With `allow_pickle` a file can run code while it is read, so whoever can write it can run code here."
            )
            fix = Fix("Do not unpickle", "review", (remove_item(code, argument),))
            yield Problem(argument, message, fixes=(fix,))

    def _option(self, code: Code, name: str, arguments: Arguments) -> Iterator[Problem]:
        """``YAML(typ="unsafe")`` and ``load_model(path, safe_mode=False)``."""
        option = "typ" if name in _RUAMEL else "safe_mode"
        value = arguments.named.get(option)
        unsafe = code.text(value).strip("\"'") == "unsafe" if option == "typ" else code.text(value) == "False"
        if value is not None and unsafe:
            new = '"safe"' if option == "typ" else "True"
            fix = Fix("Load safely", "safe" if option == "typ" else "review", (code.replace(value, new),))
            yield Problem(arguments.nodes[option], _OPTION, fixes=(fix,))

    def _pickle(self, code: Code, function: Node, arguments: Arguments) -> Iterator[Problem]:
        data = arguments.get(0, "file")
        if data is not None:
            inner = code.bare(data)
            if inner.type == "call" and code.method(inner) == "dumps":
                return
            if (
                "string" in inner.type
                and code.constant(inner)
                and not code.text(function).endswith(("open", "read_pickle", "load"))
            ):
                return
        own_file = data is not None and _is_own_file(code, data)
        fixes = tuple(_json(code, function))
        message = (
            f"`{code.text(function)}` runs what the data tells it to, so whoever can write this data can run code here."
        )
        yield Problem(function, message, fixes=fixes, confidence="low" if own_file else None)

    def _yaml(self, code: Code, function: Node, arguments: Arguments) -> Iterator[Problem]:
        loader = arguments.get(1, "Loader") if "full" not in code.name(function) else None
        data = arguments.get(0, "stream")
        if arguments.spread or (loader is not None and code.name(loader) not in _FULL_LOADERS):
            return
        if data is not None and "string" in code.bare(data).type and code.constant(data):
            return
        message = (
            f"`{code.text(function)}` without a safe loader builds any object the text names, so whoever can write "
            "this text can run code here."
        )
        yield Problem(function, message, fixes=(_safe_load(code, function, arguments),))

    def _torch(self, code: Code, call: Node, function: Node, arguments: Arguments) -> Iterator[Problem]:
        only = arguments.named.get("weights_only")
        if arguments.spread or (only is not None and code.text(only) != "False"):
            return
        when = "" if only is not None else "Before PyTorch 2.6, "
        message = (
            f"{when}`{code.text(function)}` of more than weights runs what the file tells it to, so whoever can write "
            "this file can run code here."
        )
        edit = code.replace(only, "True") if only is not None else append_argument(code, call, "weights_only=True")
        fixes = (Fix("Load weights only", "review", (edit,)),) if edit is not None else ()
        yield Problem(function, message, fixes=fixes, confidence="low" if only is None else None)


def _json(code: Code, function: Node) -> Iterator[Fix]:
    """JSON in the place of pickle; a start only, since the data has to be written so, too."""
    module, _, name = code.name(function).rpartition(".")
    if module in {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "marshal"} and name in {"load", "loads"}:
        yield Fix("Read JSON instead", "manual", (code.replace(function, f"json.{name}"),), ("import json",))


def _safe_load(code: Code, function: Node, arguments: Arguments) -> Fix:
    edits = []
    new = "safe_load_all" if code.name(function).endswith("_all") else "safe_load"
    loader = arguments.nodes.get("Loader") or arguments.get(1)
    last = function.child_by_field_name("attribute") or function
    edits.append(code.replace(last, new))
    if loader is not None:
        edits.append(remove_item(code, loader))
    imports = () if function.type == "attribute" else (f"from yaml import {new}",)
    return Fix("Use the safe loader", "safe", tuple(edits), imports)


def _is_own_file(code: Code, data: Node) -> bool:
    """Whether the data is a file opened in this unit under a constant name."""
    name = re.escape(code.text(data))
    opened = r"open\(\s*([rb]?[\"'][^\"'{}]*[\"']|[A-Z][A-Z0-9_]+)\s*[,)]"
    return (
        re.search(rf"{opened}[^\n]{{0,200}}?\bas\s+{name}\b|\b{name}\s*=\s*{opened}", code.source) is not None
        or re.match(opened, code.text(data)) is not None
    )
