"""Ways past the rules by plain SQL, as the application's own role: the database refuses every one of them.

Each way begins with a file that was brought to its status by real steps. That the guards can also let something through
is shown by `test_what_the_procedure_does_is_let_through`, which writes the same tables the way the steps do.
"""

import re
from typing import Any

import pytest
from django.db import Error, connection, transaction

from initiatives.models import Decision, Initiative
from initiatives.tests.factories import Cast, initiative, walk

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = "initiatives_initiative"
DECIDE = (
    "INSERT INTO initiatives_decision (initiative_id, round, permission, granted, refused, reasons, conditions, "
    "override_reasons, warnings_answered, dictum, decided_by_id, decided_at, snapshot) "
    "VALUES ({i}, {round}, {permission}, '{granted}', '{{}}', 'r', '{{}}', '', '[]', '{dictum}', {by}, now(), '{{}}')"
)
FIRST = {"round": 1, "permission": "true", "granted": "{}", "dictum": "", "by": "{leader}"}
SECOND = {"round": 2, "permission": "true", "granted": "{}", "dictum": "gegrond", "by": "{manager}"}


def decide(**changed: Any) -> str:
    values = {"i": "{i}", **(SECOND if changed.get("round") == 2 else FIRST), **changed}
    return DECIDE.format(**values).replace("'{}'", "'{{}}'")


def set_status(status: str) -> str:
    return f"UPDATE {TABLE} SET status = '{status}' WHERE id = {{i}}"


VIEW = (
    "INSERT INTO initiatives_view (initiative_id, view, note, given_by_id, given_at) "
    "VALUES ({{i}}, 'eens', 'n', {by}, now())"
)
OBJECT = (
    "INSERT INTO initiatives_objection "
    "(initiative_id, grounds, late_excuse, is_late, status_before, made_by_id, made_at) "
    "VALUES ({{i}}, 'g', '', {late}, '{before}', {{head}}, now())"
)
FILE = "INSERT INTO initiatives_submission (initiative_id, person_id, at) VALUES ({{i}}, {by}, now())"
SIGN = (
    "INSERT INTO initiatives_necessity "
    "(initiative_id, necessary, urgent, reasons, signed_by_id, signed_at, signed_for) "
    "VALUES ({{i}}, {necessary}, {urgent}, 'r', {by}, now(), '{{{{}}}}')"
)
NUMBERED = (
    f"UPDATE {TABLE} SET status = 'aangemeld', number = 'BC-{{}}', submitted_at = '2026-06-01' WHERE id = {{{{i}}}}"
)
ANOTHER_UNIT = (
    f"UPDATE {TABLE} SET unit_id = (SELECT max(id) FROM organisation_unit WHERE id <> unit_id) WHERE id = {{i}}"
)
DEFECT = "INSERT INTO initiatives_defect (initiative_id, serial, defective_since) VALUES ({i}, 'Z-1', '2026-01-01')"

REFUSED = re.compile(
    "no step leads|decisions do not say|stay|cannot|not possible|comes first|changes nothing|takes nothing|"
    "is another|never undone|only while the unit writes|next one of its year|given once|no gaps|"
    "violates check constraint|permission denied|must be owner"
)
"""What the guards, the constraints and the privileges say: any other error would be a mistake of this test."""

