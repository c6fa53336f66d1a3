"""Addresses of the procedure."""

from django.urls import path

from initiatives.views import file, my_work, procedure, register, step

urlpatterns = [
    path("", my_work.my_work, name="my-work"),
    path("beleid/", procedure.policy, name="policy"),
    path("initiatieven/", register.register, name="register"),
    path("initiatieven/<int:pk>/", file.file, name="file"),
    path("initiatieven/<int:pk>/stap/<str:name>/", step.step, name="step"),
    path("procedure/", procedure.procedure, name="procedure"),
]
