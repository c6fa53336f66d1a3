"""Addresses of recordings, holds and requests."""

from django.urls import path

from retention.views import holds

urlpatterns = [
    path("verzoeken/opschortingen/", holds.hold_list, name="holds"),
    path("verzoeken/opschortingen/nieuw/", holds.hold_place, name="hold-place"),
    path("verzoeken/opschortingen/<int:pk>/", holds.hold, name="hold"),
    path("verzoeken/opschortingen/<int:pk>/<str:name>/", holds.hold_step, name="hold-step"),
]