WAYS: list[tuple[str, str, str]] = [
    # illegal moves
    ("concept", "from concept straight to assessed", set_status("beoordeeld")),
    ("concept", "from concept straight to approved", set_status("goedgekeurd")),
    ("concept", "filed without a number", set_status("aangemeld")),
    ("aangemeld", "approved without an assessment", set_status("goedgekeurd")),
    ("aangemeld", "assessed without an assessment", set_status("beoordeeld")),
    ("aangemeld", "to objection", set_status("bezwaar")),
    ("beoordeeld", "approved without a decision", set_status("goedgekeurd")),
    ("beoordeeld", "rejected without a decision", set_status("afgewezen")),
    ("beoordeeld", "back to filed", set_status("aangemeld")),
    ("goedgekeurd", "from approved to rejected", set_status("afgewezen")),
    ("goedgekeurd", "back to concept", set_status("concept")),
    ("goedgekeurd", "withdrawn after the decision", set_status("ingetrokken")),
    ("goedgekeurd", "to objection without an objection", set_status("bezwaar")),
    ("afgewezen", "from rejected to approved", set_status("goedgekeurd")),
    ("bezwaar", "granted without a second decision", set_status("goedgekeurd")),
    ("bezwaar", "dismissed without a second decision", set_status("afgewezen")),
    ("ingetrokken", "back from withdrawn", set_status("aangemeld")),
    ("concept", "a status that does not exist", set_status("klaar")),
    # numbers
    ("aangemeld", "another number", f"UPDATE {TABLE} SET number = 'BC-1999-0001' WHERE id = {{i}}"),
    ("aangemeld", "no number any more", f"UPDATE {TABLE} SET number = NULL, submitted_at = NULL WHERE id = {{i}}"),
    ("aangemeld", "another date of filing", f"UPDATE {TABLE} SET submitted_at = '2015-01-01' WHERE id = {{i}}"),
    ("aangemeld", "a numbered file deleted", f"DELETE FROM {TABLE} WHERE id = {{i}}"),
    ("concept", "born with a number", f"UPDATE {TABLE} SET number = 'BC-2026-0009' WHERE id = {{i}}"),
    ("signed", "a number out of turn", f"{FILE.format(by='{contact}')}; {NUMBERED.format('2026-0999')}"),
    ("signed", "a number of another shape", f"{FILE.format(by='{contact}')}; {NUMBERED.format('2026-1')}"),
    ("aangemeld", "a number skipped", "UPDATE initiatives_numbercounter SET last = last + 1"),
    ("aangemeld", "a number given twice", "UPDATE initiatives_numbercounter SET last = last - 1"),
    ("aangemeld", "numbers counted anew", "DELETE FROM initiatives_numbercounter"),
    # what was filed
    ("aangemeld", "another text", f"UPDATE {TABLE} SET title = 'Iets anders' WHERE id = {{i}}"),
    ("beoordeeld", "more cameras", f"UPDATE {TABLE} SET cameras_requested = 9999 WHERE id = {{i}}"),
    ("goedgekeurd", "a lower amount", f"UPDATE {TABLE} SET amount = 1 WHERE id = {{i}}"),
    ("bezwaar", "no support asked any more", f"UPDATE {TABLE} SET requested_support = '{{{{}}}}' WHERE id = {{i}}"),
    ("goedgekeurd", "urgent after all", f"UPDATE {TABLE} SET urgent = NOT urgent WHERE id = {{i}}"),
    ("goedgekeurd", "of another unit", ANOTHER_UNIT),
    ("returned", "of another unit, once it had a number", ANOTHER_UNIT),
    ("aangemeld", "a defect more", DEFECT),
    ("returned", "a later day", "UPDATE initiatives_return SET by_when = '2099-01-01' WHERE initiative_id = {i}"),
    ("returned", "never sent back", "DELETE FROM initiatives_return WHERE initiative_id = {i}"),
    # decisions
    ("beoordeeld", "a decider who filed", decide(by="{contact}")),
    ("goedgekeurd", "a second decision in the first round", decide()),
    ("aangemeld", "a decision before the assessment", decide()),
    ("beoordeeld", "a decision that leaves the status as it was", decide()),
    ("beoordeeld", "a rejection with support", decide(permission="false", granted='{{"inkoopproces"}}')),
    ("beoordeeld", "a third round", decide(round=3)),
    ("bezwaar", "a decision on objection without the view", decide(round=2)),
    ("view", "an objection decided by the first decider", decide(round=2, by="{leader}")),
    ("view", "an objection decided by who gave the view", decide(round=2, by="{holder}")),
    ("view", "a dismissal that gives permission", decide(round=2, dictum="ongegrond")),
    ("view", "an objection upheld without permission", decide(round=2, permission="false")),
    ("view", "a second decision without a dictum", decide(round=2, dictum="")),
    (
        "goedgekeurd",
        "a changed decision",
        "UPDATE initiatives_decision SET permission = false WHERE initiative_id = {i}",
    ),
    ("goedgekeurd", "a removed decision", "DELETE FROM initiatives_decision WHERE initiative_id = {i}"),
    ("goedgekeurd", "a changed snapshot", "UPDATE initiatives_decision SET snapshot = '{{}}'"),
    ("goedgekeurd", "all decisions gone", "TRUNCATE initiatives_decision CASCADE"),
    # objection, view, filing, necessity
    ("bezwaar", "a view by the first decider", VIEW.format(by="{leader}")),
    ("afgewezen", "a view without an objection", VIEW.format(by="{holder}")),
    ("bezwaar", "a second objection", OBJECT.format(late="false", before="afgewezen")),
    ("afgewezen", "an objection against another status", OBJECT.format(late="false", before="goedgekeurd")),
    ("afgewezen", "a late objection without an excuse", OBJECT.format(late="true", before="afgewezen")),
    ("afgewezen", "an objection that leaves the status", OBJECT.format(late="false", before="afgewezen")),
    ("signed", "filed by who signed the necessity", FILE.format(by="{head}")),
    ("aangemeld", "filed while filed", FILE.format(by="{contact}")),
    ("returned", "necessity signed by who filed", SIGN.format(necessary="true", urgent="false", by="{contact}")),
    ("concept", "urgent but not necessary", SIGN.format(necessary="false", urgent="true", by="{head}")),
    ("signed", "a changed necessity", "UPDATE initiatives_necessity SET necessary = true"),
    # finality
    (
        "aangemeld",
        "final before a decision",
        f"UPDATE {TABLE} SET final_ground = 'berusting', final_on = now() WHERE id = {{i}}",
    ),
    (
        "afgewezen",
        "final as if nothing was refused",
        f"UPDATE {TABLE} SET final_ground = 'niets_geweigerd', final_on = now()",
    ),
    ("afgewezen", "final without a day", f"UPDATE {TABLE} SET final_ground = 'berusting' WHERE id = {{i}}"),
    ("acquiesced", "not final any more", f"UPDATE {TABLE} SET final_ground = '', final_on = NULL WHERE id = {{i}}"),
    # switching the guards off
    ("beoordeeld", "triggers disabled", f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL"),
    ("beoordeeld", "trigger dropped", f"DROP TRIGGER guard_move ON {TABLE}"),
    ("beoordeeld", "function replaced", "DROP FUNCTION initiatives_guard_move() CASCADE"),
    ("beoordeeld", "replication role", "SET session_replication_role = replica"),
]


def file_at(cast: Cast, place: str) -> Initiative:
    """A file where a way past the rules begins: a status, or a place between two."""
    match place:
        case "signed":
            return walk(cast, "noodzaak_vaststellen")
        case "returned":
            return walk(cast, "terugsturen", start=initiative(cast, "aangemeld"))
        case "view":
            return walk(cast, "afstemming_vastleggen", start=initiative(cast, "bezwaar"))
        case "acquiesced":
            return walk(cast, "berusten", start=initiative(cast, "afgewezen"))
        case status:
            return initiative(cast, status)


def run(statement: str, cast: Cast, subject: Initiative) -> None:
    """Run a statement with the people's ids filled in, and commit it."""
    people = {part: getattr(cast, part).pk for part in ("contact", "head", "leader", "manager", "holder")}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(i=subject.pk, **people))


