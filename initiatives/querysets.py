"""Named questions about initiatives: who sees which, and what waits for whom."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject

from initiatives.choices import Kind
from organisation.models import Person
from organisation.permissions import may, units_with
from organisation.roles import Perm
from workflow.clock import midnight

MAILED_WITHIN = timedelta(days=7)
"""A message that could not be mailed for so long is not mailed any more; it stays on the work list."""


class MailedQuerySet(models.QuerySet[Any]):
    def to_mail(self, at: datetime) -> Self:
        """Not mailed yet, to somebody who has an address, and not one that must wait after a failure. Oldest first."""
        ready = Q(try_after__isnull=True) | Q(try_after__lte=at)
        recent = self.filter(ready, mailed_at__isnull=True, created_at__gt=at - MAILED_WITHIN, person__is_active=True)
        return recent.exclude(person__email="").order_by("pk")


class NoticeQuerySet(MailedQuerySet):
    def on_their_own(self) -> Self:
        """Those with a mail of their own: whatever is decided, and everything for who wants no digest."""
        alone = Q(kind=self.model.Kind.DECISION) | Q(person__mail=Person.Mail.AT_ONCE)
        return self.filter(alone, digest__isnull=True)

    def for_a_digest(self) -> Self:
        """Those that wait until they are gathered."""
        return self.filter(person__mail=Person.Mail.DAILY, digest__isnull=True).exclude(kind=self.model.Kind.DECISION)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class InitiativeQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Any) -> "InitiativeQuerySet":
        """The unit's own for its contact persons and head; all that were ever filed for those with a national role."""
        own, national = units_with(person, Perm.SEE_FILES), may(person, Perm.SEE_ALL_FILED)
        if national and not own:
            return self.ever_filed()
        return self.filter(Q(unit_id__in=own) | Q(number__isnull=False) if national else Q(unit_id__in=own))

    def ever_filed(self) -> "InitiativeQuerySet":
        """The register of the letter's point c: whatever became of it (S0-23)."""
        return self.filter(number__isnull=False)

    def in_register_of(self, person: Any) -> "InitiativeQuerySet":
        """Those of the register that this person may see: a national role all, others their unit's own."""
        filed = self.ever_filed()
        if may(person, Perm.SEE_ALL_FILED):
            return filed
        return filed.filter(unit_id__in=units_with(person, Perm.SEE_FILES))

    def saying(self, words: str) -> "InitiativeQuerySet":
        """Those in whose texts these words stand, in Dutch, with "…" for a phrase and - for what must not stand there.

        The column belongs to the database alone, so that nobody fetches it (`words_of_the_register_have_weight`).
        Without the table's name before it, it is also found inside another query.
        """
        asked = "search @@ initiatives_asked(%s)"
        return self.filter(RawSQL(asked, [words], models.BooleanField()))  # noqa: S611  # the words are a parameter

    def with_lapsed_objection_term(self, today: date) -> "InitiativeQuerySet":
        """Those whose objection term was over before `today` without anybody objecting or acquiescing."""
        return self.filter(
            final_ground="", terms__kind="objection", terms__met_on__isnull=True, terms__last_day__lt=today
        ).order_by("pk")

    def approved_purchases_filed_since(self, day: date) -> "InitiativeQuerySet":
        """Those with permission. It is never taken back, so any decision that gives it is enough."""
        permitted = self.model.decisions.rel.related_model.objects.filter(initiative=OuterRef("pk"), permission=True)
        return self.filter(
            Exists(permitted),
            kinds__contains=[Kind.PURCHASE],
            submitted_at__gte=midnight(day),
        )


class SupportQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Any) -> "SupportQuerySet":
        """What belongs to files that this person sees: the unit's own, or all for those with a national role."""
        if may(person, Perm.SEE_ALL_FILED):
            return self
        return self.filter(initiative__unit_id__in=units_with(person, Perm.SEE_FILES))


class OutsideQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Any) -> "OutsideQuerySet":
        """The unit's own for its contact persons and head; all for who assesses and who audits."""
        if may(person, Perm.ASSESS) or may(person, Perm.AUDIT):
            return self
        return self.filter(unit_id__in=units_with(person, Perm.SEE_FILES))


class EvaluationQuerySet(models.QuerySet[Any]):
    def submitted(self) -> "EvaluationQuerySet":
        """Those that are read by everybody who may learn from them."""
        return self.filter(submitted_at__isnull=False)

    def saying(self, words: str) -> "EvaluationQuerySet":
        """Those in which these words stand, or in the title of their initiative. As with initiatives."""
        asked = '"initiatives_evaluation"."search" @@ initiatives_asked(%s)'
        return self.filter(RawSQL(asked, [words], models.BooleanField()))  # noqa: S611  # the words are a parameter


class QuestionQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Any) -> "QuestionQuerySet":
        """Those about a file for who may see the file; general ones for every contact person, head and national
        role.
        """
        if may(person, Perm.SEE_ALL_FILED):
            return self
        if not may(person, Perm.SEE_OVERVIEW):
            return self.none()
        own = units_with(person, Perm.SEE_FILES)
        return self.filter(Q(initiative__isnull=True) | Q(initiative__unit_id__in=own))

    def saying(self, words: str) -> "QuestionQuerySet":
        """Those in which these words stand, in the question or in the answer in force. As with initiatives."""
        asked = '"initiatives_question"."search" @@ initiatives_asked(%s)'
        return self.filter(RawSQL(asked, [words], models.BooleanField()))  # noqa: S611  # the words are a parameter

    def with_answer(self) -> "QuestionQuerySet":
        """Each with `answer`, the one in force: its text, version and moment; None when there is none."""
        answers = self.model.answers.rel.related_model.objects.filter(question=OuterRef("pk")).order_by("-version")
        in_force = answers.values(json=JSONObject(text="text", version="version", at="answered_at"))
        return self.annotate(answer=Subquery(in_force[:1]))


class PolicyVersionQuerySet(models.QuerySet[Any]):
    def in_force_on(self, day: date) -> "PolicyVersionQuerySet":
        """The version of each document that holds on `day`."""
        later = self.model.objects.filter(
            document=OuterRef("document"), valid_from__gt=OuterRef("valid_from"), valid_from__lte=day
        )
        return self.filter(~Exists(later), valid_from__lte=day)
