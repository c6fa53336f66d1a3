"""Addresses of the procedure."""

from django.urls import path

from initiatives.views import procedure

urlpatterns = [
    path("beleid/", procedure.policy, name="policy"),
    path("procedure/", procedure.procedure, name="procedure"),
]
