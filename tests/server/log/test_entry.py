"""The final bytes of entries: golden examples, the escape rule, commitments, limits."""

import hashlib
import hmac
import json
import string
import uuid
from dataclasses import fields, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from leery.log.body import (
    BODIES,
    ENTRY_TYPES,
    PRIVATE_FIELDS,
    Erasure,
    FindingClosed,
    FindingOpened,
    FixApplied,
    Gap,
    HintUnmatched,
    Insertion,
    Key,
    Lapse,
    LoggedOrigin,
    Review,
    Suppression,
)
from leery.log.entry import (
    KEPT_BYTES,
    LEAF_BYTES,
    SALT_BYTES,
    Entry,
    body_of,
    commitment,
    escape,
    format_time,
    new_id,
    parse_leaf,
    seal,
    unescape,
)

GOLDEN = Path(__file__).with_name("golden.jsonl")
ID = "019a9bcd-0000-7000-8000-000000000001"
RUN = "019a9bcd-0000-7000-8000-0000000000ff"
TIME = "2026-11-21T08:30:00.123456Z"
ORIGIN = LoggedOrigin(
    kind="agent", evidence="reported", assistant="claude-code", model="m-1", session="s-1", prompt="p-1"
)
BLOCK = "019a9bcd-0000-7000-8000-00000000000b"
SAMPLES = (
    Insertion(
        file="src/größe.py",
        block=BLOCK,
        origin=ORIGIN,
        language="python",
        ranges=((0, 12), (20, 24)),
        lines=((1, 2), (4, 4)),
        length=16,
        revision="0123456789abcdef0123456789abcdef01234567",
        code="x = eval(y)\nz = 1\n",
        prompt="write it",
    ),
    HintUnmatched(file="a.py", origin=ORIGIN, why="no-change", text_hash="00" * 32),
    FindingOpened(
        fingerprint="f1",
        rule="eval-of-input",
        cwe=("CWE-95",),
        engines=("bandit", "checks"),
        severity="high",
        confidence="medium",
        file="src/größe.py",
        line=1,
        end_line=1,
        block=BLOCK,
        path_blocks=("b2",),
        versions={"checks": "1", "bandit": "1.9.4"},
        message="eval of y",
    ),
    FindingClosed(fingerprint="f1", rule="eval-of-input", how="fixed", file="src/größe.py", block=BLOCK),
    FixApplied(fingerprint="f1", rule="eval-of-input", applicability="safe", file="a.py", title="Use ast.literal_eval"),
    Suppression(
        fingerprint="f2",
        rule="B101",
        file="a.py",
        expires="2027-01-31",
        reason="test",
        by="A <a@b.c>",
        content="digest-0",
    ),
    Review(file="a.py", block=BLOCK, decision="approved", note="fine", by="A <a@b.c>", content="digest-1"),
    Lapse(subject=ID, of="review", why="rewritten", file="a.py", block=BLOCK),
    Gap(what="client-off", since=TIME, until=TIME, count=3),
    Key(action="created", algorithm="ed25519", name="leery+0a1b2c3d", public="AAAA"),
    Erasure(selector="session", entries=((0, 0), (7, 9)), count=4, by="A <a@b.c>", reason="asked for"),
)


def sealed(body, **more):
    return seal(Entry(ID, RUN, TIME, body), salt=lambda: b"\x07" * 32, **more)


def leaf_of(body):
    return parse_leaf(sealed(body).leaf)


def public(body):
    return replace(body, **dict.fromkeys((key for key, _, _ in PRIVATE_FIELDS[body.type]), None))


def test_there_is_a_sample_and_a_class_of_every_type():
    assert {type(body).type for body in SAMPLES} == set(ENTRY_TYPES) == set(BODIES)


def test_final_bytes_do_not_change():
    lines = GOLDEN.read_bytes().splitlines()
    assert [sealed(body).leaf for body in SAMPLES] == lines


