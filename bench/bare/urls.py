"""Three addresses."""

from django.urls import path

from bench.bare import views

urlpatterns = [
    path("rows/", views.rows, name="rows"),
    path("rows/<int:pk>/", views.row, name="row"),
    path("rows/<int:pk>/step/", views.step, name="step"),
]
