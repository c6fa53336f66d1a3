"""One document of a file, given to who may see the file: to be saved, never shown by the browser itself."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from bodycams.uploads.store import give
from initiatives.documents import give_document
from initiatives.models import Document, Initiative
from organisation.requests import Request


@require_safe
def document(request: Request, pk: int, document: UUID) -> HttpResponse:
    visible = Initiative.objects.visible_to(request.user)
    found = get_object_or_404(Document, pk=document, initiative__in=visible.filter(pk=pk))
    return give(found) if request.method == "HEAD" else give_document(found, person=request.user)
