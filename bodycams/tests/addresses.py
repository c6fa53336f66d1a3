"""What stands at the addresses of the access table: each function makes it in the database, at Oost-Nederland when it
belongs to a unit, and answers with the arguments of the address.
"""

from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from bodycams.tests.files import PDF, arrived
from bodycams.uploads.store import accept
from initiatives.choices import Outside
from initiatives.documents import add_documents
from initiatives.evaluations import save
from initiatives.library import add_file
from initiatives.models import Initiative, PolicyVersion
from initiatives.questions import ask
from initiatives.register.saved import save_selection
from initiatives.scope import register_outside
from initiatives.tests.edition_samples import asked, edition, with_paper
from initiatives.tests.factories import TO_STATUS, Cast, concept, initiative, walk
from inventory.tests.factories import camera
from organisation.endings import propose_ending
from organisation.mandates import give_mandate
from organisation.models import ApiToken, Mandate, PolicyRule
from organisation.policy_changes import propose
from organisation.roles import Role
from organisation.tests.factories import holder_of, person, unit
from organisation.tokens import make_token
from retention.choices import Use
from retention.destroying.declarations import declare
from retention.intake.deliveries import offer
from retention.looking.viewings import state_purpose
from retention.models import Comparison, Declaration, DeclarationPaper, Destruction, Run, StorageIncident
from retention.requests.services import link, linked
from retention.tests import request_samples
from retention.tests.factories import recording
from retention.tests.hold_samples import held, officer
from workflow.clock import local_date, now
from workflow.models import EquatedDay


def a_recording() -> dict[str, Any]:
    return {"pk": recording(3).pk}


def a_step_of_a_recording() -> dict[str, Any]:
    """One that asks for something, so that who sends nothing is told what is missing."""
    return {"pk": recording(3).pk, "name": "noodzakelijk_verklaren"}


def a_unit() -> dict[str, Any]:
    return {"code": "ON"}


def somebody() -> dict[str, Any]:
    return {"pk": person(email="functie@politie.example").pk}


def somebody_whose_account_is_closed() -> dict[str, Any]:
    return {"pk": person(is_active=False).pk}


def a_role() -> dict[str, Any]:
    return {"pk": holder_of(Role.CONTACT, "ON").assignments.get().pk}


def a_role_to_come() -> dict[str, Any]:
    to_come = local_date(now()) + timedelta(days=9)
    return {"pk": holder_of(Role.CONTACT, "ON", from_date=to_come).assignments.get().pk}


def a_decree_day() -> dict[str, Any]:
    """One that is still to come, and can be taken away."""
    return {"pk": EquatedDay.objects.create(date=date(2099, 6, 2), citation="een besluit", added_by="2006").pk}


def an_api_token() -> dict[str, Any]:
    by, at = holder_of(Role.ADMINISTRATOR), now()
    name = f"rapportage {ApiToken.objects.count()}"
    return {"pk": make_token(name, valid_until=local_date(at), by=by, at=at)[0].pk}


def overview_as_data() -> dict[str, Any]:
    return {"kind": "json"}


def the_api() -> dict[str, Any]:
    return {"rest": "initiatives"}


def a_mandate() -> dict[str, Any]:
    head, contact, day = holder_of(Role.HEAD, "ON"), holder_of(Role.CONTACT, "ON"), local_date(now())
    given = give_mandate(head, contact, unit("ON"), Mandate.Kind.OBJECT, from_date=day, until_date=day)
    return {"pk": given.pk}


def a_link_that_ended() -> dict[str, Any]:
    return {"pk": 0, "token": "verlopen"}


def a_file() -> dict[str, Any]:
    return {"pk": initiative(Cast("ON"), "aangemeld").pk}


def a_spreadsheet() -> dict[str, Any]:
    return {"kind": "csv"}


def a_letter() -> dict[str, Any]:
    return {"pk": initiative(Cast("ON"), "goedgekeurd").pk, "n": 1}


def a_piece_of_support_work() -> dict[str, Any]:
    given = {"goedkeuren": {"support_granted": ["inkoopproces"]}}
    return {"pk": walk(Cast("ON"), *TO_STATUS["goedgekeurd"], given=given).support_work.get().pk}


def a_step() -> dict[str, Any]:
    """One that asks for something, so that who sends nothing is told what is missing."""
    return {"pk": initiative(Cast("ON"), "beoordeeld").pk, "name": "afwijzen"}


def a_concept() -> dict[str, Any]:
    return {"pk": concept(Cast("ON")).pk}


def a_document() -> dict[str, Any]:
    """A document of a file that was filed."""
    cast = Cast("ON")
    begun = concept(cast)
    added = add_documents(begun, {"bijlage": [accept(arrived(PDF))]}, person=cast.contact, at=now())
    walk(cast, "noodzaak_vaststellen", "aanmelden", start=begun)
    return {"pk": begun.pk, "document": added[0].pk}


def a_signed_concept() -> dict[str, Any]:
    """One that cannot be thrown away any more, so that trying leaves it there for the next one who tries."""
    return {"pk": walk(Cast("ON"), "noodzaak_vaststellen").pk}


def an_experiment() -> Initiative:
    trial = {"period_from": date(2017, 7, 1), "period_until": date(2018, 3, 31), "research_question": "Werkt het?"}
    return initiative(Cast("ON"), "goedgekeurd", kinds=["aanschaf", "experiment"], **trial)


def an_approved_experiment() -> dict[str, Any]:
    return {"pk": an_experiment().pk}


