"""How forms are rendered."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Django's form templates, with this project's own in front."""
