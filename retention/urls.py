"""Addresses of recordings, holds and requests."""

from django.urls import path

from retention.views import (
    counted,
    deliver,
    holds,
    numbers,
    own_recordings,
    procedure,
    recording,
    recordings,
    runs,
    steps,
    taking_along,
    together,
    viewing,
)

urlpatterns = [
    path("opnamen/", recordings.recordings, name="recordings"),
    path("opnamen/cijfers/", numbers.recording_numbers, name="recording-numbers"),
    path("opnamen/cijfers/einde-dienst/", counted.end_of_shift, name="end-of-shift"),
    path("opnamen/cijfers/medewerkers/", counted.staff_followed, name="staff-followed"),
    path("opnamen/eigen/", own_recordings.own_recordings, name="own-recordings"),
    path("opnamen/vernietigingen/", runs.destruction_runs, name="destruction-runs"),
    path("opnamen/vernietigingen/<int:pk>/", runs.destruction_run, name="destruction-run"),
    path("opnamen/vernietigingen/<int:pk>/stap/vrijgeven/", runs.release_run, name="release-run"),
    path("opnamen/<int:pk>/", recording.recording, name="recording"),
    path("opnamen/<int:pk>/bekijken/", viewing.recording_view, name="recording-view"),
    path("opnamen/<int:pk>/downloaden/", taking_along.recording_download, name="recording-download"),
    path("opnamen/<int:pk>/stap/<str:name>/", steps.recording_step, name="recording-step"),
    path("opnamen/<int:pk>/verstrekken/", taking_along.recording_disclose, name="recording-disclose"),
    path("opnamen/bekijken/<uuid:pk>/", viewing.viewing, name="viewing"),
    path("opnamen/bekijken/<uuid:pk>/beeld", viewing.viewing_stream, name="viewing-stream"),
    path("opnamen/samen-beoordelen/", together.judge_several, name="recordings-judge-together"),
    path("opnamen/aanleveren/", deliver.deliver, name="deliver"),
    path("opnamen/aanleveren/<int:pk>/", deliver.delivery, name="delivery"),
    path("opnamen/aanleveren/<int:pk>/afgewezen.csv", deliver.rejected_lines, name="rejected-lines"),
    path("procedure/opnamen/", procedure.recording_procedure, name="recording-procedure"),
    path("verzoeken/opschortingen/", holds.hold_list, name="holds"),
    path("verzoeken/opschortingen/nieuw/", holds.hold_place, name="hold-place"),
    path("verzoeken/opschortingen/<int:pk>/", holds.hold, name="hold"),
    path("verzoeken/opschortingen/<int:pk>/<str:name>/", holds.hold_step, name="hold-step"),
]