@pytest.mark.parametrize("place", sorted({way[0] for way in WAYS}))
def test_no_way_leads_past_the_rules(place: str) -> None:
    cast = Cast()
    subject = file_at(cast, place)
    went_through = []
    for begins, what, statement in WAYS:
        if begins == place:
            try:
                run(statement, cast, subject)
            except Error as error:
                if not REFUSED.search(str(error)):
                    raise
                continue
            went_through.append(what)
    assert went_through == []
    assert len(WAYS) >= 40


def test_what_the_procedure_does_is_let_through() -> None:
    """The twin: the same kinds of statement, written as the steps write them, are accepted."""
    cast = Cast()
    subject = initiative(cast, "beoordeeld")
    run(f"{decide(permission='false')}; {set_status('afgewezen')}", cast, subject)
    run(f"{OBJECT.format(late='false', before='afgewezen')}; {set_status('bezwaar')}", cast, subject)
    run(VIEW.format(by="{holder}"), cast, subject)
    final = f"UPDATE {TABLE} SET status = 'goedgekeurd', final_ground = 'beslissing_op_bezwaar', final_on = now()"
    run(f"{decide(round=2)}; {final} WHERE id = {{i}}", cast, subject)
    assert Decision.objects.filter(initiative=subject).count() == 2


def test_a_file_that_was_sent_back_is_written_in() -> None:
    """The twin of what stays: while the unit writes it changes, and with the answer its return ends."""
    cast = Cast()
    subject = file_at(cast, "returned")
    run(f"UPDATE {TABLE} SET title = 'Aangevuld', amount = 1 WHERE id = {{i}}; {DEFECT}", cast, subject)
    run("UPDATE initiatives_return SET ended_on = now() WHERE initiative_id = {i}", cast, subject)
    assert Initiative.objects.get(pk=subject.pk).title == "Aangevuld"
