"""What is typed in the search box is found: numbers, words, phrases, whatever the accents; best first, and marked."""

from datetime import date

import pytest

from initiatives.models import Initiative
from initiatives.register import finding
from initiatives.register.asked import Asked, Row, page, selection
from initiatives.register.finding import BEGIN, END, Sought, marked, marked_number, sought
from initiatives.tests.factories import Cast, walk
from initiatives.tests.test_register import filed, ids, pages
from organisation.models import Unit
from organisation.roles import Role
from organisation.tests.factories import holder_of

DAY = date(2018, 5, 5)


@pytest.mark.parametrize(
    ("q", "numbers", "words"),
    [
        ("", (), ""),
        ("horeca", (), "horeca"),
        ("BC-2018-0001", ("BC-2018-0001",), ""),
        ("bc2018", ("BC-2018",), ""),
        ("bc", ("BC",), ""),
        ("bc20٢٦", (), "bc20٢٦"),  # digits that no number has
        ("2018", ("BC-2018",), ""),  # alone it is the beginning of a number
        ("proef 2018", (), "proef 2018"),  # beside a word it is a word
        ("2018-", ("BC-2018-",), ""),
        ("2018-00 horeca", ("BC-2018-00",), "horeca"),
        ("BC-2018-0001 bc-2018-0002", ("BC-2018-0001", "BC-2018-0002"), ""),
        ("Getac BC-02", (), "Getac BC-02"),  # a model, not a number
        ('"team 2018-01 horeca" -assen', (), '"team 2018-01 horeca" -assen'),
        ('-"in de stad" 1-2-2018', (), '-"in de stad" 1-2-2018'),
        ('"nooit gesloten', (), '"nooit gesloten'),
    ],
)
def test_a_question_is_taken_apart(q: str, numbers: tuple[str, ...], words: str) -> None:
    assert sought(q) == Sought(numbers, words)


QUESTIONS = [
    ("horeca", True),  # the beginning of a longer word
    ("HORECADIENST", True),
    ("horeca -assen", False),
    ("horeca -zwolle", True),
    ('"team horecadiensten"', True),
    ('"horecadiensten team"', False),
    ("ässen", True),
    ("zepcam t3", True),
    ("zepcam t4", False),
    ("bc-2018-0001", True),
    ("2018-00", True),
    ("BC2018", True),
    ("bc-2018 horeca", True),
    ("bc-2018 nautisch", False),
    ("2017", False),
    ("bodycam de het een", True),  # what stands everywhere does not count
    ("ME", True),  # unless nothing else is asked
    ("OM", False),
    ("AI", True),  # a short word is only itself
    ("ai noord-nederland", True),
    ("VR", False),  # and not the beginning of another
    ("bodycam VR", False),
    ("NN", True),  # the unit, by its code and its name
    ("Noord-Nederland", True),
    ("Oost-Nederland", False),
    ("evenredig", False),
    ("dreigend", True),
    ('""', False),
]


@pytest.mark.django_db
def test_a_question_in_words_and_numbers() -> None:
    one = filed(Cast("NN"), DAY, teams="Team horecadiensten Assen, ME en AI; vrijdag")
    leader = holder_of(Role.LEADER)
    for q, finds in QUESTIONS:
        assert ids(selection(leader, Asked(q=q))) == ([one.pk] if finds else []), q


@pytest.mark.django_db
def test_what_is_found_follows_what_is_said() -> None:
    """Of the file, and of its unit; what is saved without a new word is as it was."""
    cast = Cast("NN")
    one = walk(cast, "terugsturen", start=filed(cast, DAY))
    leader = holder_of(Role.LEADER)

    def found(q: str) -> bool:
        return ids(selection(leader, Asked(q=q))) == [one.pk]

    Initiative.objects.filter(pk=one.pk).update(title="Bodycams voor bikers")
    assert found("bikers")
    Initiative.objects.filter(pk=one.pk).update(version=9)
    assert found("bikers")
    Unit.objects.filter(code="NN").update(name="Waddengebied")
    assert found("waddengebied bikers")
    assert not found("noord-nederland")


@pytest.fixture
def three() -> list[Initiative]:
    """The oldest says it in its title, the next in its teams, the newest in its text."""
    cast = Cast("ON")
    return [
        filed(cast, date(2018, 5, 1), title="Bodycams voor hondengeleiders", description="Voor de nacht."),
        filed(cast, date(2018, 5, 2), title="Bodycams", teams="Hondengeleiders Twente", description="Voor de nacht."),
        filed(cast, date(2018, 5, 3), title="Bodycams", description="Niet alleen voor hondengeleiders, ook te voet."),
    ]


@pytest.mark.django_db
def test_the_best_answer_comes_first_and_is_marked(three: list[Initiative]) -> None:
    leader = holder_of(Role.LEADER)
    asked = Asked(q="hondengeleider -horeca")
    rows: list[Row] = page(selection(leader, asked), asked, 10).rows
    assert [row.id for row in rows] == ids(three)
    assert rows[0].marked_title == f"Bodycams voor {BEGIN}hondengeleiders{END}"
    assert f"{BEGIN}Hondengeleiders{END} Twente" in rows[1].piece
    assert f"Niet alleen voor {BEGIN}hondengeleiders{END}, ook te voet." in rows[2].piece
    newest = Asked(q=asked.q, sort="-aangemeld")
    assert [row.id for row in page(selection(leader, newest), newest, 10).rows] == ids(three)[::-1]
    assert page(selection(leader, Asked()), Asked(), 10).rows[0].marked_title == ""  # nothing asked, nothing marked


@pytest.mark.django_db
def test_the_best_are_walked_through_page_by_page(three: list[Initiative], monkeypatch: pytest.MonkeyPatch) -> None:
    leader, asked = holder_of(Role.LEADER), Asked(q="hondengeleiders")
    walked = list(pages(asked, 1, leader))
    assert [row.id for shown in walked for row in shown.rows] == ids(three)
    back = page(selection(leader, asked), asked, 2, walked[2].previous)
    assert [row.id for row in back.rows] == ids(three)[:2]
    monkeypatch.setattr(finding, "WEIGHED", 2)
    assert [row.id for shown in pages(asked, 1, leader) for row in shown.rows] == ids(three)[1:]


@pytest.mark.django_db
def test_marks_of_others_are_not_ours() -> None:
    filed(Cast("ON"), DAY, title=f"{BEGIN}<b>Bodycams</b>{END} & 'meer'", description="<mark>Bodycams</mark>")
    asked = Asked(q="bodycams")
    [row] = page(selection(holder_of(Role.LEADER), asked), asked, 10).rows
    assert marked(row.marked_title) == "&lt;b&gt;<mark>Bodycams</mark>&lt;/b&gt; &amp; &#x27;meer&#x27;"
    assert "&lt;mark&gt;" not in marked(row.piece)
    assert marked(row.piece).count("<mark>") == marked(row.piece).count("</mark>") == 1


def test_a_number_is_marked_as_far_as_it_was_asked() -> None:
    asked = Sought(("BC-2018", "BC-2018-00", "BC-2019"))
    assert marked_number("BC-2018-0001", asked) == "<mark>BC-2018-00</mark>01"
    assert marked_number("BC-2020-0001", asked) == "BC-2020-0001"
