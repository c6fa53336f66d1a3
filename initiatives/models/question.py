"""Questions to the project leader and their answers (S0-43). Both are only added to.

That a question was answered, and in which words it is found, is written beside it by the database when an answer comes
in (migration `questions_go_to_the_project_leader`).
"""

from django.db import models
from django.db.models import Q

from bodycams.constraints import says
from initiatives.models.initiative import Initiative
from initiatives.querysets import QuestionQuerySet
from organisation.models import Person


class Question(models.Model):
    """A question about a file, or in general when it names none. `asked_as` is in which role, at that moment."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, null=True, related_name="questions")
    title = models.CharField("onderwerp", max_length=120)
    text = models.TextField("vraag")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_as = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, editable=False)
    form_id = models.UUIDField("het formulier waarmee het gevraagd is", null=True, unique=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="question_newest"),
            models.Index(fields=["-asked_at", "-id"], name="question_open", condition=Q(answered_at__isnull=True)),
            models.Index(fields=["asked_by", "-asked_at", "-id"], name="question_of_person"),
        ]
        constraints = [says("title", "text", "asked_as")]

    def __str__(self) -> str:
        return self.title


class Answer(models.Model):
    """What the project leader answered. A later version takes the place of the one before, which stays on record."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    version = models.PositiveSmallIntegerField()
    text = models.TextField("antwoord")
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["question", "version"], name="one_answer_of_a_version"),
            says("text"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.version}"
