"""Which path belongs to which app. A path that the access table of the tests does not know fails the tests."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
