"""Ways to tamper with an export, each with a check that looks sound and does not see it."""

import json
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any

from journal import chain
from journal.tests.books import (
    AT,
    DATA,
    HASH,
    ORIGIN,
    REASON,
    SEQ,
    Book,
    an_entry,
    batches_of,
    reclose,
    rehash,
    renumber,
    resealed,
)

# --- checks that miss something: each makes of a book what it would have kept of it --------------------------------


def only_counts(book: Book) -> Any:
    return len(book.entries), len(book.seals)


def rows_in_any_order(book: Book) -> Any:
    return sorted(sha256("\0".join(entry[2:-1]).encode()).hexdigest() for entry in book.entries)


def joined_without_lengths(book: Book) -> Any:
    return ["".join(part or "" for part in entry) for entry in book.entries]


def by_the_second(book: Book) -> Any:
    return [(entry[:AT], entry[AT][:19], entry[AT + 1 : HASH]) for entry in book.entries]


def parsed_json(book: Book) -> Any:
    return [(entry[:DATA], json.loads(entry[DATA])) for entry in book.entries]


def each_row_by_its_own_hash(book: Book) -> Any:
    return all(len(entry[HASH]) == 64 for entry in book.entries)


def numbers_without_gaps(book: Book) -> Any:
    return [entry[SEQ] for entry in book.entries] == [str(seq + 1) for seq in range(len(book.entries))]


def the_chain_fits(book: Book) -> Any:
    head = chain.ZERO
    for seq, entry in enumerate(book.entries, start=1):
        head = chain.link(head, chain.leaf(seq, entry[2:-1]))
        if head.hex() != entry[HASH]:
            return False
    return True


def the_chain_within_each_seal_fits(book: Book) -> Any:
    return all(seal[4] == book.entries[int(seal[2]) + int(seal[3]) - 2][HASH] for seal in book.seals)


# --- one entry changed ----------------------------------------------------------------------------


def a_byte(book: Book, random: Random) -> set[int]:
    entry = random.choice(book.entries)
    field = random.choice([field for field in range(2, HASH) if entry[field]])
    place = random.randrange(len(entry[field]))
    entry[field] = entry[field][:place] + chr(random.randrange(0x3B1, 0x3C9)) + entry[field][place + 1 :]
    return {int(entry[SEQ])}


def a_bit(book: Book, random: Random) -> set[int]:
    entry = random.choice(book.entries)
    field = random.choice([field for field in range(2, HASH) if entry[field] and field != DATA])
    place = random.randrange(len(entry[field]))
    entry[field] = entry[field][:place] + chr(ord(entry[field][place]) ^ 1) + entry[field][place + 1 :]
    return {int(entry[SEQ])}


def a_microsecond(book: Book, random: Random) -> set[int]:
    entry = random.choice(book.entries)
    moment = datetime.fromisoformat(entry[AT])
    step = -1 if moment.microsecond == 999_999 else 1
    entry[AT] = (moment + timedelta(microseconds=step)).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return {int(entry[SEQ])}


def a_json_value(book: Book, random: Random) -> set[int]:
    entry = random.choice(book.entries)
    entry[DATA] = entry[DATA].replace('"n": 1', random.choice(['"n": 1.0', '"n": true', '"n": 1e0']))
    return {int(entry[SEQ])}


def a_letter_moved_to_the_next_field(book: Book, random: Random) -> set[int]:
    entry = random.choice(book.entries)
    field = random.choice([field for field in (REASON, ORIGIN, 5, 6, 8, 9) if entry[field]])
    entry[field], entry[field + 1] = entry[field][:-1], entry[field][-1] + entry[field + 1]
    return {int(entry[SEQ])}


def nothing_for_empty(book: Book, random: Random) -> set[int]:
    entry = random.choice([entry for entry in book.entries if entry[REASON] == ""])
    entry[REASON] = None
    return {int(entry[SEQ])}


def one_hash_made_anew(book: Book, random: Random) -> set[int]:
    """Which of two neighbours was changed, cannot be told any more once one has a new hash."""
    seq = random.randint(1, len(book.entries))
    book.entries[seq - 1][REASON] += "!"
    rehash(book, seq, seq)
    return {book.first_of_seal(seq), seq, seq + 1}


# --- entries removed, added, moved ----------------------------------------------------------------


def one_removed(book: Book, random: Random) -> set[int]:
    entry = random.choice(book.entries)
    book.lines.remove(entry)
    book.lines[-1][2] = str(len(book.entries))
    return {int(entry[SEQ])}