@pytest.mark.parametrize("body", SAMPLES, ids=lambda body: body.type)
def test_bytes_are_what_an_independent_canonicaliser_gives(body):
    leaf = sealed(body).leaf
    again = json.dumps(json.loads(leaf), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert leaf == again  # equal to RFC 8785 for these: member names are ASCII, numbers are small integers


@pytest.mark.parametrize("body", SAMPLES, ids=lambda body: body.type)
def test_a_leaf_holds_no_private_text(body):
    result = sealed(body, keep_prompts=True)
    for key, name, _ in PRIVATE_FIELDS[body.type]:
        text = getattr(body, key)
        if text is not None:
            assert json.dumps(text)[1:-1].encode() not in result.leaf
            assert (
                json.loads(result.leaf)["commitments"][name]
                == hmac.new(b"\x07" * 32, text.encode(), "sha256").hexdigest()
            )


@given(st.binary(min_size=SALT_BYTES, max_size=SALT_BYTES), st.binary(max_size=200))
def test_a_commitment_is_an_hmac(salt, data):
    assert commitment(salt, data) == hmac.new(salt, data, "sha256").hexdigest()


def test_a_digest_of_code_is_private_too():
    leaf = sealed(Review(file="a", block="b", decision="approved", content=hashlib.sha256(b"x").hexdigest())).leaf
    assert hashlib.sha256(b"x").hexdigest().encode() not in leaf


def test_every_salt_is_drawn_anew():
    result = seal(Entry(ID, RUN, TIME, SAMPLES[0]), keep_prompts=True)
    assert len({text.salt for text in result.texts}) == 2
    assert all(len(text.salt) == 32 for text in result.texts)


def test_prompts_are_committed_to_but_not_kept_unless_asked():
    def kept(result):
        return {text.name: text.data for text in result.texts}

    assert kept(sealed(SAMPLES[0])) == {"code": b"x = eval(y)\nz = 1\n", "prompt": None}
    assert kept(sealed(SAMPLES[0], keep_prompts=True))["prompt"] == b"write it"


def test_a_huge_text_is_committed_to_but_not_kept():
    code = "é" * (KEPT_BYTES // 2 + 1)
    (text,) = sealed(replace(SAMPLES[0], code=code, prompt=None)).texts
    assert text.data is None
    assert leaf_of(replace(SAMPLES[0], code=code))["commitments"]["code"] == commitment(b"\x07" * 32, code.encode())


def test_secrets_are_taken_out_before_the_commitment():
    body = replace(SAMPLES[0], code='password = "hunter2hunter2"\n', prompt=None)
    result = sealed(body)
    assert result.texts[0].data == b'password = "[redacted:literal]"\n'
    assert json.loads(result.leaf)["redacted"] == 1
    assert json.loads(result.leaf)["commitments"]["code"] == commitment(b"\x07" * 32, result.texts[0].data)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain ☃ \U0001f600", "plain ☃ \U0001f600"),
        ("a\udc80b", "a\x10dc80b"),
        ("\x10", "\x10\x10"),
        ("\x10dc80", "\x10\x10dc80"),
        ("\ud83d\ude00", "\x10d83d\x10de00"),
        ("\x10#5", "\x10\x10#5"),
    ],
)
def test_escape_rule(text, escaped):
    assert escape(text) == escaped
    assert unescape(escaped) == text


def test_a_surrogate_in_private_text_is_hashed_as_three_bytes():
    result = sealed(replace(SAMPLES[0], code="\udc80", prompt=None))
    assert result.texts[0].data == b"\xed\xb2\x80"


def test_a_large_integer_survives():
    body = Gap(what="client-off", count=2**63)
    assert json.loads(sealed(body).leaf)["count"] == "\x10#9223372036854775808"
    assert body_of(leaf_of(body), {}) == body
    assert json.loads(sealed(replace(body, count=2**53 - 1)).leaf)["count"] == 2**53 - 1


def test_floats_are_refused():
    with pytest.raises(TypeError, match="float"):
        sealed(Gap(what="client-off", count=0.5))


ANY_TEXT = st.text(st.characters(codec=None), max_size=40) | st.text('\x10#dc80\udc80\ud83d\\"\x00', max_size=12)
OPTIONAL = st.none() | ANY_TEXT
INTEGERS = st.integers(-(2**70), 2**70)
PAIRS = st.lists(st.tuples(INTEGERS, INTEGERS), max_size=5).map(tuple)
ORIGINS = st.builds(
    LoggedOrigin,
    kind=ANY_TEXT,
    evidence=ANY_TEXT,
    assistant=OPTIONAL,
    model=OPTIONAL,
    session=OPTIONAL,
    prompt=OPTIONAL,
)
TEXTS = st.lists(ANY_TEXT, max_size=4).map(tuple)
BY_NAME = {
    "origin": ORIGINS,
    "ranges": PAIRS,
    "lines": PAIRS,
    "versions": st.dictionaries(ANY_TEXT, ANY_TEXT, max_size=4),
    "entries": PAIRS,
}
BY_TYPE = {"str": ANY_TEXT, "int": INTEGERS, "tuple[str, ...]": TEXTS, "int | None": st.none() | INTEGERS}


