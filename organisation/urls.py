"""The addresses of log-in, one's own account, and units, people and roles. No personnel number stands in an address."""

from django.urls import path

from organisation import account_views, views

urlpatterns = [
    path("inloggen/", views.log_in, name="login"),
    path("inloggen/wachtwoord/<int:pk>/<str:token>/", account_views.choose_password, name="choose-password"),
    path("uitloggen/", views.log_out, name="logout"),
    path("account/", account_views.account, name="account"),
    path("account/wachtwoord/", account_views.change_password, name="password-change"),
    path("account/ingelogd/", account_views.stay, name="stay"),
    path("account/mandaten/nieuw/", account_views.new_mandate, name="new-mandate"),
    path("account/mandaten/<int:pk>/intrekken/", account_views.end_mandate, name="end-mandate"),
]
