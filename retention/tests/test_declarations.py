"""What is declared and when, that the root binds it, its paper, and who may have which."""

import hashlib
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bodycams.tests.pdf_checks import faults
from bodycams.tests.pdf_reader import Pdf
from journal.models import Entry
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.clock import now
from retention.destroying import declaration_papers, destruction
from retention.destroying.declarations import FIELDS, declare, following, months_to_declare, to_declare
from retention.destroying.review import review
from retention.models import Declaration, DeclarationPaper, Destruction, Proof, Run
from retention.tests.engine import folder, kept
from retention.tests.factories import recording
from workflow.clock import local_date, midnight

pytestmark = pytest.mark.django_db
STUB = b"%PDF-1.7 proef"


def destroyed(root: Path, *units: str) -> Run:
    """By one run, of these units."""
    storage = folder(root)
    for unit in units:
        kept(storage, 27, unit_code=unit)
    report = review()
    assert report
    assert destruction.destroy(storage) == len(units)
    return report.run


def ended(at: datetime | None = None) -> Run:
    return Run.objects.create(began_at=at or now(), ended_at=at or now())


def intent(run: Run) -> Destruction:
    at = now()
    return Destruction.objects.create(
        recording=recording(27), run=run, why="termijn_verstreken", planned_at=at, point_of_no_return_at=at
    )


def proven(begun: Destruction, at: datetime) -> Proof:
    given = {"ground": begun.why, "how": "verwijderd", "destroyed_at": at, "sha256": begun.recording.sha256}
    proof = Proof.objects.create(recording=begun.recording, run=begun.run, **given)
    Destruction.objects.filter(pk=begun.pk).update(done_at=at)
    return proof


def root_of(proofs: list[dict[str, Any]]) -> str:
    """As an auditor reckons it, from the data alone."""
    lines = ["\t".join(str(proof[field]) for field in FIELDS) + "\n" for proof in proofs]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def test_a_run_is_declared_with_every_proof_and_a_root_that_binds_them(tmp_path: Path) -> None:
    run = destroyed(tmp_path, "ON", "ON", "LI")
    assert declare(now()) == 1
    found = Declaration.objects.get(run=run)
    data = json.loads(bytes(found.data))
    assert (data["run"], data["count"], data["by"], data["root"]) == (run.pk, 3, "systeem", found.root)
    assert {(one["unit"], one["number"]) for one in data["counts"]} == {("ON", 2), ("LI", 1)}
    assert [one["recording"] for one in data["proofs"]] == sorted(Proof.objects.values_list("pk", flat=True))
    assert {(one["ground"], one["how"], one["by"]) for one in data["proofs"]} == {
        ("termijn_verstreken", "verwijderd", "systeem")
    }
    assert root_of(data["proofs"]) == found.root
    others = ({**data["proofs"][0], "how": "verklaard"}, {**data["proofs"][0], "recording": 0})
    assert found.root not in {root_of(data["proofs"][1:]), *(root_of([one, *data["proofs"][1:]]) for one in others)}
    [entry] = Entry.objects.filter(action="verklaring_gemaakt")
    assert (entry.data["root"], entry.data["count"]) == (found.root, 3)
    assert declare(now()) == 0


def test_an_empty_run_is_declared_and_one_with_something_left_to_do_is_not() -> None:
    empty, busy = ended(), ended()
    broken = Run.objects.create(began_at=now())
    left = intent(busy)
    assert list(to_declare()) == [empty]
    last = ended()
    assert list(to_declare()) == [empty, broken, last]
    proven(left, now())
    assert declare(now()) == 4
    assert json.loads(bytes(Declaration.objects.get(run=empty).data))["proofs"] == []


def test_a_month_is_declared_when_it_is_over_with_what_was_destroyed_in_it() -> None:
    this = local_date(now()).replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    before = (last - timedelta(days=1)).replace(day=1)
    run = ended(midnight(before) + timedelta(days=3))
    at = (midnight(last), midnight(this) - timedelta(seconds=1), midnight(this))
    proofs = [proven(intent(run), moment) for moment in at]
    declare(now())
    found = {one.month: one for one in Declaration.objects.filter(month__isnull=False)}
    assert {month: one.count for month, one in found.items()} == {before: 0, last: 2}
    inside = json.loads(bytes(found[last].data))
    assert inside["month"] == f"{last:%Y-%m}"
    assert [one["recording"] for one in inside["proofs"]] == [one.pk for one in proofs[:2]]
    assert Declaration.objects.get(run=run).count == 3
    next_one = midnight(following(this))
    assert [list(months_to_declare(next_one + timedelta(minutes=m))) for m in (59, 60)] == [[], [this]]


