"""The list of recordings: the work of a judge and of a privacy officer, what must be done first on top."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bodycams.keyset import BadLink, Page
from initiatives.views.register import address, chips
from initiatives.words import from_to
from organisation.permissions import may, units_with
from organisation.requests import Request
from organisation.roles import Perm
from retention.forms.worklist import WorklistForm
from retention.models import Recording
from retention.numbers.per_unit import may_count
from retention.procedure import Status
from retention.querysets import RecordingQuerySet
from retention.views.numbers import recording_numbers
from retention.views.own_recordings import own_recordings
from retention.views.recording import JUDGE, LOOK
from retention.worklist.asked import HELD, TO_JUDGE, Asked, count, page, selection
from retention.worklist.desk import Desk, desk
from retention.worklist.rows import LATER, PRIVATE, TONIGHT, Reader, groups, number
from workflow.clock import AMSTERDAM, local_date
from workflow.dates import day_in_words, weekday_in_words

FOR_ALL = [("JK", "volgende, vorige"), LOOK]
FOR_JUDGES = [("X", "kiezen"), *JUDGE.values()]
"""Keys of the list, and what they do (`static/js/queue.js`)."""


@require_safe
def recordings(request: Request) -> HttpResponse:
    """What there is for this person: the list, one's own recordings for a wearer, or only numbers."""
    person = request.user
    if may(person, Perm.GUARD_PRIVACY) or may(person, Perm.JUDGE_RECORDINGS):
        return _worklist(request)
    if may(person, Perm.WEAR_CAMERA):
        return own_recordings(request)
    if may_count(person):
        return recording_numbers(request)
    raise PermissionDenied("Opnamen zijn voor beoordelaars, voor dragers en voor de privacyfunctionaris.")


def _worklist(request: Request) -> HttpResponse:
    """Everything of the own units, or of all, narrowed by what stands in the address."""
    person, guards = request.user, may(request.user, Perm.GUARD_PRIVACY)
    judges = units_with(person, Perm.JUDGE_RECORDINGS)
    around = desk(None if guards else judges)
    form = WorklistForm(request.GET, [(code, name) for _, code, name in around.units], guards=guards)
    asked = form.asked() if form.is_valid() else Asked()
    found = selection(_of_units(around, form.unit() if form.is_valid() else "", guards), asked, around.at)
    if asked.mark == HELD:
        found = found.exclude(wearer=person.number)  # of what one wore the camera for nobody is told that it is held
    shown = _page(form, found, asked, request.GET.get("pagina", ""))
    narrowed = list(chips(form, request.GET))
    reader = Reader(around.at, person.number, frozenset(judges), len(around.units) > 1)
    context: dict[str, Any] = {
        "form": form,
        "chips": narrowed,
        "reset_url": request.path if request.GET else "",
        **_heading(around, guards),
        "figures": list(_figures(around)),
        "ending": _ending(around),
        "keys": FOR_ALL + FOR_JUDGES if judges else FOR_ALL,
        "deliver_url": reverse("deliver") if judges else "",
        "empty": _when_empty(around, asked, bool(narrowed)),
    }
    counts = {} if narrowed else _counts(around)
    if shown:
        context["groups"] = listed = groups(shown.rows, reader, asked.order, counts)
        if any(row.can_be_chosen for group in listed for row in group.rows):
            context["judge_url"] = reverse("recordings-judge-together")
        context |= _list(shown, count(found) if narrowed else around.waiting, request)
    return render(request, "retention/recordings.html", context, status=200 if shown else 400)


def _of_units(around: Desk, code: str, guards: bool) -> RecordingQuerySet:
    """All that this person may see, or of the one unit that is asked for."""
    if guards and not code:
        return Recording.objects.all()
    ids = [pk for pk, known, _ in around.units if code in ("", known)]
    found: RecordingQuerySet = Recording.objects.filter(unit_id__in=ids)
    return found if guards else found.exclude(status=Status.VERWIJDERD)


def _page(form: WorklistForm, found: RecordingQuerySet, asked: Asked, link: str) -> Page | None:
    """The page that the link leads to; None when what stands in the address is not right, and then the form says
    why.
    """
    if form.is_valid():
        try:
            return page(found, asked.order, form.size(), link)
        except BadLink:
            form.add_error(None, "Deze bladzijde bestaat niet. Begin bij de eerste.")
    return None


def _list(shown: Page, counted: int, request: Request) -> dict[str, Any]:
    """What the page says of what was found."""
    which = from_to(shown.position, len(shown.rows))
    return {
        "shown": f"{which} van {number(counted)} {'opname' if counted == 1 else 'opnamen'}",
        "previous_url": address(request.GET, pagina=shown.previous) if shown.previous else "",
        "next_url": address(request.GET, pagina=shown.next) if shown.next else "",
    }


def _heading(around: Desk, guards: bool) -> dict[str, str]:
    here = around.at.astimezone(AMSTERDAM)
    names = [name for _, _, name in around.units]
    whose = "Alle eenheden" if guards else f"Eenheid {names[0]}" if len(names) == 1 else f"{len(names)} eenheden"
    return {
        "title": "Opnamen" if guards else "Opnamen beoordelen",
        "lead": f"{whose}, {weekday_in_words(here.date())}, {here:%H.%M} uur."
        " Wat niemand beoordeelt, wordt op dag 27 vernietigd.",
    }


def _figures(around: Desk) -> Iterator[tuple[str, str, str]]:
    yield number(around.waiting), "wacht" if around.waiting == 1 else "wachten", ""
    yield number(around.tonight), f"{_closes(around.tonight)} vannacht", "late" if around.tonight else ""
    yield number(around.soon), f"{_closes(around.soon)} binnen 3 dagen", "soon" if around.soon else ""
    yield number(around.private), "in woning of op erf, zonder uitzondering", "late" if around.private else ""
    yield number(around.overdue), "over tijd", "late" if around.overdue else ""


def _closes(counted: int) -> str:
    return "sluit" if counted == 1 else "sluiten"


def _counts(around: Desk) -> dict[str, int]:
    """How many stand under each head of the whole list."""
    others = around.waiting - around.private - around.tonight_in_public
    return {PRIVATE: around.private, TONIGHT: around.tonight_in_public, LATER: others}


def _ending(around: Desk) -> tuple[str, str] | None:
    """What a judge must look at beside the list: kept recordings whose last day comes near."""
    if not around.ending:
        return None
    if around.ending == 1:
        return "Eén noodzakelijke opname loopt binnen 28 dagen af.", "Kijk of zij nog nodig is"
    return f"{number(around.ending)} noodzakelijke opnamen lopen binnen 28 dagen af.", "Kijk of zij nog nodig zijn"


def _when_empty(around: Desk, asked: Asked, is_narrowed: bool) -> str:
    """That it is good, and what comes next; or what to do."""
    if asked.what == TO_JUDGE and not (set(_beside_term(asked)) - {""}):
        if around.first_closes_at is None:
            return "Alle opnamen zijn beoordeeld. Nieuwe komen hier vanzelf te staan."
        day = day_in_words(local_date(around.first_closes_at))
        return f"Alle opnamen die dan sluiten, zijn beoordeeld. De eerste volgende sluit op {day}."
    return "Geen opname past bij deze filters. Haal een filter weg." if is_narrowed else "Er zijn nog geen opnamen."


def _beside_term(asked: Asked) -> list[str]:
    return [asked.q, asked.place, asked.camera, asked.mark]
