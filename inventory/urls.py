"""Addresses of the inventory."""

from django.urls import path

from inventory import views

urlpatterns = [
    path("inventaris/", views.inventory, name="inventory"),
    path("inventaris/nieuw/", views.new_camera, name="new-camera"),
    path("inventaris/<int:pk>/", views.camera, name="camera"),
]
