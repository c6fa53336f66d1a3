"""Writing a concept, choosing when somebody else wrote in it too, and throwing one away.

What is saved and what is refused is decided in `concepts.py`; what filing still asks for in `completeness.py` and
`policy.py`. Here these are brought together on a page.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.views.decorators.http import require_http_methods

from bodycams.uploads.store import NotKept
from initiatives.completeness import missing
from initiatives.concepts import NotAConcept, SavedByAnother, discard_concept, save_concept
from initiatives.documents import TooMany, add_documents, take_away_documents
from initiatives.forms.arrangements import FILE_FIELDS, chosen_documents
from initiatives.forms.concept import ConceptForm
from initiatives.forms.differences import differences, prints
from initiatives.forms.sections import sections_of
from initiatives.looks import look_of
from initiatives.matrix import matrix
from initiatives.models import Initiative
from initiatives.policy import blocking_at_filing, rules_for
from initiatives.scope import units_to_file_for
from initiatives.seen import record_view
from initiatives.whole import whole
from organisation.permissions import may_for, require_for
from organisation.requests import Request
from organisation.roles import Perm
from workflow.clock import AMSTERDAM, local_date, now

MINE, THEIRS = "mine", "theirs"
ABOUT_THE_FORM = ("csrfmiddlewaretoken", "version", "opened", "bevestig")
"""What the form says about itself, next to what was typed in it."""

LAPSES = "U verandert {}. De politiechef tekende voor wat er stond, en moet dan opnieuw tekenen. De rest is al bewaard."
NO_CONCEPT = "Dit is geen concept meer. Alleen een concept kunt u veranderen."
NOT_DISCARDED = (
    "Dit kunt u niet weggooien: het is aangemeld, of de noodzaak is al beoordeeld. U kunt het wel intrekken."
)


@require_http_methods(["GET", "HEAD", "POST"])
def concept(request: Request, pk: int) -> HttpResponse:
    """The form of a concept, saved however little it says; what is wrong in it comes back, and the rest is kept."""
    at = now()
    initiative = _to_write(request, pk)
    if not initiative.is_concept:
        return _closed(request, initiative, at, NO_CONCEPT)
    if request.method == "POST":
        return _save(request, initiative, at)
    record_view(initiative, request.user)
    return _page(request, _form(request, initiative, at), at)


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: Request, pk: int) -> HttpResponse:
    """Throw a concept away, after asking."""
    initiative = _to_write(request, pk)
    if not initiative.may_be_discarded:
        return _closed(request, initiative, now(), NOT_DISCARDED)
    if request.method != "POST":
        return render(request, "initiatives/discard.html", _heading(initiative))
    try:
        discard_concept(initiative, person=request.user)
    except NotAConcept:
        return _closed(request, initiative, now(), NOT_DISCARDED)
    except Initiative.DoesNotExist:
        raise Http404 from None
    messages.success(request, "Het concept is weggegooid.")
    return redirect("my-work")


def _to_write(request: Request, pk: int) -> Initiative:
    """The initiative, for who may write in it: else 404 or 403."""
    visible = Initiative.objects.visible_to(request.user)
    initiative = whole(visible, pk)
    if initiative is None:
        raise Http404
    require_for(request.user, Perm.FILE, initiative)
    return initiative


def _form(
    request: Request, initiative: Initiative, at: datetime, data: QueryDict | None = None, *, with_files: bool = False
) -> ConceptForm:
    """The form as it stands, or with what was sent in it. A unit cannot change any more once there is a number."""
    today = local_date(at)
    units = [] if initiative.number else units_to_file_for(request.user, today)
    return ConceptForm(
        data,
        initiative=initiative,
        units={unit.code: unit for unit in (*units, initiative.unit)},
        visible=Initiative.objects.visible_to(request.user),
        today=today,
        left_alone=[name for name, choice in _chosen(data or {}).items() if choice == THEIRS],
        files=request.FILES if with_files else None,
    )


def _chosen(data: Mapping[str, Any]) -> dict[str, str]:
    """Whose text was chosen, by the names of the fields, where two people wrote."""
    return {
        name: data[f"keep_{name}"] for name in ConceptForm.base_fields if data.get(f"keep_{name}") in (MINE, THEIRS)
    }


def _save(request: Request, initiative: Initiative, at: datetime) -> HttpResponse:
    data = request.POST
    form = _form(request, initiative, at, data, with_files=True)
    form.is_valid()
    given = form.given()
    defects = given.pop("defects", None)
    try:
        _keep_documents(request, form, at)
        saved = save_concept(
            initiative,
            {**given, "version": _version(data)},
            defects,
            person=request.user,
            at=at,
            may_lapse="bevestig" in data,
            chosen=_chosen(data),
        )
    except SavedByAnother as other:
        return _both_texts(request, form, other.current, at)
    except NotAConcept:
        return _closed(request, initiative, at, NO_CONCEPT)
    except Initiative.DoesNotExist:
        raise Http404 from None
    if form.errors or saved.held:
        if not saved.fields:
            record_view(saved.initiative, request.user)
        again = _form(request, saved.initiative, at, data)
        again.repeat_errors_of_files(form)
        return _page(request, again, at, 409 if again.is_valid() else 400, held=saved.held)
    return redirect("step", initiative.pk, "aanmelden") if "verder" in data else redirect("concept", initiative.pk)


def _keep_documents(request: Request, form: ConceptForm, at: datetime) -> None:
    """Add and take away documents, before anything else and whatever becomes of the rest: a browser sends a file once.
    What cannot be kept is said at the field, and stops nothing.
    """
    take_away_documents(form.initiative, chosen_documents(request.POST), person=request.user, at=at)
    try:
        add_documents(form.initiative, form.documents, person=request.user, at=at)
    except (NotKept, TooMany) as refused:
        form.add_error(next(name for name, place in FILE_FIELDS.items() if form.documents[place]), str(refused))


def _version(data: QueryDict) -> int:
    """The version that was opened; 0, which never was one, when that did not come along."""
    typed = data.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _page(
    request: Request,
    form: ConceptForm,
    at: datetime,
    status: int = 200,
    *,
    held: tuple[str, ...] = (),
    already: bool = False,
) -> HttpResponse:
    """The form. `held`: the fields that were not saved, because the necessity would lapse; `already`: all was saved
    before.
    """
    initiative = form.initiative
    day = initiative.policy_date or local_date(at)
    reasons = [*missing(initiative), *blocking_at_filing(initiative, day)]
    sections = sections_of(form, reasons, matrix(initiative, rules_for(initiative, day)), held)
    complete = sum(section.is_complete for section in sections)
    context = {
        **_heading(initiative),
        "form": form,
        "sections": sections,
        "percent": 100 * complete // len(sections),
        "progress": f"{complete} van {len(sections)} compleet",
        "opened": prints(form),
        "saved": f"Bewaard {_moment(initiative.changed_at, at)}. Er gaat niets verloren.",
        "signs": may_for(request.user, Perm.ESTABLISH_NECESSITY, initiative),
        "sent_back": initiative.pending_return() if initiative.is_returned else None,
        "may_be_discarded": initiative.may_be_discarded,
        "held": LAPSES.format(", ".join(f"‘{form.fields[name].label}’" for name in held)) if held else "",
        "already": already,
    }
    return render(request, "initiatives/concept.html", context, status=status)


def _both_texts(request: Request, sent: ConceptForm, current: Initiative, at: datetime) -> HttpResponse:
    """Somebody saved this concept meanwhile: both texts beside each other, and a choice per field."""
    stored = _form(request, current, at)
    found = list(differences(sent, stored, request.POST.get("opened", "")))
    if not found:
        return _page(request, _form(request, current, at, request.POST), at, 409, already=True)
    context = {
        **_heading(current),
        "differences": found,
        "typed": list(_typed(request.POST)),
        "opened": prints(stored),
        "moment": _moment(current.changed_at, at),
        "by_myself": current.changed_by_id == request.user.pk,
    }
    return render(request, "initiatives/both_texts.html", context, status=409)


def _closed(request: Request, initiative: Initiative, at: datetime, why: str) -> HttpResponse:
    """Too late for this. What was typed meanwhile is shown, so that it can be copied."""
    lost: list[str] = []
    if request.method == "POST":
        sent = _form(request, initiative, at, request.POST)
        sent.is_valid()
        found = differences(sent, _form(request, initiative, at), "")
        lost = [f"{difference.label}: {difference.mine}" for difference in found]
    to_file = {"label": "Ga naar het dossier", "url": reverse("file", args=[initiative.pk]), "note": str(initiative)}
    return render(request, "initiatives/closed.html", {"why": why, "links": [to_file], "lost": lost}, status=409)


def _heading(initiative: Initiative) -> dict[str, Any]:
    """What stands above each page about an initiative that is being written."""
    return {
        "initiative": initiative,
        "title": initiative.heading,
        "status": look_of(initiative),
        "crumbs": [("Mijn werk", reverse("my-work"))],
    }


def _typed(data: QueryDict) -> Iterator[tuple[str, str]]:
    """Every name and value that was sent, but for what the form says about itself."""
    for name, values in data.lists():
        if name not in ABOUT_THE_FORM and not name.startswith("keep_"):
            yield from ((name, value) for value in values)


def _moment(moment: datetime, at: datetime) -> str:
    """`om 14.12 uur`, with the day when that was not today."""
    local = moment.astimezone(AMSTERDAM)
    hour = format_date(local, "\\o\\m H.i \\u\\u\\r")
    return hour if local.date() == local_date(at) else f"op {format_date(local, 'j F Y')} {hour}"
