"""The selection of the register as a file. That it was taken out stands in the journal before the first row goes."""

from django.http import Http404
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bodycams.downloads import headers_only, only_asks_about
from bodycams.spreadsheets.formats import FORMATS, Format
from initiatives.forms.register import RegisterForm
from initiatives.register import exports
from initiatives.register.asked import in_order, selection
from initiatives.words import so_many
from journal.write import record
from organisation.permissions import capacity_with, may, require
from organisation.requests import Request
from organisation.roles import Perm
from workflow.clock import local_date, now


@require_safe
def register_export(request: Request, kind: str) -> HttpResponseBase:
    """All that the page shows, whichever part of it one looks at, in the same order."""
    person = request.user
    perm = Perm.SEE_ALL_FILED if may(person, Perm.SEE_ALL_FILED) else Perm.SEE_FILES
    require(person, perm)
    if kind not in FORMATS:
        raise Http404
    form = RegisterForm(request.GET)
    if not form.is_valid():
        return render(request, "400.html", {"reason": _refusal(form)}, status=400)
    file, name = FORMATS[kind], f"register-{local_date(now())}.{kind}"
    if only_asks_about(request):
        return headers_only(file.content_type, name)
    found = selection(person, form.asked())
    _record(request, perm, form, found.count(), file)
    rows = exports.rows(in_order(found, form.asked()))
    return StreamingHttpResponse(
        file.make(exports.TITLE, exports.COLUMNS, rows),
        content_type=file.content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _refusal(form: RegisterForm) -> str:
    """What is wrong with the first field that is."""
    name, found = next(iter(form.errors.items()))
    return f"{form.fields[name].label}: {found[0]}" if name in form.fields else str(found[0])


def _record(request: Request, perm: Perm, form: RegisterForm, count: int, file: Format) -> None:
    chosen = {name: str(form.cleaned_data[name]) for name in form.narrowing if form.cleaned_data.get(name)}
    by = ", ".join(f"{'zoekwoord' if name == 'q' else name} {value}" for name, value in chosen.items())
    how_many = so_many(count, "initiatief", "initiatieven")
    capacity = capacity_with(request.user, perm)
    record(
        "register_geexporteerd",
        f"{capacity.title} heeft {how_many} uit het register gehaald als {file.label}"
        + (f", gekozen op {by}." if by else "."),
        actor=request.user,
        role=capacity.role,
        unit=capacity.unit,
        data={"selection": chosen, "order": form.asked().order, "initiatives": count, "format": file.label},
    )
