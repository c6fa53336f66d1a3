"""The calendar of terms: on which day a term ends and why, which days count for nothing, and the days that a royal
decree equates with a holiday, which the functional administrator keeps.
"""

from datetime import date
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from bodycams.errors import conflict
from bodycams.look import Heading
from initiatives import decree_days
from initiatives.decree_days import DayRefused, Shifts
from initiatives.forms.terms import YEARS, DecreeDayForm, RemoveDayForm, TermForm
from initiatives.shifted import NotAsShown
from initiatives.words import so_many
from organisation.permissions import may, require
from organisation.requests import Request
from organisation.roles import Perm
from workflow.calendar import CalendarInUse
from workflow.clock import local_date, now
from workflow.dates import weekday_in_words
from workflow.holidays import EQUATED, holidays
from workflow.models import EquatedDay
from workflow.terms import KINDS, Term

asks_first = require_http_methods(["GET", "HEAD", "POST"])
CRUMBS = [("Termijnen", "/termijnen/")]
DAYS = [Heading("Datum"), Heading("Dag"), Heading("Bron")]
SHIFTS = [Heading("Dossier"), Heading("Termijn"), Heading("Eindigt nu op"), Heading("Eindigt straks op")]


@require_safe
def terms(request: Request) -> HttpResponse:
    """Work out a term (`soort`, `begin`), and show the free days of a year (`jaar`; else that of the answer)."""
    today = local_date(now())
    asked = bool({"soort", "begin"} & set(request.GET))
    form = TermForm(request.GET if asked else None, initial={"begin": today})
    decreed = {day.date: day for day in EquatedDay.objects.all()}
    term = _term(form, frozenset(decreed)) if form.is_valid() else None
    year = _year(request.GET.get("jaar", ""), (term.last_day if term else today).year)
    context = {
        "form": form,
        "term": term,
        "last_day": weekday_in_words(term.last_day) if term else "",
        "passed": [(weekday_in_words(day), _named(day, why, decreed)) for day, why in term.passed] if term else [],
        "year": year,
        "columns": DAYS,
        "days": _days_of(year, decreed, today),
        "year_words": str(year),
        "earlier_url": _with(request, jaar=str(year - 1)) if year - 1 in YEARS else "",
        "later_url": _with(request, jaar=str(year + 1)) if year + 1 in YEARS else "",
        "may_change": may(request.user, Perm.MANAGE_POLICY),
        "may_compare": may(request.user, Perm.SEE_ALL_FILED),
    }
    return render(request, "initiatives/terms.html", context, status=400 if form.errors else 200)


def _term(form: TermForm, equated: frozenset[date]) -> Term:
    return Term(KINDS[form.cleaned_data["soort"]], form.cleaned_data["begin"], equated)


def _year(typed: str, otherwise: int) -> int:
    year = int(typed) if typed.isdecimal() and len(typed) == 4 else otherwise
    return year if year in YEARS else otherwise


def _named(day: date, why: str, decreed: dict[date, EquatedDay]) -> str:
    """Why the day is free; of a decree also which."""
    return f"gelijkgesteld: {decreed[day].citation}" if why == EQUATED else why


class FreeDay(NamedTuple):
    """A day on which no term ends; `pk` when it can be taken away."""

    day: date
    name: str
    source: str
    pk: int | None = None

    @property
    def words(self) -> str:
        return weekday_in_words(self.day)


def _days_of(year: int, decreed: dict[date, EquatedDay], today: date) -> list[FreeDay]:
    """The holidays and the equated days of a year; those from today on can be taken away."""
    found = [FreeDay(day, name, "Algemene termijnenwet, artikel 3") for day, name in holidays(year).items()]
    found += [
        FreeDay(day, "Gelijkgestelde dag", row.citation, row.pk if day >= today else None)
        for day, row in decreed.items()
        if day.year == year
    ]
    return sorted(found)


def _with(request: Request, **changes: str) -> str:
    return f"?{urlencode({**request.GET.dict(), **changes})}#dagen"


@asks_first
def new_decree_day(request: Request) -> HttpResponse:
    """Asks which day; then shows what changes by it; then does it."""
    require(request.user, Perm.MANAGE_POLICY)
    form = DecreeDayForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "crumbs": CRUMBS}
    if not (form.is_bound and form.is_valid()):
        return render(request, "initiatives/decree_day.html", context, status=400 if form.errors else 200)
    day, citation = form.cleaned_data["dag"], form.cleaned_data["vindplaats"]
    shown = request.POST.get("gezien", "")
    if shown:
        try:
            count = decree_days.add_day(day, citation, shown=shown, by=request.user, at=now())
            return _done(request, f"De dag is toegevoegd. {_moved(count)}", day)
        except (DayRefused, CalendarInUse) as refused:
            return conflict(request, str(refused))
        except NotAsShown:
            context["changed"] = True
    shifts = decree_days.shifts_if_added(day)
    context |= {"day": weekday_in_words(day), **_consequences(shifts)}
    return render(request, "initiatives/decree_day_confirm.html", context, status=409 if shown else 200)


@asks_first
def remove_decree_day(request: Request, pk: int) -> HttpResponse:
    """Shows what changes when the day is taken away, asks why, and does it."""
    require(request.user, Perm.MANAGE_POLICY)
    day = EquatedDay.objects.filter(pk=pk).first()
    if day is None and request.method == "POST":
        return conflict(request, decree_days.REMOVED)
    if day is None:
        raise Http404
    at = now()
    if why_not := decree_days.why_not_removed(day.date, local_date(at)):
        return conflict(request, why_not)
    form = RemoveDayForm(request.POST if request.method == "POST" else None)
    changed = False
    if form.is_bound and form.is_valid():
        shown, person = request.POST.get("gezien", ""), request.user
        try:
            count = decree_days.remove_day(pk, form.cleaned_data["redenen"], shown=shown, by=person, at=at)
            return _done(request, f"De dag is weggehaald. {_moved(count)}", day.date)
        except (DayRefused, CalendarInUse) as refused:
            return conflict(request, str(refused))
        except NotAsShown:
            changed = True
    shifts = decree_days.shifts_if_removed(day.date)
    context = {"form": form, "crumbs": CRUMBS, "changed": changed, "day": weekday_in_words(day.date)}
    context |= {"citation": day.citation, **_consequences(shifts)}
    status = 409 if changed else 400 if form.errors else 200
    return render(request, "initiatives/decree_day_remove.html", context, status=status)


def _consequences(shifts: Shifts) -> dict[str, Any]:
    return {
        "columns": SHIFTS,
        "shifts": [
            {
                "number": shift.term.initiative.number,
                "place": shift.term.initiative.unit.name,
                "what": shift.what,
                "before": weekday_in_words(shift.before),
                "after": weekday_in_words(shift.after),
            }
            for shift in shifts.files
        ],
        "moves": _moves(shifts.total),
        "others": [one.words for one in shifts.others],
        "mark": decree_days.mark_of(shifts),
    }


def _moves(count: int) -> str:
    if not count:
        return "Er is geen lopende termijn die hierdoor verschuift."
    return so_many(count, "lopende termijn verschuift.", "lopende termijnen verschuiven.")


def _moved(count: int) -> str:
    if not count:
        return "Er verschoof geen termijn."
    return so_many(count, "termijn is verschoven.", "termijnen zijn verschoven.")


def _done(request: Request, sentence: str, day: date) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(f"{reverse('terms')}?jaar={day.year}#dagen")