def some_removed_and_the_rest_shifted(book: Book, random: Random) -> set[int]:
    seq = random.randint(1, len(book.entries) - 4)
    for entry in book.entries[seq - 1 : seq - 1 + random.randint(1, 2)]:
        book.lines.remove(entry)
    renumber(book)
    return {seq}


def one_put_in_twice(book: Book, random: Random) -> set[int]:
    seq = random.randint(1, len(book.entries) - 1)
    old = random.choice([entry for entry in book.entries if entry[SEQ] != str(seq + 1)])
    book.lines.insert(book.lines.index(book.entries[seq]), list(old))
    book.lines[-1][2] = str(len(book.entries))
    return {seq + 1}


def one_made_up_and_the_rest_shifted(book: Book, random: Random) -> set[int]:
    seq = random.randint(1, len(book.entries) - 1)
    made_up = ["entry", "0", *an_entry(seq, random), sha256(random.randbytes(8)).hexdigest()]
    book.lines.insert(book.lines.index(book.entries[seq - 1]), made_up)
    renumber(book)
    return {seq}


def two_lines_swapped(book: Book, random: Random) -> set[int]:
    one, other = sorted(random.sample(range(len(book.lines[1:-1])), 2))
    while not book.lines[one + 1][0] == book.lines[other + 1][0] == "entry":
        one, other = sorted(random.sample(range(len(book.lines[1:-1])), 2))
    lines = book.lines
    lines[one + 1], lines[other + 1] = lines[other + 1], lines[one + 1]
    return {int(lines[other + 1][SEQ])}


def two_contents_swapped(book: Book, random: Random) -> set[int]:
    one, other = sorted(random.sample(book.entries, 2), key=lambda entry: int(entry[SEQ]))
    one[2:HASH], other[2:HASH] = other[2:HASH], one[2:HASH]
    return {int(one[SEQ])}


def two_swapped_with_their_hashes(book: Book, random: Random) -> set[int]:
    one, other = sorted(random.sample(book.entries, 2), key=lambda entry: int(entry[SEQ]))
    one[2:], other[2:] = other[2:], one[2:]
    return {int(one[SEQ])}


# --- seals ----------------------------------------------------------------------------------------


def a_seal_removed(book: Book, random: Random) -> set[int]:
    seal = random.choice(book.seals)
    book.lines.remove(seal)
    book.lines[-1][1] = str(len(book.seals))
    return {int(seal[2])}


def a_seal_changed(book: Book, random: Random) -> set[int]:
    seal = random.choice(book.seals)
    first, field = int(seal[2]), random.randint(2, 8)
    seal[field] = seal[field][:-1] + ("1" if seal[field][-1] != "1" else "2")
    return {first}


def a_moment_of_a_seal_with_its_hash(book: Book, random: Random) -> set[int]:
    seal = random.choice(book.seals[:-1])
    seal[6] = "2026-11-20T00:00:00Z"
    seal[8] = chain.seal(seal[1:-1]).hex()
    return {int(seal[2])}


def the_rest_of_a_seal_rewritten(book: Book, random: Random) -> set[int]:
    """With new hashes up to the seal, which stays."""
    seq = random.randint(1, len(book.entries))
    book.entries[seq - 1][REASON] += "!"
    seal = book.seal_of(seq)
    rehash(book, seq, int(seal[2]) + int(seal[3]) - 1)
    return {int(seal[2])}


def a_seal_rewritten_with_what_it_closes(book: Book, random: Random) -> set[int]:
    seal = random.choice(book.seals[:-1])
    seq = int(seal[2]) + random.randrange(int(seal[3]))
    book.entries[seq - 1][REASON] += "!"
    rehash(book, seq, int(seal[2]) + int(seal[3]) - 1)
    reclose(book, seal)
    return {int(seal[2])}


# --- what only the anchors see --------------------------------------------------------------------


def the_chain_made_anew(book: Book, random: Random) -> set[int]:
    batches = batches_of(book)
    place = random.randrange(len(batches))
    random.choice(batches[place])[10] += "!"
    first = int(book.seals[place][2])
    resealed(book, batches)
    return {first}


def the_tail_cut(book: Book, random: Random) -> set[int]:
    batches = batches_of(book)
    left = random.randint(1, len(batches) - 1)
    first = int(book.seals[left][2])
    resealed(book, batches[:left])
    return {first}


def an_old_copy_put_back_and_gone_on_with(book: Book, random: Random) -> set[int]:
    batches = batches_of(book)
    left = random.randint(1, len(batches) - 1)
    first = int(book.seals[left][2])
    resealed(book, [*batches[:left], *([[an_entry(900 + n, random)] for n in range(left, len(batches) + 1)])])
    return {first}
