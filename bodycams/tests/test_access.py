"""Who may use which page: deny by default. An address that this table does not know fails."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.urls.resolvers import RegexPattern

from bodycams.tests.access import ANONYMOUS, EVERYONE, LOGGED_IN, Page, patterns, session_of, surprises, visit
from bodycams.tests.addresses import (
    a_camera,
    a_concept,
    a_declaration,
    a_decree_day,
    a_delivery,
    a_document,
    a_document_file,
    a_document_version,
    a_file,
    a_hold,
    a_lesson,
    a_letter,
    a_letter_to_who_asked,
    a_link_that_ended,
    a_linked_recording,
    a_look_at_a_hold,
    a_mandate,
    a_missing_recording,
    a_piece_of_support_work,
    a_policy_document,
    a_policy_proposal,
    a_policy_rule,
    a_privacy_request,
    a_question,
    a_recording,
    a_request_for_an_edition,
    a_role,
    a_role_to_come,
    a_run,
    a_run_that_waits,
    a_saved_selection,
    a_signed_concept,
    a_spreadsheet,
    a_step,
    a_step_of_a_recording,
    a_stray_file,
    a_unit,
    a_viewing,
    an_api_token,
    an_approved_experiment,
    an_edition,
    an_edition_after_another,
    an_edition_with_its_paper,
    an_ending,
    an_identity_to_establish,
    overview_as_data,
    somebody,
    somebody_whose_account_is_closed,
    something_outside,
    the_api,
)
from organisation.roles import Role

pytestmark = pytest.mark.django_db


CONTACTS = {Role.CONTACT, "contactpersoon elsewhere"}
HEADS = {Role.HEAD, "onderdeelhoofd elsewhere"}
SEE_ORGANISATION = {Role.ADMINISTRATOR, Role.AUDITOR, Role.LEADER}
SEE_ALL = {Role.LEADER, Role.MANAGER, Role.HOLDER, Role.AUDITOR}
SEE_JOURNAL = {Role.AUDITOR, Role.PRIVACY, Role.ADMINISTRATOR}
SEE_FILES = {
    *(Role.CONTACT, Role.HEAD, "contactpersoon elsewhere", "onderdeelhoofd elsewhere"),
    *SEE_ALL,
}
"""Who sees initiatives: some of them, or all that were filed."""
SEE_OVERVIEW = {*HEADS, *CONTACTS, *Role.national()}
KEEP_DOCUMENTS = {Role.LEADER, Role.ADMINISTRATOR}
SEE_HERE = SEE_FILES & {*Role.values}
SEE_RUNS = {*HEADS, Role.JUDGE, Role.AUDITOR, Role.PRIVACY}
READ_ONLY = {Role.LEADER, Role.AUDITOR}
"""Who sees files and asks nothing about them."""

FILE_SEEN = "dossier_ingezien"
REQUEST_SEEN = "verzoek_ingezien"

ACCESS: dict[str, Page] = {
    # the site
    "api": Page(EVERYONE, get=401, plain=True, address=the_api),  # nobody by a log-in; see test_api
    "my-work": Page(LOGGED_IN),
    "kept-forms": Page(LOGGED_IN, get=302, post=302),
    "gallery": Page(LOGGED_IN),
    "privacy": Page(EVERYONE),
    "accessibility": Page(EVERYONE),
    "security-txt": Page(EVERYONE, plain=True),
    "robots-txt": Page(EVERYONE, plain=True),
    "health-live": Page(EVERYONE, options=True, plain=True),
    "health-ready": Page(EVERYONE, get=503, options=True, plain=True),  # no worker and no beat in these tests
    # organisation
    "login": Page(EVERYONE, get=302, visitors=200, post=400),
    "logout": Page(EVERYONE, get=None, post=302),
    "choose-password": Page(EVERYONE, get=410, post=410, address=a_link_that_ended),
    "account": Page(LOGGED_IN),
    "mail-choice": Page(LOGGED_IN, post=400),
    "password-change": Page(LOGGED_IN, post=400),
    "stay": Page(LOGGED_IN, get=204),
    "new-mandate": Page(HEADS, post=400),
    "end-mandate": Page({Role.HEAD}, post=302, otherwise=404, address=a_mandate),
    "organisation": Page(SEE_ORGANISATION),
    "unit": Page(SEE_ORGANISATION, address=a_unit),
    "people": Page(SEE_ORGANISATION),
    "person": Page(SEE_ORGANISATION, leaves="account_ingezien", address=somebody),
    "journal": Page(SEE_JOURNAL),
    "journal-export": Page({Role.AUDITOR}, leaves="journaal_geexporteerd", plain=True),
    "journal-seals": Page(SEE_JOURNAL),
    "new-account": Page({Role.ADMINISTRATOR}, post=400),
    "new-deputy": Page({Role.ADMINISTRATOR}, post=400, address=a_role),
    "new-unit": Page({Role.ADMINISTRATOR}, post=400),
    "new-ending": Page({Role.ADMINISTRATOR}, post=400, address=a_unit),
    "endings": Page(SEE_ORGANISATION),
    "ending": Page(SEE_ORGANISATION, address=an_ending),
    "answer-ending": Page({Role.ADMINISTRATOR}, post=400, address=an_ending),
    "new-role": Page({Role.ADMINISTRATOR}, post=400, address=somebody),
    "finish-role": Page({Role.ADMINISTRATOR}, post=400, address=a_role),
    "withdraw-role": Page({Role.ADMINISTRATOR}, post=302, address=a_role_to_come),
    "close-account": Page({Role.ADMINISTRATOR}, post=302, address=somebody),
    "open-account": Page({Role.ADMINISTRATOR}, post=302, address=somebody_whose_account_is_closed),
    "send-link": Page({Role.ADMINISTRATOR}, post=302, address=somebody),
    "api-tokens": Page(SEE_ORGANISATION),
    "new-api-token": Page({Role.ADMINISTRATOR}, post=400),
    "revoke-api-token": Page({Role.ADMINISTRATOR}, post=302, address=an_api_token),
    # retention
    "declaration-data": Page(SEE_RUNS, plain=True, leaves="verklaring_gedownload", address=a_declaration),
    "declaration-pdf": Page(SEE_RUNS, plain=True, leaves="verklaring_gedownload", address=a_declaration),
    "declare-loss": Page({Role.PRIVACY}, post=400, address=a_missing_recording),
    "destroy-stray": Page({Role.PRIVACY}, post=400, address=a_stray_file),
    "destruction-run": Page(SEE_RUNS, address=a_run),
    "destruction-runs": Page(SEE_RUNS),
    "release-files": Page({Role.PRIVACY}, get=409, post=409),  # nothing waits
    "release-run": Page({Role.PRIVACY}, post=400, address=a_run_that_waits),
    "storage-compared": Page({Role.PRIVACY, Role.AUDITOR}),
    # initiatives
    "answer": Page({Role.LEADER}, post=400, otherwise=404, sees=SEE_HERE - {Role.LEADER}, address=a_question),
    "ask": Page({*HEADS, *CONTACTS}, post=400),
    "ask-about": Page(SEE_HERE - READ_ONLY, post=400, otherwise=404, sees=READ_ONLY, address=a_file),
    "assessment-draft": Page(
        {Role.LEADER}, get=None, post=302, otherwise=404, sees=SEE_HERE - {Role.LEADER}, address=a_file
    ),
    "concept": Page({Role.CONTACT}, post=409, otherwise=404, sees={Role.HEAD}, leaves=FILE_SEEN, address=a_concept),
    "discard": Page({Role.CONTACT}, get=409, post=409, otherwise=404, sees={Role.HEAD}, address=a_signed_concept),
    "document": Page(SEE_HERE, otherwise=404, plain=True, leaves="document_gelezen", address=a_document),
    "answer-edition": Page({Role.MANAGER}, post=400, address=a_request_for_an_edition),
    "ask-edition": Page({Role.LEADER}, post=400),
    "edition": Page(SEE_OVERVIEW, address=an_edition),
    "edition-changes": Page(SEE_OVERVIEW, address=an_edition_after_another),
    "edition-changes-json": Page(
        SEE_OVERVIEW, plain=True, leaves="verschil_gedownload", address=an_edition_after_another
    ),
    "edition-csv": Page(SEE_OVERVIEW, plain=True, leaves="editie_gedownload", address=an_edition_with_its_paper),
    "edition-json": Page(SEE_OVERVIEW, plain=True, leaves="editie_gedownload", address=an_edition_with_its_paper),
    "edition-pdf": Page(SEE_OVERVIEW, plain=True, leaves="editie_gedownload", address=an_edition_with_its_paper),
    "edition-request": Page({Role.LEADER, Role.MANAGER, Role.AUDITOR}, address=a_request_for_an_edition),
    "editions": Page(SEE_OVERVIEW),
    "plan-editions": Page({Role.LEADER}, get=None, post=400),
    "verify-overview": Page(SEE_OVERVIEW, post=400),
    "evaluation": Page(
        {Role.CONTACT}, post=400, otherwise=404, sees=SEE_HERE - {Role.CONTACT}, address=an_approved_experiment
    ),
    "execution": Page(
        {Role.CONTACT}, post=400, otherwise=404, sees=SEE_HERE - {Role.CONTACT}, address=an_approved_experiment
    ),
    "file": Page(SEE_HERE, otherwise=404, leaves=FILE_SEEN, address=a_file),
    "letter": Page(SEE_HERE, get=503, otherwise=404, plain=True, address=a_letter),  # no worker in these tests
    "lead-times": Page({Role.LEADER, Role.MANAGER, Role.HOLDER, Role.AUDITOR}),
    "new-decree-day": Page({Role.ADMINISTRATOR}, post=400),
    "new-selection": Page(SEE_FILES, post=400),
    "notices": Page(LOGGED_IN),
    "lesson": Page(SEE_OVERVIEW, address=a_lesson),
    "lessons": Page(SEE_OVERVIEW),
    "library": Page(LOGGED_IN),
    "library-add-file": Page(KEEP_DOCUMENTS, post=400, address=a_document_version),
    "library-document": Page(LOGGED_IN, address=a_policy_document),
    "library-file": Page(LOGGED_IN, plain=True, leaves="beleidsbestand_opgehaald", address=a_document_file),
    "library-new": Page(KEEP_DOCUMENTS, post=400),
    "library-version": Page(KEEP_DOCUMENTS, post=400, address=a_policy_document),
    "outside-list": Page({*HEADS, *CONTACTS, Role.LEADER, Role.AUDITOR}),
    "overview": Page(SEE_OVERVIEW),
    "overview-data": Page(SEE_OVERVIEW, plain=True, leaves="overzicht_gedownload", address=overview_as_data),
    "overview-pdf": Page(SEE_OVERVIEW, get=503, plain=True),  # no worker in these tests
    "pass-on": Page({Role.HEAD}, post=400, otherwise=404, sees=SEE_HERE - {Role.HEAD}, address=a_unit),
    "passed-on": Page(SEE_FILES),
    "policy": Page(LOGGED_IN),
    "answer-policy": Page({Role.ADMINISTRATOR}, post=400, address=a_policy_proposal),
    "policy-change": Page(SEE_ALL | {Role.ADMINISTRATOR}, address=a_policy_proposal),
    "policy-differences": Page(SEE_FILES | {Role.ADMINISTRATOR}),
    "policy-rule": Page(LOGGED_IN, address=a_policy_rule),
    "propose-policy": Page({Role.ADMINISTRATOR}, post=400, address=a_policy_rule),
    "procedure": Page(EVERYONE),
    "read-notices": Page(LOGGED_IN, get=None, post=302),
    "question": Page(SEE_HERE, otherwise=404, address=a_question),
    "questions": Page(SEE_OVERVIEW),
    "register": Page(SEE_FILES),
    "register-export": Page(SEE_FILES, plain=True, leaves="register_geexporteerd", address=a_spreadsheet),
    "remove-decree-day": Page({Role.ADMINISTRATOR}, post=400, address=a_decree_day),
    "remove-selection": Page((), otherwise=404, address=a_saved_selection),
    "scope-check": Page(CONTACTS, post=400),
    "selection": Page((), otherwise=404, address=a_saved_selection),
    "selections": Page(SEE_FILES),
    "step": Page(
        {Role.LEADER}, post=400, otherwise=404, sees=SEE_HERE - {Role.LEADER}, leaves=FILE_SEEN, address=a_step
    ),
    "support": Page(SEE_FILES),
    "support-line": Page(
        {Role.LEADER}, post=400, otherwise=404, sees=SEE_HERE - {Role.LEADER}, address=a_piece_of_support_work
    ),
    "support-work": Page(SEE_HERE, otherwise=404, address=a_piece_of_support_work),
    "terms": Page(LOGGED_IN),
    # inventory
    "camera": Page({Role.CONTACT}, post=400, otherwise=404, sees={Role.HEAD, *Role.national()}, address=a_camera),
    "inventory": Page(SEE_OVERVIEW),
    "new-camera": Page(CONTACTS, post=400),
    # retention
    "own-recordings": Page({Role.WEARER}),
    "recording": Page(
        {Role.JUDGE, Role.PRIVACY}, otherwise=404, leaves="opname_ingezien", address=a_recording
    ),  # and who wore the camera: test_views_recording
    "recording-numbers": Page({*SEE_ALL, *HEADS, Role.JUDGE, Role.PRIVACY}),
    "recording-procedure": Page(EVERYONE),
    "end-of-shift": Page({*SEE_ALL, *HEADS, Role.JUDGE, Role.PRIVACY}),
    "staff-followed": Page({*SEE_ALL, *HEADS, Role.JUDGE, Role.PRIVACY}),
    "recording-step": Page(
        {Role.JUDGE},
        post=400,
        otherwise=404,
        sees={Role.PRIVACY},
        leaves="opname_ingezien",
        address=a_step_of_a_recording,
    ),  # and who wore the camera: test_views_steps
    "recordings-judge-together": Page({Role.JUDGE}, get=302, post=302),
    "recordings": Page({*SEE_ALL, *HEADS, Role.JUDGE, Role.PRIVACY, Role.WEARER}),
    "turn-outside": Page(
        {Role.CONTACT}, post=400, otherwise=404, sees={Role.HEAD, Role.LEADER, Role.AUDITOR}, address=something_outside
    ),
    # retention
    "deliver": Page({Role.JUDGE}, post=400),
    "delivery": Page({Role.JUDGE}, get=404, post=404, address=a_delivery),  # of somebody else
    "rejected-lines": Page({Role.JUDGE}, get=404, plain=True, address=a_delivery),
    "hold": Page({Role.PRIVACY}, otherwise=404, leaves="opschorting_ingezien", address=a_hold),
    "hold-place": Page({Role.PRIVACY}, post=400),
    "hold-step": Page({Role.PRIVACY}, post=400, otherwise=404, address=a_look_at_a_hold),
    "holds": Page({Role.PRIVACY}),
    "recording-disclose": Page({Role.JUDGE, Role.PRIVACY}, post=400, otherwise=404, address=a_recording),
    "recording-download": Page({Role.JUDGE, Role.PRIVACY}, post=400, otherwise=404, address=a_recording),
    "recording-view": Page({Role.JUDGE, Role.PRIVACY}, post=400, otherwise=404, address=a_recording),
    "viewing": Page((), otherwise=404, address=a_viewing),
    "viewing-stream": Page((), otherwise=404, address=a_viewing),
    "privacy-request": Page({Role.PRIVACY}, otherwise=404, leaves=REQUEST_SEEN, address=a_privacy_request),
    "privacy-request-figures": Page({Role.PRIVACY, Role.AUDITOR}),
    "privacy-request-letter": Page(
        {Role.PRIVACY}, get=503, otherwise=404, plain=True, address=a_letter_to_who_asked
    ),  # no worker in these tests
    "privacy-request-link": Page({Role.PRIVACY}, post=400, otherwise=404, address=a_privacy_request),
    "privacy-request-mend": Page(
        {Role.PRIVACY}, post=400, otherwise=404, leaves=REQUEST_SEEN, address=a_privacy_request
    ),
    "privacy-request-new": Page({Role.PRIVACY}, post=400),
    "privacy-request-step": Page(
        {Role.PRIVACY}, post=400, otherwise=404, leaves=REQUEST_SEEN, address=an_identity_to_establish
    ),
    "privacy-request-unlink": Page({Role.PRIVACY}, post=400, otherwise=404, address=a_linked_recording),
    "privacy-requests": Page({Role.PRIVACY}),
}


@pytest.fixture(scope="module")
def sessions(django_db_setup: None, django_db_blocker: Any, fresh_copy: Callable[[], None]) -> Iterator[dict[str, str]]:
    """Somebody of each kind, who logs in once for all pages."""
    with django_db_blocker.unblock():
        yield {kind: session_of(kind) for kind in EVERYONE}
        fresh_copy()


def strangers(found: list[tuple[str, URLPattern]], table: dict[str, Page]) -> set[str]:
    """Addresses without a line, lines without an address, and names that stand for two addresses."""
    names = [name for name, _ in found]
    return set(names) ^ set(table) | {name for name in names if names.count(name) > 1}


def open_doors(found: list[tuple[str, URLPattern]], table: dict[str, Page]) -> set[str]:
    """Pages that do not ask for log-in though their line does not let everybody in."""
    return {
        name
        for name, pattern in found
        if not getattr(pattern.callback, "login_required", True) and ANONYMOUS not in table[name].who
    }


def test_every_address_has_its_line() -> None:
    assert strangers(list(patterns()), ACCESS) == set()


def test_every_page_asks_for_log_in_unless_its_line_lets_everybody_in() -> None:
    assert open_doors(list(patterns()), ACCESS) == set()


@pytest.mark.parametrize("name", ACCESS)
def test_page_answers_each_person_and_method_as_its_line_says(name: str, sessions: dict[str, str]) -> None:
    assert list(surprises(name, ACCESS[name], sessions)) == []


@pytest.mark.parametrize("address", ["/onbekend/", "/admin/", "/static/geheim.txt", "/initiatieven/-1/"])
@pytest.mark.parametrize("kind", [ANONYMOUS, Role.ADMINISTRATOR])
def test_address_that_nobody_made_is_not_there(kind: str, address: str, sessions: dict[str, str]) -> None:
    assert visit(sessions[kind]).get(address).status_code == 404


# --- the twins: each check finds what it is for ---------------------------------------------------


@login_not_required
def open_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def closed_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def found_in(*made: URLPattern) -> list[tuple[str, URLPattern]]:
    return list(patterns(URLResolver(RegexPattern(r"^/"), list(made))))


def test_twin_address_without_a_line_is_found() -> None:
    found = found_in(path("a/", closed_page, name="known"), path("b/", closed_page))
    assert strangers(found, {"known": Page(LOGGED_IN)}) == {"b/"}
    assert strangers(found[:1], {"known": Page(LOGGED_IN), "gone": Page(LOGGED_IN)}) == {"gone"}
    assert strangers([*found[:1], *found[:1]], {"known": Page(LOGGED_IN)}) == {"known"}


def test_twin_page_without_log_in_is_found() -> None:
    found = found_in(path("a/", closed_page, name="closed"), path("b/", open_page, name="open"))
    assert open_doors(found, {"closed": Page(LOGGED_IN), "open": Page(LOGGED_IN)}) == {"open"}
    assert open_doors(found, {"closed": Page(EVERYONE), "open": Page(EVERYONE)}) == set()


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("my-work", Page({Role.LEADER})),
        ("my-work", Page(EVERYONE)),
        ("my-work", Page(LOGGED_IN, post=200)),
        ("my-work", Page(LOGGED_IN, leaves=FILE_SEEN)),
        ("overview-data", Page(SEE_OVERVIEW, leaves="overzicht_gedownload", address=overview_as_data)),
        ("procedure", Page(LOGGED_IN)),
        ("logout", Page(EVERYONE, get=200, post=302)),
    ],
)
def test_twin_wrong_line_is_found(name: str, line: Page, sessions: dict[str, str]) -> None:
    assert list(surprises(name, line, sessions)) != []
