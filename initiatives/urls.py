"""Addresses of the procedure."""

from django.urls import path

from initiatives.views import file, procedure, register, step

urlpatterns = [
    path("beleid/", procedure.policy, name="policy"),
    path("initiatieven/", register.register, name="register"),
    path("initiatieven/<int:pk>/", file.file, name="file"),
    path("initiatieven/<int:pk>/stap/<str:name>/", step.step, name="step"),
    path("procedure/", procedure.procedure, name="procedure"),
]
