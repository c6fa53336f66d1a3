"""Who is told of a step, what they read, and what they must do now.

Notices are written in the step's transaction and mailed after it (`mail.py`). Reminders of terms are in `reminders.py`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.db import connection

from bodycams.mail import Link
from initiatives.choices import FinalGround
from initiatives.models import Initiative, Notice
from initiatives.terms import running_deadline
from journal.origin import moment_told
from organisation.holders import FIRST_ROLE
from organisation.models import Person
from organisation.roles import Role
from workflow.clock import local_date
from workflow.take import Taken

NOTHING = "U hoeft nu niets te doen."
TO_UNIT = {Role.CONTACT: NOTHING, Role.HEAD: NOTHING}
CHOOSE = "U kunt in het besluit berusten of bezwaar maken."

TOLD: dict[str, dict[Role, str]] = {
    "noodzaak_vaststellen": {Role.CONTACT: "Kijk in het dossier wat er nog nodig is om aan te melden."},
    "aanmelden": {Role.LEADER: "Beoordeel het initiatief.", Role.HEAD: NOTHING},
    "terugsturen": {Role.CONTACT: "Vul het dossier aan en meld het opnieuw aan.", Role.HEAD: NOTHING},
    "hervatten": TO_UNIT,
    "uitstel_melden": TO_UNIT,
    "beoordelen": TO_UNIT,
    "goedkeuren": {Role.CONTACT: NOTHING, Role.HEAD: CHOOSE, Role.MANAGER: NOTHING},
    "afwijzen": {Role.CONTACT: NOTHING, Role.HEAD: CHOOSE, Role.MANAGER: NOTHING},
    "berusten": {**TO_UNIT, Role.LEADER: NOTHING},
    "bezwaar_maken": {
        Role.HOLDER: "Geef uw zienswijze op het bezwaar.",
        Role.MANAGER: "U beslist op het bezwaar, zodra de portefeuillehouder een zienswijze heeft gegeven.",
        **TO_UNIT,
        Role.LEADER: NOTHING,
    },
    "bezwaar_intrekken": {**TO_UNIT, Role.LEADER: NOTHING, Role.MANAGER: NOTHING, Role.HOLDER: NOTHING},
    "afstemming_vastleggen": {Role.MANAGER: "U kunt nu op het bezwaar beslissen."},
    "verdagen": {**TO_UNIT, Role.HOLDER: NOTHING},
    "gegrond_verklaren": {**TO_UNIT, Role.LEADER: NOTHING, Role.HOLDER: NOTHING},
    "ongegrond_verklaren": {**TO_UNIT, Role.LEADER: NOTHING, Role.HOLDER: NOTHING},
    "intrekken": {Role.LEADER: NOTHING, Role.HEAD: NOTHING},
}
"""Per step the roles that must act next or must know, each with what they must do; those of a unit only for the
initiative's own unit."""

LAPSED: dict[Role, str] = {**TO_UNIT, Role.LEADER: NOTHING}
"""Who is told that a decision became final because the objection term was over."""

NECESSITY_LAPSED: dict[Role, str] = {Role.HEAD: "Beoordeel de noodzaak opnieuw."}
"""Who is told that what the necessity was signed for was changed."""

DECISIONS = {
    *("goedkeuren", "afwijzen", "gegrond_verklaren", "ongegrond_verklaren"),
    *("terugsturen", "uitstel_melden", "verdagen"),
}
"""What is always mailed at once, also to who wants one mail a day: whatever is decided about a file or its terms."""

TYPED = {
    "reasons": "Redenen",
    "grounds": "Gronden van het bezwaar",
    "late_excuse": "Waarom het bezwaar te laat is",
    "note": "Toelichting",
}
"""What was typed in a step's form and stands word for word in the message."""


def write(taken: Taken, detail: str) -> None:
    """Make a notice for everybody who must know, except for who took the step. `detail` is what the trail adds."""
    what = f"{taken.sentence} {detail}".strip()
    kind = Notice.Kind.DECISION if taken.step.name in DECISIONS else Notice.Kind.STEP
    tell(taken.subject, TOLD[taken.step.name], [what, *_typed(taken)], at=taken.at, by=taken.person, kind=kind)


def tell(
    initiative: Initiative,
    told: Mapping[Role, str],
    paragraphs: list[str],
    *,
    at: datetime,
    by: Person | None = None,
    kind: Notice.Kind = Notice.Kind.STEP,
) -> None:
    """Make a notice of these paragraphs for the holders of these roles, each with what is next for them. One about the
    past was mailed then.
    """
    title = " ".join(initiative.heading.split())
    bodies = {role: "\n\n".join([*paragraphs, *_next(initiative, to_do)]) for role, to_do in told.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            TELL,
            {
                "roles": [str(role) for role in told],
                "unit": initiative.unit_id,
                "day": local_date(at),
                "file": initiative.pk,
                "kind": kind.value,
                "subject": f"{initiative.number or 'Concept'}: {title}"[:200],
                "bodies": json.dumps(bodies),
                "at": at,
                "mailed": moment_told(),
                "by": by.pk if by else None,
            },
        )


TELL = f"""
INSERT INTO initiatives_notice (initiative_id, person_id, kind, subject, body, links, created_at, mailed_at, tries)
SELECT %(file)s, person_id, %(kind)s, %(subject)s, %(bodies)s::jsonb ->> role, '[]', %(at)s, %(mailed)s, 0
FROM ({FIRST_ROLE}) AS holder WHERE person_id IS DISTINCT FROM %(by)s
"""  # noqa: S608  # made of constants


def tell_people(
    people: Iterable[Person],
    subject: str,
    paragraphs: list[str],
    link: Link | None,
    *,
    at: datetime,
    by: Person | None = None,
    initiative: Initiative | None = None,
) -> None:
    """Make a notice of these paragraphs for each of these people, about something beside the steps. It leads to
    the file that it is about, and to `link`.
    """
    Notice.objects.bulk_create(
        Notice(
            initiative=initiative,
            person=person,
            subject=subject[:200],
            body="\n\n".join(paragraphs),
            links=[link] if link else [],
            created_at=at,
            mailed_at=moment_told(),
        )
        for person in dict.fromkeys(people)
        if person != by
    )


def _typed(taken: Taken) -> Iterator[str]:
    for name, title in TYPED.items():
        if text := taken.input.get(name):
            yield f"{title}:\n{text}"
    if conditions := taken.input.get("conditions"):
        numbered = "\n".join(f"{number}. {condition}" for number, condition in enumerate(conditions, 1))
        yield f"Voorwaarden:\n{numbered}"


def _next(initiative: Initiative, to_do: str) -> Iterator[str]:
    """What comes now: the end of it, or the term that runs; and what the reader must do."""
    if initiative.is_final:
        yield f"Het besluit is definitief: {FinalGround(initiative.final_ground).label}."
    elif runs := running_deadline(initiative):
        yield runs
    yield NOTHING if initiative.is_final else to_do
