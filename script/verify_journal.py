#!/usr/bin/env python3
"""Check an export of the journal of the Bodycamregister, without that system and without trusting anybody who runs it.

    python3 verify_journal.py EXPORT [--anchor FILE]...

Needs Python 3.10 or newer and nothing else; reads the export once, in a few megabytes of memory. Exit code 0: all is as
it was sealed. 1: it is not, and the first entry that is wrong is named.

An export is a text of lines; each line is a JSON list of texts (or null):

    ["journal", "1"]
    ["entry", seq, id, tx, at, actor, role, unit, action, object_type, object_id, result, reason, origin, data, hash]
    ["seal", number, first seq, count, hash of the last entry, Merkle root, moment, hash of the seal before, hash]
    ["end", how many seals, how many entries]

An anchor is a line `zegel NUMBER LAST-SEQ HASH` in a text that was kept outside the system, such as a mail; what else
stands there is skipped. Without anchors this finds everything but a chain that was made anew from some entry on to the
end, or that ends earlier than it did.
"""

from __future__ import annotations

import argparse
import fileinput
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import chain

Text = str | None
Line = Sequence[Text]

ANCHOR = re.compile(r"^\W*zegel ([0-9]+) ([0-9]+) ([0-9a-f]{64})\s*$")
LENGTHS = {"entry": 16, "seal": 9, "end": 3}  # how many texts are on such a line
ZERO = bytes(32)
FAR = 1000  # so many entries taken out at once are still recognised as taken out


class Wrong(Exception):
    """What is wrong, as a sentence; `seq` is the first entry that is."""

    def __init__(self, sentence: str, seq: int = 0) -> None:
        super().__init__(sentence)
        self.seq = seq


# --- what is hashed -------------------------------------------------------------------------------


def packed(values: Iterable[Text]) -> bytes:
    """Each text as four bytes of length and its UTF-8; null as four times ff."""
    parts = []
    for value in values:
        if value is None:
            parts.append(b"\xff\xff\xff\xff")
        else:
            encoded = value.encode("utf-8", "surrogatepass")
            parts.append(len(encoded).to_bytes(4, "big"))
            parts.append(encoded)
    return b"".join(parts)


def leaf_of(seq: int, entry: Line) -> bytes:
    """An entry at a place: the place, and everything between its own place and its hash."""
    return sha256(b"\x00" + packed([str(seq), *entry[2:-1]])).digest()


def link(before: bytes, leaf: bytes) -> bytes:
    """Everything up to and including an entry."""
    return sha256(b"\x02" + before + leaf).digest()


def hash_of_seal(seal: Line) -> bytes:
    return sha256(b"\x03" + packed(seal[1:-1])).digest()


class Tree:
    """The Merkle tree of RFC 6962 over the leaves of one seal, of which only the right edge is remembered."""

    def __init__(self) -> None:
        self.count = 0
        self.edge: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        self.edge.append(leaf)
        self.count += 1
        whole = self.count
        while whole % 2 == 0:
            self.join()
            whole //= 2

    def root(self) -> bytes:
        while len(self.edge) > 1:
            self.join()
        return self.edge.pop() if self.edge else ZERO

    def join(self) -> None:
        right, left = self.edge.pop(), self.edge.pop()
        self.edge.append(sha256(b"\x01" + left + right).digest())


# --- the check ------------------------------------------------------------------------------------


