import subprocess
import sys
import threading

import attrs
import pytest

from leery.lsp import lazy_types

_COMPARE = """
import inspect, re, sys
import attrs

def plain(value):
    return re.sub(" at 0x[0-9a-f]+", "", repr(value))

def told():
    from lsprotocol import types
    from lsprotocol.converters import get_converter
    converter = get_converter()
    assert converter.unstructure(types.Position(1, 2)) == {"line": 1, "character": 2}
    return {
        name: (
            [(f.name, f.alias, f.kw_only, *map(plain, (f.default, f.type, f.validator))) for f in attrs.fields(cls)],
            [(p.name, p.kind, repr(p.default)) for p in inspect.signature(cls).parameters.values()],
            cls.__doc__,
        )
        for name, cls in types.ALL_TYPES_MAP.items()
        if isinstance(cls, type) and attrs.has(cls)
    }

def forget():
    for name in [name for name in sys.modules if name.startswith("lsprotocol")]:
        del sys.modules[name]

eager = told()
forget()
from leery.lsp import lazy_types
import lsprotocol.types
noted = len(lazy_types._noted)
lazy = told()
assert list(eager) == list(lazy)
for name in eager:
    assert eager[name] == lazy[name], (name, eager[name], lazy[name])
print(noted > 500, len(eager) > 500, len(lazy_types._noted))
"""


def test_every_class_of_the_protocol_is_the_same_as_if_made_at_once():
    done = subprocess.run([sys.executable, "-I", "-c", _COMPARE], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("True True 0\n", "")


def _noted():
    @lazy_types._note
    class Base:
        one: int = attrs.field(validator=attrs.validators.instance_of(int))

    @lazy_types._note
    class Derived(Base):
        two: str = "größer"

    return Base, Derived


def test_a_class_is_made_with_its_first_instance_and_so_are_those_it_derives_from():
    base, derived = _noted()
    assert {base, derived} <= lazy_types._noted
    made = derived(1)
    assert (made.one, made.two) == (1, "größer")
    assert not {base, derived} & lazy_types._noted
    with pytest.raises(TypeError, match="must be <class 'int'>"):
        base("1")


def test_a_class_is_made_when_somebody_asks_for_its_fields():
    base, derived = _noted()
    assert [field.name for field in attrs.fields(derived)] == ["one", "two"]
    assert attrs.has(base)
    assert derived(1, two="2").two == "2"


def test_one_that_is_decorated_with_options_is_made_at_once():
    @lazy_types._note(frozen=True)
    class Point:
        x: int

    assert Point not in lazy_types._noted
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Point(1).x = 2


def test_threads_that_come_at_once_get_whole_classes():
    for _ in range(20):
        _, derived = _noted()
        found, gate = [], threading.Barrier(4)

        def use(derived=derived, found=found, gate=gate):
            gate.wait()
            found.append(derived(3).one)

        threads = [threading.Thread(target=use) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [3] * 4
