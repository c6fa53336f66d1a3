"""Loading the recordings of the demonstration: cameras, deliveries day by day with their files, what people did, and
the review by the clock.

Each thing is done once: what is there already is left as it is, so that a loading which was broken off goes on where it
stopped, as seen at the same moment. A second loading finds that the first was finished.
"""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from itertools import groupby

from django.db import transaction
from django.db.models import F

from initiatives.demo.load import CannotGoOn
from initiatives.models import Initiative
from initiatives.procedure import Status
from inventory.models import Camera
from journal.models import Entry
from journal.origin import telling
from journal.read import trail
from journal.write import record
from organisation.demo import UNITS
from organisation.models import Person, Unit
from organisation.roles import Role
from retention.demo.asked import ask
from retention.demo.delivered import CAMERAS, Delivered, camera, delivered
from retention.demo.forgotten import forget
from retention.demo.judged import HELD, HELD_SINCE, deeds, hold
from retention.demo.looked import look
from retention.destroying.destruction import destroy
from retention.destroying.review import review
from retention.holds import NotPossible
from retention.intake.batch import take_in
from retention.intake.words import counted, told
from retention.looking.viewings import NotAllowed, NotNow
from retention.models import Hold, Judgement, Recording
from retention.storage import recordings
from workflow.take import NotThere, Refused

BEGUN, FINISHED = "opnamen_begonnen", "opnamen_geladen"
CHANGED = (
    "Een eerdere keer is het laden van opnamen afgebroken, en daarna is er iets veranderd. Verder laden kan niet: "
    "begin met een lege database."
)


def load_recordings(at: datetime, report: Callable[[str], None]) -> int:
    """Tell of the recordings as they stand at the moment `at`, and destroy what nobody judged in time, as the clock
    does; answers with how many came in. Raises `CannotGoOn`.
    """
    system = Person.objects.get(number=Person.SYSTEM)
    known = {entry.action: entry for entry in trail(system).filter(action__in=(BEGUN, FINISHED))}
    if FINISHED in known:
        report("Opnamen: ze waren er al.")
        return 0
    begun = known.get(BEGUN) or _mark(system, BEGUN, "Het laden van opnamen ter demonstratie is begonnen.", at)
    base = datetime.fromisoformat(begun.data["as_of"])
    give_cameras()
    everything = list(delivered(base, approved()))
    for arrived_at, together in groupby(sorted(everything, key=lambda one: one.arrived_at), lambda one: one.arrived_at):
        deliver(list(together), arrived_at)
    report(f"Opnamen: {len(everything)} zijn binnengekomen.")
    try:
        found = judge(everything, base)
        look(found, {one.number: f"1{one.digits}3" for one in everything}, base)
        report(f"Verzoeken van gefilmde personen: {ask(base)}.")
    except (Refused, NotThere, NotPossible, NotAllowed, NotNow) as refusal:
        raise CannotGoOn(f"{CHANGED} {refusal}") from refusal
    Person.objects.filter(assignments__role=Role.JUDGE).update(last_login=at)  # they judged, so they were here
    with telling(at):
        review()
    report(f"Opnamen: de oordelen zijn verteld, en {destroy()} zijn vernietigd.")
    with telling(at):
        forget(base)
    _mark(system, FINISHED, "De opnamen ter demonstratie zijn geladen.", at)
    return len(everything)


def approved() -> dict[str, str]:
    """Of each unit the number of an initiative that was approved, when it has one."""
    found = Initiative.objects.filter(status=Status.GOEDGEKEURD).order_by("number")
    return {code: str(number) for code, number in found.values_list("unit__code", "number")}


def give_cameras() -> None:
    units = Unit.objects.in_bulk(UNITS.values(), field_name="code")
    made = {"vendor": "Zepcam", "model_name": "T3", "origin": Camera.Origin.ROLL_OUT}
    cameras = (
        Camera(serial=camera(code, number), unit=unit, **made)
        for code, unit in units.items()
        for number in range(CAMERAS)
    )
    Camera.objects.bulk_create(cameras, ignore_conflicts=True)


def deliver(together: list[Delivered], arrived_at: datetime) -> None:
    """What the docks delivered at one moment, and its files."""
    with transaction.atomic(), telling(arrived_at):
        outcomes = take_in([one.item for one in together], None, arrived_at=arrived_at)
        counts = counted(outcomes)
        record("opnamen_aangeleverd", f"De docks leverden opnamen aan: {told(counts)}.", data=counts)
    keys = []
    for one in together:
        if (content := one.content) is not None:
            keys.append(one.item["storage_key"])
            recordings().write(keys[-1], BytesIO(content), one.item["size"], one.item["sha256"])
    arrived = Recording.objects.filter(storage_key__in=keys, owns_file=True, file_seen_at=None)
    arrived.update(file_seen_at=F("arrived_at"))


def judge(everything: list[Delivered], base: datetime) -> dict[int, Recording]:
    """What people did with them, but for what they did before; answers with the recordings by number."""
    found = {(one.source, one.source_id): one for one in Recording.objects.filter(source=everything[0].item["source"])}
    done = set(Judgement.objects.values_list("recording_id", "step", "role"))
    held = set(Hold.objects.values_list("recording_id", flat=True))
    for one in everything:
        recording = found[one.item["source"], one.item["source_id"]]
        for deed in deeds(one, base):
            if (recording.pk, deed.name, deed.role) not in done:
                with telling(deed.at):
                    deed.do(recording)
        if one.number in HELD and recording.pk not in held:
            with telling(base - HELD_SINCE):
                hold(one, recording, base - HELD_SINCE)
    return {one.number: found[one.item["source"], one.item["source_id"]] for one in everything}


def _mark(system: Person, action: str, sentence: str, at: datetime) -> Entry:
    return record(action, sentence, actor=system, role="systeem", about=system, data={"as_of": at.isoformat()})
