"""Addresses of the procedure."""

from django.urls import path

from initiatives.views import procedure, register

urlpatterns = [
    path("beleid/", procedure.policy, name="policy"),
    path("initiatieven/", register.register, name="register"),
    path("procedure/", procedure.procedure, name="procedure"),
]
