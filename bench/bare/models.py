"""The same rows, with the columns that the pages show, and nothing that guards them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Unit(models.Model):
    name = models.CharField(max_length=120)


class Row(models.Model):
    unit = models.ForeignKey(Unit, models.PROTECT)
    number = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    submitted_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    kinds = ArrayField(models.CharField(max_length=40))
    title = models.CharField(max_length=200)
    description = models.TextField()
    teams = models.CharField(max_length=500)
    target_groups = ArrayField(models.CharField(max_length=40))
    uses = ArrayField(models.CharField(max_length=40))
    cameras_now = models.IntegerField(null=True)
    cameras_requested = models.IntegerField(null=True)
    vendor = models.CharField(max_length=120)
    vendor_reasons = models.TextField()
    model_name = models.CharField(max_length=120)
    functions = ArrayField(models.CharField(max_length=40))
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    cost_centre = models.CharField(max_length=20)
    tasks = ArrayField(models.CharField(max_length=40))
    purposes = ArrayField(models.CharField(max_length=40))
    situations = models.TextField()
    proportionality = models.TextField()
    announcement = models.TextField()
    places = ArrayField(models.CharField(max_length=40))
    requested_support = ArrayField(models.CharField(max_length=40))

    class Meta:
        indexes = [models.Index(fields=["state", "-submitted_at", "-id"], name="row_state")]


class Term(models.Model):
    row = models.ForeignKey(Row, models.CASCADE)
    kind = models.CharField(max_length=30)
    last_day = models.DateField()
    met_on = models.DateField(null=True)


class Decision(models.Model):
    row = models.ForeignKey(Row, models.CASCADE)
    permission = models.BooleanField()
    granted = ArrayField(models.CharField(max_length=40))
    refused = ArrayField(models.CharField(max_length=40))
    reasons = models.TextField()
    decided_at = models.DateTimeField()


class Audit(models.Model):
    """Who did what, as a bare project would write it down."""

    row = models.ForeignKey(Row, models.CASCADE)
    at = models.DateTimeField()
    person = models.CharField(max_length=150)
    action = models.CharField(max_length=80)
