"""The library of policy documents: which version held on a day, every version with its files, and adding to it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_http_methods, require_safe

from bodycams.uploads.store import NotKept, give
from initiatives import library as room
from initiatives.forms.library import DocumentForm, FileForm, LibraryDayForm, VersionForm
from initiatives.library import NotNewer
from initiatives.models import PolicyDocument, PolicyFile, PolicyVersion
from initiatives.words import size_in_words
from organisation.permissions import may, require
from organisation.requests import Request
from organisation.roles import Perm
from workflow.clock import local_date, now
from workflow.dates import day_in_words

LIST = [("Beleid", reverse_lazy("policy")), ("Documenten", reverse_lazy("library"))]


@require_safe
def library(request: Request) -> HttpResponse:
    """The documents in the version of a day (today unless asked)."""
    today = local_date(now())
    form = LibraryDayForm(request.GET or {"datum": today})
    day = form.cleaned_data["datum"] if form.is_valid() else today
    context = {
        "form": form,
        "day": day,
        "crumbs": LIST[:1],
        "versions": [(version, facts(version), _files(version)) for version in room.held_on(day)],
        "add_url": reverse("library-new") if may(request.user, Perm.KEEP_DOCUMENTS) else "",
    }
    return render(request, "initiatives/library.html", context, status=200 if form.is_valid() else 400)


@require_safe
def library_document(request: Request, code: str) -> HttpResponse:
    """Every version of one document, the newest first."""
    document = get_object_or_404(PolicyDocument, code=code)
    versions = list(document.versions.prefetch_related("files"))
    until = [*(version.valid_from for version in versions[1:]), None]
    keeps = may(request.user, Perm.KEEP_DOCUMENTS)
    rows = [(version, facts(version, last), _files(version)) for version, last in zip(versions, until, strict=True)]
    context = {"document": document, "crumbs": LIST, "versions": list(reversed(rows)), "keeps": keeps}
    return render(request, "initiatives/library_document.html", context)


@require_safe
def library_file(request: Request, pk: UUID) -> HttpResponseBase:
    """A file as it was added, to be saved."""
    file = get_object_or_404(PolicyFile.objects.select_related("version__document"), pk=pk)
    answer = give(file)
    if request.method == "GET":
        room.note_download(file, request.user)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def library_new(request: Request) -> HttpResponse:
    """A new document; its first version comes after it."""
    require(request.user, Perm.KEEP_DOCUMENTS)
    form = DocumentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            document = room.add_document(said["code"], said["title"], said["about"], person=request.user)
        except NotNewer as refused:
            form.add_error("code", str(refused))
        else:
            return redirect("library-version", document.code)
    return _form(request, form, {"title": "Nieuw document", "label": "Verder", "crumbs": LIST})


@require_http_methods(["GET", "HEAD", "POST"])
def library_version(request: Request, code: str) -> HttpResponse:
    """A new version of a document, with its file."""
    document = get_object_or_404(PolicyDocument, code=code)
    require(request.user, Perm.KEEP_DOCUMENTS)
    form = VersionForm(*_sent(request))
    if form.is_valid():
        try:
            room.add_version(document, form.version(), form.cleaned_data["file"], person=request.user, at=now())
        except NotNewer as refused:
            form.add_error("valid_from", str(refused))
        except NotKept as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, "De versie staat in de bibliotheek. De vorige blijft te lezen.")
            return redirect("library-document", code)
    return _form(request, form, _about(document, "Nieuwe versie", "Versie toevoegen"))


@require_http_methods(["GET", "HEAD", "POST"])
def library_add_file(request: Request, pk: int) -> HttpResponse:
    """A file for a version that is there."""
    version = get_object_or_404(PolicyVersion.objects.select_related("document"), pk=pk)
    require(request.user, Perm.KEEP_DOCUMENTS)
    form = FileForm(*_sent(request))
    if form.is_valid():
        try:
            room.add_file(version, form.cleaned_data["file"], person=request.user, at=now())
        except NotKept as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, "Het bestand staat bij deze versie.")
            return redirect("library-document", version.document.code)
    return _form(request, form, _about(version.document, f"Bestand bij {version.label}", "Bestand toevoegen"))


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _about(document: PolicyDocument, title: str, label: str) -> dict[str, Any]:
    back = reverse("library-document", args=[document.code])
    return {
        "title": title,
        "subject": document.title,
        "label": label,
        "back": back,
        "crumbs": [*LIST, (document.title, back)],
    }


def _form(request: Request, form: Any, about: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "back": reverse("library"), **about}
    return render(request, "initiatives/library_form.html", context, status=400 if form.is_bound else 200)


def facts(version: PolicyVersion, next_from: date | None = None) -> list[tuple[str, str]]:
    """What is said of a version; `next_from` is the day on which the next one began to hold."""
    until = f", tot {day_in_words(next_from)}" if next_from else ""
    return [
        ("Datum", day_in_words(version.dated) if version.dated else "draagt geen datum"),
        ("Geldt", f"vanaf {day_in_words(version.valid_from)}{until}"),
        ("Vindplaats", version.citation),
    ]


def _files(version: PolicyVersion) -> list[dict[str, str]]:
    return [
        {
            "label": file.name,
            "url": reverse("library-file", args=[file.pk]),
            "icon": file.kind.icon,
            "size": size_in_words(file.size),
            "note": f"{file.kind.label}, toegevoegd op {day_in_words(local_date(file.added_at))}",
        }
        for file in version.files.all()
    ]