def test_the_database_refuses_what_is_not_over_not_counted_or_other_bytes() -> None:
    this = local_date(now()).replace(day=1)
    run, busy, broken = ended(), ended(), Run.objects.create(began_at=now())
    intent(busy)
    content = b"{}"
    right: dict[str, Any] = {"count": 0, "counts": [], "root": "0" * 64, "data": content, "made_at": now()}
    right["sha256"] = hashlib.sha256(content).hexdigest()
    for told, words in (
        ({"run": busy}, "nothing of it is left to do"),
        ({"run": broken}, "nothing of it is left to do"),
        ({"run": run, "count": 1}, "counts every proof"),
        ({"month": this}, "when it is over"),
        ({"month": this - timedelta(days=1)}, "when it is over"),
        ({"run": run, "month": this - timedelta(days=400)}, "declares_a_run_or_a_month"),
        ({"run": run, "sha256": "0" * 64}, "bytes_of_its_digest"),
    ):
        with pytest.raises(IntegrityError, match=words), transaction.atomic():
            Declaration.objects.create(**{**right, **told})
    made = Declaration.objects.create(**right, run=run)
    for wrong in (b"proef", STUB + b"!"):
        with pytest.raises(IntegrityError), transaction.atomic():
            on_paper(made, wrong)
    on_paper(made)


def on_paper(declaration: Declaration, content: bytes = STUB) -> DeclarationPaper:
    kept_as = STUB if content != b"proef" else content
    digest = hashlib.sha256(kept_as).hexdigest()
    return DeclarationPaper.objects.create(declaration=declaration, content=content, sha256=digest, made_at=now())


def test_the_paper_is_made_once_tagged_and_says_numbers_and_root(tmp_path: Path) -> None:
    run = destroyed(tmp_path, "ON", "LI")
    declare(now())
    found = Declaration.objects.get(run=run)
    assert declaration_papers.make_papers(now()) == 1
    paper = DeclarationPaper.objects.get()
    content = bytes(paper.content)
    assert faults(content) == []
    text = " ".join(Pdf(content).root.text.split())
    for words in ("2 opnamen zijn vernietigd.", "Niet beoordeeld binnen de termijn", "Limburg"):
        assert words in text
    assert found.root in text.replace(" ", "")
    assert declaration_papers.make_papers(now()) == 0
    assert hashlib.sha256(content).hexdigest() == paper.sha256


def test_an_empty_declaration_says_so_on_paper() -> None:
    ended()
    declare(now())
    assert "Er is niets vernietigd." in declaration_papers.html(Declaration.objects.get())


def client_of(role: Role, unit: str = "") -> Client:
    client = Client()
    client.force_login(holder_of(role, unit or None), "initiatives.backends.Backend")
    return client


def test_who_sees_all_has_the_files_and_who_is_of_a_unit_only_when_they_name_no_other(tmp_path: Path) -> None:
    run = destroyed(tmp_path, "ON", "ON", "LI")
    declare(now())
    found = Declaration.objects.get()
    on_paper(found)
    data, pdf = (reverse(name, args=[found.pk]) for name in ("declaration-data", "declaration-pdf"))
    page, auditor, judge = reverse("destruction-runs"), client_of(Role.AUDITOR), client_of(Role.JUDGE, "ON")
    assert auditor.get(data).content == bytes(found.data)
    assert auditor.get(pdf).content == STUB
    entries = Entry.objects.filter(action="verklaring_gedownload")
    assert [entry.data["kind"] for entry in entries.order_by("id")] == ["json", "pdf"]
    assert data in auditor.get(page).content.decode()
    assert [judge.get(url).status_code for url in (data, pdf)] == [403, 403]
    assert data not in judge.get(page).content.decode()
    text = judge.get(reverse("destruction-run", args=[run.pk])).content.decode()
    assert "noemt ook andere eenheden" in text
    assert found.root in text
    assert entries.count() == 2


def test_a_judge_has_the_declaration_of_the_own_unit_alone(tmp_path: Path) -> None:
    destroyed(tmp_path, "ON")
    declare(now())
    data = reverse("declaration-data", args=[Declaration.objects.get().pk])
    assert client_of(Role.JUDGE, "ON").get(data).status_code == 200
    assert client_of(Role.HEAD, "LI").get(data).status_code == 403
    assert client_of(Role.CONTACT, "ON").get(data).status_code == 403
    paper = reverse("declaration-pdf", args=[Declaration.objects.get().pk])
    assert client_of(Role.JUDGE, "ON").get(paper).status_code == 404


def test_a_month_stands_on_the_list_with_the_numbers_of_who_looks() -> None:
    last = (local_date(now()).replace(day=1) - timedelta(days=1)).replace(day=1)
    proven(intent(ended(midnight(last))), midnight(last) + timedelta(days=1))
    declare(now())
    for role, unit, number in ((Role.AUDITOR, "", 1), (Role.HEAD, "LI", 0)):
        text = " ".join(client_of(role, unit).get(reverse("destruction-runs")).content.decode().split())
        section = text.split("Verklaringen per maand", 1)[1].split("Controles</h2>", 1)[0]
        assert f'data-label="Vernietigd" class="n">{number}</td>' in section