def bodies(kind):
    def strategy(item):
        if item.metadata.get("private") or item.type == "str | None":
            return OPTIONAL
        return BY_NAME.get(item.name, BY_TYPE.get(item.type, ANY_TEXT))

    return st.builds(kind, **{item.name: strategy(item) for item in fields(kind)})


@given(st.one_of(*(bodies(kind) for kind in BODIES.values())))
def test_any_body_comes_back_from_its_bytes(body):
    result = seal(Entry(ID, RUN, TIME, body), keep_prompts=True)
    assert rfc8785.dumps(json.loads(result.leaf)) == result.leaf
    leaf = parse_leaf(result.leaf)
    assert leaf["clipped"] is False
    assert body_of(leaf, {}) == public(body)
    texts = {text.name: text.data.decode("utf-8", "surrogatepass") for text in result.texts}
    if leaf["redacted"] == 0:
        assert body_of(leaf, texts) == body
    for text in result.texts:
        assert leaf["commitments"][text.name] == commitment(text.salt, text.data)


@pytest.mark.parametrize("char", ["\x00", "x", "é", "\udc80", "\U0001f600"])
@pytest.mark.parametrize(("length", "items"), [(70_000, 0), (3_000, 40), (200, 280), (40, 260), (0, 300)])
def test_a_leaf_fits_its_limit(char, length, items):
    long = char * length
    body = FindingOpened(
        fingerprint=long,
        rule=long,
        cwe=(long,) * (items % 300),
        severity=long,
        confidence=long,
        file=long,
        line=1,
        path_blocks=(long[:3000],) * (items % 290),
        versions={str(number): long[:50] for number in range(items)},
    )
    leaf = sealed(body).leaf
    assert len(leaf) <= LEAF_BYTES
    assert parse_leaf(leaf)["clipped"] is (body_of(parse_leaf(leaf), {}) != body)


def test_what_is_clipped_says_so():
    leaf = leaf_of(Gap(what="client-off", detail="d" * 5_000))
    assert leaf["detail"] == "d" * 2_047 + "…"
    assert leaf["clipped"] is True


def test_entries_of_later_versions_parse():
    leaf = parse_leaf('{"id":"i","time":"t","type":"dream","v":9,"more":["\\u0010dc80"]}')
    assert leaf["more"] == ["\udc80"]
    assert body_of(leaf, {}) is None
    value = {**leaf_of(SAMPLES[8]), "added": 1}
    assert body_of(value, {}) == SAMPLES[8]


@pytest.mark.parametrize("text", ["", "[]", "1", '{"id":1,"time":"t","type":"t"}', '{"id":"i"}', "{"])
def test_other_json_is_no_leaf(text):
    with pytest.raises(ValueError, match=r"."):
        parse_leaf(text)


def test_ids_are_version_7_and_sort_in_the_order_they_are_made():
    ids = [new_id() for _ in range(5_000)]
    assert ids == sorted(set(ids))
    assert all(uuid.UUID(item).version == 7 and uuid.UUID(item).variant == uuid.RFC_4122 for item in ids)
    milliseconds = uuid.UUID(ids[-1]).int >> 80
    assert abs(milliseconds / 1000 - datetime.now(timezone.utc).timestamp()) < 60


def test_ids_go_on_when_the_clock_goes_back(monkeypatch):
    before = new_id()
    monkeypatch.setattr("leery.log.entry.time.time_ns", lambda: 1_000_000_000)
    assert before < new_id() < new_id()


def test_time_is_utc_with_microseconds():
    zone = timezone(timedelta(hours=2))
    assert format_time(datetime(2026, 11, 21, 10, 30, tzinfo=zone)) == "2026-11-21T08:30:00.000000Z"


def test_leaf_members_are_named_like_json():
    names = set(leaf_of(SAMPLES[2]))
    assert {"endLine", "pathBlocks"} <= names
    assert all(set(name) <= set(string.ascii_letters) for name in names)
