"""The picture shows every status and every move of the procedure, and nothing lies outside it."""

import pytest

from initiatives import diagram
from initiatives.models import Initiative
from initiatives.procedure import Status
from workflow.steps import steps_of


def test_every_status_has_its_box_within_the_picture() -> None:
    assert {box.label for box in diagram.boxes()} == set(Status.labels)
    for box in diagram.boxes():
        assert 0 <= box.left <= diagram.WIDTH - box.width
        assert 0 <= box.top <= diagram.HEIGHT - box.height


def test_every_step_that_moves_stands_on_an_arrow() -> None:
    numbered = dict(enumerate(steps_of(Initiative).values(), start=1))
    moving = {number for number, step in numbered.items() if not step.keeps_status}
    drawn = {int(number) for arrow in diagram.arrows() for number in arrow.numbers.split()}
    assert drawn == moving


def test_labels_do_not_cover_each_other() -> None:
    arrows = diagram.arrows()
    for place, one in enumerate(arrows):
        for other in arrows[place + 1 :]:
            apart_x = abs(one.x - other.x) >= (one.width + other.width) / 2
            assert apart_x or abs(one.y - other.y) >= 20, (one.numbers, other.numbers)


def test_nothing_sticks_out_of_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    def outside() -> list[str]:
        across = [one.numbers for one in diagram.arrows() if one.left < 0 or one.left + one.width > diagram.WIDTH]
        return across + [one.numbers for one in diagram.arrows() if one.top < 0 or one.top + 20 > diagram.HEIGHT]

    assert outside() == []
    monkeypatch.setitem(diagram.BENDS, (Status.BEOORDEELD, Status.CONCEPT), 92)  # the twin: as it once was
    assert outside() == ["3"]
