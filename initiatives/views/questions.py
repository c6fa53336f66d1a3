"""Questions to the project leader (S0-43): the list, one question, asking and answering. What may be asked by whom is
in `questions.py`.
"""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_http_methods, require_safe

from bodycams.keyset import BadLink, Page
from bodycams.look import Heading
from initiatives import questions as room
from initiatives.concepts import AlreadySent
from initiatives.forms.questions import AnswerForm, AskForm, QuestionsForm
from initiatives.models import Initiative, Question
from initiatives.questions import AnsweredMeanwhile, Asked, may_ask, may_ask_about
from initiatives.shown import questions as shown
from initiatives.views.register import address, chips
from initiatives.views.scope import SENT_BEFORE, form_id_of
from initiatives.words import from_to, thousands
from organisation.permissions import may, require
from organisation.requests import Request
from organisation.roles import Perm
from workflow.clock import now

PER_PAGE = 25
LIST = ("Vragen", reverse_lazy("questions"))
COLUMNS = [Heading("Vraag"), Heading("Over"), Heading("Gesteld door"), Heading("Gesteld op", "n"), Heading("Stand")]
NOT_IN_GENERAL = "Een algemene vraag stelt een contactpersoon of het hoofd van een onderdeel."
NOT_ABOUT_IT = "U kunt over dit dossier geen vraag stellen aan de projectleider."
MEANWHILE = "Intussen is er al een antwoord gegeven. Lees het, en verbeter het als dat nodig is."


@require_safe
def questions(request: Request) -> HttpResponse:
    """What was asked about files that this person may see, and in general; newest first."""
    person = request.user
    require(person, Perm.SEE_OVERVIEW)
    form = QuestionsForm(request.GET)
    found = room.selection(person, form.asked() if form.is_valid() else Asked())
    page = _page(form, found, request.GET.get("pagina", ""))
    context = {
        "form": form,
        "chips": list(chips(form, request.GET)),
        "columns": COLUMNS,
        "ask_url": reverse("ask") if may_ask(person) else "",
        **(_list(page, room.count(found), request.GET) if page else {}),
    }
    return render(request, "initiatives/questions.html", context, status=200 if page else 400)


def _page(form: QuestionsForm, found: Any, link: str) -> Page | None:
    """The page that the link leads to; None when what stands in the address is not right."""
    if form.is_valid():
        try:
            return room.page(found, PER_PAGE, link)
        except BadLink:
            form.add_error(None, "Deze bladzijde bestaat niet. Begin bij de eerste.")
    return None


def _list(page: Page, count: int, given: Any) -> dict[str, Any]:
    """What the page says of what was found."""
    of = thousands(count) if count <= room.COUNTED else f"meer dan {thousands(room.COUNTED)}"
    return {
        "rows": [shown.row(question) for question in page.rows],
        "found": "1 vraag" if count == 1 else f"{of.capitalize()} vragen",
        "position": f"{from_to(page.position, len(page.rows))} van {of}",
        "previous_url": address(given, pagina=page.previous) if page.previous else "",
        "next_url": address(given, pagina=page.next) if page.next else "",
    }


@require_safe
def question(request: Request, pk: int) -> HttpResponse:
    """One question with its answer in force, and the answers before that."""
    found = _visible(request, pk)
    context = {
        **shown.page(found),
        "crumbs": [LIST],
        "answer_url": reverse("answer", args=[pk]) if may(request.user, Perm.ANSWER) else "",
    }
    return render(request, "initiatives/question.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, pk: int) -> HttpResponse:
    """The project leader answers, or puts a better answer in the place of the one in force."""
    found = _visible(request, pk)
    require(request.user, Perm.ANSWER)
    given = shown.page(found)
    last = given["versions"]
    start = {"after": last, "text": given["in_force"].text if last else ""}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=start)
    status = 200
    if form.is_valid():
        said = form.cleaned_data
        try:
            room.answer(found, said["text"], person=request.user, at=now(), after=said["after"] or 0)
        except AnsweredMeanwhile:
            form = AnswerForm({"after": last, "text": said["text"]})
            form.add_error(None, MEANWHILE)
            status = 409
        else:
            messages.success(request, "Uw antwoord staat bij de vraag. Wie haar stelde, krijgt bericht.")
            return redirect("question", pk)
    elif form.is_bound:
        status = 400
    context = {**given, "form": form, "crumbs": [LIST, (found.title, reverse("question", args=[pk]))]}
    return render(request, "initiatives/answer.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request) -> HttpResponse:
    """A question in general."""
    if not may_ask(request.user):
        raise PermissionDenied(NOT_IN_GENERAL)
    return _ask(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_about(request: Request, pk: int) -> HttpResponse:
    """A question about a file."""
    visible = Initiative.objects.visible_to(request.user).select_related("unit")
    initiative = get_object_or_404(visible, pk=pk)
    if not may_ask_about(request.user, initiative):
        raise PermissionDenied(NOT_ABOUT_IT)
    return _ask(request, initiative)


def _ask(request: Request, initiative: Initiative | None) -> HttpResponse:
    form = AskForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        said, form_id = form.cleaned_data, form_id_of(request.POST)
        try:
            asked = room.ask(
                request.user, said["title"], said["text"], at=now(), initiative=initiative, form_id=form_id
            )
        except AlreadySent:
            form.add_error(None, SENT_BEFORE)
            status = 409
        else:
            messages.success(request, "Uw vraag staat bij de projectleider. U krijgt bericht van het antwoord.")
            return redirect("question", asked.pk)
    elif form.is_bound:
        status = 400
    crumbs: list[Any] = [LIST]
    if initiative:
        crumbs = [("Register", reverse("register")), (initiative.number, reverse("file", args=[initiative.pk]))]
    context = {"form": form, "form_id": uuid4(), "initiative": initiative, "crumbs": crumbs}
    return render(request, "initiatives/ask.html", context, status=status)


def _visible(request: Request, pk: int) -> Question:
    visible = Question.objects.visible_to(request.user).select_related("initiative", "initiative__unit")
    found: Question | None = visible.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