class Checker:
    """Goes along the chain, and remembers where it is: `seq` and `head` are the last entry and its hash, `seals` and
    `sealed` the last seal and its hash, `opened` and `closed` the entry before its first and its last.
    """

    def __init__(self, anchors: dict[int, tuple[int, str]]) -> None:
        self.anchors = anchors  # number of a seal: its last entry, its hash
        self.seq = self.seals = self.opened = self.closed = 0
        self.anchored = 0  # the last entry that an anchor vouches for
        self.head = self.sealed = ZERO
        self.tree = Tree()

    def check(self, lines: Iterable[Line]) -> Checker:
        """Go through all lines; raises `Wrong` at the first that does not fit."""
        rest = iter(lines)
        if list(next(rest, [])) != ["journal", "1"]:
            raise Wrong("Dit is geen export van het journaal: de eerste regel is een andere.")
        for line in rest:
            if is_a("entry", line):
                self.entry(line, rest)
            elif is_a("seal", line):
                self.seal(line)
            elif is_a("end", line):
                self.end(line, rest)
                return self
            else:
                raise Wrong(f"Na regel {self.seq} staat iets dat geen regel en geen zegel is.", self.seq + 1)
        raise Wrong(f"De export houdt op na regel {self.seq}: het slot ontbreekt.", self.seq + 1)

    def entry(self, entry: Line, rest: Iterator[Line]) -> None:
        leaf = leaf_of(self.seq + 1, entry)
        head = link(self.head, leaf)
        if entry[1] != str(self.seq + 1) or entry[-1] != head.hex():
            raise self.explained(entry, rest)
        self.seq, self.head = self.seq + 1, head
        self.tree.add(leaf)

    def seal(self, seal: Line) -> None:
        """First what the seal says of itself, then whether the entries before it are those that it closed."""
        number, first = self.seals + 1, self.closed + 1
        if seal[1] != str(number):
            raise Wrong(f"Zegel {number} ontbreekt: hier staat zegel {seal[1]}.", first)
        if seal[-1] != hash_of_seal(seal).hex():
            raise Wrong(f"Zegel {number} is zelf veranderd.", first)
        if seal[7] != self.sealed.hex():
            raise self.replaced()
        last = as_number(seal[2]) + as_number(seal[3]) - 1
        if last != self.seq or as_number(seal[2]) != first:
            what = "er is iets verwijderd" if last > self.seq else "er is iets ingevoegd"
            sentence = f"Zegel {number} gaat tot en met regel {last}, hier staan er {self.seq}: {what}."
            raise Wrong(sentence, min(last, self.seq) + 1)
        if [seal[4], seal[5]] != [self.head.hex(), self.tree.root().hex()]:
            raise Wrong(
                f"De regels {first} tot en met {last} zijn herschreven: zij passen niet bij zegel {number}.", first
            )
        self.seals, self.sealed, self.opened, self.closed = number, hash_of_seal(seal), self.closed, self.seq
        self.tree = Tree()
        self.compare_with_anchor()

    def replaced(self) -> Wrong:
        first = self.opened + 1
        return Wrong(f"Zegel {self.seals} is vervangen, met de regels {first} tot en met {self.closed}.", first)

    def compare_with_anchor(self) -> None:
        if self.seals in self.anchors:
            if self.anchors[self.seals] != (self.closed, self.sealed.hex()):
                where = f"tussen regel {self.anchored + 1} en {self.closed} is de keten opnieuw gemaakt"
                raise Wrong(f"Zegel {self.seals} is niet het zegel van het anker: {where}.", self.anchored + 1)
            self.anchored = self.closed

    def end(self, end: Line, rest: Iterator[Line]) -> None:
        if self.seq > self.closed:
            raise Wrong(f"Regel {self.closed + 1} en wat volgt is niet verzegeld.", self.closed + 1)
        if [end[1], end[2]] != [str(self.seals), str(self.seq)]:
            raise Wrong(f"Het slot telt {end[2]} regels in {end[1]} zegels: er ontbreekt iets.", self.seq + 1)
        if next(rest, None) is not None:
            raise Wrong("Na het slot staat nog iets.", self.seq + 1)
        newest = max(self.anchors, default=0)
        if newest > self.seals:
            last, _ = self.anchors[newest]
            older = "of deze export is ouder dan dat anker"
            sentence = f"Het einde is afgeknipt na regel {self.seq}: verankerd is tot en met regel {last} ({older})."
            raise Wrong(sentence, self.seq + 1)

    # --- what was done to an entry that does not fit ---------------------------------------------

    def explained(self, bad: Line, rest: Iterator[Line]) -> Wrong:
        """Say what was done, by trying what would make it fit. It may take its time: something is wrong."""
        here = self.seq + 1
        same_seal = list(up_to_seal(rest))
        last = same_seal[-1] if same_seal else [None]
        if self.seq == self.closed and is_a("seal", last) and last[7] != self.sealed.hex():
            return self.replaced()
        entries = (line for line in chain(same_seal, rest) if is_a("entry", line))
        if bad[1] != str(here):
            return self.out_of_order(bad, entries)
        following = next(entries, None)
        if following and any(
            fits(as_hash(bad[-1]), following, here + 1 + gone, following[-1]) for gone in range(1, FAR)
        ):
            return Wrong(f"Vóór regel {here} is iets verwijderd, en wat volgt is hernummerd.", here)
        before = as_hash(bad[-1])
        for later in chain([following] if following else [], entries):
            if any(fits(self.head, later, here, claim) for claim in (later[-1], bad[-1])):
                if any(fits(before, bad, as_number(later[1]), claim) for claim in (bad[-1], later[-1])):
                    return Wrong(f"Regel {here} en regel {later[1]} zijn verwisseld.", here)
                return Wrong(f"Regel {here} is ingevoegd: de echte staat nu op plaats {later[1]}.", here)
            before = as_hash(later[-1])
        unsure = f", of regel {self.seq} is veranderd en kreeg een nieuwe hash" if self.seq > self.closed else ""
        return Wrong(f"Regel {here} is veranderd{unsure}.", here)

    def out_of_order(self, bad: Line, later: Iterator[Line]) -> Wrong:
        here = self.seq + 1
        if as_number(bad[1]) < here:
            return Wrong(f"Na regel {self.seq} is een regel ingevoegd, met nummer {bad[1]}.", here)
        if any(entry[1] == str(here) and fits(self.head, entry, here, entry[-1]) for entry in later):
            return Wrong(f"Regel {here} staat niet op haar plaats: daar staat regel {bad[1]}.", here)
        return Wrong(f"Regel {here} is verwijderd: na regel {self.seq} komt regel {bad[1]}.", here)


