"""A sealed journal in memory, as an export has it, and ways to tamper with it.

Made with `journal/chain.py`, as the sealer does. A way of tampering changes the lines and answers with the entries that
may be named as the first wrong one; what it does not touch stays as it was.
"""

import json
from dataclasses import dataclass
from random import Random
from typing import Any

from journal import chain

SEQ, ID, AT, REASON, ORIGIN, DATA, HASH = 1, 2, 4, 12, 13, 14, 15

Line = list[Any]


@dataclass
class Book:
    """The lines of an export, and the anchors that are kept elsewhere: number of a seal, last entry, hash."""

    lines: list[Line]
    anchors: dict[int, tuple[int, str]]

    @property
    def entries(self) -> list[Line]:
        return [line for line in self.lines if line[0] == "entry"]

    @property
    def seals(self) -> list[Line]:
        return [line for line in self.lines if line[0] == "seal"]

    def seal_of(self, seq: int) -> Line:
        return next(seal for seal in self.seals if int(seal[2]) + int(seal[3]) > seq)

    def first_of_seal(self, seq: int) -> int:
        return int(self.seal_of(seq)[2])


def an_entry(number: int, random: Random) -> list[str]:
    """The thirteen texts of an entry."""
    data = {"n": 1, "to": "goedgekeurd", "sentence": f"De projectleider heeft dossier {number} goedgekeurd, ééns."}
    return [
        str(number + 7),
        str(1000 + number),
        f"2026-11-21T22:{number % 60:02}:07.{random.randrange(10**6):06}Z",
        random.choice(["2001", "2002", "1021"]),
        "projectleider",
        "ON",
        "goedkeuren",
        "initiatives.initiative",
        str(number),
        "genomen",
        f"Het past in het beleid, {random.randrange(10**9)}.",
        f"{random.randrange(16**8):08x}",
        json.dumps(data, ensure_ascii=False),
    ]


def a_book(random: Random, seals: int = 5, longest: int = 9) -> Book:
    """Some entries in each of these seals; the first of a seal gives no reason."""
    number = 0
    batches: list[list[list[str]]] = []
    for _ in range(seals):
        batches.append([])
        for _ in range(random.randint(3, longest)):
            number += 1
            batches[-1].append(an_entry(number, random))
        batches[-1][0][10] = ""
    lines = sealed(batches)
    anchors = {int(one[1]): (int(one[2]) + int(one[3]) - 1, one[8]) for one in lines if one[0] == "seal"}
    return Book(lines, anchors)


def sealed(batches: list[list[list[str]]]) -> list[Line]:
    """An export of these entries, sealed batch by batch."""
    lines: list[Line] = [["journal", "1"]]
    head = previous = chain.ZERO
    seq = 0
    for number, batch in enumerate(batches, start=1):
        leaves = []
        for fields in batch:
            seq += 1
            leaves.append(chain.leaf(seq, fields))
            head = chain.link(head, leaves[-1])
            lines.append(["entry", str(seq), *fields, head.hex()])
        told = [str(number), str(seq - len(batch) + 1), str(len(batch)), head.hex(), chain.root(leaves).hex()]
        told += [f"2026-11-21T23:00:{number:02}Z", previous.hex()]
        previous = chain.seal(told)
        lines.append(["seal", *told, previous.hex()])
    lines.append(["end", str(len(batches)), str(seq)])
    return lines


def batches_of(book: Book) -> list[list[list[str]]]:
    """The entries per seal, without what was made of them."""
    found: list[list[list[str]]] = [[]]
    for line in book.lines:
        if line[0] == "entry":
            found[-1].append(line[2:-1])
        elif line[0] == "seal":
            found.append([])
    return found[:-1]


def resealed(book: Book, batches: list[list[list[str]]]) -> None:
    """Everything made anew, as if it had always been so."""
    book.lines[:] = sealed(batches)


def renumber(book: Book) -> None:
    """Give every entry the number of where it stands now, and count them at the end."""
    for seq, entry in enumerate(book.entries, start=1):
        entry[SEQ] = str(seq)
    book.lines[-1][2] = str(len(book.entries))


def rehash(book: Book, first: int, last: int) -> None:
    """Make the hashes of these entries anew, going on from the one before."""
    entries = book.entries
    head = bytes.fromhex(entries[first - 2][HASH]) if first > 1 else chain.ZERO
    for entry in entries[first - 1 : last]:
        head = chain.link(head, chain.leaf(int(entry[SEQ]), entry[2:-1]))
        entry[HASH] = head.hex()


def reclose(book: Book, seal: Line) -> None:
    """Make a seal anew over what stands before it now."""
    first, count = int(seal[2]), int(seal[3])
    entries = book.entries[first - 1 : first - 1 + count]
    leaves = [chain.leaf(int(entry[SEQ]), entry[2:-1]) for entry in entries]
    seal[4], seal[5] = entries[-1][HASH], chain.root(leaves).hex()
    seal[8] = chain.seal(seal[1:-1]).hex()
