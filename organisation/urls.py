"""The addresses of log-in, one's own account, and units, people and roles."""

from django.urls import path

from organisation import views

urlpatterns = [
    path("inloggen/", views.log_in, name="login"),
    path("uitloggen/", views.log_out, name="logout"),
]
