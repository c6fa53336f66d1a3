"""What a dock and the people of one unit do, by the real services, and how they would tell it (`oracle.Story`)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from django.db import transaction

from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holders_of
from retention import holds, services
from retention.destroying import losses
from retention.destroying.releases import release
from retention.intake.batch import take_in
from retention.models import Hold, Recording, Run
from retention.storage.folder import Folder
from retention.tests import oracle
from retention.tests.factories import CONTENT
from retention.tests.moved_clock import MovedClock
from retention.tests.oracle import DAY, HOUR, Held, Judged, Story

UNIT = "ON"
DIGEST = sha256(CONTENT).hexdigest()
numbers = count(1)
MINUTES = timedelta(minutes=15)


def delivered(one: Story, **more: Any) -> dict[str, Any]:
    """As a dock sends it."""
    return {
        "source": "dock",
        "source_id": f"D-{next(numbers)}",
        "camera_serial": "ZC-0001",
        "unit": UNIT,
        "wearer": one.wearer,
        "used_from": one.used_from.isoformat(),
        "used_to": (one.used_from + MINUTES).isoformat(),
        "shift_end": (one.used_from + MINUTES).isoformat(),
        "uploaded_at": one.uploaded_at.isoformat(),
        "size": len(CONTENT),
        "sha256": DIGEST,
        "storage_key": one.key,
        "place": "openbare_weg",
        "announced": True,
        **more,
    }


class People:
    """A judge, a wearer and two privacy officers, who do what they do at the moment that the clock says."""

    def __init__(self, clock: MovedClock, root: Path, begins: datetime) -> None:
        self.clock, self.storage = clock, Folder(root / "opnamen", make=True)
        clock.to(begins)
        self.storage.clear_unfinished(begins)  # makes the folder
        self.stories: dict[int, Story] = {}
        parts = [(Role.JUDGE, UNIT), (Role.WEARER, UNIT), (Role.PRIVACY, None), (Role.PRIVACY, None)]
        self.judge, self.wearer, self.officer, self.other = holders_of(*parts)
        Person.objects.filter(pk=self.judge.pk).update(last_login=begins + 9999 * DAY)

    def again(self, at: datetime) -> None:
        """From this moment on there may be something to do."""

    def arrive(self, sent: Iterable[tuple[Story, dict[str, Any]]]) -> list[Story]:
        """What a dock delivers in one batch, with the files."""
        sent = list(sent)
        with transaction.atomic():
            outcomes = take_in([delivered(one, **more) for one, more in sent], None)
        for (one, _), outcome in zip(sent, outcomes, strict=True):
            assert outcome.id, outcome
            one.pk = outcome.id
            self.stories[one.pk] = one
            if one.has_file:
                path = self.storage.root / one.key
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(CONTENT)
        came = [one.pk for one, _ in sent if one.has_file]
        Recording.objects.filter(pk__in=came).update(file_seen_at=self.clock.at)
        self.again(self.clock.at)
        return [one for one, _ in sent]

    def step(self, one: Story, name: str, by: Person, **given: Any) -> None:
        services.take_step(one.pk, name, person=by, at=self.clock.at, read=lambda *_: given)

    def keep(self, one: Story, until: date, ground: str, *, again: bool = False) -> None:
        given = {"ground": ground, "purpose": "opsporing", "second_purposes": [], "council_record": "", "usable": True}
        name = "herbeoordelen" if again else "noodzakelijk_verklaren"
        case = {"case_reference": "PL-1", "reasons": "Nodig.", "keep_until": until}
        self.step(one, name, self.judge, **given, **case)
        one.judged.append(Judged(self.clock.at, until, ground))

    def longer(self, one: Story, until: date) -> None:
        """A judge asks, a privacy officer confirms."""
        self.step(one, "termijn_wijzigen", self.judge, keep_until=until, reasons="Het loopt nog.")
        self.step(one, "termijn_wijzigen", self.officer, keep_until=None, reasons="Akkoord.")
        one.judged.append(Judged(self.clock.at, until, one.judged[-1].ground))

    def away(self, *several: Story) -> None:
        """Not necessary, one by one or several at once."""
        given = {"reason_code": "onbruikbaar_beeld", "reasons": ""}
        if len(several) == 1:
            self.step(several[0], "niet_noodzakelijk_verklaren", self.judge, **given)
        else:
            pks = [one.pk for one in several]
            done = services.judge_together(pks, person=self.judge, at=self.clock.at, given=given)
            assert not done.refused, done
        self.again(self.clock.at + HOUR)
        for one in several:
            ground = one.judged[-1].ground if one.judged else ""
            one.judged.append(Judged(self.clock.at, None, ground if ground == oracle.OUT_OF_USE else ""))

    def senseless(self, one: Story) -> None:
        self.step(one, "niet_zinvol_verklaren", self.wearer, reason_code="niet_zinvol")
        self.again(self.clock.at + HOUR)
        one.judged.append(Judged(self.clock.at))

    def undo(self, one: Story, by: Person) -> None:
        self.step(one, "ongedaan_maken", by)
        one.judged.pop()

    def true_moment(self, one: Story, moment: datetime) -> None:
        self.step(one, "tijdstip_vaststellen", self.judge, true_from=moment, reasons="De klok liep voor.")
        one.true_from = moment

    def hold(self, one: Story, last_day: date) -> Hold:
        because = holds.Because("klacht", "Een klacht.", last_day, self.officer)
        found = Recording.objects.filter(pk=one.pk)
        placed = holds.place(found, because, person=self.officer, at=self.clock.at)
        one.held.append(Held(self.clock.at, oracle.starts(last_day + DAY)))
        return placed.holds[0]

    def extend(self, one: Story, last_day: date) -> None:
        holds.extend(self._hold_of(one), last_day, "Nog nodig.", person=self.other, at=self.clock.at)
        one.held[-1].longer.append((self.clock.at, oracle.starts(last_day + DAY)))

    def release(self, one: Story) -> None:
        holds.release(self._hold_of(one), "Niet meer nodig.", person=self.other, at=self.clock.at)
        one.held[-1].released_at = self.clock.at
        self.again(self.clock.at)

    def _hold_of(self, one: Story) -> Hold:
        return Hold.objects.with_moments().select_related("recording").get(recording=one.pk)

    def lose(self, one: Story) -> None:
        """The file goes, and nobody had it destroyed."""
        (self.storage.root / one.key).unlink()
        one.lost_at = self.clock.at

    def declare_lost(self, one: Story) -> None:
        found = Recording.objects.select_related("unit").get(pk=one.pk)
        assert losses.declare(found, "De schijf was stuk.", by=self.officer, storage=self.storage)
        one.declared_at = one.gone_at = self.clock.at

    def confirm_the_date(self) -> None:
        run = Run.objects.get(waits_for="klok", release=None)
        release(run, "De klok van de server liep achter.", by=self.officer)
        self.again(self.clock.at)
