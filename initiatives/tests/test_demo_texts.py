"""What the stories of the demonstration say: each sentence once, nobody's name, and only what the choices know."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from initiatives.choices import Kind, Support
from initiatives.demo.moments import day_of, moments
from initiatives.demo.stories import (
    LAPSES,
    NATIONAL,
    SUPPORTS,
    Answer,
    Departure,
    Mandate,
    PassedOn,
    Question,
    Report,
    Story,
    read,
)
from organisation.demo import ACCOUNTS, FORMER, UNITS
from workflow.clock import AMSTERDAM, local_date
from workflow.holidays import why_free

TOLD = list(read())
STORIES = [told for told in TOLD if isinstance(told, Story)]
BASE = datetime(2026, 11, 23, 9, tzinfo=UTC)
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
WORD = re.compile(r"[^\W\d_][\w’/-]*")

NAMES = """
Accoustic Amsterdam Amsterdamse Apeldoorn Arnhem Assen Baronie Belgische Bergen Beveiligen Bewaken Bollenstreek
Brabant Breda Breskens Bronckhorst Centrum De Den Dienst Digitalisering Doetinchem Drenthe Duits Duitse Eindhoven
Europese Facilitair Flevoland Frans Fryslân Groningen Haag Haags Haarlem Handreiking Hart Heerlen Helmond Herzogenrath
Hoofdwegen IJmond IJmuiden Infrastructuur Inkoop Inzetkader Kamer Katwijk Kennemerland Kerkrade Korenmarkt Leeuwarden
Leiden Lelystad Limburg Live Maas Maastricht Markdal Ministerie Nachts Nederlands Nederlandse Noorden Noordzeekanaal
Oosterscheldebekken Openbaar Oude Parkstad Pasen Rotterdam Stadhuisplein Stenden Tilburg Velsen Vervoer Vlissingen
Walcheren Wallen Withstraat Witte Wpg Zaanstad Zandvoort Zeehavenpolitie Zeeland Zeeuwse Zutphen
"""
"""Words with a capital within a sentence: places, parts of organisations, laws and languages. Nobody is among them."""


def texts_in(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    for part in said.values() if isinstance(said, dict) else said if isinstance(said, list) else ():
        yield from texts_in(part)


def all_texts() -> Iterator[str]:
    for told in TOLD:
        if isinstance(told, Story):
            yield from (text for part in told.parts for text in texts_in(part.says))
        elif isinstance(told, Report):
            yield told.reasons
        elif isinstance(told, Question | Answer):
            yield told.text
        elif isinstance(told, PassedOn):
            yield told.how


def sentences() -> Iterator[str]:
    return (sentence for text in all_texts() for sentence in SENTENCE.split(text) if sentence)


def test_no_sentence_of_six_words_or_more_is_told_twice() -> None:
    told = Counter(sentence.casefold() for sentence in sentences() if len(sentence.split()) >= 6)
    assert len(told) > 500
    assert [sentence for sentence, times in told.items() if times > 1] == []


def test_sentences_are_short() -> None:
    assert [sentence for sentence in sentences() if len(sentence.split()) > 25] == []


def test_nobody_has_a_name_or_a_number() -> None:
    inside = {word for sentence in sentences() for word in WORD.findall(sentence)[1:] if word[0].isupper()}
    assert {word for word in inside if word.isalpha() and not word.isupper()} - set(NAMES.split()) == set()
    numbers = {account.number for account in (*ACCOUNTS, FORMER)}
    assert [text for text in all_texts() if numbers & set(re.findall(r"\b\d{4}\b", text))] == []


def test_every_unit_tells_several_stories_of_every_kind_and_support_together() -> None:
    per_unit = Counter(story.unit for story in STORIES)
    assert set(per_unit) == set(UNITS.values())
    assert min(per_unit.values()) >= 2
    assert {kind for story in STORIES for kind in story.kinds} == set(Kind.values)
    asked = {kind for story in STORIES for kind in story.parts[1].says.get("requested_support", ())}
    given = {kind for story in STORIES for part in story.parts for kind in part.says.get("support_granted", ())}
    assert asked == given == set(Support.values)


def test_keys_are_different() -> None:
    assert len({told.key for told in TOLD}) == len(TOLD)
    assert {type(told) for told in TOLD} == {
        Story,
        Report,
        Question,
        Answer,
        PassedOn,
        Mandate,
        Departure,
        *NATIONAL.values(),
    }


def test_everything_happens_in_order_on_working_days_in_office_hours() -> None:
    for story in STORIES:
        happened = moments(story, BASE)
        assert happened == sorted(set(happened)), story.key
        assert happened[-1] < BASE
        for part, moment in zip(story.parts, happened, strict=True):
            if part.take != LAPSES:
                assert why_free(local_date(moment), frozenset()) is None, (story.key, moment)
                assert 8 <= moment.astimezone(AMSTERDAM).hour < 17, (story.key, moment)


def test_closed_stories_are_told_from_the_letter_until_2020_and_open_ones_within_eight_weeks() -> None:
    """Support may take longer."""
    for story in STORIES:
        told = zip(story.parts, moments(story, BASE), strict=True)
        days = {local_date(moment) for part, moment in told if part.take != SUPPORTS}
        if isinstance(story.parts[0].day, date):
            assert date(2015, 2, 19) < min(days) <= max(days) <= date(2020, 12, 31), story.key
        else:
            assert local_date(BASE) - timedelta(weeks=8) <= min(days), story.key


def test_open_stories_hold_together_whatever_the_day_of_loading() -> None:
    open_stories = [story for story in STORIES if not isinstance(story.parts[0].day, date)]
    for ahead in range(800):
        base = BASE + timedelta(days=ahead)
        for story in open_stories:
            by_when = local_date(base)
            for part, moment in zip(story.parts, moments(story, base), strict=True):
                day = local_date(moment)
                assert day < local_date(base)
                if part.take == "aanmelden":
                    assert local_date(base) - timedelta(weeks=8) <= day, (story.key, base)
                elif part.take == "terugsturen":
                    by_when = day_of(part.says["by_when"], base)
                    assert day < by_when <= day + timedelta(weeks=8), (story.key, base)
                elif part.take == "hervatten":
                    assert day > by_when, (story.key, base)
