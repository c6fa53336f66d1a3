"""The sealer's bytes and hashes, against known answers and against the script that shares no line with them."""

import errno
import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal import chain
from script import verify_journal

texts = st.none() | st.text()


def test_lengths_go_before_the_texts() -> None:
    assert chain.packed(["12", "é", "", None]) == bytes.fromhex("00000002 3132 00000002 c3a9 00000000 ffffffff")


@given(st.lists(texts), st.lists(texts))
def test_two_lists_are_never_packed_alike(one: list[str | None], other: list[str | None]) -> None:
    assert (chain.packed(one) == chain.packed(other)) is (one == other)


def test_twin_texts_put_behind_one_another_are_alike() -> None:
    assert "".join(["ab", "c"]) == "".join(["a", "bc"])
    assert chain.packed(["ab", "c"]) != chain.packed(["a", "bc"])


@given(st.integers(1, 10**9), st.lists(texts, min_size=13, max_size=13))
def test_script_comes_to_the_same_leaf(seq: int, fields: list[str | None]) -> None:
    assert verify_journal.leaf_of(seq, ["entry", str(seq), *fields, "hash"]) == chain.leaf(seq, fields)


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70))
def test_script_comes_to_the_same_root(leaves: list[bytes]) -> None:
    tree = verify_journal.Tree()
    for leaf in leaves:
        tree.add(leaf)
    assert tree.root() == chain.root(leaves)


@given(st.lists(texts, min_size=7, max_size=7))
def test_script_comes_to_the_same_seal(told: list[str | None]) -> None:
    assert verify_journal.hash_of_seal(["seal", *told, "hash"]) == chain.seal(told)


def test_tree_is_that_of_rfc_6962() -> None:
    leaves = [sha256(b"\0" + bytes([n])).digest() for n in range(5)]

    def node(left: bytes, right: bytes) -> bytes:
        return sha256(b"\x01" + left + right).digest()

    four = node(node(leaves[0], leaves[1]), node(leaves[2], leaves[3]))
    assert chain.root(leaves) == node(four, leaves[4])
    assert chain.root(leaves[:3]) == node(node(leaves[0], leaves[1]), leaves[2])
    assert chain.root(leaves[:1]) == leaves[0]


def test_example_of_the_documentation() -> None:
    """docs/journal.md shows this one, so that whoever writes another verifier can begin with it."""
    fields = ["1", "745", "2026-11-21T22:23:07.5Z", "2001", "projectleider", "", "goedkeuren", "initiatives.initiative"]
    fields += ["7", "genomen", "Het past.", "3f1c", json.dumps({"sentence": "Goedgekeurd."})]
    leaf = chain.leaf(1, fields)
    head = chain.link(chain.ZERO, leaf)
    told = ["1", "1", "1", head.hex(), chain.root([leaf]).hex(), "2026-11-21T22:23:11.25Z", chain.ZERO.hex()]
    assert (leaf.hex(), head.hex(), chain.seal(told).hex()) == EXAMPLE


EXAMPLE = (
    "0faa276f08a3c0494ea4c051fd231a650e3ceac6d64d47a82ee35957f7a8fed5",
    "e363897e9a065bcbdf42be7af81cd2d389804cfeb81f936c6153234a6dd0a372",
    "138e0f36700efc392e4f6c5c6628b36d7334ef95b8230ac6a2d640dbdf48895d",
)


@pytest.mark.parametrize("arguments", [["/nergens"], ["/dev/null", "--anchor", "/nergens"]])
def test_script_names_what_it_cannot_read(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert verify_journal.main(arguments) == 1
    said = "NIET GECONTROLEERD. /nergens bestaat niet of is geen leesbaar bestand (fout 2).\n"
    assert capsys.readouterr().out == said


def test_script_names_the_export_when_reading_it_fails_halfway(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(verify_journal, "read_lines", fails)
    assert verify_journal.main(["/dev/null"]) == 1
    assert "/dev/null bestaat niet of is geen leesbaar bestand (fout 5)." in capsys.readouterr().out
