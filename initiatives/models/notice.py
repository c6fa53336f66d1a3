"""What people are told: a notice about one thing, the mail that gathers the notices of a day, and of which terms
somebody was reminded.

Notices and digests wait until they are mailed (`initiatives/mail.py`); who is told what is in `initiatives/notices.py`
and `reminders.py`.
"""

from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.urls import reverse

from bodycams.constraints import says
from bodycams.mail import Link
from initiatives.models.filing import FileTerm
from initiatives.models.initiative import Initiative
from initiatives.querysets import MailedQuerySet, NoticeQuerySet
from organisation.models import Person

IS_READ = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())


class Mailed(models.Model):
    """Something for one person that is mailed once. `tries` counts the attempts that failed; the next one is not made
    before `try_after`.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="%(class)ss")
    created_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Digest(Mailed):
    """One mail with everything that somebody was told of since the one before: at most one a day."""

    day = models.DateField()

    objects = MailedQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"


class Notice(Mailed):
    """A message to one person: made in the transaction of what it tells of, mailed after it, on its own or in a digest.

    It leads to the file that it is about, or to the pages in `links` (words, path, note). A reminder is of a day, and
    there is one of a kind for each day.
    """

    class Kind(models.TextChoices):
        STEP = "stap", "stap"
        DECISION = "besluit", "besluit"
        CHANGE = "wijziging", "wijziging"
        REMINDER = "herinnering", "herinnering"
        OVERSIGHT = "toezicht", "toezicht"

    initiative = models.ForeignKey(Initiative, models.CASCADE, null=True, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.STEP)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    links = models.JSONField(default=list, help_text="[[words, path, note], …]")
    of_day = models.DateField(null=True)
    read_at = models.DateTimeField(null=True)
    digest = models.ForeignKey(Digest, models.PROTECT, null=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["id"], name="notice_to_mail", condition=Q(mailed_at__isnull=True)),
            models.Index(fields=["person"], name="notice_unread", condition=Q(read_at__isnull=True)),
            models.Index(F("person"), IS_READ, F("id").desc(), name="notice_listed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "of_day"], condition=Q(of_day__isnull=False), name="one_reminder_a_day"
            ),
            says("subject", "body"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def paragraphs(self) -> list[str]:
        return self.body.split("\n\n")

    @property
    def leads_to(self) -> list[Link]:
        """Where somebody who was told can go."""
        file = [Link("Naar het dossier", reverse("file", args=[self.initiative_id]))] if self.initiative_id else []
        return [*file, *(Link(*link) for link in self.links)]


class Reminder(models.Model):
    """Somebody was reminded of a term, so many days before its last day, or after it when negative: once."""

    term = models.ForeignKey(FileTerm, models.PROTECT, related_name="reminders")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    last_day = models.DateField(help_text="as it was then: a term that moves is reminded of anew")
    days = models.SmallIntegerField()
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="reminders")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["term", "person", "last_day", "days"], name="nobody_is_reminded_twice")
        ]

    def __str__(self) -> str:
        return f"{self.term_id} {self.days}"