def a_lesson() -> dict[str, Any]:
    texts = dict.fromkeys(("contribution", "best_use", "technique", "lessons"), "Begin klein.")
    contact, moment = holder_of(Role.CONTACT, "ON"), now()
    given = {**texts, "advice": "stoppen"}
    return {"pk": save(an_experiment(), given, person=contact, at=moment, after=0, submit=True).pk}


def a_policy_document() -> dict[str, Any]:
    return {"code": "procedure"}


def a_document_version() -> dict[str, Any]:
    return {"pk": PolicyVersion.objects.get(document__code="procedure").pk}


def a_document_file() -> dict[str, Any]:
    version = PolicyVersion.objects.get(document__code="procedure")
    return {"pk": add_file(version, accept(arrived(PDF)), person=holder_of(Role.LEADER), at=now()).pk}


def a_saved_selection() -> dict[str, Any]:
    """One of somebody else: nobody sees what another saved."""
    return {"pk": save_selection(holder_of(Role.CONTACT, "ON"), "Horeca", "q=horeca", at=now()).pk}


def a_camera() -> dict[str, Any]:
    return {"pk": camera().pk}


def a_delivery() -> dict[str, Any]:
    """Of a judge, for nobody else to see."""
    return {"pk": offer(b"source\n", "opnamen.csv", by=holder_of(Role.JUDGE, "ON"), at=now()).pk}


def a_question() -> dict[str, Any]:
    cast = Cast("ON")
    return {"pk": ask(cast.head, "Opleiding", "Wie betaalt?", at=now(), initiative=initiative(cast, "aangemeld")).pk}


def something_outside() -> dict[str, Any]:
    contact = holder_of(Role.CONTACT, "ON")
    return {"pk": register_outside(contact, unit("ON"), Outside.USE, "Dienst op zaterdag.", at=now()).pk}


def a_policy_rule() -> dict[str, Any]:
    return {"code": "aanschafstop"}


def a_policy_proposal() -> dict[str, Any]:
    last = PolicyRule.objects.get(code="aanschafstop")
    change = propose(PolicyRule(**last.said()), "Omdat.", {}, by=holder_of(Role.ADMINISTRATOR), at=now())
    return {"pk": change.pk}


def an_ending() -> dict[str, Any]:
    by, day = holder_of(Role.ADMINISTRATOR), local_date(now())
    return {"pk": propose_ending(unit("SKL"), unit("PDC"), day, "Zo is besloten.", by=by, at=now()).pk}


def an_edition() -> dict[str, Any]:
    return {"number": edition().pk}


def an_edition_after_another() -> dict[str, Any]:
    return {"number": edition(corrects=edition()).pk}


def an_edition_with_its_paper() -> dict[str, Any]:
    return {"number": with_paper(edition()).pk}


def a_request_for_an_edition() -> dict[str, Any]:
    return {"pk": asked().pk}


def a_hold() -> dict[str, Any]:
    return {"pk": held().pk}


def a_look_at_a_hold() -> dict[str, Any]:
    return {"pk": held().pk, "name": "herbeoordelen"}


def a_viewing() -> dict[str, Any]:
    """Of somebody else: it is of no use to anybody but who stated the purpose."""
    judge, told = holder_of(Role.JUDGE, "ON"), {"purpose": "beoordelen", "reasons": "De dienst van gisteren."}
    return {"pk": state_purpose(recording(), Use.VIEW, person=judge, session="x", **told, at=now()).pk}


def a_run() -> dict[str, Any]:
    return {"pk": Run.objects.create(began_at=now(), ended_at=now()).pk}


def a_run_that_waits() -> dict[str, Any]:
    return {"pk": Run.objects.create(began_at=now(), ended_at=now(), waits_for="aantal").pk}


def a_stray_file() -> dict[str, Any]:
    at = now()
    compared = Comparison.objects.create(began_at=at, ended_at=at)
    found = {"key": "dock/vergeten.mp4", "size": 8, "written_at": at, "found_at": at}
    incident = StorageIncident.objects.create(kind="onbekend", **found, found_in=compared, seen_in=compared)
    return {"pk": incident.pk}


def a_declaration() -> dict[str, Any]:
    """Of a run that destroyed nothing, and so tells of no unit."""
    run = Run.objects.create(began_at=now(), ended_at=now())
    declare(now())
    found = Declaration.objects.get(run=run)
    content = b"%PDF-"
    DeclarationPaper.objects.create(
        declaration=found, content=content, sha256=sha256(content).hexdigest(), made_at=found.made_at
    )
    return {"pk": found.pk}


def a_missing_recording() -> dict[str, Any]:
    found, at = recording(days_ago=27), now()
    run = Run.objects.create(began_at=at, ended_at=at)
    Destruction.objects.create(
        recording=found, run=run, why="termijn_verstreken", planned_at=at, point_of_no_return_at=at, missing_at=at
    )
    return {"pk": found.pk}


def a_privacy_request() -> dict[str, Any]:
    return {"pk": request_samples.asked().pk}


def an_identity_to_establish() -> dict[str, Any]:
    return {"pk": request_samples.asked().pk, "name": "identiteit_vaststellen"}


def a_linked_recording() -> dict[str, Any]:
    request = request_samples.asked()
    link(request, [recording()], person=officer(), at=now())
    return {"pk": request.pk, "link": linked(request)[0].pk}


def a_letter_to_who_asked() -> dict[str, Any]:
    return {"pk": request_samples.decided().pk, "n": 1}
