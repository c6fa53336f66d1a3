"""Use cases of the procedure: taking a step with everything that comes with it.

`WORK` says per step what else happens in its transaction: rows that record it, terms, notices. The step itself is in
`procedure.py`, its rules in `rules.py`, what comes with a decision in `deciding.py`, and the one door in
`workflow/take.py`.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import connection

from initiatives import deciding, letter_facts, notices, terms
from initiatives.matrix import as_kept, matrix
from initiatives.models import (
    Adjournment,
    Assessment,
    FileTerm,
    Initiative,
    Necessity,
    Objection,
    Postponement,
    Return,
    Submission,
    View,
)
from initiatives.policy import rules_of
from initiatives.procedure import Status
from initiatives.snapshot import what_was_signed_for
from initiatives.whole import add, fetch
from initiatives.words import so_many
from organisation.models import Person
from workflow.clock import local_date
from workflow.take import Reader, Taken, take

Kind = FileTerm.Kind


def take_step(pk: int, name: str, *, person: Person, at: datetime, read: Reader) -> Taken:
    """Take a step of the initiative `pk`, as `person`; what `workflow.take.take` raises goes through to the page."""
    return take(
        Initiative.objects.visible_to(person),
        pk,
        name,
        person=person,
        at=at,
        look=fetch,
        read=read,
        work=do_what_comes_with_it,
    )


def do_what_comes_with_it(taken: Taken) -> str:
    """The step's own work, then the running term, the letter and the notices. Answers with what the trail adds."""
    detail = WORK[taken.step.name](taken.subject, taken)
    terms.show_running_term(taken.subject)
    letter_facts.write(taken)
    notices.write(taken, detail)
    return detail


def sign_necessity(initiative: Initiative, taken: Taken) -> str:
    given = taken.input
    initiative.necessity = Necessity.objects.create(
        initiative=initiative,
        necessary=given["necessary"],
        urgent=given["urgent"],
        reasons=given["reasons"],
        signed_by=taken.person,
        signed_at=taken.at,
        signed_for=what_was_signed_for(initiative),
    )
    if not given["necessary"]:
        return "De aanvraag is niet noodzakelijk."
    return "De aanvraag is noodzakelijk en dringend." if given["urgent"] else "De aanvraag is noodzakelijk."


def file(initiative: Initiative, taken: Taken) -> str:
    today = local_date(taken.at)
    add(Submission(initiative=initiative, person=taken.person, at=taken.at))
    if initiative.number:
        return _end_return(initiative, today, "aangevuld en opnieuw aangemeld")
    initiative.submitted_at = taken.at
    terms.start(initiative, Kind.FIRST_DECISION, today)
    initiative.number = next_number(today.year)
    return f"Het kreeg nummer {initiative.number}."


