"""The quick way to tell canonical JSON accepts exactly what Python's parser and rfc8785 accept together."""

import json
from contextlib import suppress
from typing import Any

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from leery.log import canonical

_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) - 2, 2**53 + 2)
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.text(st.characters(min_codepoint=0xFFF0, max_codepoint=0x10010), max_size=3)
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=4) | st.sampled_from(["\ufb33", "\U0001f600", "a"]), inner, max_size=4)
    ),
    max_leaves=12,
)


def _plainly(data: bytes) -> tuple[Any, bool]:
    value = json.loads(data.decode())
    return value, rfc8785.dumps(value) == data


def _outcome(way: Any, data: bytes) -> str:
    """Type and value of what is canonical; otherwise only that it is not, or is no JSON."""
    try:
        value, is_canonical = way(data)
    except (ValueError, RecursionError):
        return "none"
    return f"canonical: {value!r}" if is_canonical else "other"


def _agrees(data: bytes) -> None:
    assert _outcome(canonical.read, data) == _outcome(_plainly, data)


@given(_VALUES, st.booleans(), st.booleans(), st.sampled_from([(",", ":"), (", ", ": ")]))
def test_however_a_value_is_written(value, ascii_only, ordered, separators):
    text = json.dumps(value, ensure_ascii=ascii_only, sort_keys=ordered, separators=separators)
    _agrees(text.encode())
    with suppress(ValueError):  # a lone surrogate, or a number that is too large
        _agrees(rfc8785.dumps(value))


@given(_VALUES.filter(lambda value: isinstance(value, dict)), st.data())
def test_a_byte_that_is_changed_put_in_or_taken_out(value, data):
    leaf = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    place = data.draw(st.integers(0, len(leaf) - 1))
    byte = data.draw(st.sampled_from(b'0123456789.eE+-,:"\\[]{} \nabnu\x00\x7f\x80\xed\xf0\xff'))
    _agrees(leaf[:place] + bytes([byte]) + leaf[place + 1 :])
    _agrees(leaf[:place] + bytes([byte]) + leaf[place:])
    _agrees(leaf[:place] + leaf[place + 1 :])


@given(st.binary(max_size=12))
@example(b'"\xed\xa0\x80"')
@example(b"\xef\xbb\xbf1")
@example(b"[" * 300 + b"]" * 300)
@example(b"[" * 1_100 + b"]" * 1_100)
@example(b"[" * 100_000)
def test_any_bytes(data):
    _agrees(data)


@pytest.mark.parametrize(
    ("text", "is_canonical"),
    [
        ('{"a":1,"b":[{"c":null}]}', True),
        ('{"b":1,"a":1}', False),
        ('{"a":1,"a":1}', False),
        ('{"a": 1}', False),
        ('{"a":1}\n', False),
        ("1.5", True),
        ("1.0", False),
        ("[[1.0]]", False),
        ('{"a":{"b":1.0}}', False),
        ("1e+21", True),
        ("1e21", False),
        ("1e+16", False),
        ("-0", False),
        ("-0.0", False),
        ("9007199254740991", True),
        ('{"":"\\u0010\\u001f\\b\\t\\n\\f\\r\\"\\\\/\x7f"}', True),
        ('"\\u000a"', False),
        ('"\\u001F"', False),
        ('"\\/"', False),
        ('"\\u00e9"', False),
        ('"é"', True),
        ('{"a":3,"\U0001f600":2,"\ufb33":1}', True),
        ('{"a":3,"\ufb33":1,"\U0001f600":2}', False),
    ],
)
def test_what_is_canonical(text, is_canonical):
    assert canonical.read(text.encode()) == (json.loads(text), is_canonical)


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "[Infinity]",
        '"\\ud800"',
        "9007199254740992",
        "-9007199254740992",
        "18446744073709551616",
        "1e400",
        "01",
        "",
    ],
)
def test_what_has_no_canonical_form(text):
    with pytest.raises(ValueError):  # noqa: PT011 - of several libraries
        canonical.read(text.encode())
