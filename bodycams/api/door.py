"""The one address of Django behind which the whole API lies."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from bodycams.kept_forms import never_kept


@never_kept
@csrf_exempt
@login_not_required
def door(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Passed on to what stands at this address. Asks for no log-in and looks at no cookie: a token is asked for inside,
    of everything that does not say that it is public.
    """
    from bodycams.api import site  # what it needs is loaded only in a process that is asked for the API

    view, args, kwargs = site.resolve(rest)
    asked = request.method
    if asked == "HEAD":
        request.method = "GET"  # the same answer, of which the server leaves out the body
    answer: HttpResponseBase = view(request, *args, **kwargs)
    request.method = asked
    return answer
