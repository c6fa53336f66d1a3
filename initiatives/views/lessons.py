"""What was learnt from experiments, for all contact persons (S1-29). Writing it is in `views/afterwards.py`."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_safe

from bodycams.keyset import BadLink
from initiatives import evaluations
from initiatives.forms.afterwards import LessonsForm
from initiatives.models import Initiative
from initiatives.shown import afterwards as shown
from initiatives.views.register import address
from initiatives.words import from_to, so_many, thousands
from organisation.permissions import require
from organisation.requests import Request
from organisation.roles import Perm

PER_PAGE = 20
LIST = ("Geleerd van experimenten", reverse_lazy("lessons"))


@require_safe
def lessons(request: Request) -> HttpResponse:
    """Every evaluation that was submitted, newest first, with a search."""
    require(request.user, Perm.SEE_OVERVIEW)
    form = LessonsForm(request.GET)
    found = evaluations.lessons(form.cleaned_data["q"] if form.is_valid() else "")
    page = None
    if form.is_valid():
        try:
            page = evaluations.page(found, PER_PAGE, request.GET.get("pagina", ""))
        except BadLink:
            form.add_error(None, "Deze bladzijde bestaat niet. Begin bij de eerste.")
    count = found.count()
    context = {
        "form": form,
        "lessons": [shown.lesson(written) for written in page.rows] if page else [],
        "found": so_many(count, "evaluatie", "evaluaties"),
        "is_narrowed": bool(request.GET.get("q")),
    }
    if page:
        context |= {
            "position": f"{from_to(page.position, len(page.rows))} van {thousands(count)}",
            "previous_url": address(request.GET, pagina=page.previous) if page.previous else "",
            "next_url": address(request.GET, pagina=page.next) if page.next else "",
        }
    return render(request, "initiatives/lessons.html", context, status=200 if page else 400)


@require_safe
def lesson(request: Request, pk: int) -> HttpResponse:
    """One evaluation, also for who may not see its file."""
    require(request.user, Perm.SEE_OVERVIEW)
    written = evaluations.lessons().filter(pk=pk).first()
    if written is None:
        raise Http404
    sees_file = Initiative.objects.visible_to(request.user).filter(pk=written.initiative_id).exists()
    context = {
        **shown.page(written),
        "crumbs": [LIST],
        "file_url": reverse("file", args=[written.initiative_id]) if sees_file else "",
    }
    return render(request, "initiatives/lesson.html", context)
