"""Who is told when the clock cannot go on by itself, or did not keep up: the privacy officers."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q, QuerySet, Sum
from django.urls import reverse

from bodycams.mail import Link
from initiatives.notices import tell_people
from initiatives.words import so_many, thousands
from organisation.holders import first_roles
from organisation.models import Person
from organisation.roles import Role
from retention.clock import now
from retention.ledger import GAPS
from retention.models import Comparison, Run
from retention.overdue import alarming
from workflow.clock import local_date

HOURLY = timedelta(minutes=55)
"""A little less than the hour between two reviews, so that none is skipped."""

DAILY = timedelta(hours=23)
STOOD_STILL = 2
"""So many hours in a row without a review are told of."""
LET_GO = (
    "Kijk of het klopt, en geef ze vrij. Doet u niets, dan gaat het door op de laatste dag om 18.00 uur: na 28 dagen "
    "mag er niets meer zijn."
)
OF_OTHERS = (
    "Is wat er ligt van iemand anders, dan noemt RECORDINGS_STORAGE de verkeerde opslag. Laat de beheerder dat "
    "nakijken, en geef niets vrij."
)
DATE = [
    "De klok van de database klopt misschien niet: zij loopt anders dan die van de server, of achter op het journaal.",
    "Er wordt niets vernietigd tot u de datum hebt bevestigd. Dit gaat niet vanzelf voorbij.",
    "Vraag de beheerder welke klok goed is. Bevestig daarna de datum.",
]
FOUND = {
    "unknown": (
        "bestand in de opslag heeft",
        "bestanden in de opslag hebben",
        (
            "geen opname in het register. Zoek vandaag uit van wie dat is: na 20 uur vernietigt het register wat 27"
            " dagen of ouder is. Is het van iemand anders, laat de beheerder dan RECORDINGS_STORAGE nakijken."
        ),
    ),
    "returned": (
        "bestand van een vernietigde opname stond",
        "bestanden van vernietigde opnamen stonden",
        "weer in de opslag. Het register vernietigt opnieuw.",
    ),
    "lost": ("opname had", "opnamen hadden", "een bestand, en het is weg. Zoek uit waar het bleef."),
}
OVERDUE = ("bestand had", "bestanden hadden", "er niet meer mogen zijn. Kijk hoe dat komt.")
"""One, several, and what is said of both; also above."""
FOUND_ANY = Q(unknown__gt=0) | Q(returned__gt=0) | Q(lost__gt=0)
OF_THE_LIST = Q(unlisted__gt=0) | ~Q(list_error="")


def tell_of_the_number(run: Run, would_destroy: int, median: float, waiting: int) -> None:
    many, usual = so_many(would_destroy, "opname", "opnamen"), thousands(round(median))
    found = f"De controle van opnamen zou {many} vernietigen. Anders zijn dat er ongeveer {usual}."
    wait = so_many(waiting, "opname wacht", "opnamen wachten")
    wait = f"{wait} daarom op u. Wat een mens heeft beoordeeld, wacht niet."
    tell(run, "Een vernietiging wacht op u", [found, wait, LET_GO])


def tell_of_the_clock(run: Run) -> None:
    tell(run, "Er wordt niets vernietigd: controleer de datum", DATE)


def tell_of_lateness(run: Run) -> None:
    """After the clock stood still, and once a day for as long as something is there that had to be gone; that is only
    counted when it could be told.
    """
    stood_still = run.missed >= STOOD_STILL
    at = now()
    if not stood_still and Run.objects.filter(told_late_at__gt=at - DAILY).exists():
        return
    lines = [f"De controle van opnamen heeft {run.missed} uur stilgestaan. Zij is nu ingehaald."] if stood_still else []
    if late := alarming().count():
        many = so_many(late, "opname had", "opnamen hadden")
        lines.append(f"{many} er na 28 dagen niet meer mogen zijn. Wat er nog is, gaat nu, als er niets hapert.")
    if not lines:
        return
    run.told_late_at = at
    run.save(update_fields=["told_late_at"])
    link = Link("Naar de controle", reverse("destruction-run", args=[run.pk]))
    subject = "De 28 dagen: de klok liep achter" if stood_still else "De 28 dagen zijn voorbij"
    tell_people(privacy_officers(), subject, lines, link, at=at)


def tell(run: Run, subject: str, paragraphs: list[str]) -> None:
    """Not more than once an hour about one run, however often it is found waiting."""
    at = now()
    quiet = Q(alarmed_at=None) | Q(alarmed_at__lte=at - HOURLY)
    if Run.objects.filter(quiet, pk=run.pk).update(alarmed_at=at):
        link = Link("Naar de vernietiging", reverse("destruction-run", args=[run.pk]))
        tell_people(privacy_officers(), subject, paragraphs, link, at=at)


@transaction.atomic
def tell_of_comparison(comparison: Comparison, overdue: int) -> None:
    """What it was the first to find, or one before it that was broken off; what is still there too long; and, once a
    day, that it saw not everything, or that something is wrong with the list of destructions. One that was made again
    within the day, and again saw not everything, adds nothing to that, unless more is too long there.
    """
    at, untold = now(), Comparison.objects.filter(FOUND_ANY, told_at=None, pk__lte=comparison.pk)
    found = untold.aggregate(**{name: Sum(name, default=0) for name in FOUND})
    lines = [_sentence(number, *FOUND[name]) for name, number in found.items() if number]
    if (comparison.unlisted or comparison.list_error) and not _told(OF_THE_LIST, at).exists():
        lines.append(comparison.list_error or GAPS.format(comparison.unlisted))
    told = _told(~Q(error=""), at).aggregate(most=Max("overdue"))["most"] if comparison.error else None
    if overdue > (told or 0):
        lines.append(_sentence(overdue, *OVERDUE))
    if comparison.error and told is None:
        lines.append(f"De opslag en het register konden niet helemaal worden vergeleken. {comparison.error}")
    if lines:
        untold.update(told_at=at)
        Comparison.objects.filter(pk=comparison.pk).update(told_at=at, overdue=overdue)
        tell_people(privacy_officers(), "De opslag en het register kloppen niet", lines, _to_the_storage(), at=at)


def _sentence(number: int, one: str, several: str, rest: str) -> str:
    return f"{so_many(number, one, several)} {rest}"


def _told(about: Q, at: datetime) -> QuerySet[Comparison]:
    """Within the day."""
    return Comparison.objects.filter(about, told_at__gt=at - DAILY)


def tell_of_waiting_files(number: int) -> None:
    """Every hour, for as long as they wait."""
    at, last = now(), Comparison.objects.first()
    if last and not Comparison.objects.filter(alarmed_at__gt=at - HOURLY).exists():
        many = so_many(number, "bestand zonder opname moet", "bestanden zonder opname moeten")
        lines = [f"{many} worden vernietigd. Kijk eerst of dat klopt, en geef dan vrij.", OF_OTHERS]
        Comparison.objects.filter(pk=last.pk).update(alarmed_at=at)
        subject = "Een bestand zonder opname wacht op u" if number == 1 else "Bestanden zonder opname wachten op u"
        tell_people(privacy_officers(), subject, lines, _to_the_storage(), at=at)


def _to_the_storage() -> Link:
    return Link("Naar de opslag", reverse("storage-compared"))


def privacy_officers() -> list[Person]:
    return list(Person.objects.filter(pk__in=first_roles([Role.PRIVACY], 0, local_date(now()))))
