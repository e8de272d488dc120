"""The tree and its proofs against published vectors, and against another implementation of RFC 9162."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leery.log import merkle

# The test vectors of the certificate-transparency reference implementation (RFC 6962, whose tree RFC 9162 keeps).
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSIONS = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
CONSISTENCIES = {
    (1, 1): [],
    (1, 8): INCLUSIONS[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def nodes(leaves):
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves]

    def node(level, index):
        part = hashes[index << level : (index + 1) << level]
        assert len(part) == 1 << level, "asked for a node that is not complete"
        return merkle.reduce(part)

    return node


def grown(leaves):
    frontier = merkle.Frontier()
    for leaf in leaves:
        frontier.append(merkle.leaf_hash(leaf))
    return frontier


@pytest.mark.parametrize("size", range(9))
def test_roots(size):
    assert merkle.root(size, nodes(LEAVES)).hex() == ROOTS[size]
    assert grown(LEAVES[:size]).root().hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUSIONS)
def test_inclusion(index, size):
    proof = merkle.inclusion_proof(index, size, nodes(LEAVES))
    assert [step.hex() for step in proof] == INCLUSIONS[index, size]
    assert merkle.verify_inclusion(merkle.leaf_hash(LEAVES[index]), index, size, proof, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "new"), CONSISTENCIES)
def test_consistency(old, new):
    proof = merkle.consistency_proof(old, new, nodes(LEAVES))
    assert [step.hex() for step in proof] == CONSISTENCIES[old, new]
    assert merkle.verify_consistency(old, new, bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new]), proof)


def peer(leaves):
    from pymerkle import InmemoryTree  # noqa: PLC0415 - it is not there for every Python

    tree = InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        tree.append_entry(leaf)
    return tree


SIZES = [1, 2, 3, 5, 8, 31, 255, 256, 257, 511, 513, 700]


@pytest.mark.portable
@pytest.mark.parametrize("size", SIZES)
def test_equals_pymerkle(size):
    leaves = [f"entry {number}".encode() for number in range(size)]
    theirs, node = peer(leaves), nodes(leaves)
    assert merkle.root(size, node) == theirs.get_root() == grown(leaves).root()
    for index in {0, size // 3, size // 2, size - 1}:
        proof = merkle.inclusion_proof(index, size, node)
        # Their path begins with the leaf itself.
        assert proof == [bytes.fromhex(step) for step in theirs.prove_inclusion(index + 1).serialize()["path"][1:]]
    assert theirs.get_leaf(size) == merkle.leaf_hash(leaves[-1])


def test_what_frontier_gives_are_the_tiles():
    leaves = [str(number).encode() for number in range(70_000)]
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves]
    frontier = merkle.Frontier()
    tiles = {(level, number): row for hashed in hashes for level, number, row in frontier.append(hashed)}
    tiles |= {(level, number): row for level, number, row in frontier.rest()}
    assert [hashed for number in range(274) for hashed in tiles[0, number]] == hashes
    first = [merkle.reduce(hashes[start : start + 256]) for start in range(0, 273 * 256, 256)]
    assert tiles[1, 0] + tiles[1, 1] == first
    assert tiles[2, 0] == [merkle.reduce(first[:256])]
    assert sorted(tiles) == [*((0, number) for number in range(274)), (1, 0), (1, 1), (2, 0)]


@settings(max_examples=60)
@given(st.data())
def test_proofs_hold_and_nothing_else_does(data):
    leaves = [str(number).encode() for number in range(data.draw(st.integers(1, 90)))]
    size, node = len(leaves), nodes(leaves)
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, node)
    hashed, root = merkle.leaf_hash(leaves[index]), merkle.root(size, node)
    assert merkle.verify_inclusion(hashed, index, size, proof, root)
    assert not merkle.verify_inclusion(merkle.leaf_hash(b"other"), index, size, proof, root)
    assert not any(merkle.verify_inclusion(hashed, other, size, proof, root) for other in range(size) if other != index)
    assert not merkle.verify_inclusion(hashed, index, size, [*proof, root], root)
    for place in range(len(proof)):
        assert not merkle.verify_inclusion(hashed, index, size, proof[:place] + proof[place + 1 :], root)
    old = data.draw(st.integers(1, size))
    steps = merkle.consistency_proof(old, size, node)
    before = merkle.root(old, node)
    assert merkle.verify_consistency(old, size, before, root, steps)
    assert not merkle.verify_consistency(old, size, before[::-1], root, steps)
    assert not merkle.verify_consistency(old, size, before, root[::-1], steps)
    assert not merkle.verify_consistency(old, size, before, root, [*steps, root])


def test_sizes_in_turn_are_consistent():
    leaves = [str(number).encode() for number in range(40)]
    node = nodes(leaves)
    for old, new in pairwise(range(1, 41)):
        steps = merkle.consistency_proof(old, new, node)
        assert merkle.verify_consistency(old, new, grown(leaves[:old]).root(), grown(leaves[:new]).root(), steps)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_of_what_is_not_there(index, size):
    with pytest.raises(ValueError, match="no entry"):
        merkle.inclusion_proof(index, size, nodes(LEAVES))
    assert not merkle.verify_inclusion(merkle.leaf_hash(b""), index, size, [], bytes(32))


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (-1, 1)])
def test_there_is_no_way_from_nothing_and_none_back(old, new):
    with pytest.raises(ValueError, match="no proof"):
        merkle.consistency_proof(old, new, nodes(LEAVES))
    assert not merkle.verify_consistency(old, new, bytes(32), bytes(32), [])
