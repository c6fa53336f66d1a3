"""Which path belongs to which app. A path that the access table of the tests does not know fails the tests.

One list of all: what is included (`include`) would be put together three times when a process starts.
"""

from itertools import chain

from django.conf import settings
from django.urls import path
from django.utils.module_loading import import_string

from bodycams import health, kept_forms, views
from bodycams.api.door import door

APPS = ("initiatives", "organisation", "inventory", "retention")

urlpatterns = [
    path("api/v1/<path:rest>", door, name="api"),
    path("bewaard/", kept_forms.kept_forms, name="kept-forms"),
    path("privacy/", views.privacy, name="privacy"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    path("robots.txt", views.robots_txt, name="robots-txt"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    *chain.from_iterable(import_string(f"{app}.urls.urlpatterns") for app in APPS),
]

if settings.DEMO:
    from bodycams.gallery import views as gallery

    urlpatterns.append(path("galerij/", gallery.show, name="gallery"))

handler400 = "bodycams.errors.bad_request"
handler403 = "bodycams.errors.forbidden"
handler404 = "bodycams.errors.not_found"
handler500 = "bodycams.errors.broken"
