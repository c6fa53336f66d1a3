"""What recordings ask of somebody, on the page with one's own work: to judge in time, and to know what is overdue."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse

from initiatives.words import so_many
from initiatives.work.errands import Errand, also_ask
from organisation.permissions import may, units_with
from organisation.roles import Perm
from retention.choices import Stop
from retention.clock import now
from retention.models import Destruction, RequestLink, Run
from retention.procedure import Status
from retention.request_rules import is_to_go_and_may_stay
from retention.rules import END_OF_SHIFT
from retention.worklist.desk import Desk, desk
from retention.worklist.left import length, to_judge
from retention.worklist.own import own
from retention.worklist.rows import number
from workflow.clock import local_date
from workflow.dates import day_in_words

WAITING = {
    Stop.QUANTITY: "Een vernietiging vrijgeven",
    Stop.CLOCK: "De datum bevestigen, zodat er weer wordt vernietigd",
}


def register() -> None:
    """Called when the app starts."""
    also_ask(_asked)


def _asked(person: Any, today: date) -> Iterator[Errand]:
    if units := units_with(person, Perm.JUDGE_RECORDINGS):
        yield from _to_judge(desk(units))
        yield from _to_go(person, units)
    if may(person, Perm.GUARD_PRIVACY):
        yield from _runs_that_wait()
        yield from _missing(person)
        yield from _overdue(desk(None), f"{reverse('recordings')}?staat=over_tijd")
    if units := units_with(person, Perm.ESTABLISH_NECESSITY):
        yield from _overdue(desk(units), reverse("recording-numbers"))
    if may(person, Perm.WEAR_CAMERA):
        yield from _of_the_shift(person)


def _to_judge(around: Desk) -> Iterator[Errand]:
    if around.first_closes_at is not None:
        label = "1 opname beoordelen" if around.waiting == 1 else f"{number(around.waiting)} opnamen beoordelen"
        parts = [
            f"{number(around.tonight)} {'sluit' if around.tonight == 1 else 'sluiten'} vannacht",
            f"{number(around.private)} in een woning of op een erf, zonder uitzondering",
        ]
        said = [part for part, count in zip(parts, (around.tonight, around.private), strict=True) if count]
        note = f"{', '.join(said) or 'Er sluit vannacht niets'}.".capitalize()
        yield Errand(label, reverse("recordings"), note, to_judge(around.first_closes_at, around.at))
    if around.ending:
        one = around.ending == 1
        what = "noodzakelijke opname loopt" if one else "noodzakelijke opnamen lopen"
        url = f"{reverse('recordings')}?staat=loopt_af"
        note = f"Kijk of zij nog nodig {'is' if one else 'zijn'}."
        yield Errand(f"{number(around.ending)} {what} binnen 28 dagen af", url, note)


def _to_go(person: Any, units: set[int]) -> Iterator[Errand]:
    """What a decision on a request says will be destroyed, and a judge must still judge so; never by who wore it."""
    links = RequestLink.objects.filter(is_to_go_and_may_stay(now()), request__closed_at__isnull=True)
    here = links.filter(recording__unit__in=units).exclude(recording__wearer=person.number)
    found = sorted(set(here.values_list("recording", flat=True)))
    if found:
        what = so_many(len(found), "opname", "opnamen")
        url = reverse("recording", args=[found[0]])
        yield Errand(f"{what} niet noodzakelijk verklaren", url, "Dat is besloten, op verzoek van de betrokkene.")


def _overdue(around: Desk, url: str) -> Iterator[Errand]:
    if around.overdue:
        label = "1 opname is over tijd" if around.overdue == 1 else f"{number(around.overdue)} opnamen zijn over tijd"
        yield Errand(label, url, "Na 28 dagen had er niets meer mogen zijn.")


def _of_the_shift(person: Any) -> Iterator[Errand]:
    """What its wearer can still say something of."""
    at = now()
    waiting = own(person).filter(status=Status.TE_BEOORDELEN, shift_over_at__gt=at - END_OF_SHIFT)
    ends = list(waiting.order_by("shift_over_at").values_list("shift_over_at", flat=True))
    if ends:
        which = "of zij niet zinvol is" if len(ends) == 1 else "welke niet zinvol zijn"
        note = f"Zeg binnen {length(ends[0] + END_OF_SHIFT - at)} {which}."
        label = f"{so_many(len(ends), 'opname', 'opnamen')} van uw laatste dienst"
        yield Errand(label, reverse("own-recordings"), note)


def _runs_that_wait() -> Iterator[Errand]:
    """A privacy officer looks at what the safety valve held back."""
    for run in Run.objects.exclude(waits_for="").filter(release=None).order_by("pk"):
        note = f"De controle van {day_in_words(local_date(run.began_at))} wacht daarop."
        yield Errand(WAITING[Stop(run.waits_for)], reverse("destruction-run", args=[run.pk]), note)


def _missing(person: Any) -> Iterator[Errand]:
    """Files that were there and are gone: somebody finds out, and declares it."""
    lost = Destruction.objects.filter(missing_at__isnull=False, done_at=None).exclude(recording__wearer=person.number)
    for run, count in lost.values_list("run").annotate(count=Count("pk")).order_by("run"):
        label = f"{so_many(count, 'vermist bestand', 'vermiste bestanden')} uitzoeken"
        note = "Het was er, en is weg zonder dat het register begon te vernietigen."
        yield Errand(label, reverse("destruction-run", args=[run]), note)