def is_a(kind: str, line: Line) -> bool:
    return line[0] == kind and len(line) == LENGTHS[kind]


def up_to_seal(lines: Iterator[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        if is_a("seal", line):
            return


def as_number(text: Text) -> int:
    return int(text) if text and re.fullmatch("[1-9][0-9]{0,17}", text) else 0


def as_hash(text: Text) -> bytes:
    return bytes.fromhex(text) if text and re.fullmatch("[0-9a-f]{64}", text) else ZERO


def fits(before: bytes, entry: Line, seq: int, claim: Text) -> bool:
    return link(before, leaf_of(seq, entry)).hex() == claim


def read_lines(file: Iterable[str]) -> Iterator[Line]:
    """Every line as the list that it is; one that is none comes out as a line that means nothing."""
    for text in file:
        try:
            line = json.loads(text)
        except (ValueError, RecursionError):
            line = None
        is_one = isinstance(line, list) and line and all(part is None or isinstance(part, str) for part in line)
        yield line if is_one else [None]


def read_anchors(lines: Iterable[str]) -> dict[int, tuple[int, str]]:
    """Every anchor among these lines, by the number of its seal."""
    anchors: dict[int, tuple[int, str]] = {}
    for number, last, hashed in (found.groups() for found in map(ANCHOR.match, lines) if found):
        if anchors.setdefault(int(number), (int(last), hashed)) != (int(last), hashed):
            raise Wrong(f"De ankers spreken elkaar tegen: zegel {number} staat er met twee verschillende waarden.")
    return anchors


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Controleert een export van het journaal.")
    parser.add_argument("export", metavar="EXPORT", help="het bestand dat uit het register komt")
    parser.add_argument("--anchor", metavar="FILE", action="append", default=[], help="tekst met ankers; mag vaker")
    given = parser.parse_args(arguments)
    try:
        with fileinput.input(given.anchor or os.devnull, encoding="utf-8", errors="replace") as kept:
            anchors = read_anchors(kept)
        with open(given.export, encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            found = Checker(anchors).check(read_lines(file))
    except OSError as refusal:
        file = refusal.filename or given.export
        print(f"NIET GECONTROLEERD. {file} bestaat niet of is geen leesbaar bestand (fout {refusal.errno}).")
        return 1
    except Wrong as wrong:
        print(f"NIET IN ORDE. {wrong}")
        return 1
    print(f"In orde: {found.seq} regels in {found.seals} zegels zijn zoals zij zijn verzegeld.")
    print(f"Het laatste zegel: zegel {found.seals} {found.seq} {found.sealed.hex()}")
    vouched = f"De ankers staan in voor alles tot en met regel {found.anchored}."
    without = "Zonder ankers: dat de hele keten opnieuw is gemaakt, of eerder ophoudt, is zo niet te zien."
    nothing = "LET OP: in wat u als ankers opgaf staat geen enkel anker."
    print(vouched if found.anchored else nothing if given.anchor and not anchors else without)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
