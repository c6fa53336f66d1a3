"""What is judged and decided about an initiative, in the first round and on objection. All but only added to."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from bodycams.constraints import says
from initiatives.choices import Dictum, Judgement, Opinion, Support
from initiatives.models.fields import several
from initiatives.models.initiative import Initiative
from initiatives.procedure import Status
from organisation.models import Person

DECIDED = [(Status.GOEDGEKEURD.value, Status.GOEDGEKEURD.label), (Status.AFGEWEZEN.value, Status.AFGEWEZEN.label)]


def judgement(verbose_name: str) -> "models.CharField[str, str]":
    return models.CharField(verbose_name, max_length=10, choices=Judgement)


class Assessment(models.Model):
    """The project leader's assessment: four dimensions, three goals, fit, and the eleven principles (S0-10, S0-13,
    S0-14).
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="assessments")
    assessed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField()
    technical = judgement("technisch")
    technical_note = models.TextField(blank=True)
    organisational = judgement("organisatorisch")
    organisational_note = models.TextField(blank=True)
    legal = judgement("juridisch")
    legal_note = models.TextField(blank=True)
    political = judgement("politiek-bestuurlijk")
    political_note = models.TextField(blank=True)
    harmonisation = judgement("harmonisatie")
    uniformity = judgement("uniformiteit")
    standardisation = judgement("standaardisatie")
    fit_technical = judgement("past technisch")
    fit_policy = judgement("past beleidsmatig")
    principles = models.JSONField(help_text='{"1": {"judgement": "voldoet", "note": ""}, … "11": …}')
    policy_version = models.CharField("getoetst aan", max_length=120)
    matrix = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        help_text="what was computed at that moment (matrix.as_kept)",
    )

    class Meta:
        default_permissions = ()
        ordering = ["assessed_at"]
        constraints = [says("policy_version")]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.assessed_at}"


class AssessmentDraft(models.Model):
    """What a project leader typed so far in an assessment, as the browser sent it. Each leader has a draft of their
    own; it is gone when the assessment is made.
    """

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="assessment_drafts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    typed = models.JSONField(help_text='{"technical": "ja", "technical_note": "…", …}')
    saved_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["saved_at"]
        constraints = [models.UniqueConstraint(fields=["initiative", "person"], name="one_draft_for_each_leader")]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.saved_at}"


class Decision(models.Model):
    """A decision: permission, and per kind of support (T-01). Round 1 is the first decision, round 2 the one on
    objection.

    `snapshot` is the initiative as it was decided on: overviews are made of it, never of what can still change.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField(choices=[(1, "eerste besluit"), (2, "besluit op bezwaar")])
    permission = models.BooleanField()
    granted = several(Support, "verleende ondersteuning")
    refused = several(Support, "geweigerde ondersteuning")
    reasons = models.TextField()
    conditions = ArrayField(models.TextField(), default=list, blank=True)
    override_reasons = models.TextField(blank=True)
    negative_reasons = models.TextField(blank=True, db_default="")
    warnings_answered = models.JSONField(default=list, help_text='[{"rule": code, "sentence": …, "answer": …}]')
    dictum = models.CharField(max_length=20, choices=Dictum, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    snapshot = models.JSONField()

    class Meta:
        default_permissions = ()
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "round"], name="one_decision_in_a_round"),
            models.CheckConstraint(condition=Q(permission=True) | Q(granted=[]), name="no_support_without_permission"),
            models.CheckConstraint(condition=Q(round__in=[1, 2]), name="a_decision_is_first_or_on_objection"),
            models.CheckConstraint(
                condition=Q(round=1, dictum="") | (Q(round=2) & ~Q(dictum="")), name="dictum_only_on_objection"
            ),
            says("reasons"),
        ]
        indexes = [models.Index(fields=["decided_at"], name="decision_at")]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.round}"

    @property
    def refuses_something(self) -> bool:
        return not self.permission or bool(self.refused)


class Objection(models.Model):
    """The objection against the first decision. There is at most one (T-02)."""

    initiative = models.OneToOneField(Initiative, models.PROTECT, related_name="objection")
    grounds = models.TextField("gronden")
    late_excuse = models.TextField("waarom te laat", blank=True)
    is_late = models.BooleanField()
    status_before = models.CharField(max_length=20, choices=DECIDED)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(is_late=False) | ~Q(late_excuse=""), name="late_objection_has_an_excuse"
            ),
            says("grounds"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.made_at}"


class View(models.Model):
    """The portfolio holder's view on an objection (T-19). The last one before the decision counts; every version
    stays.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="views")
    view = models.CharField(max_length=10, choices=Opinion)
    note = models.TextField("toelichting")
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["given_at"]
        constraints = [says("note")]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.view}"


class Adjournment(models.Model):
    """The decision on the objection was put off, once."""

    initiative = models.OneToOneField(Initiative, models.PROTECT, related_name="adjournment")
    weeks = models.PositiveSmallIntegerField("weken", validators=[MinValueValidator(1), MaxValueValidator(6)])
    reasons = models.TextField("redenen")
    adjourned_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    adjourned_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(weeks__gte=1, weeks__lte=6), name="adjourned_six_weeks_at_most"),
            says("reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.weeks}"


class Postponement(models.Model):
    """The notice that the first decision will be late (S2-25), once. It does not change the term."""

    initiative = models.OneToOneField(Initiative, models.PROTECT, related_name="postponement")
    new_day = models.DateField("nieuwe datum")
    reasons = models.TextField("redenen")
    told_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [says("reasons")]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.new_day}"