def next_number(year: int) -> str:
    """The next number of `year`, without gaps: whoever asks waits here until the step before is done."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO initiatives_numbercounter AS counter (year, last) VALUES (%s, 1) "
            "ON CONFLICT (year) DO UPDATE SET last = counter.last + 1 RETURNING last",
            [year],
        )
        return f"BC-{year}-{cursor.fetchone()[0]:04}"


def send_back(initiative: Initiative, taken: Taken) -> str:
    today, by_when = local_date(taken.at), taken.input["by_when"]
    back = Return(
        initiative=initiative,
        missing=taken.input["missing"],
        by_when=by_when,
        returned_by=taken.person,
        returned_on=today,
    )
    add(back)
    terms.start(initiative, Kind.SUPPLEMENT, today, by_when)
    terms.recount(initiative, Kind.FIRST_DECISION)
    return f"Aanvullen tot en met {by_when:%-d-%-m-%Y}: {taken.input['missing']}"


def resume(initiative: Initiative, taken: Taken) -> str:
    return _end_return(initiative, local_date(taken.at), "verder met wat er ligt")


def _end_return(initiative: Initiative, today: date, words: str) -> str:
    _end_pending_return(initiative, today)
    terms.meet(initiative, today, Kind.SUPPLEMENT)
    terms.recount(initiative, Kind.FIRST_DECISION)
    return f"Het dossier is {words}."


def _end_pending_return(initiative: Initiative, today: date) -> None:
    back = initiative.pending_return()
    if back:
        back.ended_on = today
        back.save(update_fields=["ended_on"])


def postpone(initiative: Initiative, taken: Taken) -> str:
    day = taken.input["by_when"]
    Postponement.objects.create(
        initiative=initiative, new_day=day, reasons=taken.input["reasons"], told_by=taken.person, told_at=taken.at
    )
    return f"Het besluit komt uiterlijk op {day:%-d-%-m-%Y}."


def assess(initiative: Initiative, taken: Taken) -> str:
    computed = as_kept(matrix(initiative, rules_of(initiative)))
    given = {**taken.input, "matrix": computed}
    assessment = Assessment(initiative=initiative, assessed_by=taken.person, assessed_at=taken.at, **given)
    add(assessment)
    initiative.assessment_drafts.all().delete()
    return f"Getoetst aan: {assessment.policy_version}."


def acquiesce(initiative: Initiative, taken: Taken) -> str:
    terms.meet(initiative, local_date(taken.at), Kind.OBJECTION)
    return "Het besluit is definitief."


def object_to(initiative: Initiative, taken: Taken) -> str:
    today = local_date(taken.at)
    late = initiative.objection_is_late_on(today)
    Objection.objects.create(
        initiative=initiative,
        grounds=taken.input["grounds"],
        late_excuse=taken.input["late_excuse"],
        is_late=late,
        status_before=Status.GOEDGEKEURD if initiative.first_decision().permission else Status.AFGEWEZEN,
        made_by=taken.person,
        made_at=taken.at,
    )
    last_day = max(term.last_day for term in initiative.terms.all() if term.kind == Kind.OBJECTION)
    terms.meet(initiative, today, Kind.OBJECTION)
    if late:
        terms.start(initiative, Kind.LATE_OBJECTION_DECISION, today)
    else:
        terms.start(initiative, Kind.OBJECTION_DECISION, last_day)
    return "Het bezwaar is te laat; de programmamanager kijkt of dat te verklaren is." if late else ""


def withdraw_objection(initiative: Initiative, taken: Taken) -> str:
    terms.meet(initiative, local_date(taken.at), Kind.OBJECTION_DECISION, Kind.LATE_OBJECTION_DECISION)
    return "Het eerste besluit is definitief."


def record_view(initiative: Initiative, taken: Taken) -> str:
    given = taken.input
    view = View(initiative=initiative, view=given["view"], note=given["note"], given_by=taken.person, given_at=taken.at)
    add(view)
    return f"{view.get_view_display()} met het bezwaar."


def adjourn(initiative: Initiative, taken: Taken) -> str:
    weeks = taken.input["weeks"]
    Adjournment.objects.create(
        initiative=initiative,
        weeks=weeks,
        reasons=taken.input["reasons"],
        adjourned_by=taken.person,
        adjourned_at=taken.at,
    )
    terms.recount(initiative, Kind.OBJECTION_DECISION, Kind.LATE_OBJECTION_DECISION, adjourned_days=weeks * 7)
    return f"Met {so_many(weeks, 'week', 'weken')}."


def withdraw(initiative: Initiative, taken: Taken) -> str:
    today = local_date(taken.at)
    _end_pending_return(initiative, today)
    terms.meet(initiative, today, Kind.FIRST_DECISION, Kind.SUPPLEMENT)
    return ""


WORK: dict[str, Callable[[Initiative, Taken], str]] = {
    "noodzaak_vaststellen": sign_necessity,
    "aanmelden": file,
    "terugsturen": send_back,
    "hervatten": resume,
    "uitstel_melden": postpone,
    "beoordelen": assess,
    "goedkeuren": deciding.approve,
    "afwijzen": deciding.reject,
    "berusten": acquiesce,
    "bezwaar_maken": object_to,
    "bezwaar_intrekken": withdraw_objection,
    "afstemming_vastleggen": record_view,
    "verdagen": adjourn,
    "gegrond_verklaren": deciding.uphold,
    "ongegrond_verklaren": deciding.dismiss,
    "intrekken": withdraw,
}
