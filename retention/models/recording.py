"""A recording: the metadata that a dock delivered, the moments that follow from them, and what was judged last.

The image itself is in the storage (`retention/storage/`), under `storage_key`.
"""

from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from initiatives.models import Initiative
from organisation.models import Unit
from retention.choices import Ground, KeepingPurpose, Place, PlaceException
from retention.models.listed import LISTED
from retention.models.moments import IS_DIGEST, USE, made, mark, moment
from retention.procedure import Procedure, Status
from retention.querysets import RecordingQuerySet
from workflow.clock import local_date

OPEN_FOR = timedelta(days=27)
"""From the day of use until judging closes; the database's `retention_judging_closes` says the same."""


class Recording(Procedure):
    """One recording of a bodycam. A row is never removed: after destruction it is the tombstone, without a wearer.

    `wearer` is a personnel number as the camera gave it (S4-06), also of somebody without an account; `camera_serial`
    likewise may belong to no known camera. `true_from` is the moment of use as a judge fixed it, when the camera's
    clock cannot have been right (`set_apart`). A file is of the first recording that named its `storage_key`; any other
    that names it has none (`owns_file`), ever. `file_seen_at`: when the file was first seen in the storage.
    `shift_over_at`: the end of the shift, and a day after use at the latest, whatever the dock says. `status_before`
    and `judged_at` tell of the last judgement, `ground` to `keep_until` of the last one that called it necessary.
    `rank` is 0 for what was filmed in a dwelling or closed yard without exception (T-11). `next_at` is the first moment
    at which the clock does something with it.
    """

    source = models.CharField("bron", max_length=40)
    source_id = models.CharField("kenmerk bij de bron", max_length=120)
    camera_serial = models.CharField("camera", max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="eenheid", db_index=False)
    initiative = models.ForeignKey(Initiative, models.PROTECT, null=True, related_name="+", db_index=False)
    wearer = models.CharField("drager", max_length=12, blank=True)
    used_from = models.DateTimeField("gebruikt van")
    used_to = models.DateTimeField("gebruikt tot")
    shift_end = models.DateTimeField("einde van de dienst")
    uploaded_at = models.DateTimeField("geüpload op")
    arrived_at = models.DateTimeField("binnengekomen op")
    size = models.BigIntegerField("grootte")
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=255)
    owns_file = models.BooleanField(default=True, db_default=True, editable=False)
    place = models.CharField("plaats", max_length=20, choices=Place)
    exception = models.CharField("uitzondering", max_length=20, choices=PlaceException, blank=True, db_default="")
    announced = models.BooleanField("aangekondigd")
    not_announced_reason = models.TextField("waarom niet aangekondigd", blank=True, db_default="")

    true_from = models.DateTimeField("het juiste tijdstip", null=True, editable=False)
    file_seen_at = models.DateTimeField(null=True, editable=False)
    status_before = models.CharField(max_length=20, choices=Status, blank=True, db_default="", editable=False)
    judged_at = models.DateTimeField(null=True, editable=False)
    ground = models.CharField("grondslag", max_length=2, choices=Ground, blank=True, db_default="", editable=False)
    purpose = models.CharField("doel", max_length=30, choices=KeepingPurpose, blank=True, db_default="", editable=False)
    case_reference = models.CharField("zaaknummer", max_length=60, blank=True, db_default="", editable=False)
    keep_until = models.DateField("bewaren tot en met", null=True, editable=False)

    set_apart = mark("retention_set_apart", *USE)
    shift_over_at = moment("retention_shift_over", "shift_end", "used_to")
    late = mark("retention_late", "arrived_at", "shift_end", "used_to")
    rank = made("retention_rank", "place", "exception", kind=models.SmallIntegerField())
    judging_closes_at = moment("retention_recording_closes", *USE)
    must_be_gone_by = moment("retention_recording_gone", *USE)
    next_at = moment("retention_next", "status", "judged_at", "keep_until", *USE)

    objects = RecordingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["source_id", "source"],
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
                name="a_source_names_a_recording_once",
            ),
            models.CheckConstraint(condition=IS_DIGEST, name="recording_has_a_digest"),
            models.CheckConstraint(condition=Q(size__gte=0), name="recording_has_a_size"),
            models.UniqueConstraint(
                fields=["storage_key"], condition=Q(owns_file=True), name="a_file_is_of_one_recording"
            ),
            models.CheckConstraint(
                condition=Q(owns_file=True) | Q(file_seen_at__isnull=True), name="a_file_is_seen_for_its_recording"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.NOODZAKELIJK)
                | (~Q(ground="") & ~Q(purpose="") & ~Q(case_reference="") & Q(keep_until__isnull=False)),
                name="necessary_on_a_ground_for_a_case_until_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.VERWIJDERD) | Q(keep_until__isnull=False),
                name="a_removed_recording_has_a_last_day",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.NIET_NOODZAKELIJK) | Q(judged_at__isnull=False),
                name="not_necessary_was_judged",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.VERNIETIGD) | Q(wearer="", not_announced_reason=""),
                name="a_tombstone_names_no_wearer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "rank", "judging_closes_at", "id"],
                condition=Q(status=Status.TE_BEOORDELEN),
                name="recording_to_judge",
            ),
            models.Index(fields=["unit", "status", "-id"], name="recording_of_a_unit"),
            models.Index(fields=["wearer", "-shift_over_at"], condition=~Q(wearer=""), name="recording_of_a_wearer"),
            models.Index(fields=["next_at", "id"], condition=Q(next_at__isnull=False), name="recording_clock"),
            models.Index(
                fields=["unit", "arrived_at"],
                condition=Q(file_seen_at__isnull=True) & ~Q(status=Status.VERNIETIGD),
                name="recording_without_file",
            ),
            BrinIndex(fields=["used_from"], pages_per_range=16, name="recording_of_a_day"),
            models.Index(fields=["true_from"], condition=Q(true_from__isnull=False), name="recording_of_a_true_day"),
            *LISTED,
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.source_id}"

    def is_of(self, person: Any) -> bool:
        """Whether this person wore the camera."""
        return bool(self.wearer) and self.wearer == person.number

    @property
    def used_on(self) -> date:
        """The day of the calendar from which everything counts."""
        closes: Any = self.judging_closes_at
        return local_date(closes) - OPEN_FOR

    @property
    def is_being_destroyed(self) -> bool:
        """Whether the point of no return has passed."""
        intent = getattr(self, "destruction", None)
        return intent is not None and intent.point_of_no_return_at is not None

    @cached_property
    def waiting_request(self) -> Any:
        """The request for a longer term that nobody answered yet, if there is one."""
        return self.term_requests.filter(verdict=None).last()

    @cached_property
    def last_judgement(self) -> Any:
        return self.judgements.last()

    @cached_property
    def is_restricted(self) -> bool:
        """Whether a decision on a request that is about it put it out of use."""
        return self.restrictions.filter(request__links__recording=self.pk, request__links__unlink=None).exists()

    @cached_property
    def was_ever_held(self) -> bool:
        """Somebody asked or complained about it, now or before: each of those comes with a hold."""
        return self.holds.exists()
