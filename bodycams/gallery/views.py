"""The page of the gallery. Not here: what it shows (the other modules of this package), the components themselves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bodycams.gallery import drawings, file, forms, lists, recordings, small

SHOWN = {
    **small.SMALL_THINGS,
    **lists.LISTS,
    **file.FILE,
    **forms.PARTS,
    **drawings.CHARTS,
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery.html", {**SHOWN, **recordings.shown(), **forms.filled()})
